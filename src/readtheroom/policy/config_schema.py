"""The shapes of `readtheroom.yaml` and of the accounts file, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readtheroom.policy.account_schema import ACCOUNT, BLOCK_LIST, LANGUAGE, REGION
from readtheroom.policy.hold_schema import LABEL
from readtheroom.policy.rule_schema import CHANGEABLE, ID, SEVERITY, WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readtheroom.model import Json

_REGIONS: dict[str, Json] = {"anyOf": [REGION, {"type": "array", "items": REGION}]}
_NAMES: dict[str, Json] = {"anyOf": [{"type": "string", "minLength": 1}, WORDS]}

SETTING: Mapping[str, Json] = {
    "anyOf": [
        SEVERITY,
        {"type": "object", "properties": dict(CHANGEABLE), "additionalProperties": False, "minProperties": 1},
    ]
}
"""What a config says of one rule."""

RULE_SETTINGS: dict[str, Json] = {
    "type": "object",
    "propertyNames": ID,
    "additionalProperties": dict(SETTING),
    "description": "Rules by id: off, info, warning, error, or the keys to change. `options` are merged key by key.",
}
_DURATION: dict[str, Json] = {
    "type": "string",
    "pattern": "^[1-9][0-9]{0,3}[mhdw]$",
    "examples": ["30m", "48h", "7d"],
}
_FINE_DURATION: dict[str, Json] = {
    "type": "string",
    "pattern": "^[1-9][0-9]{0,3}[smhdw]$",
    "examples": ["30s", "15m"],
}
COMMON: Mapping[str, Json] = {
    "timeout": {
        "anyOf": [
            {"type": "number", "exclusiveMinimum": 0, "maximum": 60},
            {"type": "string", "pattern": "^([1-9]|[1-5][0-9]|60)s$", "examples": ["3s"]},
        ],
        "description": "Seconds to wait for this source. Default: all that the room has.",
    },
    "fresh_for": {
        **_FINE_DURATION,
        "description": "How long an answer need not be asked for again. Default: by source.",
    },
    "region": {**REGION, "description": "Whose room this is, for what the source sees without a region."},
}
"""What every source may have; a source that has one of these among its own options is given it as well."""

SOURCE: Mapping[str, Json] = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "properties": {"kind": {"type": "string", "minLength": 1, "description": "The source's name."}},
            "required": ["kind"],
        },
    ]
}
_ROOM: dict[str, Json] = {
    "type": "object",
    "description": "How the room is read.",
    "properties": {
        "sources": {
            "type": "array",
            "items": dict(SOURCE),
            "description": "Where to look: names of sources, or mappings with `kind` and what it needs.",
        },
        "when_unavailable": {
            "enum": ["ignore", "warn", "block"],
            "description": "What a post gets whose room could not be looked up. Default: warn.",
        },
        "window": {
            **_DURATION,
            "description": "How old an observation may be at the moment of the post. Default: 48h.",
        },
        "max_age": {
            **_FINE_DURATION,
            "description": "How old an answer may be that is used while its source is down. Default: 6h.",
        },
        "budget": {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": 0, "maximum": 120},
                {"type": "string", "pattern": "^([1-9][0-9]?|1[01][0-9]|120)s$", "examples": ["5s"]},
            ],
            "description": "Seconds for all sources together. Default: 5.",
        },
    },
    "additionalProperties": False,
}
_DRAFTS: dict[str, Json] = {
    "type": "object",
    "description": "How drafts are read.",
    "properties": {
        "columns": {
            "type": "object",
            "description": "CSV: the column of each draft key; several make a thread of `text`, one time of dates.",
            "additionalProperties": dict(_NAMES),
        },
        "preset": {"type": "string", "minLength": 1, "description": "CSV: the tool that exported it."},
        "platforms": {**_NAMES, "description": "For drafts that name none."},
        "timezone": {
            "type": "string",
            "minLength": 1,
            "description": "IANA name, for times without an offset. Default: UTC.",
        },
        "day_first": {"type": "boolean", "description": "Read 01/02/2027 as 1 February. Default: false."},
    },
    "additionalProperties": False,
}

_PROPOSAL: dict[str, Json] = {
    "type": "object",
    "properties": {
        "labels": {
            "anyOf": [LABEL, {"type": "array", "minItems": 1, "items": LABEL}],
            "description": "What people must talk about: crisis.violence, or crisis for all of crisis.*.",
        },
        "regions": {**_REGIONS, "description": "Where. Default: in the regions of the audience."},
        "sources": {
            "type": "integer",
            "minimum": 1,
            "maximum": 20,
            "description": "How many sources must tell of it. Default: 1.",
        },
        "until": {**_DURATION, "description": "How long a hold is proposed for. Default: 24h."},
    },
    "required": ["labels"],
    "additionalProperties": False,
}
_FOLDER: dict[str, Json] = {
    "type": "string",
    "minLength": 1,
    "description": "The folder of hold files, relative to this one. Default: holds.",
}
_HOLDS: dict[str, Json] = {
    "description": "The crisis switch: where holds are kept, and when to propose one.",
    "anyOf": [
        _FOLDER,
        {
            "type": "object",
            "properties": {
                "folder": _FOLDER,
                "propose": {
                    "anyOf": [_PROPOSAL, {"type": "array", "items": _PROPOSAL}],
                    "description": "When `lint` and `room` say that a hold should be started.",
                },
            },
            "additionalProperties": False,
        },
    ],
}

_LIMIT: dict[str, Json] = {
    "type": "object",
    "properties": {
        "rules": {**_NAMES, "description": "Ids of rules, or patterns: trending-*. Default: all."},
        "by": {**_NAMES, "description": "Who may accept their findings. Default: anybody."},
        "longest": {**_DURATION, "description": "How far ahead `until` may be. Default: no end is needed."},
    },
    "minProperties": 1,
    "additionalProperties": False,
}
_PROOF: dict[str, Json] = {"enum": ["draft", "names", "records", "git", "codeowners"]}
_APPROVALS: dict[str, Json] = {
    "type": "object",
    "description": "What counts as the approval of a post.",
    "properties": {
        "from": {
            "anyOf": [_PROOF, {"type": "array", "minItems": 1, "items": _PROOF}],
            "description": "draft: lines under `approved_by` with the hash of what was approved; names: names alone "
            "there, whatever has changed since; records: what `readtheroom approve` wrote, for exactly that text; git: "
            "who committed the draft and its media as they are; codeowners: the same, if CODEOWNERS names them for the "
            "file. Default: [draft, records].",
        },
        "folder": {
            "type": "string",
            "minLength": 1,
            "description": "The folder of records, relative to this one. Default: approvals.",
        },
    },
    "additionalProperties": False,
}

CONFIG: Mapping[str, Json] = {
    "type": ["object", "null"],
    "properties": {
        "extends": {
            **_NAMES,
            "description": "Packs: a built-in one by name, a folder or file, or package:NAME. Default: core.",
        },
        "audience": {**_REGIONS, "description": "Regions whose room is read, for drafts that name none."},
        "accounts": {"type": "string", "minLength": 1, "description": "The accounts file, relative to this one."},
        "room": _ROOM,
        "rules": RULE_SETTINGS,
        "overrides": {
            "type": "array",
            "description": "Other settings for some drafts; where several fit, the last wins.",
            "items": {
                "type": "object",
                "properties": {
                    "files": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"type": "string", "minLength": 1},
                        "description": "Patterns as in .gitignore, relative to this file.",
                    },
                    "rules": RULE_SETTINGS,
                },
                "required": ["files", "rules"],
                "additionalProperties": False,
            },
        },
        "drafts": _DRAFTS,
        "languages": {
            "type": "array",
            "minItems": 1,
            "items": LANGUAGE,
            "description": "Languages that drafts are written in. Default: those of the rules.",
        },
        "holds": _HOLDS,
        "audit": {
            "type": "string",
            "minLength": 1,
            "description": "A file, relative to this one, to which every verdict is added. Default: none.",
        },
        "approvals": _APPROVALS,
        "allow": {
            "anyOf": [_LIMIT, {"type": "array", "items": _LIMIT}],
            "description": "Who may accept findings by `allow`, and for how long. All that fit a rule count.",
        },
        "root": {
            "type": "boolean",
            "description": "The holds of configs in folders above do not count here, nor below. Default: false.",
        },
        "fail_on": {"enum": ["error", "warning", "info"], "description": "What fails the run. Default: error."},
    },
    "additionalProperties": False,
}

ACCOUNTS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "accounts": {
            "type": "array",
            "minItems": 1,
            "items": dict(ACCOUNT),
        },
        "block_list": {**BLOCK_LIST, "description": "Whom none of them answers or quotes: @handle, or a host."},
    },
    "required": ["accounts"],
    "additionalProperties": False,
}
