"""Positions. One unit everywhere: code points, zero-based, half-open, in the original text.

Lines and columns (both from 1, columns in code points), UTF-16 and bytes are made where they are needed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple, Protocol

_LINE_END = re.compile(r"\r\n?|\n")


class Span(NamedTuple):
    """`text[start:end]`."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class Place(NamedTuple):
    """A position in a file as an editor shows it: line and column from 1."""

    line: int
    column: int


class Run(NamedTuple):
    """`length` characters that stand at `start` of a field's text and at `source` of its file."""

    start: int
    source: int
    length: int


class Origin(Protocol):
    """Where a field's text comes from."""

    def place(self, offset: int) -> Place:
        """The place in the file of the character at `offset` of the field's text."""
        ...


class FileText:
    """The text of a file, or of a part that starts at `first_line` and `first_column`; finds its lines when asked.

    Lines end at LF, CRLF or a lone CR, as editors count them.
    """

    __slots__ = ("_starts", "first_column", "first_line", "text")

    def __init__(self, text: str, first_line: int = 1, first_column: int = 1) -> None:
        self.text = text
        self.first_line = first_line
        self.first_column = first_column
        self._starts: list[int] | None = None

    def place(self, offset: int) -> Place:
        """The line and column of `offset` in the file."""
        if self._starts is None:
            self._starts = _line_starts(self.text)
        line = bisect_right(self._starts, offset) - 1
        return Place(self.first_line + line, offset - self._starts[line] + (1 if line else self.first_column))


def _line_starts(text: str) -> list[int]:
    if "\r" in text:
        return [0, *(end.end() for end in _LINE_END.finditer(text))]
    return [0, *accumulate([len(line) + 1 for line in text.split("\n")])][:-1]


class MappedOrigin:
    """A field's text as runs of its file's text; what lies between runs was written some other way there."""

    __slots__ = ("_file", "_runs", "_starts")

    def __init__(self, file: FileText, runs: Iterable[Run]) -> None:
        self._file = file
        self._runs = tuple(runs) or (Run(0, 0, 0),)
        self._starts = [run.start for run in self._runs]

    def place(self, offset: int) -> Place:
        """The place in the file of the character at `offset`: inside a run exactly, after one at its end."""
        run = self._runs[max(bisect_right(self._starts, offset) - 1, 0)]
        return self._file.place(run.source + min(max(offset - run.start, 0), run.length))


def verbatim(text: str) -> MappedOrigin:
    """The origin of a text that is its own file."""
    return MappedOrigin(FileText(text), [Run(0, 0, len(text))])
