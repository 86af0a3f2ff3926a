"""Results as plain JSON values: the objects of `--format json`, which `json`'s SCHEMA describes."""

from __future__ import annotations

import json
import re
from datetime import datetime

from readtheroom.findings import Evidence, Finding, Label, PostResult, Proposed, Skip, Summary
from readtheroom.model import Allow, Gap, Json
from readtheroom.reporters._terminal import clipped
from readtheroom.reporters._words import MAX_TITLE, utc

VERSION = 1
"""Of the interface. Keys may be added within a version; none is renamed, removed or given another meaning."""

_encode = json.JSONEncoder(separators=(", ", ": "), check_circular=False).encode

_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u([dD][89a-fA-F]..)|.)")
"""Any escape of a JSON text, surrogate pairs whole; the group is set for a lone surrogate."""


def dumps(value: Json) -> str:
    """`value` as one line of ASCII; a lone surrogate, which strict parsers refuse, becomes U+FFFD."""
    line = _encode(value)
    return _ESCAPE.sub(lambda e: "\\ufffd" if e[1] else e[0], line) if "\\ud" in line else line


def post(result: PostResult, labels: bool) -> Json:
    """One post, with everything that was said of it."""
    plain: dict[str, Json] = {
        "id": result.post.id,
        "path": result.post.path,
        "line": result.post.line,
        "verdict": result.verdict,
        "findings": [_finding(one) for one in result.findings],
    }
    if labels:
        plain["labels"] = [_label(one) for one in result.labels]
    plain["skipped"] = [_skip(one) for one in result.skipped]
    plain["notes"] = [note(one) for one in result.notes]
    plain["suppressed"] = [{**_finding(one), "allow": _allow(one.allowed)} for one in result.suppressed]
    return plain


def summary(total: Summary, statistics: bool) -> Json:
    """The run as a whole."""
    per_rule: dict[str, Json] = {"statistics": dict(total.per_rule)} if statistics else {}
    return {
        "posts": total.posts,
        "rules": total.rules,
        "block": total.block,
        "warn": total.warn,
        "pass": total.passed,
        "unknown": total.unknown,
        "skipped": [{**_skip(skip), "posts": posts} for skip, posts in total.skips],
        "notes": [{**note(one), "posts": posts} for one, posts in total.notes],
        **per_rule,
    }


def proposal(one: Proposed) -> Json:
    """A hold that policy proposes."""
    return {
        "labels": list(one.labels),
        "regions": list(one.regions),
        "reason": one.reason,
        "command": command(one),
    }


def command(one: Proposed) -> str:
    """The command line that starts it: whatever a headline holds, a shell takes it for words."""
    import shlex  # noqa: PLC0415  few runs have any

    scopes = ",".join(f"region={region}" for region in one.regions)
    hours = max(1, round(one.until.total_seconds() / 3600))
    words = ["readtheroom", "hold", "start", f"--reason={clipped(one.reason, MAX_TITLE)}", "--until", f"{hours}h"]
    return shlex.join([*words, *(["--scope", scopes] if scopes else [])]) + ' --owner "$USER"'


def evidence(one: Evidence) -> Json:
    """A headline or cue; what is not known is null."""
    return {
        "title": one.title,
        "url": one.url,
        "source": one.source,
        "published_at": time(one.published_at),
        "observed_at": time(one.observed_at),
    }


def _finding(one: Finding) -> dict[str, Json]:
    return {
        "rule": one.rule,
        "severity": one.severity,
        "confidence": one.confidence,
        "message": one.message,
        "field": one.field,
        "start": one.start,
        "end": one.end,
        "line": one.place.line,
        "column": one.place.column,
        "end_line": one.end_place.line,
        "end_column": one.end_place.column,
        "match": one.match,
        "labels": list(one.labels),
        "advice": one.advice,
        "evidence": [evidence(item) for item in one.evidence],
    }


def _label(one: Label) -> Json:
    return {
        "label": one.label,
        "rule": one.rule,
        "field": one.field,
        "start": one.start,
        "end": one.end,
        "match": one.match,
    }


def _skip(one: Skip) -> dict[str, Json]:
    return {"rule": one.rule, "reason": one.reason, "required": one.required}


def note(one: Gap) -> dict[str, Json]:
    """What one should know of how something was looked up, or why it was not."""
    return {"source": one.source, "reason": one.reason}


def _allow(one: Allow | None) -> Json:
    if one is None:
        return None
    plain: dict[str, Json] = {"reason": one.reason, "by": one.by, "until": time(one.until)}
    return {**plain, "covers": list(one.covers)} if one.covers else plain


def time(moment: datetime | None) -> str | None:
    """`2012-07-20T16:00:00Z`, or null."""
    return None if moment is None else utc(moment).isoformat().replace("+00:00", "Z")
