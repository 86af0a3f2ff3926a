"""The room for people to look at, and as a file."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from readtheroom.api.linter import Linter
from readtheroom.api.looking import Looking
from readtheroom.errors import UsageError
from readtheroom.model import Observation, Room
from readtheroom.policy.discovery import find_config
from readtheroom.policy.folders import cache_folder
from readtheroom.policy.snapshot import plain
from readtheroom.room.load import from_each
from readtheroom.room.told import Told, asks_about_drafts, name
from readtheroom.text.trends import trend_key


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
    linter = Linter.from_path(config or find_config(os.getcwd()), rooms or None, at, Looking(offline, ahead=True))
    linter.tags = tags
    linter.prepare([""])
    return linter


def story(term: str, room: Room) -> list[Observation]:
    """All that was seen of a trend, in a room and before by anybody who keeps a store here, oldest first."""
    key = trend_key(term)
    store = importlib.import_module("readtheroom.room.store").Store(cache_folder())  # SQLite, for this alone
    try:
        kept = store.story(term)
    finally:
        store.close()
    here = (each for each in room.observations if trend_key(each.term) == key)
    return sorted(dict.fromkeys([*kept, *here]), key=lambda each: (each.observed_at, each.source))


class Status(NamedTuple):
    """How a source of the config does."""

    name: str
    asks_about_drafts: bool
    told: Told


def statuses(config: str | None, *, offline: bool = False) -> list[Status]:
    """How each source of a config does, asked now. Raises `FaultsError` for policy or files that cannot be read."""
    room = Linter.from_path(config or find_config(os.getcwd())).policy.config.room
    heard, _ = from_each(room, offline=offline)
    asks = (asks_about_drafts(entry) for entry in room.sources)
    return [Status(name(entry), about, told) for entry, about, told in zip(room.sources, asks, heard, strict=True)]


def save(path: str, room: Room) -> None:
    """Write a room as a snapshot, for `--room`. Raises `UsageError` if that cannot be done; the old file stays then."""
    beside = os.path.join(os.path.dirname(os.path.realpath(path)), f".readtheroom-{os.urandom(6).hex()}")
    try:
        with open(beside, "x", encoding="utf-8", newline="\n") as file:
            json.dump(plain(room), file, indent=1)
            file.write("\n")
        os.replace(beside, os.path.realpath(path))
    except OSError as error:
        raise UsageError(f"{path}: the room cannot be written: {error.strerror}") from None
    finally:
        if os.path.exists(beside):
            os.unlink(beside)


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
