"""The keywords of JSON Schema that `policy.schema` interprets, each a rule that tells what is wrong in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from typing import Protocol

from readtheroom.errors import Fault
from readtheroom.model import Json
from readtheroom.policy.document import Node
from readtheroom.policy.formats import FORMATS
from readtheroom.policy.jsontypes import NAMES, either, is_number, is_of, key_shown, same, shown
from readtheroom.policy.suggest import closest, did_you_mean, listed

Schema = Mapping[str, Json]
Faults = Iterator[Fault]


class Walk(Protocol):
    """One run over one tree."""

    root: Schema
    """Where `$ref` points into."""

    def faults(self, node: Node, schema: Json | Schema, name: str) -> Faults:
        """Every fault of `node`; `name` is what messages call it."""
        ...

    def fault(self, node: Node, message: str, *, at_key: bool = False) -> Fault:
        """A fault at the value, or at its key."""
        ...


Keyword = Callable[[Walk, Node, Schema, str], Faults]

OTHER_KEYS = "x-other-keys"
"""A keyword of our own: where in a document the keys belong that a mapping does not know."""


def resolve(schema: Json | Schema, root: Schema) -> Schema:
    """`schema` itself, or what its `$ref` (`#/$defs/…` of `root`) points to; `false` is a schema that nothing fits."""
    if not isinstance(schema, Mapping):
        return {} if schema else {"enum": []}
    ref = schema.get("$ref")
    if not isinstance(ref, str):
        return schema
    return resolve(mapping(root.get("$defs"))[ref.removeprefix("#/$defs/")], root)


def types(schema: Schema) -> list[str]:
    """The names under `type`; none means any."""
    named = schema.get("type", [])
    return [str(kind) for kind in (named if isinstance(named, list) else [named])]


def sequence(value: Json) -> list[Json]:
    """A list in a schema, or an empty one."""
    return value if isinstance(value, list) else []


def mapping(value: Json) -> dict[str, Json]:
    """A mapping in a schema, or an empty one."""
    return value if isinstance(value, dict) else {}


# --- any value ---


def _enum(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
    options = schema["enum"]
    if options == []:
        yield run.fault(node, f"{name} is not expected here")
    elif isinstance(options, list) and not any(same(node.plain(), option) for option in options):
        words = [str(option) for option in options if not isinstance(option, bool)]
        guess = closest(node.value, words) if isinstance(node.value, str) else None
        meant = f" – did you mean {guess!r}?" if guess else ""
        yield run.fault(node, f"{name} must be one of {listed(words)}; not {shown(node)}{meant}")


def _const(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
    if not same(node.plain(), schema["const"]):
        yield run.fault(node, f"{name} must be {schema['const']!r}; not {shown(node)}")


def _any_of(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
    tried = []
    for branch in sequence(schema["anyOf"]):
        tried.append(list(run.faults(node, branch, name)))
        if not tried[-1]:
            return
    yield from _nearest(run, node, sequence(schema["anyOf"]), tried, name)


def _one_of(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
    tried = [list(run.faults(node, branch, name)) for branch in sequence(schema["oneOf"])]
    if all(tried):
        yield from _nearest(run, node, sequence(schema["oneOf"]), tried, name)
    elif tried.count([]) > 1:
        yield run.fault(node, f"{name} can be read in more than one way: say less")


def _all_of(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
    for branch in sequence(schema["allOf"]):
        yield from run.faults(node, branch, name)


def _nearest(run: Walk, node: Node, branches: list[Json], tried: list[list[Fault]], name: str) -> Faults:
    """The faults of the branch that the writer most likely meant: right in type, and with the fewest faults."""
    kinds = [_implied(resolve(branch, run.root)) for branch in branches]
    fitting = [faults for faults, named in zip(tried, kinds, strict=True) if _fits(node, named)]
    if fitting:
        yield from min(fitting, key=len)
    else:
        named = dict.fromkeys(kind for of_branch in kinds for kind in of_branch)
        if "string" in named:
            named.pop("boolean", None)  # a bare `off` is false in YAML 1.1, but its writer wrote a word
        yield run.fault(node, _not_of(node, named, name))


def _implied(schema: Schema) -> list[str]:
    """The types that a branch speaks of."""
    values = [*sequence(schema.get("enum")), *([schema["const"]] if "const" in schema else [])]
    return types(schema) or [kind for kind in NAMES if kind != "number" and any(is_of(value, kind) for value in values)]


def type_fault(node: Node, schema: Schema, name: str) -> str | None:
    """What is wrong with the type of `node`, or None."""
    kinds = types(schema)
    return None if _fits(node, kinds) else _not_of(node, kinds, name)


def _fits(node: Node, kinds: list[str]) -> bool:
    return not kinds or any(is_of(node.value, kind) for kind in kinds)


def _not_of(node: Node, kinds: Iterable[str], name: str) -> str:
    scalar = not isinstance(node.value, list | dict) and node.value is not None
    quotes = ": put it in quotes" if scalar and "string" in kinds else ""
    named = either([NAMES[kind] for kind in kinds if kind != "null"] or [NAMES["null"]])
    return f"{name} must be {named}; not {shown(node)}{quotes}"


# --- texts and numbers ---


def _pattern(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
    if isinstance(node.value, str) and not re.search(str(schema["pattern"]), node.value):
        yield run.fault(node, f"{name} {_hint(schema)}; not {shown(node)}")


def _format(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
    known = FORMATS.get(str(schema["format"]))
    if known and isinstance(node.value, str) and not known.accepts(node.value):
        yield run.fault(node, f"{name} must be {known.what}; not {shown(node)}")


def _hint(schema: Schema) -> str:
    if "patternErrorMessage" in schema:
        return str(schema["patternErrorMessage"])
    samples = sequence(schema.get("examples"))
    return f"must look like {either(map(str, samples))}" if samples else f"must match {schema['pattern']}"


def _size(keyword: str, of: type, what: str, *, least: bool) -> Keyword:
    """How long a text, a list or a mapping may be."""

    def rule(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
        bound = schema[keyword]
        if not isinstance(node.value, of) or not isinstance(bound, int) or not isinstance(node.value, Sized):
            return
        if len(node.value) < bound if least else len(node.value) > bound:
            yield run.fault(node, f"{name} {_too_short(bound, what) if least else _too_long(bound, what)}")

    return rule


def _too_short(bound: int, what: str) -> str:
    one = "must not be empty" if what == "character" else f"needs 1 {what} or more"
    return one if bound == 1 else f"needs {bound} {what}s or more"


def _too_long(bound: int, what: str) -> str:
    return f"must not have more than {bound} {what}{'s' * (bound != 1)}"


def _bound(keyword: str, words: str, holds: Callable[[float, float], bool]) -> Keyword:
    def rule(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
        bound = schema[keyword]
        if is_number(node.value) and is_number(bound) and not holds(node.value, bound):
            yield run.fault(node, f"{name} must be {words} {bound}; not {node.value}")

    return rule


# --- lists and mappings ---


def _items(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
    of_items = schema["items"]
    if isinstance(node.value, list) and not (_is_plain_text(of_items) and all(map(_is_text, node.value))):
        for number, item in enumerate(node.value, 1):
            yield from run.faults(item, of_items, f"item {number} of {name}")


def _is_plain_text(schema: Json) -> bool:
    """Whether any text but an empty one fits: long lists of terms, seen to in one go."""
    return schema in ({"type": "string"}, {"type": "string", "minLength": 1})


def _is_text(node: Node) -> bool:
    return isinstance(node.value, str) and node.value != ""


def _property_names(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
    for key, child in node.value.items() if isinstance(node.value, dict) else ():
        written = Node(key, child.file, child.key_start, child.key_start)
        yield from run.faults(written, schema["propertyNames"], f"key {key_shown(key)} in {name}")


def _required(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
    for key in sequence(schema["required"]):
        if isinstance(node.value, dict) and key not in node.value:
            yield run.fault(node, f"{name} needs the key `{key}`", at_key=True)


def _keys(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
    """`properties`, `patternProperties` and `additionalProperties` together, key by key as they are written."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _key(run, key, child, schema, name)


