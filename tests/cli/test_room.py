"""`readtheroom room`, `why` and `sources`, and rooms that are saved: live, from a server on this machine."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from tests.cli.conftest import Run
from tests.office import BOTH, DURING, put
from tests.room.server import Server, hangs, running, says

FEED = """\
<rss version="2.0"><channel><title>Example News</title>
<item><title>Shooting in Lindental</title><link>https://news.example/1</link></item>
<item><title>Roses in bloom</title><link>https://news.example/2</link></item>
</channel></rss>
"""
TREND = """\
{"term": "#Lindental", "observed_at": "2026-03-01T06:00:00Z", "source": "Talk", "rank": 9, "volume": 200}
{"term": "Lindental", "observed_at": "2026-03-01T08:00:00Z", "source": "Talk", "rank": 1, "volume": 9000,\
 "reasons": [{"title": "Shooting in Lindental", "url": "https://news.example/1", "source": "Example News"}]}
{"term": "Roses", "observed_at": "2026-03-01T09:00:00Z", "source": "Talk", "region": "FR"}
{"term": "Lindental", "observed_at": "2026-02-01T08:00:00Z", "source": "Talk"}
"""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(tmp_path / "kept"))
    with running() as one:
        one.plays("/feed", says(FEED.encode(), content_type="application/rss+xml"))
        yield one


@pytest.fixture
def live(office: Path, server: Server) -> Server:
    """A config with a feed that answers, and one that does not."""
    sources = f'[{{kind: rss, url: "{server.url("/feed")}"}}, {{kind: rss, url: "http://localhost:1/"}}]'
    put(office, {"readtheroom.yaml": f"{BOTH}room: {{sources: {sources}}}\n", "trend.jsonl": TREND})
    return server


REFUSED = "rss (localhost): connection refused"
AT = ("--room", "trend.jsonl", "--at", DURING)


# --- room ---


@pytest.mark.usefixtures("live")
def test_what_people_talk_about(here: Run) -> None:
    done = here("room")
    now = datetime.now(UTC)
    assert (done.code, done.err) == (0, "")
    out = re.sub(r"seen .*? UTC", "seen", done.out).replace(f"{now:%F %R} UTC", "NOW")
    assert out == (
        "crises:\n"
        "  Shooting in Lindental  [crisis.violence]  Example News, 0 min ago\n"
        '    "Shooting in Lindental", Example News, seen\n'
        "      https://news.example/1\n"
        "trends:\n"
        "  Roses in bloom  Example News, 0 min ago\n"
        '    "Roses in bloom", Example News, seen\n'
        "      https://news.example/2\n"
        "2 trends, 1 about a crisis, everywhere, NOW\n"
        f"not looked up: {REFUSED}\n"
    )


@pytest.mark.usefixtures("live")
def test_of_a_moment_and_a_region(here: Run) -> None:
    done = here("room", *AT, "--region", "us", "--format", "json")
    assert done.code == 0
    assert json.loads(done.out) == {
        "version": 1,
        "at": DURING,
        "audience": ["US"],
        "looked_up": True,
        "holds": [],
        "proposals": [],
        "crises": ["Lindental"],
        "trends": [
            {
                "term": "Lindental",
                "labels": ["crisis.violence"],
                "source": "Talk",
                "observed_at": "2026-03-01T08:00:00Z",
                "rank": 1,
                "volume": 9000,
                "confidence": "medium",
                "reasons": [
                    {"title": "Shooting in Lindental", "url": "https://news.example/1", "source": "Example News"}
                ],
            }
        ],
        "days": [],
        "gaps": [],
        "notes": [],
    }
    assert "Roses  Talk, 60 min ago  no reason known\n" in here("room", *AT).out


DAYS = """\
rules:
  - id: days
    kind: observance
    label: observance
    why: Some days are solemn.
    options:
      days:
        - {name: Quiet Day, date: 03-01, gravity: high, regions: [US], source: "https://days.example/quiet"}
        - {name: Soup Day, date: 03-01, gravity: festive, regions: [FR], source: "https://days.example/soup"}
