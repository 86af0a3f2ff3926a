"""How the drafts of a run are shared out among workers: the same in each of them, so that none has to ask.

Small drafts go in parcels, each to one worker. A big file is read by all, and its posts are judged in turns: to read a
post takes a twentieth of the time that it takes to judge it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from readtheroom.api.drafts import Draft
from readtheroom.readers._file import PathFile

PARCEL = 1 << 16
"""Bytes of drafts that one worker takes at a time, at the least, or"""

MOST_DRAFTS = 16
"""so many drafts."""

TURN = 64
"""Posts of a big file that one worker judges before it is the next one's turn."""


class Parcel(NamedTuple):
    """Drafts that belong together. `shared`: one big file, for all."""

    drafts: tuple[Draft, ...]
    shared: bool = False


def parcels(drafts: Sequence[Draft]) -> Iterator[Parcel]:
    """All drafts, in their order."""
    some: list[Draft] = []
    size = 0
    for draft in drafts:
        bytes_ = _size(draft)
        if bytes_ > PARCEL:
            yield from _of(some)
            yield Parcel((draft,), shared=True)
            some, size = [], 0
            continue
        some.append(draft)
        size += bytes_
        if size >= PARCEL or len(some) >= MOST_DRAFTS:
            yield Parcel(tuple(some))
            some, size = [], 0
    yield from _of(some)


def _of(some: Sequence[Draft]) -> Iterator[Parcel]:
    if some:
        yield Parcel(tuple(some))


def _size(draft: Draft) -> int:
    """Of a file in bytes; 0 for what is none, or cannot be read: whoever tries tells why."""
    try:
        return os.path.getsize(draft.file.path) if isinstance(draft.file, PathFile) else 0
    except (OSError, ValueError):
        return 0
