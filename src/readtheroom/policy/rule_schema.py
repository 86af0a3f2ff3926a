"""The shape of rule files, as data: a `rules:` list, written by people who do not program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readtheroom.policy.account_schema import ACCOUNT
from readtheroom.policy.draft_schema import DRAFT_KEYS, OBSERVATION
from readtheroom.policy.hold_schema import KEPT
from readtheroom.policy.keywords import OTHER_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readtheroom.model import Json

WORDS: dict[str, Json] = {"type": "array", "items": {"type": "string", "minLength": 1}}

ID: dict[str, Json] = {
    "type": "string",
    "pattern": "^[a-z0-9][a-z0-9-]*(/[a-z0-9-]+)?$",
    "maxLength": 100,
    "patternErrorMessage": "must be lower-case letters, digits and hyphens, like no-competitors or acme/rivals",
    "description": "Names the rule everywhere; a later rule of the same id overrides this one, key by key.",
}
SEVERITY: dict[str, Json] = {
    "enum": ["error", "warning", "info", "off", False],
    "description": "How grave a finding is. `off`: the rule is not used, unless somebody turns it on.",
}

CHANGEABLE: Mapping[str, Json] = {
    "severity": SEVERITY,
    "confidence": {"enum": ["high", "medium", "low"], "description": "How sure a finding is. Default: high."},
    "message": {
        "type": "string",
        "minLength": 1,
        "pattern": r"^([^{}]|\{[a-z][a-z0-9_]*\})*$",
        "patternErrorMessage": "may hold placeholders of one plain word only, like {match}",
        "description": "What is wrong, in a sentence. {match} stands for the words found.",
    },
    "why": {"type": "string", "minLength": 1, "description": "Why there is this rule, for those whom it stops."},
    "advice": {"type": "string", "minLength": 1, "description": "What to do about a finding."},
    "options": {"type": "object", "description": "What the kind of rule needs to know."},
    "fields": {
        "type": "array",
        "items": {"enum": ["text", "title", "first_comment", "media", "poll", "thread", "link"]},
        "description": "Which texts are checked. Default: all.",
    },
    "platforms": {**WORDS, "description": "For posts on these platforms only."},
    "tags": {**WORDS, "description": "Words to find rules by."},
}
"""What configs may change of a rule."""

_ROOM: dict[str, Json] = {
    "type": "array",
    "description": "What people talk about: observations as in a room snapshot, or {term, reason}.",
    "items": {
        "type": "object",
        "properties": {
            **(OBSERVATION["properties"] if isinstance(OBSERVATION["properties"], dict) else {}),
            "reason": {"type": "string", "minLength": 1, "description": "A headline that explains the term."},
        },
        "required": ["term"],
        "additionalProperties": False,
    },
}


_ACCOUNTS: dict[str, Json] = {
    "type": "array",
    "description": "The accounts that are known, as in an accounts file. Default: none.",
    "items": dict(ACCOUNT),
}


_HOLDS: dict[str, Json] = {
    "type": "array",
    "description": "What is held, as in a room snapshot; `start`: when the post goes out. Default: nothing.",
    "items": {**KEPT, "required": ["reason"]},
}


_LAPSED: dict[str, Json] = {
    "type": "array",
    "description": "Approvals of the post that do not count: those of another text, and those that expired.",
    "items": {
        "type": "object",
        "properties": {
            "by": {"type": "string", "minLength": 1, "description": "Who approved."},
            "at": {"type": "string", "format": "date-time", "description": "When."},
            "until": {"type": "string", "format": "date-time", "description": "Until when."},
            "changed": {**WORDS, "description": "What is another than it was. Default: nothing, it expired."},
        },
        "required": ["by", "at"],
        "additionalProperties": False,
    },
}


_CALENDAR: dict[str, Json] = {
    "type": "array",
    "description": "Other posts, for rules of the calendar: draft keys. The example is the one judged.",
    "items": {"type": "object", "properties": dict(DRAFT_KEYS), "additionalProperties": False, "minProperties": 1},
}
_STAND: dict[str, Json] = {
    "room": _ROOM,
    "holds": _HOLDS,
    "accounts": _ACCOUNTS,
    "lapsed": _LAPSED,
    "calendar": _CALENDAR,
    "limits": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"rules": WORDS, "by": WORDS, "longest": {"type": "string", "pattern": "^[0-9]{1,4}[mhd]$"}},
            "additionalProperties": False,
        },
        "description": "Who may accept findings, and for how long, as under `allow` in a config. Default: no limits.",
    },
    "options": {"type": "object", "description": "Options in the place of the rule's own, which then judges alone."},
}


def _example(extra: dict[str, Json]) -> dict[str, Json]:
    return {
        "anyOf": [
            {"type": "string", "minLength": 1},
            {
                "type": "object",
                "properties": {**DRAFT_KEYS, **extra, **_STAND},
                "additionalProperties": False,
                "minProperties": 1,
            },
        ]
    }


_MATCH: dict[str, Json] = {"type": "string", "minLength": 1, "description": "The very words that are pointed at."}
_EXAMPLES: dict[str, Json] = {
    "type": "object",
    "description": "Posts that the rule must flag, and posts that it must pass; they are its tests.",
    "properties": {
        "flag": {"type": "array", "items": _example({"match": _MATCH})},
        "pass": {"type": "array", "items": _example({})},
    },
    "additionalProperties": False,
}

RULE: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "id": ID,
        "kind": {"type": "string", "minLength": 1, "description": "How the rule judges."},
        "label": {
            "type": "string",
            "pattern": r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$",
            "maxLength": 100,
            "examples": ["crisis.fire"],
            "description": "What the rule says about a text; other rules combine labels.",
        },
        **CHANGEABLE,
        "examples": _EXAMPLES,
        "references": {**WORDS, "description": "Where to read more: addresses, or names of documents."},
    },
    "required": ["id"],
    "additionalProperties": False,
    OTHER_KEYS: "what its kind asks for goes under `options`",
}

RULE_FILE: Mapping[str, Json] = {
    "type": "object",
    "properties": {"rules": {"type": "array", "minItems": 1, "description": "The rules of this file."}},
    "required": ["rules"],
    "additionalProperties": False,
}
"""Without the rules themselves, which are checked one by one."""

PACK: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 100},
        "description": {"type": "string"},
        "version": {"type": "string"},
    },
    "additionalProperties": False,
}
"""`pack.yaml`: what a folder of rules is called."""
