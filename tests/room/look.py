"""The room of a config as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from readtheroom.model import Room
from readtheroom.policy.values import RoomConfig
from readtheroom.room.current import CurrentRoom


def room_of(
    config: RoomConfig, *, offline: bool = False, at: datetime | None = None, tags: Sequence[str] | None = None
) -> Room:
    """Read at a moment (None: now), as a run does; see `CurrentRoom`."""
    return CurrentRoom(config, None, offline=offline).at(at or datetime.now(UTC), tags).room
