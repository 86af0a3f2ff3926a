"""From matches to findings, labels and a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from readtheroom.findings import Finding, Label, Match, Skip, Verdict
from readtheroom.model import Post, Severity
from readtheroom.spans import Origin, Place

_ALLOW = re.compile(r"allow\[(\d+)\]")
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def finding(match: Match, severity: Severity, post: Post) -> Finding:
    """What a match says to the user, placed in the draft's file."""
    name, text, origin = _where(match, post)
    start, end = match.span
    place = origin.place(start) if origin else Place(post.line, 1)
    end_place = origin.place(end - 1) if origin and end > start else place
    end_place = end_place._replace(column=end_place.column + 1) if end > start else place
    return stated(match, severity, name, text[start:end], place, end_place)


def stated(match: Match, severity: Severity, name: str, words: str, place: Place, end_place: Place) -> Finding:
    """What a match says to the user of `words` of the field or key `name`."""
    start, end = match.span
    facts = {"match": words, "label": match.says or "", **match.facts}
    rule = match.rule
    return Finding(
        rule=rule.id,
        severity=severity,
        confidence=match.confidence or rule.confidence,
        message=fill(match.message or rule.message, facts),
        field=name,
        start=start,
        end=end,
        place=place,
        end_place=end_place,
        match=words,
        labels=match.labels or ((match.says,) if match.says else ()),
        advice=fill(rule.advice if match.advice is None else match.advice, facts),
        evidence=match.evidence,
        grave=match.grave,
    )


def _where(match: Match, post: Post) -> tuple[str, str, Origin | None]:
    """The name, text and origin of what a match speaks of: a field, one of the post's keys, or one of its allows."""
    if isinstance(match.field, int):
        field = post.fields[match.field]
        return field.name, field.text, field.origin
    allow = _ALLOW.fullmatch(match.field)
    if allow:
        return match.field, "", _Fixed(post.allow[int(allow[1])].place)
    value = getattr(post, match.field, None)
    return match.field, value if isinstance(value, str) else "", post.keys.get(match.field)


class _Fixed(NamedTuple):
    """Where something stands that is no text."""

    at: Place

    def place(self, offset: int) -> Place:  # noqa: ARG002  as every origin
        return self.at


def fill(message: str, facts: Mapping[str, str]) -> str:
    """A rule's message with its `{placeholders}` filled; unknown ones stay, so that a slip is seen."""
    return _PLACEHOLDER.sub(lambda found: facts.get(found[1], found[0]), message)


def labels(matches: Iterable[Match], post: Post) -> tuple[Label, ...]:
    """What the matches say about the text, by place."""
    found = set()
    for match in matches:
        label = match.says
        if label and isinstance(match.field, int):
            field = post.fields[match.field]
            words = field.text[match.span.start : match.span.end]
            found.add((match.field, Label(label, match.rule.id, field.name, *match.span, words)))
    return tuple(label for _, label in sorted(found, key=lambda each: (each[0], each[1].start, each[1].end, each[1])))


def verdict(found: Iterable[Finding], skipped: Iterable[Skip], *, warn_of_skips: bool) -> Verdict:
    """The verdict on a whole post. A check that policy requires and nobody made outweighs everything but an error."""
    severities = {each.severity for each in found}
    skips = list(skipped)
    if "error" in severities:
        return "block"
    if any(skip.required for skip in skips):
        return "unknown"
    return "warn" if "warning" in severities or (skips and warn_of_skips) else "pass"


def order(match: Finding, post: Post) -> tuple[Place, int, int, int, str]:
    """Findings come by their place in the file, as one reads it; where that is the same, keys of the post first."""
    names = [field.name for field in post.fields]
    index = names.index(match.field) if match.field in names else -1
    return (match.place, index, match.start, match.end, match.rule)
