"""CSV records that remember where their cells stand; found again in the record's own lines when somebody asks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from readtheroom.errors import DraftError, Fault
from readtheroom.policy.origins import LazyOrigin, within
from readtheroom.spans import FileText, MappedOrigin, Place, Run

MAX_RECORD: Final = 16 << 20
"""Characters of one record; a quote that is never closed would else swallow the file."""

_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')
_WRITTEN = re.compile(r'""|\r\n?')
_BREAK = re.compile(r"\r\n?")


class Record(NamedTuple):
    """One record: the line that it starts at, its lines as they are, and its cells (line ends are LF)."""

    line: int
    raw: str
    cells: list[str]


class Piece(NamedTuple):
    """A part of a cell: which cell, and from where to where."""

    cell: int
    start: int
    end: int


def records(path: str, lines: Iterator[str], delimiter: str) -> Iterator[Record]:
    """The records that are not blank. Raises `DraftError` for broken quotes and for records over `MAX_RECORD`."""
    tape: list[str] = []
    reader = csv.reader(_taped(path, lines, tape), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            raise DraftError([Fault(path, line, 0, f"not valid CSV: {_plain(str(problem))}")]) from None
        if cells is None:
            return
        if any(cell and not cell.isspace() for cell in cells):
            yield Record(line, "".join(tape), [_BREAK.sub("\n", cell) if "\r" in cell else cell for cell in cells])
        tape.clear()
        line = reader.line_num + 1


class CsvSource:
    """Where the values of one record stand: each is a piece of a cell."""

    __slots__ = ("_delimiter", "_file", "_pieces")

    def __init__(self, record: Record, delimiter: str, pieces: Mapping[tuple[str | int, ...], Piece]) -> None:
        self._file = FileText(record.raw, record.line)
        self._delimiter, self._pieces = delimiter, pieces

    def origin(self, *keys: str | int) -> LazyOrigin:
        """The origin of a text."""
        return LazyOrigin(lambda: self._mapped(keys))

    def place(self, *keys: str | int) -> Place:
        """Where a value starts."""
        return self._mapped(keys).place(0)

    def start(self, piece: Piece) -> Place:
        """Where a part of a cell starts."""
        return self.piece(piece).place(0)

    def piece(self, piece: Piece) -> MappedOrigin:
        """The origin of a part of a cell."""
        runs = cell_runs(self._file.text, piece.cell, self._delimiter)
        return MappedOrigin(self._file, within(runs, piece.start, piece.end))

    def spelling(self, *_: str | int) -> str | None:
        """None: every cell is text."""
        return None

    def _mapped(self, keys: tuple[str | int, ...]) -> MappedOrigin:
        for end in range(len(keys), 0, -1):
            piece = next((piece for path, piece in self._pieces.items() if path[:end] == keys[:end]), None)
            if piece:
                return self.piece(piece)
        return MappedOrigin(self._file, [])


def cell_runs(raw: str, cell: int, delimiter: str) -> list[Run]:
    """Where the characters of a cell stand in its record."""
    plain = re.compile(rf"[^{delimiter}\r\n]*")
    at = 0
    for _ in range(cell):
        found = _QUOTED.match(raw, at) or plain.match(raw, at)
        at = found.end() + 1 if found else len(raw)
    quoted = _QUOTED.match(raw, at)
    if quoted:
        return _content_runs(raw, quoted.start() + 1, quoted.end() - 1)
    found = plain.match(raw, at)
    return [Run(0, at, found.end() - at if found else 0)]


def _content_runs(raw: str, start: int, end: int) -> list[Run]:
    runs: list[Run] = []
    length, at = 0, start
    for written in _WRITTEN.finditer(raw, start, end):
        runs += [Run(length, at, written.start() - at), Run(length + written.start() - at, written.start(), 0)]
        length += written.start() - at + 1
        at = written.end()
    return [*runs, Run(length, at, end - at), Run(length + end - at, end, 0)]


def _taped(path: str, lines: Iterator[str], tape: list[str]) -> Iterator[str]:
    size = 0
    for number, line in enumerate(lines, 1):
        size = size + len(line) if tape else len(line)
        if size > MAX_RECORD:
            raise DraftError([Fault(path, number, 0, "a record that does not end: is a quote never closed?")])
        tape.append(line)
        yield line


def _plain(problem: str) -> str:
    if "field limit" in problem:
        return f"a cell of more than {csv.field_size_limit():,} characters; is a quote never closed?"
    if "end of data" in problem:
        return "a quote is never closed"
    if "expected after" in problem:
        return "text after a closing quote; a quote within a cell is written twice"
    return problem
