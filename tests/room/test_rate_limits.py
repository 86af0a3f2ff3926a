"""Who has had enough is asked for nothing more until the time that it names: within a run, and in the next."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from readtheroom.model import Json, Room
from readtheroom.policy.values import RoomConfig, SourceEntry
from tests.room.look import room_of
from tests.room.server import Part, Server, Talk

TAGS = ["Lindental", "Ferry", "Harbour"]
MANY: dict[str, dict[str, Json]] = {
    "bluesky": {},
    "mastodon": {},
    "mastodon-tag": {},
    "x-trends": {},
    "x-counts": {},
    "x-news": {},
    "gdelt": {},
    "nws": {},
    "wikimedia": {},
    "google-trends": {},
    "meteoalarm": {"region": "FR"},
    "rss": {},
    "json": {"term": "name"},
}


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X_BEARER_TOKEN", "s3cret")


class Strict(dict[str, Part]):
    """Parts for any path: some good answers, then 429."""

    def __init__(self, good: int = 0, body: str = "[]") -> None:
        self.left = good
        self.body = body.encode()

    def __missing__(self, _: str) -> Part:
        return self.part

    def part(self, talk: Talk) -> None:
        self.left -= 1
        if self.left < 0:
            talk.answer(b"", 429, retry_after="600")
        else:
            talk.answer(self.body, content_type="application/json")


def look(*entries: SourceEntry) -> Room:
    return room_of(RoomConfig(entries, budget=20), tags=TAGS)


def entry(server: Server, kind: str) -> SourceEntry:
    return SourceEntry(kind, {**MANY[kind], "url": server.url("/here")})


def is_told(room: Room) -> bool:
    return all(gap.reason.startswith("429 until ") for gap in room.gaps) and room.gaps != ()


@pytest.mark.parametrize("kind", MANY)
def test_one_refusal_is_enough(server: Server, kind: str) -> None:
    server.parts = Strict()
    first = look(entry(server, kind))
    assert is_told(first)
    assert len(server.asked) == 1
    assert look(entry(server, kind)) == first
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("mastodon", json.dumps([{"name": "lindental", "history": []}])),
        ("mastodon-tag", json.dumps({"name": "x", "history": [{"accounts": "90", "uses": "90"}] + [{}] * 6})),
        ("x-counts", json.dumps({"data": [{"tweet_count": 1}] * 9 + [{"tweet_count": 999}]})),
        ("x-news", json.dumps({"data": [{"name": "Ferry aground"}]})),
    ],
)
def test_what_was_answered_before_the_refusal_counts(server: Server, kind: str, body: str) -> None:
    server.parts = Strict(1, body)
    room = look(entry(server, kind))
    assert room.observations != ()
    assert is_told(room)
    assert len(server.asked) == 2


def test_a_host_has_had_enough_of_all_kinds(server: Server) -> None:
    server.parts = Strict()
    until = datetime.now(UTC) + timedelta(seconds=600)
    look(entry(server, "mastodon"))
    room = look(*(entry(server, kind) for kind in MANY))
    assert is_told(room)
    assert len({gap.source for gap in room.gaps}) == len(MANY)
    assert {gap.reason for gap in room.gaps} <= {
        f"429 until {until + timedelta(seconds=late):%R} UTC" for late in range(20)
    }
    assert len(server.asked) == 1
