"""A linter in a process that goes on for long: the world changes while it runs. Live, from a server on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readtheroom.api.linter import Linter
from readtheroom.api.looking import Looking
from readtheroom.errors import UsageError
from tests.office import BOTH, put
from tests.room.server import Server, running, says

POST = "Off to #Lindental"
FEED = "<rss version='2.0'><channel><title>Example News</title><item><title>{}</title></item></channel></rss>"
CALM, GRAVE = "Roses in bloom all over Lindental", "Shooting in Lindental"


class Clock:
    """The clock of the machine, and so much later."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "file").touch()
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(tmp_path / "file" / "none"))  # kept answers know the true time
    with running() as one:
        yield one


def tells(server: Server, headline: str) -> None:
    server.plays("/feed", says(FEED.format(headline).encode(), content_type="application/rss+xml"))


def config(office: Path, *sources: str, **more: str) -> None:
    rest = "".join(f", {key}: {value}" for key, value in more.items())
    put(office, {"readtheroom.yaml": f"{BOTH}room: {{sources: [{', '.join(sources)}]{rest}}}\n"})


def feed(server: Server, fresh: str = "1m") -> str:
    return f'{{kind: rss, url: "{server.url("/feed")}", fresh_for: {fresh}}}'


def about(server: Server) -> str:
    return f'{{kind: mastodon-tag, url: "{server.url()}"}}'


def uses(server: Server, tag: str, accounts: int) -> None:
    days = [{"day": str(n), "uses": str(n), "accounts": str(n)} for n in (accounts, 1, 1, 1, 1, 1, 1)]
    body = json.dumps({"name": tag, "history": days}).encode()
    server.plays(f"/api/v1/tags/{tag}", says(body, content_type="application/json"))


def test_it_sees_what_begins_while_it_runs(office: Path, server: Server, clock: Clock) -> None:
    tells(server, CALM)
    bare = {"term": "#Lindental", "observed_at": f"{clock():%Y-%m-%dT%H:%M:%SZ}"}
    put(office, {"tags.yaml": json.dumps({"observations": [bare]})})
    config(office, feed(server), "{kind: file, path: tags.yaml}")
    linter = Linter.from_config(now=clock)
    assert [each.severity for each in linter.lint(POST).findings] == ["info"]
    tells(server, GRAVE)
    assert [each.severity for each in linter.lint(POST).findings] == ["info"]
    clock.ahead = timedelta(minutes=2)
    (found,) = linter.lint(POST).findings
    assert (found.severity, [each.title for each in found.evidence]) == ("error", [GRAVE])


def test_while_all_is_fresh_nobody_is_asked(office: Path, server: Server, clock: Clock) -> None:
    config(office, feed(server, "10m"))
    tells(server, CALM)
    linter = Linter.from_config(now=clock)
    room = linter.room
    clock.ahead = timedelta(minutes=9)
    for _ in linter.lint_many([POST] * 20):
        assert linter.room is room
    assert len(server.asked) == 1


def test_one_run_has_one_room(office: Path, server: Server, clock: Clock) -> None:
    config(office, feed(server))
    tells(server, CALM)
    linter = Linter.from_path(str(office / "readtheroom.yaml"), now=clock, how=Looking())
    room = linter.room
    clock.ahead = timedelta(days=1)
    linter.lint(POST)
    assert linter.room is room


def test_what_cannot_be_looked_up_again_is_said(office: Path, server: Server, clock: Clock) -> None:
    config(office, feed(server), when_unavailable="block")
    tells(server, CALM)
    linter = Linter.from_config(now=clock)
    assert linter.lint(POST).skipped == ()
    server.plays("/feed", says(status=404))
    clock.ahead = timedelta(minutes=5)
    result = linter.lint(POST)
    note, _ = result.notes
    assert (result.verdict, result.skipped) == ("pass", ())
    assert " UTC is used, " in note.reason


def test_each_post_is_asked_about_by_its_own_tags(office: Path, server: Server, clock: Clock) -> None:
    config(office, about(server))
    uses(server, "Lindental", 90)
    uses(server, "roses", 2)
    linter = Linter.from_config(now=clock)
    assert server.asked == []
    found = [
        [(each.rule, each.severity, each.match) for each in result.findings]
        for result in linter.lint_many([POST, "See our #roses", "No tag at all", POST])
    ]
    assert found == [[("trend", "warning", "#Lindental")], [], [], [("trend", "warning", "#Lindental")]]
    assert [each.path for each in server.asked] == ["/api/v1/tags/Lindental", "/api/v1/tags/roses"]


def test_only_the_post_that_could_not_be_looked_up_is_unknown(office: Path, server: Server, clock: Clock) -> None:
    config(office, about(server), when_unavailable="block")
    uses(server, "roses", 2)
    server.plays("/api/v1/tags/Lindental", says(status=404))
    linter = Linter.from_config(now=clock)
    results = list(linter.lint_many([POST, "See our #roses", "No tag at all"]))
    assert [each.verdict for each in results] == ["unknown", "pass", "pass"]
    assert [skip.reason for skip in results[0].skipped] == ["mastodon-tag (127.0.0.1): answered 404"]


def test_a_draft_is_a_secret_unless_a_source_wants_it(office: Path, server: Server, clock: Clock) -> None:
    config(office, feed(server))
    tells(server, CALM)
    Linter.from_config(now=clock).lint(POST)
    assert {each.path for each in server.asked} == {"/feed"}


def test_offline_nobody_is_told_of_tags(office: Path, server: Server, clock: Clock) -> None:
    config(office, about(server))
    result = Linter.from_config(now=clock, offline=True).lint(POST)
    assert [skip.reason for skip in result.skipped] == ["mastodon-tag (127.0.0.1): offline"]
    assert server.asked == []


def test_threads_share_what_was_asked(office: Path, server: Server, clock: Clock) -> None:
    config(office, about(server), feed(server))
    tells(server, GRAVE)
    uses(server, "Lindental", 90)
    linter = Linter.from_config(now=clock)
    with ThreadPoolExecutor(8) as pool:
        found = [[each.severity for each in result.findings] for result in pool.map(linter.lint, [POST] * 24)]
    assert found == [["error"]] * 24
    assert sum(each.path == "/api/v1/tags/Lindental" for each in server.asked) == 1


@pytest.mark.usefixtures("office")
def test_a_clock_needs_a_time_zone() -> None:
    with pytest.raises(UsageError, match=r"^`now` needs a time zone"):
        Linter.from_config(now=lambda: datetime(2026, 3, 1))
