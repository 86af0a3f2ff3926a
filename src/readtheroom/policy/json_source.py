"""JSON that remembers where everything stands, at no cost until somebody asks.

Parsing keeps no positions: the values of a draft are found again in the source, and only those asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from json import JSONDecodeError, JSONDecoder
from typing import NoReturn, TypeAlias, cast

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json
from readtheroom.spans import FileText, MappedOrigin, Place, Run

Keys: TypeAlias = tuple[str | int, ...]
Child: TypeAlias = tuple[int, int]
"""Offsets of a key (of an item: the item) and of its value."""

_BLANK = " \t\n\r"
_SPACE = re.compile(rf"[{_BLANK}]*")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")


def parse_json(path: str, file: FileText) -> Json:
    """The value that `file` holds. Raises `DraftError` for anything but JSON, and for a key given twice."""
    try:
        return cast("Json", _DECODER.decode(file.text))
    except JSONDecodeError as problem:
        place = file.place(min(problem.pos, len(file.text.rstrip(_BLANK))))  # what breaks off ends with its last word
        raise DraftError([Fault(path, *place, f"not valid JSON: {problem.msg.removesuffix(' at')}")]) from None
    except RecursionError:
        raise DraftError([Fault(path, file.first_line, 0, "not valid JSON: nested too deep")]) from None
    except ValueError as problem:
        raise DraftError([Fault(path, file.first_line, 0, f"not valid JSON: {problem}")]) from None


def parse_part(text: str, at: int) -> tuple[Json, int]:
    """The value that starts at `at`, and where it ends. Raises what `json` raises: ValueError or RecursionError."""
    return _DECODER.raw_decode(text, at)


class JsonSource:
    """One JSON value in a file (or a line of one); finds its parts by their path of keys."""

    __slots__ = ("_children", "base", "file")

    def __init__(self, file: FileText, base: Keys = ()) -> None:
        self.file = file
        self.base = base
        self._children: dict[int, dict[str | int, Child]] = {}

    def under(self, *keys: str | int) -> JsonSource:
        """The part at `keys`; shares what was already found."""
        part = JsonSource(self.file, self.base + keys)
        part._children = self._children
        return part

    def origin(self, *keys: str | int) -> JsonOrigin:
        """The origin of a text."""
        return JsonOrigin(self, keys)

    def place(self, *keys: str | int) -> Place:
        """Where a value stands, or its key if the value is a list or a mapping."""
        key, value = self.find(*keys)
        return self.file.place(key if self.file.text[value : value + 1] in {"{", "["} else value)

    def spelling(self, *_: str | int) -> str | None:
        """None: JSON has quotes for texts."""
        return None

    def find(self, *keys: str | int) -> Child:
        """Offsets of the key and the value at a path; where that ends early, of the last part that is there."""
        start = skip_space(self.file.text, 0)
        found = (start, start)
        for key in self.base + keys:
            child = self._parts(found[1]).get(key)
            if child is None:
                break
            found = child
        return found

    def _parts(self, start: int) -> dict[str | int, Child]:
        parts = self._children.get(start)
        if parts is None:
            parts = self._children[start] = dict(_scan(self.file.text, start))
        return parts


class JsonOrigin:
    """Where a text of a JSON value stands; `runs` lead to the file."""

    __slots__ = ("_keys", "_mapped", "_source")

    def __init__(self, source: JsonSource, keys: Keys) -> None:
        self._source, self._keys = source, keys
        self._mapped: MappedOrigin | None = None

    def place(self, offset: int) -> Place:
        """The place in the file of the character at `offset`, or of the escape that stands for it."""
        if self._mapped is None:
            self._mapped = MappedOrigin(self._source.file, self.runs())
        return self._mapped.place(offset)

    def runs(self) -> list[Run]:
        """Where the text stands; one run of no length for each escape, and one for the closing quote."""
        text = self._source.file.text
        start = self._source.find(*self._keys)[1]
        if text[start : start + 1] != '"':
            return [Run(0, start, 0)]
        return literal_runs(text, start + 1, _DECODER.raw_decode(text, start)[1] - 1)


def literal_runs(text: str, start: int, end: int) -> list[Run]:
    """The runs of the JSON literal whose content is `text[start:end]`."""
    runs: list[Run] = []
    length, at = 0, start
    for escape in _ESCAPE.finditer(text, start, end):
        runs += [Run(length, at, escape.start() - at), Run(length + escape.start() - at, escape.start(), 0)]
        length += escape.start() - at + 1
        at = escape.end()
    return [*runs, Run(length, at, end - at), Run(length + end - at, end, 0)]


def _scan(text: str, start: int) -> Sequence[tuple[str | int, Child]]:
    opening = text[start : start + 1]
    if opening not in {"{", "["}:
        return ()
    found: list[tuple[str | int, Child]] = []
    at = skip_space(text, start + 1)
    while text[at] not in "}]":
        key: str | int = len(found)
        key_at = at
        if opening == "{":
            key, at = _DECODER.raw_decode(text, at)
            at = skip_space(text, skip_space(text, at) + 1)
        found.append((key, (key_at, at)))
        at = skip_space(text, _DECODER.raw_decode(text, at)[1])
        if text[at] == ",":
            at = skip_space(text, at + 1)
    return found


def skip_space(text: str, at: int) -> int:
    """Where the white space that starts at `at` ends."""
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _no_doubles(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"key {double[:40]!r} is given twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


_DECODER = JSONDecoder(object_pairs_hook=_no_doubles, parse_constant=_no_constant)
