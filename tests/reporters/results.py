"""One run as every reporter is given it, made of real values."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from types import ModuleType

from readtheroom.findings import Evidence, Finding, Label, PostResult, Skip, Summary
from readtheroom.model import Allow, Confidence, Field, Gap, Post, Rule
from readtheroom.protocols import RunInfo
from readtheroom.spans import FileText, MappedOrigin, Place, Run

GATE = Rule(
    "trending-hashtag",
    "trending-hashtag",
    severity="error",
    message="{match} is trending because of a tragedy",
    why="A tag that mourns is no place to sell.",
    advice="Take the tag out.",
    tags=("room", "hashtags", "room"),
)
LABELS_ONLY = Rule("crisis-words", "keywords", label="crisis.violence")
RIVALS = Rule("acme/no-competitors", "keywords", severity="warning", message="Names a competitor: {match}")
HINT = Rule("hint", "pattern", severity="info")
RULES = (LABELS_ONLY, GATE, RIVALS, HINT)

NO_ROOM_GIVEN = Skip("trending-hashtag", "no room was given", required=True)
NOT_OUR_LANGUAGE = Skip("hashtag-reading", "no word list for fi")
STALE = Gap("usgs", "timeout; an answer of 2012-07-20 09:00 UTC is used, 6 h 0 min old", note=True)


def field(text: str, name: str = "text", line: int = 1) -> Field:
    """A field that stands alone in its file, from `line` on."""
    return Field(name, text, MappedOrigin(FileText(text, line), [Run(0, 0, len(text))]))


def finding(
    rule: Rule,
    where: Field,
    match: str,
    message: str,
    confidence: Confidence = "high",
    labels: tuple[str, ...] = (),
    advice: str = "",
    evidence: tuple[Evidence, ...] = (),
    allowed: Allow | None = None,
) -> Finding:
    """What the engine makes of a match of `rule` at the first place of `match`."""
    start = where.text.index(match)
    end = start + len(match)
    places = where.origin.place(start), where.origin.place(end)
    found = Finding(rule.id, rule.severity or "info", confidence, message, where.name, start, end, *places, match)
    return found._replace(labels=labels, advice=advice, evidence=evidence, allowed=allowed)


def only(*findings: Finding, fields: Iterable[Field], path: str = "drafts/a.md") -> PostResult:
    """A blocked post with these findings."""
    return PostResult(Post("a", path, 1, tuple(fields)), "block", findings)


_AURORA = field("Hurry!\n#Aurora lights up our hall, as does a new dress", line=5)
_HEADLINES = (
    Evidence(
        "12 dead in Aurora cinema shooting",
        "https://news.example/1",
        "Example News",
        datetime(2012, 7, 20, 11, tzinfo=timezone(timedelta(hours=2))),
        datetime(2012, 7, 20, 15, tzinfo=UTC),
    ),
    Evidence("Vigil tonight", observed_at=datetime(2012, 7, 20, 15, tzinfo=UTC)),
)
_BLOCKED = PostResult(
    Post("aurora", "drafts/aurora.md", 1, (_AURORA,)),
    "block",
    (
        finding(
            GATE,
            _AURORA,
            "#Aurora",
            "#Aurora is trending because of a tragedy",
            labels=("crisis.violence",),
            advice="Take the tag out.",
            evidence=_HEADLINES,
        ),
    ),
    (Label("tone.promotional", "selling", "text", 48, 53, "dress"),),
)

_STADIUM = field("Come to Globex\nStadium", "thread[1]", line=9)
_WARNED = PostResult(
    Post("rivals", "drafts/ünï códe.md", 7, (field("Hello", line=7), _STADIUM)),
    "warn",
    (
        finding(RIVALS, _STADIUM, "Globex\nStadium", "Names a competitor: Globex Stadium", confidence="low"),
        Finding("account", "info", "high", "@acme is not known", "account", 0, 5, Place(3, 10), Place(3, 15), "@acme"),
    ),
    suppressed=(
        finding(
            HINT,
            _STADIUM,
            "Come",
            "An invitation",
            allowed=Allow("hint", "invited by them", "kim", datetime(2027, 1, 1, tzinfo=UTC), Place(4, 1)),
        ),
    ),
)
_UNKNOWN = PostResult(
    Post("late", "drafts/all.csv", 12, (field("#Later"),)),
    "unknown",
    skipped=(NO_ROOM_GIVEN, NO_ROOM_GIVEN._replace(rule="promotion-on-tragedy"), NOT_OUR_LANGUAGE),
)
_PASSED = PostResult(Post("fine", "drafts/fine.md", 1, (field("Good morning"),)), "pass", notes=(STALE,))

RESULTS = (_BLOCKED, _WARNED, _UNKNOWN, _PASSED)
SUMMARY = Summary(
    posts=4,
    rules=4,
    block=1,
    warn=1,
    passed=1,
    unknown=1,
    errors=1,
    warnings=1,
    infos=1,
    skips=((NO_ROOM_GIVEN, 1), (NO_ROOM_GIVEN._replace(rule="promotion-on-tragedy"), 1), (NOT_OUR_LANGUAGE, 1)),
    notes=((STALE, 1),),
)
INFO = RunInfo(RULES, "1.2.3")


def report(
    reporter: ModuleType, results: Iterable[PostResult] = RESULTS, info: RunInfo = INFO, summary: Summary = SUMMARY
) -> str:
    """What a reporter writes of a run."""
    out = io.StringIO()
    writing = reporter.start(out, info)
    for result in results:
        writing.add(result)
    writing.finish(summary)
    return out.getvalue()