"""


def test_what_day_it_is(here: Run, office: Path) -> None:
    put(office, {"readtheroom.yaml": "extends: [house.yaml, days.yaml]\naudience: [US]\n", "days.yaml": DAYS})
    asked = ("room", "--room", "room.yaml", "--at", DURING)
    assert (
        "\ndays:\n  Quiet Day, 2026-03-01, US  [observance.solemn.high]\n1 trend, 1 about a crisis, US, "
        in here(*asked).out
    )
    found = json.loads(here(*asked, "--region", "FR", "--region", "US", "--format", "json").out)
    assert found["days"] == [
        {"day": "Quiet Day, 2026-03-01, US", "label": "observance.solemn.high"},
        {"day": "Soup Day, 2026-03-01, FR", "label": "observance.festive"},
    ]


@pytest.mark.usefixtures("office")
def test_nobody_to_ask(here: Run) -> None:
    done = here("room")
    assert (done.code, done.out) == (
        3,
        "no source is configured: add some to `room: sources:` in readtheroom.yaml, or give --room FILE\n",
    )
    assert here("sources").out == done.out


@pytest.mark.usefixtures("live")
def test_a_history_grows_by_a_line_a_moment(here: Run, office: Path) -> None:
    for _ in range(2):
        done = here("room", "record", "history.jsonl")
        assert (done.code, done.out) == (0, f"2 observations added to history.jsonl\nnot looked up: {REFUSED}\n")
    lines = [json.loads(line) for line in (office / "history.jsonl").read_text().splitlines()]
    assert [len(line["observations"]) for line in lines] == [2, 2]
    assert lines[0]["gaps"] == [{"source": "rss (localhost)", "reason": "connection refused"}]
    done = here("lint", "--room", "history.jsonl", "--text", "To #Lindental")
    assert f"not checked: trend: {REFUSED} (1 post)\n" in done.out


@pytest.mark.parametrize(
    ("args", "fault"),
    [
        (["record"], "readtheroom: write `readtheroom room record FILE`\n"),
        (["record", "x.json"], "readtheroom: x.json: a history is a line of JSON for each moment: call it .jsonl\n"),
        (
            ["record", "none/x.jsonl"],
            "readtheroom: none/x.jsonl: the room cannot be added: No such file or directory\n",
        ),
    ],
)
@pytest.mark.usefixtures("live")
def test_what_cannot_be_recorded(here: Run, args: list[str], fault: str) -> None:
    assert here("room", *args)[::2] == (2, fault)


def test_a_tag_that_turns_passes_before_and_is_blocked_after(
    here: Run, live: Server, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ["Lindental opens its baths", "Shooting in Lindental"]
    moments = []
    for number, title in enumerate(titles):
        put(office, {"tag.json": f'{{"term": "#Lindental", "observed_at": "{datetime.now(UTC).isoformat()}"}}'})
        live.plays("/feed", says(FEED.replace(titles[1], title).encode(), content_type="application/rss+xml"))
        monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(office / f"kept {number}"))
        sources = f'[{{kind: file, path: tag.json}}, {{kind: rss, url: "{live.url("/feed")}"}}]'
        put(office, {"readtheroom.yaml": f"{BOTH}room: {{sources: {sources}}}\n"})
        assert here("room", "record", "day.jsonl").code == 0
        moments.append(datetime.now(UTC).isoformat())
    verdicts = []
    for moment in moments:
        done = here("lint", "--text", "#Lindental", "--room", "day.jsonl", "--at", moment, "--format", "json")
        (judged,) = json.loads(done.out)["posts"]
        verdicts.append((judged["verdict"], judged["findings"][0]["evidence"][0]["title"]))
    assert verdicts == [("pass", titles[0]), ("block", titles[1])]


# --- why ---


@pytest.mark.usefixtures("live")
def test_why_something_is_trending(here: Run) -> None:
    done = here("why", "#lindental", *AT)
    assert done.code == 0
    assert done.out == (
        "#lindental is trending\n"
        "  since 1 Mar 2026 06:00 UTC, last seen 2 h ago\n"
        "  told by Talk\n"
        "  volume 9,000, rising from 200\n"
        "  rank 1, from 9\n"
        '  "Shooting in Lindental", Example News, seen 1 Mar 2026 08:00 UTC  [crisis.violence]\n'
        "    https://news.example/1\n"
    )


@pytest.mark.usefixtures("live")
def test_what_is_trending_for_no_known_reason(here: Run) -> None:
    done = here("why", "roses", *AT)
    assert done.out.endswith("  told by Talk\n  no reason known: find out before you use it\n")
    found = json.loads(here("why", "roses", *AT, "--format", "json").out)
    assert (found["trending"], len(found["observations"]), found["reasons"]) == (True, 1, [])


def test_what_another_source_explains(here: Run, office: Path) -> None:
    told = [
        '{"term": "#Lindental", "observed_at": "2026-03-01T08:00:00Z", "source": "Tags"}',
        '{"term": "Shooting in Lindental leaves two dead", "observed_at": "2026-03-01T09:00:00Z", "source": "News"}',
    ]
    put(office, {"readtheroom.yaml": BOTH, "told.jsonl": "\n".join(told)})
    asked = ("why", "lindental", "--room", "told.jsonl", "--at", DURING)
    assert here(*asked).out == (
        "lindental is trending\n"
        "  since 1 Mar 2026 08:00 UTC, last seen 2 h ago\n"
        "  told by Tags\n"
        '  "Shooting in Lindental leaves two dead", News, seen 1 Mar 2026 09:00 UTC  [crisis.violence]\n'
    )
    found = json.loads(here(*asked, "--format", "json").out)
    assert [each["title"] for each in found["reasons"]] == ["Shooting in Lindental leaves two dead"]


ABROAD = """\
{"term": "Αθήνα", "observed_at": "2026-03-01T08:00:00Z", "source": "Tags", "reasons": [{"title": "Φωτιά στην Αθήνα"}]}
{"term": "Lindental", "observed_at": "2026-03-01T08:00:00Z", "source": "Tags"}
{"term": "Shooting in Valmont leaves two dead", "observed_at": "2026-03-01T09:00:00Z", "source": "News"}
"""


@pytest.mark.parametrize(
    ("term", "first", "trends", "reasons"),
    [
        (
            "Αθήνας",
            "Αθήνας is trending, as Αθήνα: another form of the name\n",
            [("Αθήνα", "form")],
            ["Φωτιά στην Αθήνα"],
        ),
        (
            "#Αθήνας",
            "#Αθήνας is trending, as Αθήνα: another form of the name\n",
            [("Αθήνα", "form")],
            ["Φωτιά στην Αθήνα"],
        ),
        ("#lindental", "#lindental is trending\n", [("Lindental", "same")], []),
        (
            "#LindentalStrong",
            "#LindentalStrong is not trending as a whole; Lindental, a part of it, is\n",
            [("Lindental", "part")],
            [],
        ),
        (
            "lindental baths",
            "lindental baths is not trending as a whole; Lindental, a part of it, is\n",
            [("Lindental", "part")],
            [],
        ),
        (
            "valmont",
            "valmont is not known to be trending; headlines name it:\n",
            [],
            ["Shooting in Valmont leaves two dead"],
        ),
        ("shoot", "shoot is not known to be trending\n", [], []),
    ],
)
def test_a_term_means_what_a_draft_would_by_it(
    here: Run, office: Path, term: str, first: str, trends: list[tuple[str, str]], reasons: list[str]
) -> None:
    put(office, {"readtheroom.yaml": BOTH, "abroad.jsonl": ABROAD})
    asked = ("why", term, "--room", "abroad.jsonl", "--at", DURING)
    assert here(*asked).out.startswith(first)
    found = json.loads(here(*asked, "--format", "json").out)
    assert [(each["term"], each["how"]) for each in found["trends"]] == trends
    assert ([each["title"] for each in found["reasons"]], found["trending"]) == (reasons, bool(trends))


def test_each_headline_is_told_with_when_it_was_last_seen(here: Run, office: Path) -> None:
    told = {"10": "Roses in bloom at last", "12": "Rose festival opens"}
    history = (
        f'{{"term": "#Roses", "source": "x", "observed_at": "2026-03-01T{hour}:00:00Z",'
        f' "reasons": [{{"title": "{title}"}}]}}\n'
        for hour, title in told.items()
    )
    put(office, {"readtheroom.yaml": BOTH, "day.jsonl": "".join(history)})
    for command in (("why", "#roses"), ("room",)):
        out = here(*command, "--room", "day.jsonl", "--at", "2026-03-01T14:00:00Z").out
        assert '"Roses in bloom at last", seen 1 Mar 2026 10:00 UTC' in out
        assert '"Rose festival opens", seen 1 Mar 2026 12:00 UTC' in out


@pytest.mark.usefixtures("live")
def test_what_is_not_known_to_be_trending(here: Run) -> None:
    assert here("why", "tulips", *AT)[:2] == (0, "tulips is not known to be trending\n")
    done = here("why", "tulips")
    assert (done.code, done.out) == (3, f"tulips is not known to be trending\nnot looked up: {REFUSED}\n")


@pytest.mark.usefixtures("live")
def test_since_when_is_known_from_earlier_runs(here: Run) -> None:
    here("room")
    later = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    done = here("why", "roses in bloom", "--room", "trend.jsonl", "--at", later)
    assert re.search(r"since .* UTC, last seen [45] h ago\n  told by Example News\n", done.out)


# --- sources ---


def test_how_each_source_does(here: Run, live: Server) -> None:
    done = here("sources")
    out = re.sub(r"from .*? UTC on", "from T on", done.out)
    assert done.code == 3
    assert out == (
        "rss (127.0.0.1)  answers\n"
        "  2 observations, as of 0 min ago: fresh\n"
        "  sends nothing of drafts\n"
        "  asked again from T on\n"
        "rss (localhost)  does not answer\n"
        "  connection refused\n"
        "  sends nothing of drafts\n"
        "  may be asked at any time\n"
    )
    told = json.loads(here("sources", "--offline", "--format", "json").out)["sources"]
    assert [(each["source"], each["answers"], each["asks_about_drafts"]) for each in told] == [
        ("rss (127.0.0.1)", True, False),
        ("rss (localhost)", False, False),
    ]
    assert len(live.asked) == 1


def test_what_was_seen_before_is_told_apart(here: Run, office: Path) -> None:
    source = {"kind": "command", "argv": [sys.executable, "print.py"]}
    put(office, {"readtheroom.yaml": json.dumps({"extends": ["house.yaml"], "room": {"sources": [source]}})})
    for terms in (["Roses", "Tulips", "Lilies"], ["Roses"]):
        put(office, {"print.py": PROGRAM.format(terms)})
        done = here("sources")
    assert done.out == (
        "command  answers\n"
        "  1 observation: fresh\n"
        "  and 2 trends of earlier answers\n"
        "  sends nothing of drafts\n"
        "  may be asked at any time\n"
    )
    (told,) = json.loads(here("sources", "--format", "json").out)["sources"]
    assert (told["observations"], told["seen_before"]) == (1, 2)


PROGRAM = """\
import datetime, json

