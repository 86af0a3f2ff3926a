"""`--format json`: the interface for publishing tools. SCHEMA describes it.

One object in ASCII, written as posts come, a post a line; it is whole only once the run has ended.
"""

from __future__ import annotations

from typing import TextIO

from readtheroom.findings import PostResult, Summary
from readtheroom.model import Json
from readtheroom.protocols import RunInfo
from readtheroom.reporters._plain import VERSION, dumps, post, summary


def start(out: TextIO, info: RunInfo) -> JsonReport:
    """Begin the object."""
    return JsonReport(out, info)


class JsonReport:
    """Writes each post as it comes, and keeps none."""

    __slots__ = ("_info", "_out", "_separator")

    def __init__(self, out: TextIO, info: RunInfo) -> None:
        self._out, self._info = out, info
        self._separator = "\n"
        out.write(f'{{"version": {VERSION},\n "posts": [')

    def add(self, result: PostResult) -> None:
        """Write a post."""
        self._out.write(f"{self._separator}  {dumps(post(result, self._info.labels))}")
        self._separator = ",\n"

    def finish(self, total: Summary) -> None:
        """Write the summary and close the object."""
        self._out.write(f'],\n "summary": {dumps(summary(total, self._info.statistics))}}}\n')


def _object(properties: dict[str, Json], optional: tuple[str, ...] = ()) -> dict[str, Json]:
    required: list[Json] = [key for key in properties if key not in optional]
    return {"type": "object", "properties": dict(properties), "required": required}


def _list(items: Json, description: str) -> Json:
    return {"type": "array", "items": items, "description": description}


def _count(description: str, least: int = 0) -> Json:
    return {"type": "integer", "minimum": least, "description": description}


_TEXT: Json = {"type": "string"}
_TIME: dict[str, Json] = {"type": ["string", "null"], "format": "date-time", "description": "UTC, or null if not known"}
_RULE: Json = {"type": "string", "description": "id of the rule"}
_SPAN: dict[str, Json] = {
    "field": {"type": "string", "description": "field (text, title, media[0].alt …) or key (account …) of the draft"},
    "start": _count("first code point of the span in the field's text, from 0"),
    "end": _count("the code point after the span"),
}
_EVIDENCE = _object(
    {
        "title": {"type": "string", "description": "a headline, or a cue in the text"},
        "url": {"type": ["string", "null"]},
        "source": {"type": ["string", "null"], "description": "who says so"},
        "published_at": _TIME,
        "observed_at": _TIME,
    }
)
_FINDING: dict[str, Json] = {
    "rule": _RULE,
    "severity": {"enum": ["error", "warning", "info"]},
    "confidence": {"enum": ["high", "medium", "low"]},
    "message": {"type": "string", "description": "what is wrong"},
    **_SPAN,
    "line": _count("line in the file, from 1; 0 if it has no place there"),
    "column": _count("column in the file in code points, from 1; 0 if it has no place there"),
    "end_line": _count("line of the character after the span"),
    "end_column": _count("column of the character after the span"),
    "match": {"type": "string", "description": "the span's text"},
    "labels": _list(_TEXT, "what the finding is about, as dotted labels"),
    "advice": {"type": "string", "description": "what to do"},
    "evidence": _list(_EVIDENCE, "why one may believe it"),
}
_ALLOW = _object(
    {
        "reason": _TEXT,
        "by": _TEXT,
        "until": {**_TIME, "description": "null: for good"},
        "covers": _list(_TEXT, "labels of what is grave that it names"),
    },
    optional=("covers",),
)
_SKIP: dict[str, Json] = {
    "rule": _RULE,
    "reason": {"type": "string", "description": "why the check was not made"},
    "required": {"type": "boolean", "description": "policy demands the check: the post cannot simply pass"},
}
_NOTE: dict[str, Json] = {
    "source": {"type": "string", "description": "source of the room, `store` for what is kept of it, or `room`"},
    "reason": {"type": "string", "description": "what one should know, such as the age of an answer that was used"},
}
_POST = _object(
    {
        "id": _TEXT,
        "path": {"type": "string", "description": "file, as it was named"},
        "line": _count("where the post starts in the file, from 1"),
        "verdict": {"enum": ["block", "warn", "pass", "unknown"]},
        "findings": _list(_object(_FINDING), "in order of place"),
        "labels": _list(_object({"label": _TEXT, "rule": _RULE, **_SPAN, "match": _TEXT}), "with --labels only"),
        "skipped": _list(_object(_SKIP), "checks that were not made"),
        "notes": _list(_object(_NOTE), "on the room of checks that were made"),
        "suppressed": _list(_object({**_FINDING, "allow": _ALLOW}), "findings that the draft allows, and why"),
    },
    optional=("labels",),
)
_SUMMARY = _object(
    {
        "posts": _count("posts judged"),
        "rules": _count("rules that ran on them"),
        "block": _count("posts with an error"),
        "warn": _count("posts with a warning and no error"),
        "pass": _count("posts with neither"),
        "unknown": _count("posts of which a required check could not be made"),
        "skipped": _list(_object({**_SKIP, "posts": _count("posts concerned", 1)}), "checks that were not made"),
        "notes": _list(
            _object({**_NOTE, "posts": _count("posts concerned", 1)}), "on the room of checks that were made"
        ),
        "statistics": {
            "type": "object",
            "additionalProperties": _count("findings of the rule of that id", 1),
            "description": "with --statistics only; the most first",
        },
    },
    optional=("statistics",),
)

SCHEMA: dict[str, Json] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "readtheroom report, version 1",
    "description": "Keys may be added within a version, so readers must ignore those they do not know.",
    **_object(
        {"version": {"const": VERSION}, "posts": _list(_POST, "in the order of the drafts"), "summary": _SUMMARY}
    ),
}
"""JSON Schema of the output. A line of `jsonl` is one of `posts`; its last line has `summary` and `version`."""
