"""The shape of a hold file, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readtheroom.policy.account_schema import REGION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readtheroom.model import Json

LABEL: dict[str, Json] = {
    "type": "string",
    "pattern": r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$",
    "maxLength": 100,
    "examples": ["tone.promotional"],
}
REASON_LIMIT = 500
NAME_LIMIT = 200
"""Characters of a reason, and of a name."""

_NAME: dict[str, Json] = {"type": "string", "minLength": 1, "maxLength": 300}


def _one_or_more(schema: dict[str, Json], description: str) -> Json:
    several: Json = {"type": "array", "minItems": 1, "maxItems": 100, "items": schema}
    return {"anyOf": [schema, several], "description": description}


SCOPE: dict[str, Json] = {
    "type": "object",
    "properties": {
        "region": _one_or_more(REGION, "Posts for these regions, and those that name none."),
        "platform": _one_or_more(_NAME, "Posts for these platforms, and those that name none."),
        "label": _one_or_more(LABEL, "Posts that have one of these labels, or one below it: tone.promotional."),
        "account": _one_or_more(_NAME, "Posts from these accounts, by name or handle, and those that name none."),
        "all": {"type": "boolean", "description": "Condolences, service notices and apologies too. Default: false."},
    },
    "minProperties": 1,
    "additionalProperties": False,
}
HOLD: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": REASON_LIMIT,
            "description": "Why nothing may go out.",
        },
        "owner": {"type": ["string", "null"], "maxLength": NAME_LIMIT, "description": "Who decides when it ends."},
        "start": {
            "type": "string",
            "description": "From when on: 2026-07-20T15:00:00+02:00; without an offset, in the configured time zone.",
        },
        "end": {"type": ["string", "null"], "description": "Until when: a time, or a last day (2026-07-21)."},
        "scope": {
            "description": "Posts that fit all of an entry; of several, one is enough. Default: all posts but "
            "condolences, service notices and apologies; `all`: these too.",
            "anyOf": [{"enum": ["all"]}, SCOPE, {"type": "array", "minItems": 1, "maxItems": 100, "items": SCOPE}],
        },
        "ended_by": {"type": "string", "maxLength": NAME_LIMIT, "description": "Who ended it."},
        "ended_at": {
            "type": "string",
            "description": "When that was: posts that it stopped need a check that is newer.",
        },
    },
    "required": ["reason", "start"],
    "patternProperties": {"^x-": {"description": "Yours to use; not read."}},
    "additionalProperties": False,
}

_WORD: dict[str, Json] = {"type": "string", "minLength": 1}
_TEXT: dict[str, Json] = {"type": "string"}
_TIME: dict[str, Json] = {"type": "string", "format": "date-time"}
_KEPT_SCOPE: dict[str, Json] = {
    "type": "object",
    "properties": {
        **{
            key: {"anyOf": [_WORD, {"type": "array", "minItems": 1, "items": _WORD}]}
            for key in ("region", "platform", "label", "account")
        },
        "all": {"type": "boolean"},
    },
    "minProperties": 1,
    "additionalProperties": False,
}

KEPT: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "id": {**_TEXT, "description": "The name of its file."},
        "path": {**_TEXT, "description": "Its file."},
        "reason": _WORD,
        "owner": _TEXT,
        "start": _TIME,
        "end": _TIME,
        "scope": {"anyOf": [{"enum": ["all"]}, _KEPT_SCOPE, {"type": "array", "minItems": 1, "items": _KEPT_SCOPE}]},
        "ended_by": _TEXT,
        "ended_at": _TIME,
    },
    "required": ["reason", "start"],
    "additionalProperties": False,
}
"""A hold as a room snapshot keeps it, where times have their offsets and nothing is looked up in a policy."""
