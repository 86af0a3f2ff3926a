"""A cell that holds what a draft allows, as front matter has it: `[{rule: ID, reason: WHY}]`, in YAML or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json
from readtheroom.policy.document import Node, parse_yaml
from readtheroom.policy.draft_values import Locator, kind_of
from readtheroom.policy.yaml_source import YamlSource
from readtheroom.spans import FileText, Origin, Place

MAX_NODES: Final = 200
"""Values in one cell, aliases expanded; nobody accepts so much in one post, and a file may have many rows."""

_SHAPE = "a list like [{rule: ID, reason: WHY}]"


class Allowed(NamedTuple):
    """The data of a row with the entries of its cell, and where all of it stands."""

    data: dict[str, Json]
    where: Locator


def with_cell(path: str, data: Mapping[str, Json], where: Locator, cell: str, origin: Origin) -> Allowed:
    """`data` with the entries of `cell` before those that it has. Raises `DraftError` if it holds no list."""
    node = _parsed(path, _CellText(cell, origin))
    entries, own = node.plain(), data.get("allow")
    if entries is None:
        entries = []
    if not isinstance(entries, list):
        message = f"allow must be {_SHAPE}, not {kind_of(entries)}"
        raise DraftError([Fault(path, *node.place, message)])
    both = entries + own if isinstance(own, list) else entries
    return Allowed({**data, "allow": both}, _Joined(YamlSource(node), len(entries), where))


def _parsed(path: str, text: FileText) -> Node:
    try:
        return parse_yaml(path, text, DraftError, MAX_NODES)
    except DraftError as error:
        faults = [fault._replace(message=f"allow must be {_SHAPE}: {fault.message}") for fault in error.faults]
        raise DraftError(faults) from None


class _CellText(FileText):
    """The text of a cell; its places are those of the file."""

    __slots__ = ("_origin",)

    def __init__(self, text: str, origin: Origin) -> None:
        super().__init__(text, origin.place(0).line)
        self._origin = origin

    def place(self, offset: int) -> Place:
        """The line and column in the file."""
        return self._origin.place(offset)


class _Joined:
    """A locator for a row: the first `count` entries of `allow` are in its cell, all else is where `row` knows."""

    __slots__ = ("_cell", "_count", "_row")

    def __init__(self, cell: YamlSource, count: int, row: Locator) -> None:
        self._cell, self._count, self._row = cell, count, row

    def origin(self, *keys: str | int) -> Origin:
        """The origin of a text."""
        found, rest = self._at(keys)
        return found.origin(*rest)

    def place(self, *keys: str | int) -> Place:
        """Where a value stands."""
        found, rest = self._at(keys)
        return found.place(*rest)

    def spelling(self, *keys: str | int) -> str | None:
        """How a number is written in the cell of allows; all other cells are text."""
        found, rest = self._at(keys)
        return found.spelling(*rest)

    def _at(self, keys: tuple[str | int, ...]) -> tuple[Locator, tuple[str | int, ...]]:
        """Who knows, and by which keys."""
        if keys[:1] != ("allow",):
            return self._row, keys
        at = keys[1] if len(keys) > 1 else -1
        if isinstance(at, int) and at >= self._count:
            return self._row, ("allow", at - self._count, *keys[2:])
        return self._cell, keys[1:]
