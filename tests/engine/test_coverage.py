from datetime import timedelta

import pytest

from readtheroom.engine.coverage import Coverage
from readtheroom.engine.scene import Scene
from readtheroom.model import NO_ROOM, Gap, Room
from tests.engine.test_scene import WINDOW, label, scene
from tests.kinds.check import NOW, seen


def coverage(room: Room) -> Coverage:
    return Scene(room, label, WINDOW).coverage


@pytest.mark.parametrize(
    ("hours", "blind"), [(-1, True), (0, False), (48, False), (60, False), (120, False), (149, True)]
)
def test_a_room_of_another_time_is_blind_and_a_silent_history_is_not(hours: int, blind: bool) -> None:
    world = scene(seen("A", at=NOW), seen("B", at=NOW + timedelta(hours=100)))
    assert world.coverage.is_blind(NOW + timedelta(hours=hours)) is blind


def test_a_room_of_other_regions_cannot_speak_for_the_audience() -> None:
    world = scene(seen("A", region="US"), seen("B", region="GB"))
    assert world.coverage.gap(NOW, ("FR",)) == "the room speaks of GB, US alone, and not of FR"
    assert world.coverage.is_blind(NOW, ("FR",))
    assert world.coverage.gap(NOW, ("FR", "GB", "DE")) == "the room speaks of GB, US alone, and not of FR, DE"
    assert world.coverage.is_blind(NOW, ("FR", "GB"))
    assert world.coverage.gap(NOW, ("US", "GB")) is None
    assert world.coverage.gap(NOW, ()) is None
    assert scene(seen("A", region="US"), seen("B")).coverage.gap(NOW, ("FR",)) is None


def test_why_a_room_cannot_speak() -> None:
    assert coverage(NO_ROOM).gap(NOW) == "no room was given"
    refused = Room(gaps=(Gap("a", "timeout"), Gap("b", "no token"), Gap("c", "old", note=True)), looked_up=False)
    assert coverage(refused).gap(NOW) == "a: timeout; b: no token"
    assert coverage(Room(looked_up=False)).gap(NOW) == "nobody looked"
    assert scene().coverage.gap(NOW) is None
    old = scene(seen("#Lindental", at=NOW - timedelta(days=5)))
    assert old.coverage.gap(NOW) == (
        "the room has nothing from the 48 hours before 2026-07-20 12:00 UTC (newest: 2026-07-15 12:00)"
    )


def test_what_is_missing_of_a_room_that_speaks() -> None:
    partly = coverage(Room(gaps=(Gap("a", "timeout"), Gap("b", "no token"), Gap("c", "old", note=True))))
    assert (partly.gap(NOW), partly.missing, partly.notes) == (
        None,
        "a: timeout; b: no token",
        (Gap("c", "old", note=True),),
    )
    assert (scene().coverage.missing, scene().coverage.notes) == (None, ())
    nobody = coverage(Room(gaps=(Gap("a", "timeout"),), looked_up=False))
    assert (nobody.gap(NOW), nobody.missing) == ("a: timeout", None)
