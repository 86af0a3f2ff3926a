"""Policies as plain values and back, so that they can be kept on disk without YAML and without pickle."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeAlias

from readtheroom.model import Account, Example, Rule
from readtheroom.policy.values import Change, Config, Override, Policy, RoomConfig, Setting, SourceEntry
from readtheroom.protocols import ReadOptions

Plain: TypeAlias = Any
"""What `marshal` writes: None, bool, int, float, str, and tuples, lists and dicts of these."""

_TYPES: tuple[type, ...] = (
    Account, Change, Config, Example, Override, Policy, ReadOptions, RoomConfig, Rule, Setting, SourceEntry,
)  # fmt: skip
_NUMBERS = {kind: number for number, kind in enumerate(_TYPES)}
_TUPLE, _DICT, _TIME = -1, -2, -3


def freeze(value: object) -> Plain:
    """`value` as nested tuples that begin with the number of their type; JSON values stay as they are."""
    if isinstance(value, tuple):
        return (_NUMBERS.get(type(value), _TUPLE), *map(freeze, value))
    if isinstance(value, dict):
        return (_DICT, *((key, freeze(item)) for key, item in value.items())) if _has_tuple(value) else value
    return (_TIME, value.total_seconds()) if isinstance(value, timedelta) else value


def thaw(plain: Plain) -> Any:
    """What `freeze` was given. Raises ValueError, TypeError or IndexError for anything else."""
    if not isinstance(plain, tuple):
        return plain
    kind, *items = plain
    if kind == _TUPLE:
        return tuple(map(thaw, items))
    if kind == _DICT:
        return {key: thaw(item) for key, item in items}
    return timedelta(seconds=items[0]) if kind == _TIME else _TYPES[kind](*map(thaw, items))


def _has_tuple(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_tuple, value.values()))
    return isinstance(value, tuple | timedelta) or (isinstance(value, list) and any(map(_has_tuple, value)))
