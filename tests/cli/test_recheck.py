"""`readtheroom recheck`: what has changed since the last check of what is still to go out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from readtheroom.api.check_store import FILE
from tests.cli.conftest import Run
from tests.office import BOTH, CONFIG, FIRE, GUARD, RULES, put

NINE, TEN, ELEVEN = (f"2026-03-01T{hour}:00:00Z" for hour in ("09", "10", "11"))
QUEUE = """\
id,text,scheduled_at
doors,Doors open at nine.,2026-03-01T12:00:00Z
tag,Off to #Lindental,2026-03-01T13:00:00Z
early,Good morning,2026-03-01T07:00:00Z
"""


@pytest.fixture(autouse=True)
def queue(office: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(office / "kept"))
    put(office, {"readtheroom.yaml": BOTH, "house.yaml": RULES + GUARD, "q/a.csv": QUEUE})
    put(office, {"quiet.yaml": "observations: [{term: tea, observed_at: 2026-03-01T08:00:00Z}]"})
    return office


def changes(here: Run, *args: str) -> list[tuple[str, str, str | None]]:
    done = here("recheck", "q", "--format", "json", *args)
    told = json.loads(done.out)
    posts = [(each["id"], each["verdict"], (each["changes"] or [None])[0]) for each in told["posts"]]
    return posts + [(each["id"], "", "gone") for each in told["gone"]]


def test_what_has_changed_is_told(here: Run) -> None:
    done = here("recheck", "q", "--room", "quiet.yaml", "--at", NINE)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "0 newly unsafe, 0 safe again, 2 new, 0 gone – 2 posts still to go out, 1 past\n"
        "0 blocked, 0 warned, 2 passed – 8 rules on 2 posts\n"
    )
    done = here("recheck", "q", "--room", "room.yaml", "--at", TEN)
    assert (done.code, done.err) == (1, "")
    assert done.out == (
        "newly unsafe  q/a.csv:3  tag  block, goes out 1 Mar 2026 13:00 UTC; holds until 1 Mar 2026 13:00 UTC\n"
        "  error  trend  #Lindental trends because of something grave: “Shooting in Lindental”\n"
        "1 newly unsafe, 0 safe again, 0 new, 0 gone – 2 posts still to go out, 1 past\n"
        "1 blocked, 0 warned, 1 passed – 8 rules on 2 posts\n"
    )
    again = here("recheck", "q", "--room", "room.yaml", "--at", TEN, "--fail-on", "never")
    assert (again.code, again.out.splitlines()[0][:30]) == (0, "0 newly unsafe, 0 safe again, ")
    assert changes(here, "--room", "quiet.yaml", "--at", ELEVEN) == [("doors", "pass", None), ("tag", "pass", "safe")]


def test_posts_are_known_again_by_what_they_say(here: Run, queue: Path) -> None:
    rows = ["Doors open at nine.,2026-03-01T12:00:00Z", "Hurry up,2026-03-01T12:00:00Z"]
    head = "text,scheduled_at"
    put(queue, {"q/a.csv": "\n".join([head, *rows])})
    room = ("--room", "quiet.yaml", "--at", NINE)
    assert [each[2] for each in changes(here, *room)] == ["new", "new"]
    put(queue, {"q/a.csv": "\n".join([head, "Tea at five,2026-03-01T12:00:00Z", *rows])})
    assert [each[2] for each in changes(here, *room)] == ["new", None, None]
    put(queue, {"q/b.csv": "\n".join([head, *rows]), "q/a.csv": f"{head}\nTea at six,2026-03-01T12:00:00Z"})
    assert [each[2] for each in changes(here, *room)] == [None, None, None]
    (queue / "q/a.csv").unlink()
    assert [each[::2] for each in changes(here, *room)][2:] == [("q/a.csv:2", "gone")]
    assert [each[2] for each in changes(here, *room)] == [None, None]


def test_other_paths_are_not_missed_and_what_went_out_is_not_gone(here: Run, queue: Path) -> None:
    put(queue, {"q/z.txt": "Tea at five"})
    room = ("--room", "quiet.yaml", "--at", NINE)
    assert len(changes(here, *room)) == 3
    done = here("recheck", "q/z.txt", "--format", "json", *room)
    assert json.loads(done.out)["gone"] == []
    (queue / "q/a.csv").unlink()
    assert changes(here, "--room", "quiet.yaml", "--at", "2026-03-01T14:00:00Z") == [("q/z.txt", "pass", None)]


def test_a_broken_file_costs_the_others_no_check(here: Run, queue: Path) -> None:
    room = ("--room", "quiet.yaml", "--at", NINE)
    put(queue, {"q/b.txt": "Better than Globex!"})
    assert changes(here, *room)[2] == ("q/b.txt", "block", "new")
    put(queue, {"q/a.csv": QUEUE.replace("2026-03-01T12", "soon"), "q/b.txt": "See you there"})
    done = here("recheck", "q", *room)
    assert done.code == 2
    assert done.err.startswith("q/a.csv:2:")
    assert done.out.splitlines()[1] == "0 newly unsafe, 1 safe again, 0 new, 0 gone – 1 post still to go out, 0 past"
    put(queue, {"q/a.csv": QUEUE})
    assert [each[2] for each in changes(here, *room)] == [None, None, None]


def test_a_hold_and_its_end(here: Run, queue: Path) -> None:
    room = ("--room", "quiet.yaml", "--at")
    put(queue, {"holds/fire.yaml": FIRE})
    assert [each[1] for each in changes(here, *room, NINE)] == ["block", "block"]
    put(queue, {"holds/fire.yaml": FIRE.replace("2026-03-02", TEN)})
    assert [each[1:] for each in changes(here, *room, ELEVEN)] == [("pass", "safe")] * 2


def test_checks_that_were_lost_are_told_of(here: Run, queue: Path) -> None:
    room = ("--room", "quiet.yaml", "--at", NINE)
    changes(here, *room)
    for end in ("", "-wal", "-shm"):
        (queue / "kept" / f"{FILE}{end}").write_bytes(b"no database, for sure " * 100)
    done = here("recheck", "q", *room)
    assert done.code == 0
    assert "the store of checks was damaged: set aside as " in done.out
    assert done.out.endswith("; no earlier check is known, every post is new\n")
    assert "2 new" in done.out


def test_a_look_ahead_is_not_remembered(here: Run, queue: Path) -> None:
    put(queue, {"q/a.csv": "text\nDoors open at nine.\n", "q/b.txt": "Tea at five"})
    here("recheck", "q/b.txt")
    (queue / "q/b.txt").unlink()
    done = here("recheck", "q", "--at", "2190-01-01T00:00:00Z")
    assert "--at is still to come: nothing is remembered of this check\n" in done.out
    assert [each[::2] for each in changes(here)] == [("q/a.csv:2", "new"), ("q/b.txt", "gone")]
    assert [each[::2] for each in changes(here)] == [("q/a.csv:2", None)]


def test_each_verdict_says_until_when_it_holds(here: Run, queue: Path) -> None:
    put(queue, {"q/b.txt": "Tea at five", "holds/fire.yaml": FIRE.replace("08:00", "09:30")})
    done = here("recheck", "q", "--room", "quiet.yaml", "--at", NINE, "--format", "json")
    told = [(each["id"], each["valid_until"]) for each in json.loads(done.out)["posts"]]
    assert told == [
        ("doors", "2026-03-01T12:00:00Z"),
        ("tag", "2026-03-01T13:00:00Z"),
        ("q/b.txt", "2026-03-01T09:30:00Z"),
    ]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York", "Europe/Athens"])
def test_clocks_that_change_move_nothing(here: Run, queue: Path, zone: str) -> None:
    """A local time is the same moment on every machine, before and after clocks change."""
    put(queue, {"readtheroom.yaml": f"{BOTH}drafts: {{timezone: {zone}}}\n"})
    nights = ["2026-03-07 12:00", "2026-03-08 12:00", "2026-03-29 12:00", "2026-04-05 12:00"]
    put(queue, {"q/a.csv": "\n".join(["text,scheduled_at", *(f"Day {night},{night}" for night in nights)])})
    done = here("recheck", "q", "--at", NINE, "--format", "json")
    hours = [each["valid_until"][11:13] for each in json.loads(done.out)["posts"]]
    assert (
        hours
        == {
            "Pacific/Auckland": ["23", "23", "23", "00"],
            "America/New_York": ["17", "16", "16", "16"],
            "Europe/Athens": ["10", "10", "09", "09"],
        }[zone]
    )


def test_standard_input_is_refused(here: Run) -> None:
    done = here("recheck", "-")
    assert (done.code, done.err) == (2, "readtheroom: standard input cannot be rechecked: name files or folders\n")


MINUTE = """\
  - id: minute
    kind: collision
    severity: error
    message: "same minute as {other}"
    why: One takes the other's readers.
