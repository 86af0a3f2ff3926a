"""Checks trees against JSON Schema and tells every fault with its place, for people who do not program.

The dialect is the part of JSON Schema 2020-12 whose keywords `policy.keywords` holds; `unsupported` finds others.
Two differences: `3.0` is no integer, and `format` is checked (`date`, `date-time`, `uri`). `examples` and
`patternErrorMessage` (a convention of editors) make messages plainer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from readtheroom.errors import Fault
from readtheroom.model import Json
from readtheroom.policy.document import Node
from readtheroom.policy.keywords import KEYWORDS, Faults, Schema, resolve, type_fault

_ANNOTATIONS = {
    *("$schema", "$id", "$defs", "title", "description", "default", "examples", "deprecated"),
    "patternErrorMessage",
}


def check(node: Node, schema: Schema, path: str, name: str = "this file") -> Faults:
    """Every fault of `node`, in order of the schema; `name` is what messages call it."""
    return _Walk(schema, lambda _: path).faults(node, schema, name)


def check_merged(node: Node, schema: Schema, path_of: Callable[[Node], str], name: str) -> Faults:
    """As `check`, for a tree whose nodes come from several files."""
    return _Walk(schema, path_of).faults(node, schema, name)


def unsupported(schema: Json | Schema) -> set[str]:
    """Keywords in `schema` that would be silently ignored: a plug-in brings its own schema."""
    if not isinstance(schema, Mapping):
        return set()
    found = {key for key in schema if key not in KEYWORDS and key not in _ANNOTATIONS}
    for key, value in schema.items():
        found.update(*map(unsupported, _subschemas(key, value)))
    return found


def _subschemas(key: str, value: Json) -> Iterable[Json]:
    if key in {"properties", "patternProperties", "$defs"} and isinstance(value, dict):
        return value.values()
    if key in {"anyOf", "oneOf", "allOf"} and isinstance(value, list):
        return value
    return [value] if key in {"items", "additionalProperties", "propertyNames"} else []


class _Walk:
    """One run over one tree: the root of the schema, and how to name a node's file."""

    __slots__ = ("_path_of", "root")

    def __init__(self, root: Schema, path_of: Callable[[Node], str]) -> None:
        self.root = root
        self._path_of = path_of

    def faults(self, node: Node, schema: Json | Schema, name: str) -> Faults:
        plain = resolve(schema, self.root)
        wrong = type_fault(node, plain, name)
        if wrong:
            yield self.fault(node, wrong)
            return
        for keyword in plain:
            if keyword in KEYWORDS:
                yield from KEYWORDS[keyword](self, node, plain, name)

    def fault(self, node: Node, message: str, *, at_key: bool = False) -> Fault:
        place = node.key_place if at_key else node.place
        return Fault(self._path_of(node), *place, message)
