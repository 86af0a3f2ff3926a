"""The JSON Schemas of what users write, for editors and for `readtheroom schema`.

What is printed is made of the data that validates, so editors and the tool cannot disagree. The dialect is
the part of JSON Schema 2020-12 that `policy.schema` interprets; `if` and `then` stand for what the loader
does: options by the kind of a rule or source, and what a rule needs that is no change to an earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from readtheroom import registry
from readtheroom.policy.approval_file import APPROVAL
from readtheroom.policy.config_schema import ACCOUNTS, CONFIG, SOURCE
from readtheroom.policy.draft_schema import DRAFT, OBSERVATION, ROOM
from readtheroom.policy.hold_schema import HOLD
from readtheroom.policy.keywords import Schema
from readtheroom.policy.plugins import options_schema, source_schema
from readtheroom.policy.rule_schema import RULE, RULE_FILE

if TYPE_CHECKING:
    from readtheroom.model import Json

__all__ = [
    "DRAFT",
    "HOLD",
    "OBSERVATION",
    "ROOM",
    "accounts_schema",
    "approval_schema",
    "config_schema",
    "draft_schema",
    "hold_schema",
    "room_schema",
    "rules_schema",
]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def draft_schema() -> dict[str, Json]:
    """Schema of one draft: front matter, a YAML or JSON draft, a line of JSONL."""
    return _headed("draft", "readtheroom draft", "One social-media post that has not been published yet.", DRAFT)


def room_schema() -> dict[str, Json]:
    """Schema of a room snapshot in YAML or JSON; a line of JSONL is one observation, or one snapshot."""
    return _headed("room", "readtheroom room", "What people talk about at one moment, and why.", ROOM)


def hold_schema() -> dict[str, Json]:
    """Schema of a hold file."""
    return _headed("hold", "readtheroom hold", "A stop on publishing, and whom it stops.", HOLD)


def approval_schema() -> dict[str, Json]:
    """Schema of the record of an approval."""
    return _headed("approval", "readtheroom approval", "Somebody's word for what would be published.", APPROVAL)


def accounts_schema() -> dict[str, Json]:
    """Schema of the accounts file."""
    return _headed("accounts", "readtheroom accounts", "The accounts that a team publishes from.", ACCOUNTS)


def config_schema() -> dict[str, Json]:
    """Schema of `readtheroom.yaml`, with the sources that are installed. Raises `PluginError` for a broken one."""
    room = _mapping(_mapping(CONFIG["properties"])["room"])
    sources: dict[str, Json] = {"type": "array", "items": _source()}
    looked: dict[str, Json] = {**_mapping(room["properties"]), "sources": sources}
    read: dict[str, Json] = {**room, "properties": looked}
    keys: dict[str, Json] = {**_mapping(CONFIG["properties"]), "room": read}
    return _headed(
        "config",
        "readtheroom config",
        "How a team has its posts checked (readtheroom.yaml).",
        {**CONFIG, "properties": keys},
    )


def rules_schema() -> dict[str, Json]:
    """Schema of a rule file, with the kinds that are installed. Raises `PluginError` for a broken one."""
    kinds = registry.names("kinds")
    kind: dict[str, Json] = {"enum": list(kinds), "description": "How the rule judges."}
    keys: dict[str, Json] = {**_mapping(RULE["properties"]), "kind": kind}
    options = {kind: _options(options_schema("kinds", kind), f"kinds:{kind}") for kind in kinds}
    by_kind: list[Json] = [_when("kind", kind, {"properties": {"options": of}}) for kind, of in options.items()]
    rule: dict[str, Json] = {**RULE, "properties": keys, "allOf": [_DEFINITION, _FINDING, *by_kind]}
    rules: dict[str, Json] = {"type": "array", "minItems": 1, "items": rule}
    return _headed("rules", "readtheroom rules", "A list of rules.", {**RULE_FILE, "properties": {"rules": rules}})


_DEFINITION: dict[str, Json] = {
    "if": {"required": ["kind"]},
    "then": {"required": ["why"], "anyOf": [{"required": ["severity"]}, {"required": ["label"]}]},
}
_FINDING: dict[str, Json] = {"if": {"required": ["kind", "severity"]}, "then": {"required": ["message"]}}


def _source() -> dict[str, Json]:
    names = registry.names("sources")
    kind: Json = {"enum": list(names)}
    shapes: list[Json] = [
        {"enum": list(names)},
        {**_mapping(_list(SOURCE["anyOf"])[1]), "properties": {"kind": kind}},
    ]
    options = {name: _options(source_schema(name), f"sources:{name}") for name in names}
    rules: list[Json] = [_when("kind", name, _with_kind(of)) for name, of in options.items()]
    return {"anyOf": shapes, "allOf": rules}


def _with_kind(options: dict[str, Json]) -> dict[str, Json]:
    return {**options, "properties": {"kind": True, **_mapping(options.get("properties"))}}


def _when(key: str, value: str, then: dict[str, Json]) -> dict[str, Json]:
    return {"if": {"type": "object", "properties": {key: {"const": value}}, "required": [key]}, "then": then}


def _options(schema: Schema, name: str) -> dict[str, Json]:
    """A plug-in's own schema; with an `$id` if it has definitions, so that its `$ref`s stay its own."""
    options: dict[str, Json] = dict(schema)
    return {"$id": f"urn:readtheroom:schema:{name}", **options} if "$defs" in options else options


def _mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _headed(name: str, title: str, description: str, body: Mapping[str, Json]) -> dict[str, Json]:
    head: dict[str, Json] = {
        "$schema": DIALECT,
        "$id": f"urn:readtheroom:schema:{name}",
        "title": title,
        "description": description,
    }
    return {**head, **body}