def _key(run: Walk, key: str, child: Node, schema: Schema, name: str) -> Faults:
    own = mapping(schema.get("properties"))
    schemas = [own[key]] if key in own else []
    schemas += [sub for pattern, sub in mapping(schema.get("patternProperties")).items() if re.search(pattern, key)]
    rest = schema.get("additionalProperties", True)
    if not schemas and rest is False:
        hint = f"; {schema[OTHER_KEYS]}" if OTHER_KEYS in schema and closest(key, own) is None else ""
        yield run.fault(child, f"unknown key {key_shown(key)} in {name}{did_you_mean(key, own)}{hint}", at_key=True)
        return
    for sub in schemas or [rest]:
        yield from run.faults(child, sub, key_shown(key))


def _keys_unless(*others: str) -> Keyword:
    """`_keys`, unless a keyword that comes before it in a schema has had it run."""

    def rule(run: Walk, node: Node, schema: Schema, name: str) -> Faults:
        return iter(()) if any(other in schema for other in others) else _keys(run, node, schema, name)

    return rule


def _noted(run: Walk, node: Node, schema: Schema, name: str) -> Faults:  # noqa: ARG001  one of several checks
    """Seen to elsewhere."""
    return iter(())


KEYWORDS: Mapping[str, Keyword] = {
    "type": _noted,
    "$ref": _noted,
    "enum": _enum,
    "const": _const,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "allOf": _all_of,
    "minLength": _size("minLength", str, "character", least=True),
    "maxLength": _size("maxLength", str, "character", least=False),
    "pattern": _pattern,
    "format": _format,
    "minimum": _bound("minimum", "at least", lambda value, bound: value >= bound),
    "maximum": _bound("maximum", "at most", lambda value, bound: value <= bound),
    "exclusiveMinimum": _bound("exclusiveMinimum", "more than", lambda value, bound: value > bound),
    "exclusiveMaximum": _bound("exclusiveMaximum", "less than", lambda value, bound: value < bound),
    "items": _items,
    "minItems": _size("minItems", list, "item", least=True),
    "maxItems": _size("maxItems", list, "item", least=False),
    "minProperties": _size("minProperties", dict, "key", least=True),
    "propertyNames": _property_names,
    "required": _required,
    "properties": _keys,
    "patternProperties": _keys_unless("properties"),
    "additionalProperties": _keys_unless("properties", "patternProperties"),
}
