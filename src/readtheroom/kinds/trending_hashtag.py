"""The trend gate: is what the draft names being talked about, and why?

Each hashtag, and each name that a trend consists of, is looked up in the room. A sensitive reason is an error, with
the headlines shown; no known reason is a warning; a harmless one is at most a remark. Condolence, service notices and
apologies may name a tragedy, unless they also sell or joke.

Labels that it puts on the draft: `trend.sensitive`, `trend.excused`, `trend.unexplained`, `trend.harmless`; and
`trend.related`, where the draft only shares words with a sensitive reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias, TypedDict, cast

from readtheroom.findings import CONFIDENCES, Evidence, Match
from readtheroom.kinds._labels import any_is
from readtheroom.model import Confidence, Json, Rule, Severity, SightedBy, Sighting, Trend
from readtheroom.protocols import Case, Setup

READS: Literal["room"] = "room"

LABELS = ("trend.sensitive", "trend.excused", "trend.unexplained", "trend.harmless", "trend.related")

MOST_HEADLINES = 3
"""Shown per finding."""

Outcome = Literal["sensitive", "excused", "unexplained", "harmless"]

_SEVERITY: dict[str, Json] = {"enum": ["error", "warning", "info", "off", False]}
_LABELS: dict[str, Json] = {"type": "array", "items": {"type": "string", "format": "label"}}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "look_up": {
            "type": "array",
            "items": {"enum": ["tags", "names", "words"]},
            "description": (
                "What to look up: hashtags, trends that the text names without `#`, or trends of whose reasons it "
                "has two or more words. Default: tags."
            ),
        },
        "sensitive": {**_LABELS, "description": "Labels of a reason that make a trend sensitive. Default: crisis."},
        "excused_by": {**_LABELS, "description": "Labels of the draft that excuse it from a sensitive trend."},
        "unless_with": {**_LABELS, "description": "Labels of the draft that void the excuse."},
        "excused": {**_SEVERITY, "description": "Severity of an excused draft. Default: info."},
        "unexplained": {**_SEVERITY, "description": "Severity where no reason is known. Default: warning."},
        "harmless": {**_SEVERITY, "description": "Severity where the reason is harmless. Default: info."},
    },
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "trend": "The trend, as it is talked about.",
    "reason": "The first headline that explains it.",
}

_BY: Mapping[str, SightedBy] = {"tags": "tag", "names": "name", "words": "words"}

_MESSAGES: Mapping[Outcome, str] = {
    "excused": "{match} is trending for a sensitive reason: {reason}. Have somebody else read the post",
    "unexplained": "{match} is trending and nobody knows why: find out before you use it",
    "harmless": "{match} is trending: {reason}",
}


Wish: TypeAlias = Severity | Literal["off", False]
"""A severity, or none: YAML reads a bare `off` as false."""


class Options(TypedDict, total=False):
    look_up: list[Literal["tags", "names", "words"]]
    sensitive: list[str]
    excused_by: list[str]
    unless_with: list[str]
    excused: Wish
    unexplained: Wish
    harmless: Wish


class _Compiled(NamedTuple):
    rule: Rule
    look_up: frozenset[SightedBy]
    sensitive: tuple[str, ...]
    excused_by: tuple[str, ...]
    unless_with: tuple[str, ...]
    severities: Mapping[Outcome, Wish | None]


def compile(rules: Sequence[Rule], setup: Setup) -> TrendChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    return TrendChecker([_compile(rule) for rule in rules])


def _compile(rule: Rule) -> _Compiled:
    options = cast("Options", rule.options)
    return _Compiled(
        rule,
        frozenset(_BY[each] for each in options.get("look_up", ["tags"])),
        tuple(options.get("sensitive", ["crisis"])),
        tuple(options.get("excused_by", [])),
        tuple(options.get("unless_with", [])),
        {
            "sensitive": rule.severity,
            "excused": options.get("excused", "info"),
            "unexplained": options.get("unexplained", "warning"),
            "harmless": options.get("harmless", "info"),
        },
    )


class TrendChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[_Compiled]) -> None:
        self._rules = rules

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        for rule in self._rules:
            seen: set[tuple[int, str]] = set()
            for sighting in case.sightings:
                once = (sighting.field, sighting.trend.term)
                if sighting.by in rule.look_up and once not in seen:
                    seen.add(once)
                    yield from _judge(rule, sighting, case)


def _judge(rule: _Compiled, sighting: Sighting, case: Case) -> Iterator[Match]:
    outcome = _outcome(rule, sighting.trend, case)
    severity = rule.severities[outcome]
    if severity != "off" and severity is not False:
        trend = sighting.trend
        yield Match(
            rule.rule,
            sighting.field,
            sighting.span,
            label="trend.related" if sighting.by == "words" and outcome == "sensitive" else f"trend.{outcome}",
            severity=severity,
            facts={"trend": trend.term, "reason": f"“{trend.reasons[0].title}”" if trend.reasons else ""},
            labels=trend.labels,
            evidence=tuple(_headlines(trend)),
            confidence=_confidence(rule.rule, sighting),
            message=_MESSAGES.get(outcome),
            advice=None if outcome == "sensitive" else "",
            grave=_grave(rule, trend) if outcome == "sensitive" else (),
        )


def _grave(rule: _Compiled, trend: Trend) -> tuple[str, ...]:
    return tuple(label for label in trend.labels if any_is([label], rule.sensitive))


def _confidence(rule: Rule, sighting: Sighting) -> Confidence:
    """That of the trend, less where only words are shared with it, and never more than the rule's."""
    level = CONFIDENCES.index(sighting.trend.confidence) - (sighting.by == "words")
    return CONFIDENCES[min(level, CONFIDENCES.index(rule.confidence))]


def _outcome(rule: _Compiled, trend: Trend, case: Case) -> Outcome:
    if any_is(trend.labels, rule.sensitive):
        own = {match.says for match in case.labels if match.says}
        excused = any_is(own, rule.excused_by) and not any_is(own, rule.unless_with)
        return "excused" if excused else "sensitive"
    return "harmless" if trend.reasons else "unexplained"


def _headlines(trend: Trend) -> Iterator[Evidence]:
    for reason in trend.reasons[:MOST_HEADLINES]:
        yield Evidence(reason.title, reason.url, reason.source, reason.published_at, reason.seen_at)
