"""Days that an audience observes: solemn, of awareness, festive and commercial.

A post is labelled `observance.solemn.high`, `.low` or `.minor`, `observance.awareness`, `observance.festive` or
`observance.commercial` by each day that its moment falls on in a region of its audience: from the first place of the
region where the day begins to the last where it ends. Without an audience only days of the whole world count: those
without regions, and those with `worldwide`. A post that names a day, within some days of it, is labelled
`observance.named.` and its gravity then, at these words, whatever its audience.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, NotRequired, TypedDict, cast

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Evidence, Match
from readtheroom.kinds._calendar import EVE, YEARS, Calendar, Day, Gravity
from readtheroom.kinds._days import FORMS, Dates, parse
from readtheroom.kinds._terms import TERMS, Block, Ranges, TermList, counted, fault, register_blocks
from readtheroom.model import Json, Rule
from readtheroom.protocols import Case, Hit, Setup, Text
from readtheroom.spans import Span

READS: Literal["moment"] = "moment"

_MOST_KEPT = 4096
"""Answers kept: quarters of an hour, for an audience."""

_MOST_REGIONS = 6
"""Regions that evidence lists."""

_LABELS: Mapping[Gravity, str] = {
    "high": "observance.solemn.high",
    "low": "observance.solemn.low",
    "minor": "observance.solemn.minor",
    "awareness": "observance.awareness",
    "festive": "observance.festive",
    "commercial": "observance.commercial",
}
_GRAVEST = tuple(_LABELS)
LABELS = (*_LABELS.values(), *(f"observance.named.{gravity}" for gravity in _GRAVEST))
_YEAR: dict[str, Json] = {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[-1]}

_DAY: dict[str, Json] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "description": "What findings call it."},
        "date": {
            "description": f"A rule ({FORMS}; `+1` after it: a day later), or a list of dates like 2026-04-14.",
            "anyOf": [
                {"type": "string"},
                {"type": "array", "minItems": 1, "items": {"type": "string", "format": "date"}},
            ],
        },
        "gravity": {
            "enum": [*_GRAVEST],
            "description": (
                "Solemn days are `high` (a country stands still), `low`, or `minor` (counts in posts that name it); "
                "`awareness`: not solemn, but no laughing matter; `festive`; `commercial`."
            ),
        },
        "regions": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "pattern": "^[A-Z]{2}$"},
            "description": "Where it is observed. Default: everywhere.",
        },
        "named": {"enum": [*_GRAVEST], "description": "Its gravity for posts that name it. Default: `gravity`."},
        "worldwide": {"enum": [*_GRAVEST], "description": "Its gravity for posts without an audience. Default: none."},
        "since": {**_YEAR, "description": "The first year."},
        "until": {**_YEAR, "description": "The last year."},
        "eve": {"type": "boolean", "description": "It begins in the evening before. Default: false."},
        "lasts": {"type": "integer", "minimum": 1, "maximum": 40, "description": "Days. Default: 1."},
        "terms": {**TERMS, "description": "Words that name it: a list, or a list per language code (`any`: all)."},
        "source": {"type": "string", "format": "uri", "description": "Where to read about it."},
    },
    "required": ["name", "date", "gravity", "source"],
    "additionalProperties": False,
}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "days": {"type": "array", "minItems": 1, "items": _DAY, "description": "The days."},
        "near": {
            "type": "integer",
            "minimum": 0,
            "maximum": 30,
            "description": "Days before and after, in which a post may name it. Default: 3.",
        },
        "unless": {**TERMS, "description": "Phrases in which words do not name a day."},
    },
    "required": ["days"],
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "name": "The day and its date.",
}


class DayOptions(TypedDict):
    name: str
    date: str | list[str]
    gravity: Gravity
    source: str
    regions: NotRequired[list[str]]
    named: NotRequired[Gravity]
    worldwide: NotRequired[Gravity]
    since: NotRequired[int]
    until: NotRequired[int]
    eve: NotRequired[bool]
    lasts: NotRequired[int]
    terms: NotRequired[TermList]


class Options(TypedDict):
    days: list[DayOptions]
    near: NotRequired[int]
    unless: NotRequired[TermList]


class _Named(NamedTuple):
    """Words that name a day which is near."""

    text: Text
    span: Span
    day: Day
    first: date


def compile(rules: Sequence[Rule], setup: Setup) -> ObservanceChecker:  # noqa: A001  the contract's word
    """All days of all rules, and their terms as one block of the lexicon."""
    faults: list[Fault] = []
    days: list[Day] = []
    terms, named, unless = Ranges[Block](), Ranges[Day](), Ranges[Block]()
    for rule in rules:
        options = cast("Options", rule.options)
        for each in options["days"]:
            day = _day(rule, each, timedelta(options.get("near", 3)), faults)
            days.append(day)
            for block in register_blocks(rule, each.get("terms"), setup.terms, faults):
                terms.add(block, block)
                named.add(block, day)
        for block in register_blocks(rule, options.get("unless"), setup.terms, faults):
            unless.add(block, block)
    if faults:
        raise PolicyError(faults)
    return ObservanceChecker(days, _Words(terms, named, unless))


class _Words(NamedTuple):
    """The terms of all days, whose they are, and the phrases in which they do not count."""

    terms: Ranges[Block]
    days: Ranges[Day]
    unless: Ranges[Block]

    @property
    def bounds(self) -> tuple[int, int]:
        """The first number of them all, and one more than the last."""
        some = [each.bounds for each in (self.terms, self.unless) if each]
        return min((first for first, _ in some), default=0), max((end for _, end in some), default=0)


def _day(rule: Rule, options: DayOptions, near: timedelta, faults: list[Fault]) -> Day:
    try:
        dates = parse(options["date"])
    except ValueError as error:
        faults.append(fault(rule, f"day {options['name']!r}: {error}"))
        dates = Dates(None)
    return Day(
        rule,
        options["name"],
        dates,
        options["gravity"],
        options.get("named", options["gravity"]),
        options["source"],
        tuple(options.get("regions", ())),
        options.get("worldwide"),
        range(options.get("since", YEARS[0]), options.get("until", YEARS[-1]) + 1),
        EVE if options.get("eve") else timedelta(),
        timedelta(options.get("lasts", 1)),
        near,
    )


class ObservanceChecker:
    """See `protocols.Checker`. What it keeps is bounded, and the same whoever asks first."""

    def __init__(self, days: Sequence[Day], words: _Words) -> None:
        self._calendar = Calendar(days)
        self._words = words
        self._first, self._end = words.bounds
        self._known: dict[tuple[datetime, tuple[str, ...]], tuple[Match, ...]] = {}

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        if case.texts and case.moment.year in YEARS:
            yield from self._observed(case.moment, case.audience)
            yield from self._named(case)

    def _observed(self, moment: datetime, audience: tuple[str, ...]) -> tuple[Match, ...]:
        """A match for each day that it is, the gravest first; they stand on no word of the post."""
        # offsets from UTC are whole quarters of an hour, so no day begins or ends within one
        quarter = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
        known = self._known.get((quarter, audience))
        if known is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            on = sorted(self._calendar.on(quarter, audience), key=lambda each: _GRAVEST.index(each[2]))
            known = tuple(_match(day, first, _LABELS[gravity], 0, Span(0, 0)) for day, first, gravity in on)
            self._known[quarter, audience] = known
        return known

    def _named(self, case: Case) -> Iterator[Match]:
        hits = case.hits(self._first, self._end)
        firsts: dict[tuple[int, int], tuple[Text, Hit]] = {}
        for text, hit in counted(hits, self._words.terms, self._words.unless, case):
            firsts.setdefault((text.index, hit.term), (text, hit))
        near = []
        for text, hit in firsts.values():
            day = self._words.days[hit.term]
            first = day.nearest(case.moment)
            near += [_Named(text, hit.span, day, first)] if first else []
        for each in _foremost(near, case.audience):
            label = f"observance.named.{each.day.named}"
            yield _match(each.day, each.first, label, each.text.index, each.span)


def _foremost(near: Sequence[_Named], audience: tuple[str, ...]) -> Iterator[_Named]:
    """The gravest day for each place, the audience's own first; a longer name says which day is meant."""
    done: list[_Named] = []
    for each in sorted(near, key=lambda named: _rank(named, audience)):
        if not any(other.text is each.text and other.span.covers(each.span) for other in done):
            done.append(each)
            yield each


def _rank(named: _Named, audience: tuple[str, ...]) -> tuple[int, int, int, bool, int]:
    span = named.span
    foreign = not named.day.observed_in(audience)
    return named.text.index, span.start - span.end, span.start, foreign, _GRAVEST.index(named.day.named)


def _match(day: Day, first: date, label: str, field: int, span: Span) -> Match:
    regions = ", ".join(day.regions[:_MOST_REGIONS]) + (" …" if len(day.regions) > _MOST_REGIONS else "")
    evidence = Evidence(f"{day.name}, {first}, {regions or 'everywhere'}", day.source)
    return Match(day.rule, field, span, label, facts={"name": f"{day.name}, {first}"}, evidence=(evidence,))
