"""The options of limits: by platform, how much it takes, by which count, and where the figure comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, TypedDict

from readtheroom.model import Json, Severity
from readtheroom.text.length import METHODS

Item = Literal[
    "length", "title", "alt", "first_comment", "poll_option", "hashtags", "mentions", "links", "poll_options",
    "missing_alts",
]  # fmt: skip

_LIMIT: dict[str, Json] = {
    "type": "object",
    "properties": {
        "most": {"type": "integer", "minimum": 0, "description": "The highest count that is still allowed."},
        "count": {"enum": list(METHODS), "description": "How a length is counted. Default: code_points."},
        "with_link": {"type": "boolean", "description": "Count the link beside the text of an export. Default: no."},
        "severity": {"enum": ["error", "warning", "info"], "description": "Instead of the rule's own."},
        "source": {"type": "string", "description": "Where the figure comes from."},
        "checked": {"type": "string", "format": "date", "description": "The day on which somebody last looked."},
    },
    "required": ["most"],
    "additionalProperties": False,
}
_LIMITS: dict[str, Json] = {"anyOf": [_LIMIT, {"type": "array", "items": _LIMIT, "minItems": 1}]}

_DOCUMENTED: Mapping[Item, str] = {
    "length": "Of the text, and of each part of a thread.",
    "title": "Length of the title.",
    "alt": "Length of each alt text.",
    "first_comment": "Length of the first comment.",
    "poll_option": "Length of each option of a poll.",
    "hashtags": "How many in one text.",
    "mentions": "How many in one text, by the platform's own syntax.",
    "links": "How many in one text.",
    "poll_options": "How many in one poll.",
    "missing_alts": "How many pictures and films of the post itself may lack an alt text.",
}

_PLATFORM: dict[str, Json] = {
    "type": "object",
    "properties": {item: {**_LIMITS, "description": text} for item, text in _DOCUMENTED.items()},
    "additionalProperties": False,
}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "limits": {
            "type": "object",
            "description": "By platform, then by what is measured. Of a list, the first that is exceeded is told.",
            "additionalProperties": _PLATFORM,
        },
        "own_limits": {
            "type": "object",
            "description": "Limits of yours, as in `limits`, that take the place of single ones there: "
            "{x: {length: {most: 25000, count: weighted}}}.",
            "additionalProperties": _PLATFORM,
        },
        "default_platforms": {
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "description": "Measured by these, where a draft names no platform. Default: none.",
        },
    },
    "required": ["limits"],
    "additionalProperties": False,
}


class Limit(TypedDict, total=False):
    most: int
    count: str
    with_link: bool
    severity: Severity
    source: str
    checked: str


Limits: TypeAlias = "dict[str, dict[Item, Limit | list[Limit]]]"


class Options(TypedDict, total=False):
    limits: Limits
    own_limits: Limits
    default_platforms: list[str]
