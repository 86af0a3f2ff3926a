"""The same story where clocks change in between, in three time zones, with a watcher that is killed in the middle."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from readtheroom.model import Json
from tests.cli.conftest import Run
from tests.cli.ears import LIMIT, ear, until, watching
from tests.cli.test_story import QUIET, SHOOTING
from tests.office import GATE, GUARD, RULES, put
from tests.room.server import Server, running, says

ATHENS, NEW_YORK = "Europe/Athens", "America/New_York"
ZONES = (ATHENS, NEW_YORK, "UTC")
CLOCKS = (time(1, 45), time(4, 15), time(12))
"""Of each day. Where clocks go on in the night, the first two are an hour and a half apart, else more than two."""

PACE = """\
  - id: pace
    kind: cadence
    severity: error
    message: "{problem}"
    why: People need a rest.
    options: {min_gap: 2h}
"""
CONFIG = """\
extends: [{up}house.yaml, {up}gate.yaml]
audience: [US]
drafts: {{timezone: {zone}}}
room:
  window: 999d
  sources:
    - {{kind: json, url: "{url}", items: trends, term: tag, where: region, reasons: news, fresh_for: 1s}}
"""


class Queued:
    """A post of three days around a night in which clocks change, at a time on the clocks of a zone."""

    def __init__(self, zone: str, day: date, clock: time) -> None:
        self.zone, self.clock = zone, clock
        self.local = datetime.combine(day, clock, ZoneInfo(zone))
        self.id = f"{zone} {self.local:%F %R}"

    @property
    def at(self) -> datetime:
        """When it goes out, UTC."""
        return self.local.astimezone(UTC)

    @property
    def row(self) -> str:
        """A row of a table."""
        return f"{self.id},Doors open {self.id}{' in #Brookvale' if self.clock.hour == 12 else ''},{self.local:%F %R}\n"


def nights(zone: str) -> list[date]:
    """The next two days on which clocks change; where they never do, those of Athens."""
    there = ZoneInfo(ATHENS if zone == "UTC" else zone)
    first = datetime.now(UTC).date() + timedelta(days=5)
    days = [first + timedelta(days=n) for n in range(400)]
    offsets = [datetime.combine(day, time(12), there).utcoffset() for day in days]
    return [day for day, before, after in zip(days[1:], offsets, offsets[1:], strict=False) if before != after][:2]


def queue() -> list[Queued]:
    around = (timedelta(days=n) for n in (-1, 0, 1))
    days = {(zone, night + near) for near in around for zone in ZONES for night in nights(zone)}
    return [Queued(zone, day, clock) for zone, day in sorted(days) for clock in CLOCKS]


def hurried(posts: list[Queued]) -> set[str]:
    """Those that follow another of their zone too soon."""
    some = {(post.zone, post.at) for post in posts}
    soon = [timedelta(minutes=n) for n in range(1, 120)]
    return {post.id for post in posts if any((post.zone, post.at - gap) in some for gap in soon)}


@pytest.fixture
def wire(office: Path) -> Iterator[Server]:
    with running() as server:
        url = server.url("/wire")
        put(office, {"readtheroom.yaml": CONFIG.format(up="", url=url, zone=NEW_YORK)})
        put(office, {"house.yaml": RULES + GUARD + PACE, "gate.yaml": GATE})
        for zone in ZONES:
            folder = f"q/{zone.rpartition('/')[2]}"
            rows = "".join(post.row for post in queue() if post.zone == zone)
            config = CONFIG.format(up="../../", url=url, zone=zone)
            put(office, {f"{folder}/readtheroom.yaml": config, f"{folder}/posts.csv": f"id,text,scheduled_at\n{rows}"})
        yield server


def news(server: Server, answer: Json) -> None:
    server.plays("/wire", says(json.dumps(answer).encode(), content_type="application/json"))


def test_nothing_is_missed_and_nothing_told_twice(office: Path, wire: Server, tool: Run) -> None:
    posts = queue()
    first, last = sorted((nights(NEW_YORK)[0], nights(ATHENS)[0]))
    start, end = (datetime.combine(day, time(), ZoneInfo(NEW_YORK)) for day in (first, last + timedelta(days=1)))
    tagged = {post.id for post in posts if post.clock.hour == 12}
    held = {post.id for post in posts if start <= post.at < end}
    assert len(hurried(posts)) == 2
    assert {post.zone for post in posts if post.id in held} >= {ATHENS, NEW_YORK}
    assert held - tagged - hurried(posts)
    news(wire, QUIET)
    with ear() as server:
        with watching(office, "--webhook", server.url) as watcher:
            until(lambda: len(server.heard) == len(posts))
            watcher.terminate()  # who is killed here may tell the last of them again
            assert watcher.wait(LIMIT) == 0
        told = [json.loads(body)["post"] for body, _ in server.heard]
        assert {post["id"] for post in told if post["verdict"] == "block"} == hurried(posts)
        assert {(each["id"], each["scheduled_at"]) for each in told} == {
            (post.id, f"{post.at:%FT%TZ}") for post in posts
        }

        news(wire, SHOOTING)
        server.deaf.set()
        with watching(office, "--webhook", server.url) as watcher:
            until(lambda: len(server.heard) == len(posts) + 1)
            watcher.kill()
        server.deaf.clear()

        words = ("hold", "start", "--reason", "Shooting in Brookvale", "--owner", "Ada")
        done = tool(*words, "--start", f"{first} 00:00", "--until", f"{last}")
        assert (done.code, done.err) == (0, "")
        unsafe = (tagged | held) - hurried(posts)
        with watching(office, "--webhook", server.url) as watcher:
            until(lambda: len(server.heard) == len(posts) + 1 + len(unsafe))
            assert tool("hold", "end", "shooting-in-brookvale").code == 0
            safe = held - tagged - hurried(posts)
            until(lambda: len(server.heard) == len(posts) + 1 + len(unsafe) + len(safe))
            watcher.terminate()
            assert watcher.wait(LIMIT) == 0

        twice = Counter(server.ids()).most_common(2)
        assert [times for _, times in twice] == [2, 1], "that of which nobody knew whether it had been heard"
        assert server.heard[len(posts)] == server.heard[len(posts) + 1]
        expected = [(post.id, "new") for post in posts]
        expected += [*((each, "unsafe") for each in unsafe), *((each, "safe") for each in safe)]
        assert sorted(set(server.told())) == sorted(expected)
        assert len(server.heard) == len(expected) + 1
