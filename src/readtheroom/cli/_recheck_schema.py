"""JSON Schemas of what `recheck` tells: its report, and each message to a command or webhook."""

from __future__ import annotations

from readtheroom.cli._rechecks import VERSION, WORDS
from readtheroom.model import Json
from readtheroom.reporters._schema import (
    POST,
    POST_KEYS,
    PROPOSALS,
    SUMMARY_KEYS,
    TEXT,
    TIME,
    VERDICT,
    array,
    count,
    head,
    obj,
)

_CHANGES: Json = {
    "enum": [change for change in WORDS if change != "gone"],
    "description": "unsafe: it could go out, and no longer can; safe: the other way round; expired: an approval has "
    "run out; void: one no longer counts for another reason; new: nobody had checked it",
}
_MOMENT: Json = {"type": "string", "format": "date-time", "description": "UTC"}
_UNTIL: Json = {
    "type": "string",
    "format": "date-time",
    "description": "UTC: when the verdict could be another though no file changes",
}
_BEFORE: Json = {"enum": ["block", "warn", "pass", "unknown", None], "description": "the last verdict; null: none"}
_HASH: Json = {"type": "string", "description": "of what would be published"}
_GONE: dict[str, Json] = {"id": TEXT, "path": TEXT, "before": VERDICT}


_RECHECKED = obj(
    {
        **POST_KEYS,
        "hash": _HASH,
        "scheduled_at": TIME,
        "valid_until": _UNTIL,
        "changes": array(_CHANGES, "since its last check, the gravest first"),
        "before": _BEFORE,
        "lapsed": array(TEXT, "whose approval counted at its last check, and no longer does"),
    },
    optional=("labels",),
)
_SUM = obj(
    {
        **SUMMARY_KEYS,
        "unsafe": count("posts that are newly unsafe"),
        "expired": count("posts of which an approval has expired"),
        "void": count("posts of which an approval no longer counts"),
        "safe": count("posts that are safe again"),
        "new": count("posts that nobody had checked"),
        "gone": count("posts that are not there any more"),
        "past": count("posts that are out"),
    },
    optional=("statistics",),
)

RECHECK: dict[str, Json] = {
    **head("recheck", f"readtheroom recheck, version {VERSION}"),
    **obj(
        {
            "version": {"const": VERSION},
            "at": _MOMENT,
            "posts": array(_RECHECKED, "that are still to go out"),
            "holds": array(POST, "that lack something, each like a post"),
            "proposals": PROPOSALS,
            "gone": array(obj(_GONE), "posts that are not there any more"),
            "notes": array(TEXT, "what went wrong with what is remembered"),
            "not_read": array(TEXT, "what is wrong with files that were not judged"),
            "summary": _SUM,
        }
    ),
}
"""Of `--format json`; with `--watch`, of each line."""

_SHARED: dict[str, Json] = {
    "version": {"const": VERSION},
    "id": {"type": "string", "description": "the same where a message comes twice"},
    "at": _MOMENT,
}
CHANGE: dict[str, Json] = {
    **head("change", f"readtheroom change, version {VERSION}"),
    "anyOf": [
        obj({**_SHARED, "change": _CHANGES, "post": _RECHECKED}),
        obj({**_SHARED, "change": {"const": "gone"}, "post": obj({**_GONE, "hash": _HASH})}),
    ],
}
"""Of what commands and webhooks get."""
