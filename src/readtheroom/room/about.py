"""Sources that are asked about the hashtags of each draft, where drafts come one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from threading import Lock
from typing import NamedTuple

from readtheroom.model import Gap, Observation, Room
from readtheroom.policy.values import RoomConfig
from readtheroom.room.current import Reading
from readtheroom.room.load import from_each
from readtheroom.room.reading import LEAST, SOONEST
from readtheroom.room.told import asks_about_drafts, fresh_for

MOST_KEPT = 5000
"""Tags, and what was seen of them. Beyond it is begun anew: the store knows it still."""


class ForDraft(NamedTuple):
    """The room for one draft: the same for all, but for what could be looked up."""

    room: Room
    gaps: tuple[Gap, ...]
    looked_up: bool


class _Asked(NamedTuple):
    """What came of asking about a tag. `until`: it need not be asked about again before."""

    until: datetime
    gaps: tuple[Gap, ...]
    answered: bool


class AboutDrafts:
    """Asks about the tags of drafts, each once while the answer is fresh. Safe to use from several threads."""

    def __init__(self, config: RoomConfig) -> None:
        self._config = config._replace(sources=tuple(filter(asks_about_drafts, config.sources)))
        self._lock = Lock()
        self._asked: dict[str, _Asked] = {}
        self._underway: dict[str, Future[_Asked]] = {}
        self._seen: dict[Observation, None] = {}
        self._rooms: tuple[Room, Room] | None = None

    def room(self, reading: Reading, tags: Sequence[str], now: datetime) -> ForDraft:
        """The room with what there is to say of the tags of a draft; asks within the budget about those not asked."""
        by_key = {tag.casefold(): tag for tag in tags}
        found = self._look_up(by_key, now)
        with self._lock:
            room = self._with_seen(reading.room)
        gaps = dict.fromkeys([*reading.room.gaps, *(gap for each in found for gap in each.gaps)])
        looked_up = reading.by_list or any(each.answered for each in found)
        return ForDraft(room, tuple(gaps), looked_up if found else reading.room.looked_up)

    def _look_up(self, by_key: Mapping[str, str], now: datetime) -> list[_Asked]:
        """What came of each tag; whoever wants one that another thread is asking about waits for it."""
        own = Future[_Asked]()
        with self._lock:
            known = {key: self._asked[key] for key in by_key if key in self._asked and now < self._asked[key].until}
            underway = {key: self._underway.setdefault(key, own) for key in by_key if key not in known}
        mine = [key for key, future in underway.items() if future is own]
        if mine:
            self._ask(mine, [by_key[key] for key in mine], now, own)
        return [*known.values(), *(future.result() for future in dict.fromkeys(underway.values()))]

    def _ask(self, keys: Sequence[str], tags: Sequence[str], now: datetime, own: Future[_Asked]) -> None:
        try:
            heard, notes = from_each(self._config, at=now, tags=tags)
            gaps = (*(gap for told in heard for gap in told.gaps), *notes)
            asked = _Asked(now + self._fresh(gaps), gaps, any(told.answered for told in heard))
        except BaseException as error:
            with self._lock:
                self._forget(keys)
            own.set_exception(error)
            raise
        with self._lock:
            for kept in (self._asked, self._seen):
                if len(kept) > MOST_KEPT:
                    kept.clear()
            self._asked.update(dict.fromkeys(keys, asked))
            self._seen.update(dict.fromkeys(each for told in heard for each in told.seen))
            self._forget(keys)
        own.set_result(asked)

    def _forget(self, keys: Sequence[str]) -> None:
        for key in keys:
            del self._underway[key]

    def _fresh(self, gaps: Sequence[Gap]) -> timedelta:
        fresh = max(min(map(fresh_for, self._config.sources)), SOONEST)
        return min(fresh, LEAST) if any(not gap.note for gap in gaps) else fresh

    def _with_seen(self, base: Room) -> Room:
        """The same object while nothing new was seen: what is made of it can be kept."""
        every = tuple(dict.fromkeys([*base.observations, *self._seen]))
        if len(every) == len(base.observations):
            return base
        if self._rooms is None or self._rooms[0] is not base or self._rooms[1].observations != every:
            self._rooms = base, base._replace(observations=every)
        return self._rooms[1]
