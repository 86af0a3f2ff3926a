"""How the drafts of a run are shared out among workers: the same in each of them, so that none has to ask.

Small drafts go in parcels, each to one worker. The posts of a big file are judged in turns, and all workers read it: to
read a post takes a twentieth of the time that it takes to judge it, and where each line is a post by itself, nobody but
the one whose turn it is has to do so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from readtheroom import registry
from readtheroom.api.drafts import Draft
from readtheroom.api.files import reader_name
from readtheroom.readers._file import PathFile

PARCEL = 1 << 16
"""Bytes of drafts that one worker takes at a time, at the least, or"""

MOST_DRAFTS = 16
"""so many drafts."""

TURN = 64
"""Posts, or lines, of a big file that one worker judges before it is the next one's turn."""


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


class LinesInTurn(PathFile):
    """A file of which others read some lines; those are blank here, so that the rest stand where they do."""

    __slots__ = ("_of", "_turn", "count", "is_blank")

    def __init__(self, path: str, turn: int, of: int) -> None:
        """Lines of the turns `turn`, `turn + of` … are ours."""
        super().__init__(path)
        self._turn, self._of = turn, of
        self.count = 0
        """Lines so far, whoever reads them."""
        self.is_blank = True
        """Whether there has been nothing in ours so far."""

    def lines(self) -> Iterator[str]:
        """As of any file."""
        for self.count, line in enumerate(super().lines(), 1):
            if (self.count - 1) // TURN % self._of == self._turn:
                self.is_blank = self.is_blank and line.isspace()
                yield line
            else:
                yield "\n"


def is_read_by_line(draft: Draft) -> bool:
    """Whether each line of a file is a post by itself, or blank."""
    name = draft.reader or reader_name(draft.file.path)
    return name is not None and getattr(registry.load("readers", name), "BY_LINE", False)