"""
HEAD = "id,text,scheduled_at\n"
NOON = "2026-03-01T12:00:00Z"


@pytest.fixture
def paired(queue: Path) -> Path:
    put(queue, {"house.yaml": RULES + GUARD + MINUTE, "readtheroom.yaml": CONFIG})
    put(queue, {"q/a.csv": f"{HEAD}doors,Doors open at nine.,{NOON}\n", "q/b.csv": f"{HEAD}tea,Tea at five,{NOON}\n"})
    return queue


def test_posts_are_judged_beside_each_other(here: Run, paired: Path) -> None:
    done = here("recheck", "q", "--at", NINE)
    assert (done.code, done.err) == (1, "")
    assert done.out == (
        "new           q/b.csv:2  tea  block, goes out 1 Mar 2026 12:00 UTC; holds until 1 Mar 2026 12:00 UTC\n"
        "  error  minute  same minute as doors (q/a.csv:2)\n"
        "0 newly unsafe, 0 safe again, 2 new, 0 gone – 2 posts still to go out, 0 past\n"
        "1 blocked, 0 warned, 1 passed – 8 rules on 2 posts\n"
    )
    put(paired, {"q/a.csv": f"{HEAD}doors,Doors open at nine.,2026-03-01T13:00:00Z\n"})
    assert changes(here, "--at", NINE) == [("doors", "pass", None), ("tea", "pass", "safe")]
    put(paired, {"q/c.csv": f"{HEAD}jam,Jam at six,2026-03-01T13:00:00Z\n"})
    assert changes(here, "--at", NINE)[2] == ("jam", "block", "new")
    (paired / "q/c.csv").unlink()
    put(paired, {"q/b.csv": f"{HEAD}tea,Tea at five,2026-03-01T13:00:00Z\n"})
    assert changes(here, "--at", NINE)[1:] == [("tea", "block", "unsafe"), ("jam", "", "gone")]


def test_what_is_out_is_a_neighbour_still(here: Run, paired: Path) -> None:
    gap = MINUTE.replace("collision", "cadence").replace("same minute as {other}", "{problem}, {other}")
    put(paired, {"house.yaml": f"{RULES}{GUARD}{gap}    options: {{min_gap: 2h}}\n"})
    put(paired, {"q/b.csv": f"{HEAD}tea,Tea at five,2026-03-01T13:00:00Z\n"})
    done = here("recheck", "q", "--at", "2026-03-01T12:30:00Z")
    assert done.out.splitlines()[1] == (
        "  error  minute  an hour after the post before it, 2 hours at least, doors (q/a.csv:2)"
    )
    assert done.out.splitlines()[2].endswith(" – 1 post still to go out, 1 past")


@pytest.mark.usefixtures("paired")
def test_what_is_a_little_late_may_not_be_out(here: Run) -> None:
    (paths, late) = ("--format", "json", "--at"), "2026-03-01T12:15:00Z"
    told = json.loads(here("recheck", "q", *paths, late).out)
    assert [(each["verdict"], each["valid_until"]) for each in told["posts"]] == [("pass", late), ("block", late)]
    told = json.loads(here("recheck", "q", *paths, "2026-03-01T12:15:01Z").out)
    assert (told["posts"], told["gone"], told["summary"]["past"]) == ([], [], 2)


def test_a_neighbour_that_cannot_be_read_makes_nothing_safe(here: Run, paired: Path) -> None:
    assert changes(here, "--at", NINE)[1][1:] == ("block", "new")
    put(paired, {"q/a.csv": f"{HEAD}doors,Doors open at nine.,soon\n"})
    done = here("recheck", "q", "--at", NINE)
    assert done.code == 2
    assert done.out.splitlines()[0].startswith("0 newly unsafe, 0 safe again, 0 new, 0 gone")
    assert "posts were not judged beside those of q/a.csv, which cannot be read" in done.out
    put(paired, {"q/a.csv": f"{HEAD}doors,Doors open at nine.,{NOON}\n"})
    assert [each[1:] for each in changes(here, "--at", NINE)] == [("pass", None), ("block", None)]
    put(paired, {"q/a.csv": f"{HEAD}doors,Doors open at ten.,2026-03-01T11:00:00Z\n"})
    assert changes(here, "--at", NINE)[1][1:] == ("pass", "safe")


def test_an_allowance_counts_for_what_the_calendar_says(here: Run, paired: Path) -> None:
    allow = '[{rule: minute, reason: "A pair.", by: Ada}]'
    put(paired, {"q/b.md": f"---\nid: tea\nscheduled_at: {NOON}\nallow: {allow}\n---\nTea at five\n"})
    (paired / "q/b.csv").unlink()
    assert [each[1] for each in changes(here, "--at", NINE)] == ["pass", "pass"]


DOORS = "---\nid: doors\n---\nDoors open at nine.\n"
"""A post without a time."""


def approvals(here: Run, *args: str) -> list[tuple[str, list[str], list[str]]]:
    told = json.loads(here("recheck", "q", "--format", "json", *args).out)
    return [(each["verdict"], each["changes"], each["lapsed"]) for each in told["posts"]]


@pytest.fixture
def asked(queue: Path, here: Run) -> Path:
    """A draft that needs an approval, and has one until ten."""
    guard = (
        f"{RULES}{GUARD}"
        '  - {id: unread, kind: accounts, severity: error, message: "{match}", why: So., options: {check: approver}}\n'
        '  - {id: late, kind: approval, severity: warning, message: "{by} {until}", why: So., '
        "options: {check: expired}}\n"
    )
    accounts = "accounts: [{name: finch, handles: {x: finch}, approvers: [Joan]}]\n"
    put(queue, {"house.yaml": guard, "accounts.yaml": accounts, "readtheroom.yaml": CONFIG + "accounts: accounts.yaml"})
    (queue / "q/a.csv").unlink()
    put(queue, {"q/doors.md": DOORS.replace("id: doors", "id: doors\naccount: finch")})
    made = here("approve", "q/doors.md", "--as", "Joan", "--until", "2190-01-01T10:00:00Z")
    assert made.code == 0, made.err
    (record,) = (queue / "approvals").iterdir()
    put(queue, {f"approvals/{record.name}": record.read_text("utf-8").replace("2190-01-01T10", "2026-03-01T10")})
    return queue


@pytest.mark.usefixtures("asked")
def test_an_approval_that_has_expired_is_a_change_of_its_own(here: Run) -> None:
    told = json.loads(here("recheck", "q", "--format", "json", "--at", NINE).out)
    assert [(each["verdict"], each["valid_until"]) for each in told["posts"]] == [("pass", "2026-03-01T10:00:00Z")]
    done = here("recheck", "q", "--at", ELEVEN)
    assert done.code == 1
    first, second, *_, total, _ = done.out.splitlines()
    assert first.startswith("newly unsafe, expired approval  q/doors.md:1  doors  block, has no time; holds until ")
    assert second == "  no longer approved by Joan"
    assert total.startswith("1 newly unsafe, 1 expired approval, 0 safe again, 0 new, 0 gone – 1 post")
    assert approvals(here, "--at", ELEVEN) == [("block", [], [])]


def test_an_approval_of_other_words_is_void(here: Run, asked: Path) -> None:
    assert approvals(here, "--at", NINE) == [("pass", ["new"], [])]
    put(asked, {"q/doors.md": (asked / "q/doors.md").read_text("utf-8").replace("nine", "ten")})
    assert approvals(here, "--at", NINE) == [("block", ["unsafe", "void"], ["Joan"])]
    assert approvals(here, "--at", NINE) == [("block", [], [])]


def test_each_is_told_though_the_verdict_stays(here: Run, asked: Path) -> None:
    house = (
        (asked / "house.yaml")
        .read_text("utf-8")
        .replace("unread, kind: accounts, severity: error", "unread, kind: accounts, severity: warning")
    )
    put(asked, {"house.yaml": house, "ear.py": "import sys\nopen('heard', 'a').write(sys.stdin.read() + '\\n')\n"})
    telling = ("--exec", f"{sys.executable} ear.py")
    assert approvals(here, "--at", NINE, *telling) == [("pass", ["new"], [])]
    assert approvals(here, "--at", ELEVEN, *telling) == [("warn", ["expired"], ["Joan"])]
    heard = [json.loads(line) for line in (asked / "heard").read_text("utf-8").splitlines()]
    assert [(each["change"], each["post"]["lapsed"]) for each in heard] == [("new", []), ("expired", ["Joan"])]
    assert len({each["id"] for each in heard}) == 2


def test_a_hold_that_lacks_something_is_told_and_fails_the_run(here: Run, queue: Path) -> None:
    endless = "reason: Fire\nstart: 2026-03-01T08:00:00Z\nscope: {platform: x}\n"
    put(queue, {"holds/fire.yaml": endless, "q/a.csv": "text,platforms\nDoors open at nine.,mastodon\n"})
    room = ("--room", "quiet.yaml", "--at", NINE)
    done = here("recheck", "q", *room)
    assert (done.code, done.err) == (0, "")
    first, second, total, _ = done.out.splitlines()
    assert (first, second) == (
        "holds/fire.yaml  warning  endless  no end: Fire",
        "holds/fire.yaml  info  ownerless  no owner: Fire",
    )
    assert total.endswith(" – 1 post still to go out, 0 past")
    assert here("recheck", "q", *room, "--fail-on", "warning").code == 1
    assert here("recheck", "q", *room, "--quiet").out == ""
    (told,) = json.loads(here("recheck", "q", *room, "--format", "json").out)["holds"]
    assert (told["path"], [each["rule"] for each in told["findings"]]) == ("holds/fire.yaml", ["endless", "ownerless"])


def test_policy_may_propose_a_hold(here: Run, queue: Path) -> None:
    put(queue, {"readtheroom.yaml": f"{BOTH}holds: {{propose: {{labels: crisis.violence}}}}\n"})
    room = ("--room", "room.yaml", "--at", TEN)
    done = here("recheck", "q", *room)
    assert done.err.startswith("readtheroom: policy proposes a hold: crisis.violence, everywhere: “Shooting in")
    (told,) = json.loads(here("recheck", "q", *room, "--format", "json").out)["proposals"]
    assert told["command"] in done.err