now = datetime.datetime.now(datetime.UTC).isoformat()
print(json.dumps({{"observations": [{{"term": each, "source": "Ours", "observed_at": now}} for each in {}]}}))
"""


# --- lint ---


def test_what_was_not_looked_up_is_said_and_the_rest_counts(here: Run, live: Server) -> None:
    done = here("lint", "--text", "Off to Lindental", "--format", "json")
    assert done.code == 0
    assert json.loads(done.out)["posts"][0]["skipped"] == [{"rule": "trend", "reason": REFUSED, "required": False}]
    assert here("lint", "--text", "Off to Lindental", "--require-room").code == 3
    assert len(live.asked) == 1


def test_offline_only_what_is_kept_counts(here: Run, live: Server) -> None:
    done = here("lint", "--text", "x", "--offline")
    assert "not checked: trend: rss (127.0.0.1): offline; rss (localhost): offline (1 post)" in done.out
    assert live.asked == []


def test_a_room_that_is_saved_gives_the_same_verdicts(here: Run, live: Server, office: Path) -> None:
    feed = FEED.replace("Shooting in Lindental", "Lindental", 1).encode()
    live.plays("/feed", says(feed, content_type="application/rss+xml"))
    text = ("--text", "Off to #Lindental", "--text", "Roses", "--format", "json")
    first = here("lint", *text, "--save-room", "saved.json")
    at = datetime.now(UTC).isoformat()
    again = here("lint", *text, "--room", "saved.json", "--at", at, "--save-room", "again.json")
    assert again == first
    assert json.loads(first.out)["posts"][0]["findings"] != []
    assert (office / "again.json").read_bytes() == (office / "saved.json").read_bytes()


@pytest.mark.usefixtures("office")
def test_no_room_is_saved_as_well(here: Run, office: Path) -> None:
    put(office, {"readtheroom.yaml": BOTH})
    first = here("lint", "--text", "x", "--save-room", "saved.json")
    assert here("lint", "--text", "x", "--room", "saved.json") == first
    assert "no room was given" in first.out
    assert here("lint", "--text", "x", "--save-room", "none/x")[::2] == (
        2,
        "readtheroom: none/x: the room cannot be written: No such file or directory\n",
    )


def test_the_rooms_of_several_configs_are_saved_as_one_file(
    here: Run, live: Server, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(office, {"a/readtheroom.yaml": "extends: [../house.yaml, ../gate.yaml]\n", "a/x.txt": "To #Lindental"})
    put(
        office,
        {"b/readtheroom.yaml": "extends: [../gate.yaml]\nroom: {sources: [{kind: file, path: ../trend.jsonl}]}\n"},
    )
    put(office, {"b/x.txt": "To #Lindental", "y.txt": "To #Lindental"})
    drafts = ("lint", "a/x.txt", "b/x.txt", "y.txt", "--format", "json", "--at", DURING)
    first = here(*drafts, "--save-room", "saved.json")
    again = here(*drafts, "--room", "saved.json", "--save-room", "again.json")
    assert again == first
    assert [each["verdict"] for each in json.loads(first.out)["posts"]] == ["warn", "pass", "warn"]
    assert (office / "again.json").read_bytes() == (office / "saved.json").read_bytes()
    assert [each["config"] for each in json.loads((office / "saved.json").read_text())["rooms"]] == [
        "a/readtheroom.yaml",
        "b/readtheroom.yaml",
        "readtheroom.yaml",
    ]
    assert "Roses" in here("room", "--config", "b/readtheroom.yaml", "--room", "saved.json", "--at", DURING).out
    put(office, {"c/readtheroom.yaml": BOTH.replace("[", "[../").replace(", ", ", ../"), "c/x.txt": "x"})
    done = here("lint", "c/x.txt", "--room", "saved.json")
    known = "a/readtheroom.yaml, b/readtheroom.yaml, readtheroom.yaml"
    told = f"has no room for the config c/readtheroom.yaml, but for: {known}; run from the folder where it was saved"
    assert (done.code, done.err) == (2, f"saved.json: {told}\n")
    broken = '{"rooms": [{"config": "readtheroom.yaml"}]}'
    put(office, {"broken.json": broken})
    assert here("lint", "y.txt", "--room", "broken.json").code == 2


def test_looking_at_files_or_config_asks_nobody(here: Run, live: Server) -> None:
    assert here("lint", "--show-config").code == 0
    assert here("lint", "house.yaml", "--show-files").code == 0
    assert here("rules").code == 0
    assert live.asked == []


def test_with_every_source_dead_it_ends_and_says_so(here: Run, server: Server, office: Path) -> None:
    sources = ", ".join(
        f'{{kind: rss, timeout: 60s, url: "{server.plays(f"/{number}", hangs)}"}}' for number in range(6)
    )
    put(office, {"readtheroom.yaml": f"{BOTH}room: {{budget: 0.5, sources: [{sources}]}}\n"})
    start = monotonic()
    done = here("lint", "--text", "Off to #Lindental")
    assert monotonic() - start < 50  # the sources would take longer than that
    assert done.code == 0
    silent = "; ".join(f"rss (127.0.0.1/{number}): timeout" for number in range(6))
    assert f"not checked: trend: {silent} (1 post)\n" in done.out
    assert here("lint", "--text", "Off to #Lindental", "--require-room").code == 3
