"""Sources that a config had until lately: what they said no longer counts, and that is told for as long as it would.

Otherwise a post that one of them stopped would pass, and nobody would know why. A small file for each config remembers
who was heard: without addresses, which may hold secrets, beyond the host.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from time import time
from typing import NamedTuple
from zlib import crc32

from readtheroom.model import Gap
from readtheroom.policy.folders import cache_fault, cache_folder
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.room.told import Told, name

GRAIN = 60
"""Seconds; times that differ by less are not written anew."""

MOST_HEARD = 200
"""Sources of one config that are remembered, the last ones heard."""


class _Heard(NamedTuple):
    """When somebody was heard last, in seconds since 1970, and how messages call it."""

    at: float
    name: str


def dropped(config: RoomConfig, heard: Sequence[Told]) -> tuple[Gap, ...]:
    """A gap for each source that the config no longer has and that was heard within its `window`; remembers those it
    has, which come with what they said. That this cannot be remembered is a note.
    """
    written = config.sources[0].config if config.sources else ""
    if not written:
        return ()  # made by a program, which has its own ways
    folder = cache_folder()
    if folder is None:
        return (Gap("store", f"cannot be used ({cache_fault()}): nothing is kept of this run", note=True),)
    path = os.path.join(folder, f"sources-{crc32(os.path.abspath(written).encode()):08x}")
    now = time()
    before = {key: each for key, each in _read(path).items() if now - each.at <= config.window.total_seconds()}
    spoke = zip(config.sources, heard, strict=True)
    after = before | {_key(entry): _Heard(now, name(entry)) for entry, told in spoke if told.seen}
    _keep(path, before, after)
    return tuple(_gap(before[key]) for key in before.keys() - set(map(_key, config.sources)))


def _gap(each: _Heard) -> Gap:
    last = datetime.fromtimestamp(each.at, UTC)
    reason = f"no longer in the config; what it said until {last:%F %R} UTC is left out"
    return Gap(each.name, reason, required=False)


def _key(entry: SourceEntry) -> str:
    return f"{crc32(repr((entry.kind, sorted(entry.options.items()), entry.region)).encode()):08x}"


def _read(path: str) -> dict[str, _Heard]:
    """Who was heard, by what stands for source and options; lines that make no sense are passed over."""
    found: dict[str, _Heard] = {}
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file.read(MOST_HEARD << 10).splitlines():
                key, at, called = (*line.split("\t", 2), "", "")[:3]
                if called and at.isdecimal() and len(at) <= 10:
                    found[key] = _Heard(float(at), called)
    except OSError:
        return found
    return found


def _keep(path: str, before: dict[str, _Heard], after: dict[str, _Heard]) -> None:
    """Write who was heard, if it is news; where that cannot be done, the store cannot be used either, and says so."""
    if before.keys() == after.keys() and all(after[key].at - before[key].at < GRAIN for key in after):
        return
    last = sorted(after.items(), key=lambda each: each[1].at)[-MOST_HEARD:]
    partial = f"{path}.{os.getpid()}"
    try:
        with open(partial, "w", encoding="utf-8", errors="replace") as file:
            file.writelines(f"{key}\t{int(each.at)}\t{each.name}\n" for key, each in last)
        os.replace(partial, path)
    except OSError:
        return
