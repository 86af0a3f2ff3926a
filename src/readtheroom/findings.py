"""What comes out: matches of rules, findings, verdicts, reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from readtheroom.model import Allow, Confidence, Gap, Post, Rule, Severity, Trend
from readtheroom.spans import Place, Span

Verdict = Literal["block", "warn", "pass", "unknown"]

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")
"""From mild to grave."""

CONFIDENCES: tuple[Confidence, ...] = ("low", "medium", "high")
"""From a guess to what several have seen."""


class Evidence(NamedTuple):
    """Why one may believe a finding: a headline of the room, or a cue in the text."""

    title: str
    url: str | None = None
    source: str | None = None
    published_at: datetime | None = None
    observed_at: datetime | None = None


class Match(NamedTuple):
    """A rule has something to say. `field` is an index into the post's fields, or the name of one of its keys.

    `label` None means the rule's own; `severity` None means the rule's own. A match whose rule has no
    severity is only a label. `facts` fill the message: `{match}` is always there.
    """

    rule: Rule
    field: int | str
    span: Span = Span(0, 0)
    label: str | None = None
    severity: Severity | None = None
    facts: Mapping[str, str] = {}
    labels: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: Confidence | None = None
    message: str | None = None
    advice: str | None = None
    """Instead of the rule's own, where one rule has several things to say."""
    grave: tuple[str, ...] = ()
    """Labels of what is grave in the room: an `allow` that does not name them was made for another reason."""

    @property
    def says(self) -> str | None:
        """The label that this match puts on the text."""
        return self.label or self.rule.label


class Finding(NamedTuple):
    """One problem. `start` and `end` count code points of the field's text; `place` and `end_place` are in the file."""

    rule: str
    severity: Severity
    confidence: Confidence
    message: str
    field: str
    start: int
    end: int
    place: Place
    end_place: Place
    match: str
    labels: tuple[str, ...] = ()
    advice: str = ""
    evidence: tuple[Evidence, ...] = ()
    allowed: Allow | None = None
    grave: tuple[str, ...] = ()
    """As those of a `Match`."""


class Refusal(NamedTuple):
    """Why an `allow` silences nothing, and what policy, or the finding, asks for instead."""

    why: Literal["unused", "not-by", "no-end", "too-long", "other-reason"] = "unused"
    instead: str = ""


class Label(NamedTuple):
    """What a rule says about a part of the text."""

    label: str
    rule: str
    field: str
    start: int
    end: int
    match: str


class Skip(NamedTuple):
    """A check that was not made, and why. `required`: policy demands it, so the post cannot simply pass."""

    rule: str
    reason: str
    required: bool = False


class PostResult(NamedTuple):
    """All that is to be said of one post. `findings` in order of place; allowed ones are in `suppressed`.

    `notes`: how the room was looked up, where one should know of it; the checks were made.
    """

    post: Post
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    labels: tuple[Label, ...] = ()
    skipped: tuple[Skip, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    notes: tuple[Gap, ...] = ()


class Proposed(NamedTuple):
    """A hold that should be started: for which regions (none: everywhere), how long, and because of what."""

    labels: tuple[str, ...]
    regions: tuple[str, ...]
    until: timedelta
    trend: Trend

    @property
    def reason(self) -> str:
        """The headline, or what trends."""
        return self.trend.reasons[0].title if self.trend.reasons else self.trend.term


class Summary(NamedTuple):
    """How many rules ran on how many posts, and what came of it."""

    posts: int = 0
    rules: int = 0
    block: int = 0
    warn: int = 0
    passed: int = 0
    unknown: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    skips: tuple[tuple[Skip, int], ...] = ()
    """Each different skip, with the number of posts that it concerns."""
    per_rule: tuple[tuple[str, int], ...] = ()
    """How many findings each rule has that has any, the most first."""
    notes: tuple[tuple[Gap, int], ...] = ()
    """Each different note, with the number of posts that it concerns."""
    proposals: tuple[Proposed, ...] = ()
    """Holds that policy proposes for what is talked about now."""
