"""Policies as plain values and back, so that they can be kept on disk without YAML and without pickle."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, TypeAlias, overload

from readtheroom.model import Account, Example, Rule
from readtheroom.policy.values import (
    AllowLimit,
    ApprovalsConfig,
    Change,
    Config,
    HoldsAbove,
    HoldsConfig,
    Override,
    Policy,
    Proposal,
    RoomConfig,
    Setting,
    SourceEntry,
)
from readtheroom.protocols import ReadOptions

Plain: TypeAlias = Any
"""What `marshal` writes: None, bool, int, float, str, bytes, and tuples, lists and dicts of these."""

_TYPES: tuple[type, ...] = (
    Account, Change, Config, Example, HoldsConfig, Override, Policy, Proposal, ReadOptions, RoomConfig,
    Rule, Setting, SourceEntry, AllowLimit, ApprovalsConfig, HoldsAbove,
)  # fmt: skip
_NUMBERS = {kind: number for number, kind in enumerate(_TYPES)}
_TUPLE, _DICT, _TIME, _LIST, _WORDS = -1, -2, -3, -4, -5

LONG = 20
"""Words of a list that is opened only if need be."""


def freeze(value: object) -> Plain:
    """`value` as nested tuples that begin with the number of their type; short JSON values stay as they are."""
    if isinstance(value, tuple):
        return (_NUMBERS.get(type(value), _TUPLE), *map(freeze, value))
    if isinstance(value, dict):
        frozen = {key: freeze(item) for key, item in value.items()}
        return value if _are_same(frozen.values(), value.values()) else (_DICT, *frozen.items())
    if isinstance(value, Words):
        return (_WORDS, *value.parts)
    if isinstance(value, list):
        if len(value) > LONG and all(isinstance(each, str) for each in value):
            return (_WORDS, len(value), marshal.dumps(value))
        items = [freeze(each) for each in value]
        return value if _are_same(items, value) else (_LIST, *items)
    return (_TIME, value.days, value.seconds, value.microseconds) if isinstance(value, timedelta) else value


def _are_same(some: Iterable[object], others: Iterable[object]) -> bool:
    return all(one is other for one, other in zip(some, others, strict=True))


def thaw(plain: Plain) -> Any:
    """What `freeze` was given, long lists of words as `Words`.

    Raises ValueError, TypeError or IndexError for anything else.
    """
    if not isinstance(plain, tuple):
        return plain
    kind, *items = plain
    if kind >= 0:
        return _TYPES[kind](*map(thaw, items))
    if kind == _TUPLE:
        return tuple(map(thaw, items))
    if kind == _DICT:
        return {key: thaw(item) for key, item in items}
    if kind == _LIST:
        return list(map(thaw, items))
    return Words(*items) if kind == _WORDS else timedelta(*items)


class Words(Sequence[str]):
    """A long list of terms, opened when one of them is asked for: a lexicon that is compiled already needs none."""

    __slots__ = ("_count", "_list", "_packed")

    def __init__(self, count: int, packed: bytes) -> None:
        self._count, self._packed = count, packed
        self._list: list[str] | None = None

    @property
    def parts(self) -> tuple[int, bytes]:
        """What it was made of."""
        return self._count, self._packed

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if self._list is None:
            self._list = marshal.loads(self._packed)  # noqa: S302  ours, as all that is thawed
        return self._list[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # lists have no hash either
