"""What kinds and sources say of their options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from readtheroom import registry
from readtheroom.errors import PluginError, UsageError
from readtheroom.model import Json
from readtheroom.policy.config_schema import COMMON
from readtheroom.policy.document import Node
from readtheroom.policy.keywords import Schema, mapping, resolve, sequence
from readtheroom.policy.reading import Reading
from readtheroom.policy.schema import check, unsupported
from readtheroom.policy.suggest import did_you_mean


def options_of(group: registry.Group, name: Node, reading: Reading) -> Schema | None:
    """The schema of the options of the kind or source that `name` names, or None, with a fault at its place."""
    try:
        return source_schema(str(name.value)) if group == "sources" else options_schema(group, str(name.value))
    except UsageError:
        guess = did_you_mean(str(name.value), registry.names(group))
        reading.fault(name, f"no {group[:-1]} is called {str(name.value)[:60]!r}{guess}")
    except PluginError as error:
        reading.fault(name, str(error))
    return None


@cache
def options_schema(group: registry.Group, name: str) -> Schema:
    """The schema of the options of a kind or source. Raises `UsageError` if there is none, or `PluginError`."""
    options = getattr(registry.load(group, name), "OPTIONS", None)
    if not isinstance(options, Mapping):
        raise PluginError(f"{group[:-1]} {name!r} has no OPTIONS: ask its author, or remove it")
    ignored = unsupported(options)
    if ignored:
        raise PluginError(
            f"the OPTIONS of {group[:-1]} {name!r} use {', '.join(sorted(ignored))}, which is not supported: "
            "ask its author, or remove it"
        )
    return options


def source_schema(name: str) -> Schema:
    """The schema of an entry under `room.sources`, `kind` apart: a source's own options, and what every source has.

    Raises as `options_schema`.
    """
    own = options_schema("sources", name)
    return {**own, "properties": {**COMMON, **mapping(own.get("properties"))}}


def own_options(name: str, options: Mapping[str, Json]) -> dict[str, Json]:
    """What of an entry's options its source is given."""
    declared = mapping(options_schema("sources", name).get("properties"))
    return {key: value for key, value in options.items() if key in declared or key not in COMMON}


def filled(node: Node, schema: Json | Schema, root: Schema, lexicon: Callable[[Node], list[str]]) -> Json:
    """The value of `node`, with the terms of a lexicon wherever the schema says `format: lexicon`."""
    plain = resolve(schema, root)
    if not _mentions_lexicon(plain):
        return node.plain()
    if isinstance(node.value, str) and plain.get("format") == "lexicon":
        return [*lexicon(node)]
    for branch in [*sequence(plain.get("anyOf")), *sequence(plain.get("oneOf")), *sequence(plain.get("allOf"))]:
        if _mentions_lexicon(branch) and not any(check(node, _rooted(branch, root), "")):
            return filled(node, branch, root, lexicon)
    if isinstance(node.value, list):
        return [filled(item, plain.get("items", {}), root, lexicon) for item in node.value]
    if isinstance(node.value, dict):
        own, rest = mapping(plain.get("properties")), plain.get("additionalProperties", {})
        return {key: filled(child, own.get(key, rest), root, lexicon) for key, child in node.value.items()}
    return node.value


def _rooted(branch: Json, root: Schema) -> Schema:
    return {**resolve(branch, root), "$defs": root.get("$defs", {})}


def _mentions_lexicon(schema: Json | Schema) -> bool:
    """Whether a lexicon may stand somewhere in what fits; one behind a `$ref` may."""
    if isinstance(schema, Mapping):
        return schema.get("format") == "lexicon" or "$ref" in schema or any(map(_mentions_lexicon, schema.values()))
    return isinstance(schema, list) and any(map(_mentions_lexicon, schema))
