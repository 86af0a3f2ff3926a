"""JSON Schemas of what comes out: the report of `lint`, and the shapes that others share with it."""

from __future__ import annotations

from readtheroom.model import Json
from readtheroom.reporters._plain import VERSION


def head(name: str, title: str) -> dict[str, Json]:
    """What a schema of an output begins with."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:readtheroom:schema:{name}",
        "title": title,
        "description": "Keys may be added within a version, so readers must ignore those they do not know.",
    }


def obj(properties: dict[str, Json], optional: tuple[str, ...] = ()) -> dict[str, Json]:
    """An object that has all of these, the `optional` ones perhaps."""
    required: list[Json] = [key for key in properties if key not in optional]
    return {"type": "object", "properties": dict(properties), "required": required}


def array(items: Json, description: str) -> Json:
    """A list."""
    return {"type": "array", "items": items, "description": description}


def count(description: str, least: int = 0) -> Json:
    """A whole number."""
    return {"type": "integer", "minimum": least, "description": description}


TEXT: Json = {"type": "string"}
TIME: dict[str, Json] = {"type": ["string", "null"], "format": "date-time", "description": "UTC, or null if not known"}
_RULE: Json = {"type": "string", "description": "id of the rule"}
_SPAN: dict[str, Json] = {
    "field": {"type": "string", "description": "field (text, title, media[0].alt …) or key (account …) of the draft"},
    "start": count("first code point of the span in the field's text, from 0"),
    "end": count("the code point after the span"),
}
_EVIDENCE = obj(
    {
        "title": {"type": "string", "description": "a headline, or a cue in the text"},
        "url": {"type": ["string", "null"]},
        "source": {"type": ["string", "null"], "description": "who says so"},
        "published_at": TIME,
        "observed_at": TIME,
    }
)
_FINDING: dict[str, Json] = {
    "rule": _RULE,
    "severity": {"enum": ["error", "warning", "info"]},
    "confidence": {"enum": ["high", "medium", "low"]},
    "message": {"type": "string", "description": "what is wrong"},
    **_SPAN,
    "line": count("line in the file, from 1; 0 if it has no place there"),
    "column": count("column in the file in code points, from 1; 0 if it has no place there"),
    "end_line": count("line of the character after the span"),
    "end_column": count("column of the character after the span"),
    "match": {"type": "string", "description": "the span's text"},
    "labels": array(TEXT, "what the finding is about, as dotted labels"),
    "advice": {"type": "string", "description": "what to do"},
    "evidence": array(_EVIDENCE, "why one may believe it"),
}
_ALLOW = obj(
    {
        "reason": TEXT,
        "by": TEXT,
        "until": {**TIME, "description": "null: for good"},
        "covers": array(TEXT, "labels of what is grave that it names"),
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
VERDICT: Json = {"enum": ["block", "warn", "pass", "unknown"]}
POST_KEYS: dict[str, Json] = {
    "id": TEXT,
    "path": {"type": "string", "description": "file, as it was named"},
    "line": count("where the post starts in the file, from 1"),
    "verdict": VERDICT,
    "findings": array(obj(_FINDING), "in order of place"),
    "labels": array(obj({"label": TEXT, "rule": _RULE, **_SPAN, "match": TEXT}), "with --labels only"),
    "skipped": array(obj(_SKIP), "checks that were not made"),
    "notes": array(obj(_NOTE), "on the room of checks that were made"),
    "suppressed": array(obj({**_FINDING, "allow": _ALLOW}), "findings that the draft allows, and why"),
}
POST = obj(POST_KEYS, optional=("labels",))
PROPOSALS: Json = array(
    obj(
        {
            "labels": array(TEXT, "what it is, as dotted labels"),
            "regions": array(TEXT, "where; none: everywhere"),
            "reason": {"type": "string", "description": "the headline"},
            "command": {"type": "string", "description": "the command line that starts it, for a shell"},
        }
    ),
    "holds that policy proposes",
)
SUMMARY_KEYS: dict[str, Json] = {
    "posts": count("posts judged"),
    "rules": count("rules that ran on them"),
    "block": count("posts with an error"),
    "warn": count("posts with a warning and no error"),
    "pass": count("posts with neither"),
    "unknown": count("posts of which a required check could not be made"),
    "skipped": array(obj({**_SKIP, "posts": count("posts concerned", 1)}), "checks that were not made"),
    "notes": array(obj({**_NOTE, "posts": count("posts concerned", 1)}), "on the room of checks that were made"),
    "statistics": {
        "type": "object",
        "additionalProperties": count("findings of the rule of that id", 1),
        "description": "with --statistics only; the most first",
    },
}
SUMMARY = obj(SUMMARY_KEYS, optional=("statistics",))

REPORT: dict[str, Json] = {
    **head("report", f"readtheroom report, version {VERSION}"),
    **obj(
        {
            "version": {"const": VERSION},
            "posts": array(POST, "in the order of the drafts, then holds that lack something"),
            "proposals": PROPOSALS,
            "summary": SUMMARY,
        }
    ),
}
"""Of `--format json`. A line of `jsonl` is one of `posts`; its last line has the other keys."""
