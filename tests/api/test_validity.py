"""Until when a verdict holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readtheroom import Checks, Linter, Observation, Post, Room
from readtheroom.api.validity import Validity
from readtheroom.slots import OVERDUE
from tests.office import CONFIG, FIRE, RULES, put

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
DAYS = """\
  - id: days
    kind: observance
    label: observance
    why: Know the day.
    options: {days: [{name: Rope Day, date: [2026-03-02], gravity: high, regions: [NZ], source: "https://days.example"}]}
"""


@pytest.fixture(autouse=True)
def own_cache(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(office / "kept"))


def until(now: datetime = NOW, room: Room | None = None, **draft: str | list[str] | list[dict[str, str]]) -> datetime:
    linter = Linter.from_config(now=now, room=room)
    return Checks(linter).recheck({"text": "Doors open at nine.", **draft}).valid_until


def test_a_post_with_a_time_is_judged_for_that() -> None:
    assert until(scheduled_at="2026-05-01T12:00:00+02:00") == datetime(2026, 5, 1, 10, tzinfo=UTC)


def test_nobody_looks_further_than_a_day() -> None:
    assert until() == NOW + DAY
    assert until(scheduled_at="2026-02-01T12:00:00Z") == NOW + DAY


def test_one_that_is_a_little_late_is_not_for_long() -> None:
    assert until(scheduled_at="2026-03-01T08:55:00Z") == NOW - timedelta(minutes=5) + OVERDUE


def test_a_room_that_is_no_longer_fresh_holds_for_nothing() -> None:
    linter, draft = Linter.from_config(now=NOW), Post("a", "", 1, ())
    desk = linter.desk(draft)
    stale = desk.reading._replace(fresh_until=NOW - timedelta(hours=1))
    assert Validity().until(draft, desk._replace(reading=stale)) == NOW


def test_holds_begin_and_end(office: Path) -> None:
    put(office, {"holds/fire.yaml": FIRE.replace("08:00", "11:00").replace("2026-03-02", "2026-03-01T14:00:00Z")})
    times = [NOW, NOW.replace(hour=11), NOW.replace(hour=14)]
    assert [until(time) for time in times] == [NOW.replace(hour=11), NOW.replace(hour=14), NOW.replace(hour=14) + DAY]
    assert until(scheduled_at="2026-03-03T12:00:00Z") == datetime(2026, 3, 3, 12, tzinfo=UTC)


def test_an_allowance_ends() -> None:
    allow = [{"rule": "rival", "reason": "A quote", "until": "2026-03-01T10:30:00Z"}]
    assert until(allow=allow) == NOW + timedelta(hours=1.5)


def test_what_was_seen_comes_into_the_window_and_leaves_it() -> None:
    seen = [Observation("tea", "tag", "Talk", NOW + timedelta(hours=hours)) for hours in (-47, -20, 5)]
    assert until(room=Room(tuple(seen))) == NOW + timedelta(hours=1)
    assert until(room=Room(tuple(seen[1:]))) == NOW + timedelta(hours=5)
    assert until(room=Room(tuple(seen[:2])), scheduled_at="2026-05-01T12:00:00Z") == NOW + timedelta(hours=28)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-03-01T09:00", "2026-03-01T11:00"),
        ("2026-03-02T09:00", "2026-03-02T12:00"),
    ],
)
def test_a_day_begins_and_ends(office: Path, now: str, end: str) -> None:
    put(office, {"readtheroom.yaml": CONFIG, "house.yaml": RULES + DAYS})
    first, last = (datetime.fromisoformat(f"{time}:00+00:00") for time in (now, end))
    assert until(first, audience=["NZ"]) == last
    assert until(first, audience=["FR"]) == first + DAY
