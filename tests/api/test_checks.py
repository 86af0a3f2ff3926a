"""May this post go out now?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readtheroom import Checks, Linter
from readtheroom.api import holds as holds_module
from tests.office import CONFIG, FIRE, GUARD, RULES, put

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
DRAFT = {"id": "doors", "text": "Doors open at nine.", "scheduled_at": "2026-03-05T12:00:00Z"}
ENDED = FIRE.replace("2026-03-02", "2026-03-01T12:00:00Z") + "ended_at: 2026-03-01T12:00:00Z\n"


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
    monkeypatch.setattr(holds_module, "AGAIN_AFTER", 0.0)
    put(office, {"readtheroom.yaml": CONFIG, "house.yaml": RULES + GUARD})
    return Checks(Linter.from_config(now=clock))


def test_without_holds_only_the_verdict_counts(checks: Checks) -> None:
    assert checks.may_go_out(DRAFT)[:2] == (True, ())
    assert checks.may_go_out(DRAFT | {"text": "Hurry"}).granted
    refused = checks.may_go_out("Better than Globex!")
    assert (refused.granted, refused.why) == (False, ("Names a rival: Globex",))


def test_the_end_of_a_hold_releases_nothing(checks: Checks, clock: Clock, office: Path) -> None:
    checks.recheck(DRAFT)
    put(office, {"holds/fire.yaml": FIRE})
    clock.hours = 2
    assert checks.may_go_out(DRAFT)[:2] == (False, ("Fire",))
    put(office, {"holds/fire.yaml": ENDED})
    clock.hours = 5
    refused = checks.may_go_out(DRAFT)
    assert refused.result.verdict == "pass"
    assert refused.why == (
        "stopped by the hold “Fire” when it was last checked, 1 Mar 2026 10:00 UTC: have it rechecked",
        "no check of it is known that passed since the hold “Fire” ended, 1 Mar 2026 12:00 UTC: have it rechecked",
    )
    assert checks.recheck(DRAFT).result.verdict == "pass"
    assert checks.may_go_out(DRAFT)[:2] == (True, ())


def test_a_check_at_the_moment_of_its_end_has_seen_it_end(checks: Checks, clock: Clock, office: Path) -> None:
    put(office, {"holds/fire.yaml": ENDED})
    clock.hours = 4
    assert not checks.may_go_out(DRAFT).granted
    checks.recheck(DRAFT)
    clock.hours = 5
    assert checks.may_go_out(DRAFT)[:2] == (True, ())


def test_nor_does_a_hold_file_that_was_taken_away(checks: Checks, clock: Clock, office: Path) -> None:
    put(office, {"holds/fire.yaml": FIRE})
    clock.hours = 2
    assert not checks.may_go_out(DRAFT).granted
    (office / "holds/fire.yaml").unlink()
    assert not checks.may_go_out(DRAFT).granted
    checks.recheck(DRAFT)
    assert checks.may_go_out(DRAFT).granted


def test_a_check_before_the_end_is_no_fresh_one(checks: Checks, clock: Clock, office: Path) -> None:
    checks.recheck(DRAFT)
    put(office, {"holds/fire.yaml": ENDED})
    clock.hours = 5
    assert len(checks.may_go_out(DRAFT).why) == 1
    assert not checks.may_go_out("Never checked").granted
    clock.hours = 6
    checks.recheck(DRAFT | {"text": "Another text"})
    assert not checks.may_go_out(DRAFT).granted, "a check of other words is none"
    checks.recheck(DRAFT)
    assert checks.may_go_out(DRAFT).granted


def test_a_check_for_a_time_to_come_releases_nothing(office: Path, checks: Checks, clock: Clock) -> None:
    ahead = datetime.now(UTC) + timedelta(days=30)
    Checks(Linter.from_config(now=ahead)).recheck(DRAFT)
    put(office, {"holds/fire.yaml": ENDED})
    clock.hours = 5
    assert not checks.may_go_out(DRAFT).granted


def test_a_hold_that_is_not_meant_asks_for_nothing(checks: Checks, clock: Clock, office: Path) -> None:
    never = FIRE.replace("end: 2026-03-02", "end: 2026-03-01T08:00:00Z\nended_at: 2026-03-01T07:00:00Z")
    put(office, {"holds/other.yaml": f"{ENDED}scope: {{platform: mastodon}}\n", "holds/never.yaml": never})
    clock.hours = 5
    assert checks.may_go_out(DRAFT | {"platforms": ["x"]}).granted


def test_a_hold_that_ends_within_the_second_in_which_it_starts_did_stand(
    checks: Checks, clock: Clock, office: Path
) -> None:
    checks.recheck(DRAFT)
    times = "start: 2026-03-01T12:00:00Z\nend: 2026-03-01T12:00:00Z\nended_at: 2026-03-01T12:00:00.400Z"
    put(office, {"holds/fire.yaml": f"reason: Fire\nowner: Ada\n{times}\n"})
    clock.hours = 5
    assert not checks.may_go_out(DRAFT).granted


def test_posts_without_a_name_do_not_take_each_others_place(checks: Checks, clock: Clock, office: Path) -> None:
    put(office, {"holds/fire.yaml": FIRE})
    clock.hours = 2
    assert not checks.may_go_out("One").granted
    assert not checks.may_go_out("Two").granted
    (office / "holds/fire.yaml").unlink()
    checks.recheck("Two")
    assert [checks.may_go_out(text).granted for text in ("One", "Two")] == [False, True]


def test_what_recheck_found_counts_for_the_library(checks: Checks, office: Path, clock: Clock) -> None:
    put(office, {"q.csv": "id,text,scheduled_at\ndoors,Doors open at nine.,2026-03-05T12:00:00Z\n"})
    put(office, {"holds/fire.yaml": ENDED})
    clock.hours = 6
    assert not checks.may_go_out(DRAFT).granted
    from readtheroom.cli.main import main  # noqa: PLC0415  the command is another front door

    assert main(["recheck", "q.csv", "--at", "2026-03-01T13:00:00Z"]) == 0
    assert checks.may_go_out(DRAFT).granted
    assert checks.notes == ()


QUEUED = "id,text,scheduled_at\ndoors,Doors open at nine.,2026-03-05T12:00:00Z\n"


def test_of_checks_by_command_and_library_the_newer_counts(checks: Checks, office: Path, clock: Clock) -> None:
    """A post of the queue that a tool asks about by its words, whoever of the two heard of the hold."""
    from readtheroom.cli.main import main  # noqa: PLC0415  the command is another front door

    put(office, {"q.csv": QUEUED, "holds/fire.yaml": FIRE})
    clock.hours = 2
    assert not checks.may_go_out(DRAFT).granted
    put(office, {"holds/fire.yaml": ENDED})
    assert main(["recheck", "q.csv", "--at", "2026-03-01T13:00:00Z"]) == 0
    clock.hours = 6
    assert checks.may_go_out(DRAFT).granted
    put(office, {"holds/fire.yaml": FIRE})
    assert main(["recheck", "q.csv", "--at", "2026-03-01T14:30:00Z"]) == 0, "it goes out after the hold"
    put(office, {"q.csv": QUEUED.replace("-05T12", "-01T16"), "holds/fire.yaml": FIRE})
    assert main(["recheck", "q.csv", "--at", "2026-03-01T14:45:00Z"]) == 1
    put(office, {"holds/fire.yaml": ENDED})
    clock.hours = 7
    assert not checks.may_go_out(DRAFT).granted
    checks.recheck(DRAFT)
    assert checks.may_go_out(DRAFT).granted
