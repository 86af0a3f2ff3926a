"""How a linter looks at the world: by which sources, and by which clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import NamedTuple, TypeAlias

from readtheroom.errors import UsageError
from readtheroom.model import Room
from readtheroom.policy.values import RoomConfig
from readtheroom.room.current import CurrentRoom


class Looking(NamedTuple):
    """How the room is looked up, whatever the config says."""

    offline: bool = False
    require_room: bool = False
    lasting: bool = False
    """Read again once it is no longer fresh, and ask about the hashtags of each post where a source wants them."""

    ahead: bool = False
    """Ask while rules that are not known yet are read and proven, for the room will be wanted."""
    since: float | None = None
    """When the run began, by the monotonic clock: its start counts for the budget. None: it does not."""

    def room_of(self, config: RoomConfig, given: Room | Iterable[str] | None = None) -> CurrentRoom:
        """The room of a config, or the one that is given, not read yet."""
        return CurrentRoom(config, given, offline=self.offline, lasting=self.lasting, since=self.since)


Clock: TypeAlias = "datetime | Callable[[], datetime] | None"
"""What stands for the present (aware): one moment, what tells it, or the clock of the machine."""


def present(now: Clock) -> datetime:
    """The present (aware). Raises `UsageError` for a moment without a time zone."""
    moment = now() if callable(now) else now or datetime.now(UTC)
    if moment.tzinfo is None:
        raise UsageError("`now` needs a time zone: write datetime(…, tzinfo=UTC)")
    return moment
