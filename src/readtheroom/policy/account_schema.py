"""The shape of an account, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readtheroom.model import Json

_WORDS: dict[str, Json] = {"type": "array", "items": {"type": "string", "minLength": 1}}

REGION: dict[str, Json] = {
    "type": "string",
    "pattern": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$",
    "patternErrorMessage": "must be an ISO 3166 code in capitals, like US or FR-75",
}
LANGUAGE: dict[str, Json] = {
    "type": "string",
    "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    "patternErrorMessage": "must be a language code, like en or pt-BR",
}

_HANDLE: dict[str, Json] = {
    "type": "string",
    "pattern": "^[@＠]\\S+$",
    "maxLength": 300,
    "patternErrorMessage": "must be a handle with its sign, like @nordvik",
}
BLOCK_LIST: dict[str, Json] = {
    "type": "array",
    "items": {
        "type": "string",
        "pattern": "^([@＠]\\S+|[^\\s/@:]+[.][^\\s/@:]+)$",
        "maxLength": 300,
        "patternErrorMessage": "must be a handle with its sign (@troll) or a host (tabloid.example)",
    },
}

ACCOUNT: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "description": "What drafts call it."},
        "handles": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "string", "minLength": 1, "maxLength": 300},
            "description": "The handle on each platform.",
        },
        "authors": {**_WORDS, "description": "Who may write for it. Default: anybody."},
        "approvers": {**_WORDS, "description": "Who may approve its posts."},
        "approvals_needed": {
            "type": "integer",
            "minimum": 1,
            "maximum": 10,
            "description": "How many of the approvers must approve. Default: 1.",
        },
        "languages": {"type": "array", "items": LANGUAGE, "description": "Default: any."},
        "regions": {
            "type": "array",
            "items": REGION,
            "description": "Whom it speaks to: the audience of its posts that name none. Default: the config's.",
        },
        "allowed_topics": {**_WORDS, "description": "Labels of what it may speak of. Default: any."},
        "barred_topics": {**_WORDS, "description": "Labels of what it must not speak of."},
        "owner": {"type": "string", "minLength": 1, "maxLength": 200, "description": "Who answers for it."},
        "barred_tones": {**_WORDS, "description": "Labels of how it must not sound: joking, or tone.joking."},
        "campaign_tags": {**_WORDS, "description": "Its own hashtags, so that a slip in one is told."},
        "ambassadors": {
            "type": "array",
            "items": _HANDLE,
            "description": "Handles of others who speak for it, so that a look-alike of one is told.",
        },
        "scars": {
            "type": "array",
            "items": {"type": "string", "minLength": 1, "maxLength": 200},
            "description": "Words of its own past incidents: whole words, `prefix*`, phrases.",
        },
        "voice": {
            "enum": ["brand", "personal"],
            "description": "Who speaks: the house, or one person in her own name. Default: brand; personal for an "
            "account that is an ambassador of another.",
        },
        "block_list": {**BLOCK_LIST, "description": "Whom it does not answer or quote: @handle, or a host."},
    },
    "required": ["name", "handles"],
    "additionalProperties": False,
}
