"""What the cells of a row hold, as the plain data of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from readtheroom.model import Json
from readtheroom.policy.csv_source import Piece
from readtheroom.policy.exports import ALLOW_PARTS, LINK, Role
from readtheroom.policy.times import FORMATS

_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}),?(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?)?")
_BETWEEN_LINKS = re.compile(r",(?=\s*+https?:)")
"""Addresses may hold commas of their own."""
_DAY_FIRST = "where the day comes first, say so in the config with `drafts: {day_first: true}`"
_DAY_LAST = "where the month comes first, take `day_first` out of `drafts` in the config"
_YES = frozenset({"true", "yes", "1", "x"})
_SEPARATORS = {
    "platforms": ",",
    "audience": ",",
    "approved_by": ",",
    "media": ",",
    "alt": "||",
    "comments": "||",
    "poll": "||",
    "thread": "||",
}
_LISTS: Mapping[str, Mapping[str, str]] = {
    "media": {"file": "media", "alt": "alt"},
    "allow": {part: f"allow.{part}" for part in ALLOW_PARTS},
}
"""Lists of which each part of an item has a column of its own."""
_PARTS = {part: key for key, parts in _LISTS.items() for part in parts.values()}
_OPEN = frozenset({"platforms", "audience", "approved_by", "media", "title", "first_comment", LINK})
"""What any number of columns may hold; of the others, two that hold the same are at odds."""
_SINGLE = frozenset({"id", "text", "account", "author", "lang"})


class Column(NamedTuple):
    """The place of a column in a row, and what it is."""

    cell: int
    role: Role


class Row:
    """A row: `take` its columns, then ask for its `data`; `pieces` then tell where each value is.

    `faults` are parts of cells that cannot be, and why.
    """

    __slots__ = ("_cells", "_found", "faults", "pieces")

    def __init__(self, cells: list[str]) -> None:
        self._cells = cells
        self._found: dict[str, dict[int, tuple[str, Piece]]] = {}
        self.pieces: dict[tuple[str | int, ...], Piece] = {}
        self.faults: list[tuple[Piece, str]] = []

    def take(self, column: Column) -> None:
        """Add what a cell holds; a blank one holds nothing."""
        cell, (key, at, platform) = self._cells[column.cell], column.role
        if not cell or cell.isspace():
            return
        if platform:
            if cell.strip().casefold() in _YES:
                self._put(key, len(self._found.get(key, ())), platform, Piece(column.cell, 0, len(cell)))
            return
        separator = _SEPARATORS.get(key)
        for start, end in _split(cell, separator) if separator else _links(cell) if key == LINK else [(0, len(cell))]:
            self._put(key, at, cell[start:end], Piece(column.cell, start, end))
            at += 1

    @property
    def links(self) -> list[Piece]:
        """Links that are published beside the text, in order; not part of the `data`."""
        found = self._found.get(LINK, {})
        return [found[at][1] for at in sorted(found)]

    def text(self, piece: Piece) -> str:
        """What a part of a cell holds."""
        return self._cells[piece.cell][piece.start : piece.end]

    def _put(self, key: str, at: int, value: str, piece: Piece) -> None:
        if key == "text" and at:
            key, at = "thread", at - 1
        key = "first_comment" if key == "comments" else key
        found = self._found.setdefault(key, {})
        if at in found and key in _OPEN:
            at = max(found) + 1
        if at in found:
            self.faults.append((piece, f"another column of this row holds `{_named(key, at)}` too: keep one of them"))
        else:
            found[at] = (value, piece)

    def data(self, day_first: bool) -> dict[str, Json]:
        """The draft that the row is."""
        data: dict[str, Json] = {}
        for key, found in self._found.items():
            first = min(found)
            if key in _SINGLE:
                data[key] = found[first][0]
                self.pieces[key,] = found[first][1]
            elif key == "scheduled_at":
                self.pieces[key,] = found[first][1]
                data[key] = self._moment(" ".join(found[at][0].strip() for at in sorted(found)), day_first)
            elif key not in _PARTS and key not in {"allow", LINK}:
                data[key] = [found[at][0] if at in found else None for at in range(max(found) + 1)]
                self.pieces.update({(key, at): piece for at, (_, piece) in found.items()})
        for key in sorted({_PARTS[part] for part in self._found.keys() & _PARTS.keys()}):
            data[key] = list(self._items(key))
        return data

    @property
    def allow(self) -> Piece | None:
        """The cell that holds a list of allows; not part of the `data`."""
        return self._found["allow"][0][1] if "allow" in self._found else None

    def _moment(self, written: str, day_first: bool) -> str | None:
        try:
            return _iso(written, day_first)
        except ValueError as problem:
            self.faults.append((self.pieces["scheduled_at",], f"{written[:40]!r}{problem}"))
            return None

    def _items(self, key: str) -> Iterator[Json]:
        """The items of a list, each of parts with a column of its own; gaps, as between pictures and films, close."""
        of = {name: self._found[part] for name, part in _LISTS[key].items() if part in self._found}
        for number, at in enumerate(sorted({at for found in of.values() for at in found})):
            item: dict[str, Json] = {}
            for name, found in of.items():
                if at in found:
                    item[name], self.pieces[key, number, name] = found[at]
            yield item


def _named(key: str, at: int) -> str:
    if key in _SINGLE or key in {"scheduled_at", "allow"}:
        return key
    name, _, part = ("media.alt" if key == "alt" else key).partition(".")
    return f"{name}[{at}].{part}" if part else f"{name}[{at}]"


def _split(cell: str, separator: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a cell are, without the space around them."""
    start = 0
    for part in cell.split(separator):
        yield _trimmed(part, start)
        start += len(part) + len(separator)


def _links(cell: str) -> Iterator[tuple[int, int]]:
    start = 0
    for part in _BETWEEN_LINKS.split(cell):
        if part and not part.isspace():
            yield _trimmed(part, start)
        start += len(part) + 1


def _trimmed(part: str, start: int) -> tuple[int, int]:
    left = start + len(part) - len(part.lstrip())
    return left, max(left, start + len(part.rstrip()))


def _iso(written: str, day_first: bool) -> str:
    """A spreadsheet's date, with slashes, dots or a twelve-hour clock, as ISO; anything else as it is.

    Raises ValueError, with what to say after `written`, where somebody else would read it otherwise.
    """
    found = _SLASHED.fullmatch(written)
    if not found:
        if written[0].isalpha():
            raise ValueError(f" is a time in words, which can be read in more ways than one: {FORMATS}")
        return written
    first, second, year, hour, minute, seconds, half = found.groups()
    day, month = (first, second) if day_first else (second, first)
    if int(month) > 12:
        if int(day) > 12:
            return written
        raise ValueError(f": there is no month {month}: {_DAY_LAST if day_first else _DAY_FIRST}")
    date = f"{year}-{int(month):02}-{int(day):02}"
    if hour is None:
        return date
    clock = int(hour) % 12 + 12 * (half.lower() == "pm") if half else int(hour)
    return f"{date} {clock:02}:{minute}:{seconds or '00'}"
