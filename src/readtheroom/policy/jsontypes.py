"""Values of YAML and JSON: of which type they are, and what messages call them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeGuard

from readtheroom.policy.document import Node

NAMES: Mapping[str, str] = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys to values",
    "null": "empty",
}
"""JSON Schema's types in plain words."""

_SHOWN = 60
"""Characters of a value that a message shows."""


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether `value` is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


_TESTS: Mapping[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": is_number,
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}


def is_of(value: object, kind: str) -> bool:
    """Whether `value` is of that type of JSON Schema. `3.0` is no integer: code that counts must not meet it."""
    return _TESTS[kind](value)


def same(one: object, other: object) -> bool:
    """Equality as in JSON: `true` is not 1."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def shown(node: Node) -> str:
    """A value as its writer knows it, cut short."""
    if isinstance(node.value, list | dict):
        return NAMES["array" if isinstance(node.value, list) else "object"]
    if node.value is None:
        return "empty"
    if isinstance(node.value, str):
        return repr(_cut(node.value))
    return _cut(node.file.text[node.start : node.end]) or str(node.value).lower()


def key_shown(key: str) -> str:
    """A key for a message, cut short; what a terminal would obey is spelt out."""
    return f"`{_cut(key)}`" if key.isprintable() else repr(_cut(key))


def either(words: Iterable[str]) -> str:
    """`a, b or c`."""
    every = list(words)
    return " or ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
