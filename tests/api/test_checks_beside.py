"""May this post go out now, with the posts around it?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readtheroom import Checks, Linter
from readtheroom.cli.main import main
from tests.office import CONFIG, RULES, put

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
NOON = "2026-03-01T12:00:00Z"
DOORS = {"id": "doors", "text": "Doors open at nine.", "account": "finch", "platforms": ["x"], "scheduled_at": NOON}
SOUP = DOORS | {"id": "soup", "text": "The soup is ready."}
LATER = DOORS | {"id": "later", "text": "The bread is ready.", "scheduled_at": "2026-03-01T18:00:00Z"}
AT_ONCE = """\
  - id: at-once
    kind: collision
    severity: error
    message: "Goes out with {other}"
    why: One after the other.
"""
ASKED = "posts beside it stopped it when all were last checked: have all of them rechecked"


class Clock:
    """Hours after START."""

    hours = 0.0

    def __call__(self) -> datetime:
        return START + timedelta(hours=self.hours)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def checks(office: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Checks:
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(office / "kept"))
    put(office, {"readtheroom.yaml": CONFIG, "house.yaml": RULES + AT_ONCE})
    return Checks(Linter.from_config(now=clock))


def test_posts_are_rechecked_beside_each_other(checks: Checks) -> None:
    done = checks.recheck_calendar(iter([SOUP, DOORS, LATER]))
    assert [(each.result.post.id, each.result.verdict) for each in done] == [
        ("soup", "block"), ("doors", "pass"), ("later", "pass"),
    ]  # fmt: skip
    assert [each.message for each in done[0].result.findings] == ["Goes out with doors"]
    assert [each.valid_until for each in done][2] == datetime(2026, 3, 1, 18, tzinfo=UTC)


def test_what_they_stopped_stays_stopped_until_all_are_rechecked(checks: Checks, clock: Clock) -> None:
    checks.recheck_calendar([SOUP, DOORS, LATER])
    clock.hours = 1
    assert checks.may_go_out(DOORS).granted
    refused = checks.may_go_out(SOUP)
    assert (refused.granted, refused.why) == (False, (f"not checked: {ASKED}",))
    alone = checks.recheck(SOUP).result
    assert (alone.verdict, [skip.reason for skip in alone.skipped]) == ("unknown", [ASKED])
    clock.hours = 2
    assert checks.recheck(SOUP).result.skipped == alone.skipped, "a check without them releases nothing"
    assert not checks.may_go_out(SOUP).granted
    checks.recheck_calendar([SOUP, LATER])
    assert checks.may_go_out(SOUP).granted


def test_the_command_and_the_library_know_of_each_other(checks: Checks, office: Path) -> None:
    queue = f"id,text,account,platforms,scheduled_at\ndoors,Doors open at nine.,finch,x,{NOON}\n"
    put(office, {"q.csv": f"{queue}soup,The soup is ready.,finch,x,{NOON}\n"})
    assert main(["recheck", "q.csv", "--at", "2026-03-01T08:00:00Z"]) == 1
    assert [checks.may_go_out(each).granted for each in (DOORS, SOUP)] == [True, False]
    put(office, {"q.csv": f"{queue}soup,The soup is ready.,finch,x,2026-03-01T13:00:00Z\n"})
    assert main(["recheck", "q.csv", "--at", "2026-03-01T08:00:00Z"]) == 0
    assert checks.may_go_out(SOUP).granted


def test_a_tool_may_hand_over_its_calendar_when_it_asks(checks: Checks, clock: Clock) -> None:
    """Posts at the minute at which it would go out count, the post itself does not."""
    calendar = [DOORS, SOUP, LATER]
    clock.hours = 4
    refused = checks.may_go_out(LATER, calendar)
    assert (refused.granted, refused.why) == (False, ("Goes out with doors",))
    assert checks.may_go_out(LATER, [LATER]).granted
    clock.hours = 10
    assert checks.may_go_out(LATER, calendar).granted
    assert checks.may_go_out("The bread is ready.", ["The bread is ready."]).granted


def test_what_a_calendar_says_now_counts_instead_of_what_it_said(checks: Checks, clock: Clock) -> None:
    checks.recheck_calendar([SOUP, DOORS])
    clock.hours = 4
    assert not checks.may_go_out(SOUP).granted
    assert not checks.may_go_out(SOUP, [SOUP, DOORS]).granted
    assert checks.may_go_out(SOUP, [SOUP, LATER]).granted
