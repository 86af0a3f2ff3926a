"""Texts cut out of a file: what is left of it, and where each character stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from readtheroom.policy.draft_values import Locator
from readtheroom.spans import FileText, MappedOrigin, Origin, Place, Run


class LazyOrigin:
    """An origin whose runs are worked out when first asked for."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], MappedOrigin]) -> None:
        self._make = make
        self._made: MappedOrigin | None = None

    def place(self, offset: int) -> Place:
        """The place in the file of the character at `offset`."""
        if self._made is None:
            self._made = self._make()
        return self._made.place(offset)


class Here:
    """A locator that knows one place for everything."""

    __slots__ = ("_file", "_offset")

    def __init__(self, file: FileText, offset: int = 0) -> None:
        self._file, self._offset = file, offset

    def origin(self, *_: str | int) -> MappedOrigin:
        """The one place."""
        return MappedOrigin(self._file, [Run(0, self._offset, 0)])

    def place(self, *_: str | int) -> Place:
        """The one place."""
        return self._file.place(self._offset)

    def spelling(self, *_: str | int) -> str | None:
        """None: everything is text."""
        return None


class Gathered:
    """A locator of texts that were gathered from several parts of a file; `base` knows the rest."""

    __slots__ = ("_base", "_origins")

    def __init__(self, origins: Mapping[tuple[str | int, ...], Origin], base: Locator) -> None:
        self._origins, self._base = origins, base

    def origin(self, *keys: str | int) -> Origin:
        """The origin of a text."""
        return self._origins.get(keys) or self._base.origin(*keys)

    def place(self, *keys: str | int) -> Place:
        """Where a value, or the last part of the path to it that was gathered, starts."""
        for end in range(len(keys), 0, -1):
            if keys[:end] in self._origins:
                return self._origins[keys[:end]].place(0)
        return self._base.place(*keys)

    def spelling(self, *keys: str | int) -> str | None:
        """As `base` says."""
        return None if keys in self._origins else self._base.spelling(*keys)


class Cut:
    """The published text that some slices of a file make. Line ends become LF.

    `runs` say where its characters stand in the file.
    """

    __slots__ = ("file", "runs", "text")

    def __init__(self, file: FileText, slices: Iterable[tuple[int, int]]) -> None:
        self.file = file
        self.runs: list[Run] = []
        pieces: list[str] = []
        length = 0
        for start, end in slices:
            for at, piece in _lines(file.text, start, end):
                self.runs.append(Run(length, at, len(piece)))
                pieces.append(piece)
                length += len(piece)
        self.text = "".join(pieces)

    def origin(self, start: int = 0, end: int | None = None) -> MappedOrigin:
        """The origin of `text[start:end]`."""
        stop = len(self.text) if end is None else end
        return MappedOrigin(self.file, within(self.runs, start, stop))


def within(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """The runs of a part of a text, counted from the part's start."""
    return _within(runs, [run.start for run in runs], start, end)


def through(outer: Iterable[Run], inner: Sequence[Run]) -> list[Run]:
    """Runs of a text in a text in a file: `outer` leads to the middle text, `inner` from there to the file."""
    starts = [run.start for run in inner]
    return [
        part._replace(start=run.start + part.start)
        for run in outer
        for part in _within(inner, starts, run.source, run.source + run.length)
    ]


def _within(runs: Sequence[Run], starts: Sequence[int], start: int, end: int) -> list[Run]:
    found = []
    if start < end:
        for run in islice(runs, max(bisect_left(starts, start) - 1, 0), bisect_right(starts, end)):
            first, last = max(run.start, start), min(run.start + run.length, end)
            if first < last or (first == last and run.length == 0):
                found.append(Run(first - start, run.source + first - run.start, last - first))
    if found or not runs:
        return found
    run = runs[max(bisect_right(starts, start) - 1, 0)]
    return [Run(0, run.source + min(max(start - run.start, 0), run.length), 0)]


def _lines(text: str, start: int, end: int) -> Iterable[tuple[int, str]]:
    if "\r" not in text[start:end]:
        return [(start, text[start:end])] if start < end else []
    found = []
    for line in text[start:end].splitlines(keepends=True):
        body = line.rstrip("\r\n")
        found.append((start, body + ("\n" if body != line else "")))
        start += len(line)
    return found
