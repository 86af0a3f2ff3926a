"""The room for people to look at, and as a file."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from readtheroom.api.linter import Linter
from readtheroom.api.looking import Looking
from readtheroom.api.saved import read
from readtheroom.errors import UsageError
from readtheroom.model import Gap, Room
from readtheroom.policy.discovery import find_config
from readtheroom.policy.snapshot import plain
from readtheroom.room.dropped import dropped
from readtheroom.room.load import from_each
from readtheroom.room.told import Told, asks_about_drafts, fresh_for, name


def linter_here(
    config: str | None,
    rooms: Sequence[str] = (),
    at: datetime | None = None,
    *,
    offline: bool = False,
    tags: Sequence[str] | None = None,
) -> Linter:
    """A linter by a config (None: found upward from here), its room read; `tags` for sources that ask about some.

    Raises `FaultsError` with what is wrong.
    """
    path = config or find_config(os.getcwd())
    linter = Linter.from_path(path, read(rooms).of(path) if rooms else None, at, Looking(offline, ahead=True))
    linter.lookout.tags = tags
    linter.prepare([""])
    return linter


class Status(NamedTuple):
    """How a source of the config does. `fresh_for`: how long its answers need not be asked for again; none: they need
    not be asked for at all."""

    name: str
    asks_about_drafts: bool
    told: Told
    fresh_for: timedelta = timedelta()

    @property
    def observations(self) -> int:
        """How many its answer has."""
        return len(self.told.seen[: self.told.said])

    @property
    def seen_before(self) -> int:
        """How many trends it told of before, and no longer: they count until the window of the room is over."""
        said = {(each.term, each.region) for each in self.told.seen[: self.told.said]}
        return len({(each.term, each.region) for each in self.told.seen} - said)

    @property
    def is_reachable(self) -> bool:
        """Whether it answered, and no older answer stands in for one."""
        return self.told.answered and not any(gap.note and gap.source == self.name for gap in self.told.gaps)

    def is_fresh(self, now: datetime) -> bool:
        """Whether nobody needs to be asked again at a moment for what is known."""
        of = self.told.of
        return self.told.answered and (not self.fresh_for or (of is not None and now - of < self.fresh_for))


class Statuses(NamedTuple):
    """How the sources of the config do, in its order; `gaps`: what is to be said of the store, and who is missed."""

    sources: tuple[Status, ...]
    gaps: tuple[Gap, ...] = ()


def statuses(config: str | None, *, offline: bool = False) -> Statuses:
    """How each source of a config does, asked now. Raises `FaultsError` for policy or files that cannot be read."""
    room = Linter.from_path(config or find_config(os.getcwd())).policy.config.room
    heard, notes = from_each(room, offline=offline)
    each = (
        Status(name(entry), asks_about_drafts(entry), told, fresh_for(entry))
        for entry, told in zip(room.sources, heard, strict=True)
    )
    return Statuses(tuple(each), tuple(dict.fromkeys((*notes, *dropped(room, heard)))))


def append(path: str, room: Room) -> None:
    """Add a room to a history, as one line, whoever else is adding. Raises `UsageError` likewise."""
    line = json.dumps(plain(room)).encode() + b"\n"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise UsageError(f"{path}: the room cannot be added: {error.strerror}") from None
