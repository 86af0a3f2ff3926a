"""The room as it is now: read when first needed, and again once what its sources said is no longer fresh."""

from __future__ import annotations

from _thread import allocate_lock  # threading takes a millisecond to import
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from readtheroom.model import NO_ROOM, Room
from readtheroom.policy.values import RoomConfig, SourceEntry

if TYPE_CHECKING:
    from readtheroom.room.ahead import Ahead
    from readtheroom.room.told import Told


class Reading(NamedTuple):
    """The room as it was read at one time.

    `due`: from when on it is to be read again; None: never. `answers`: the last that each source gave. `by_list`:
    whether any answered that needs no draft for it. `fresh_until`: when it may be another though no
    file has changed; None: never.
    """

    room: Room
    at: datetime
    due: datetime | None = None
    answers: tuple[Told, ...] = ()
    by_list: bool = True
    fresh_until: datetime | None = None


def any_asks(sources: Sequence[SourceEntry]) -> bool:
    """Whether any of the sources wants to know the hashtags of drafts."""
    if not sources:
        return False
    from readtheroom.room.told import asks_about_drafts  # noqa: PLC0415  slow to import, and many a run has no room

    return any(map(asks_about_drafts, sources))


class CurrentRoom:
    """The room of a config, or the one that is given. Safe to use from several threads: one reads, others go on."""

    def __init__(
        self,
        config: RoomConfig,
        given: Room | Iterable[str] | None,
        *,
        offline: bool = False,
        lasting: bool = False,
        since: float | None = None,
    ) -> None:
        """`given`: a room, or paths of snapshots, which are read once. `lasting`: for longer than answers are fresh.
        `since`: when the run began that waits for it, by the monotonic clock."""
        self._config = config
        self._given = given
        self._offline = offline
        self._lasting = lasting
        self._since = since
        self._reading: Reading | None = None
        self._ahead: Ahead | None = None
        self._one_reads = allocate_lock()

    @property
    def is_read(self) -> bool:
        """Whether it has been, at least once."""
        return self._reading is not None

    def begin(self, now: datetime, tags: Sequence[str] | None = None) -> None:
        """Ask the sources, if there are any, while something else is done; `at` waits for what they say."""
        asks = self._given is None and not self._offline and any(each.kind != "file" for each in self._config.sources)
        if asks and not self._reading and not self._ahead:
            from readtheroom.room.ahead import Ahead  # noqa: PLC0415  slow to import, and many a run has no room

            self._ahead = Ahead(lambda: self._read(now, tags, None))

    def at(self, now: datetime, tags: Sequence[str] | None = None) -> Reading:
        """What is read at a moment; `tags` are those of all drafts, None: nobody knows them.

        Where it is due, whoever comes first reads it; others go on with the one that was, up to its `max_age`. What
        cannot be read again is told of in its gaps. Raises `DraftError` if files could not be read the first time.
        """
        current = self._reading
        if current and (current.due is None or now < current.due):
            return current
        too_old = current is None or now - current.at > self._config.max_age
        if not self._one_reads.acquire(blocking=too_old) and current:
            return current
        try:
            if self._reading is None or self._reading is current:
                ahead, self._ahead = self._ahead, None
                self._reading = ahead.result() if ahead else self._read(now, tags, current)
            return self._reading
        finally:
            self._one_reads.release()

    def _read(self, now: datetime, tags: Sequence[str] | None, before: Reading | None) -> Reading:
        if isinstance(self._given, Room):
            return Reading(self._given, now)
        if self._given is None and not self._config.sources:
            return Reading(NO_ROOM, now)
        from readtheroom.room import load, reading  # noqa: PLC0415  slow to import, and many a run has no room

        if self._given is not None:
            return Reading(load.from_files(self._given), now)
        made = reading.read(self._config, now, tags, before, offline=self._offline, since=self._since)
        return made if self._lasting else made._replace(due=None)
