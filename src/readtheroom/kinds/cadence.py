"""Cadence: how often an account posts on a platform, how close together, and at which hours of its audience.

An hour and a day are any 60 minutes and any 24 hours that end with a post. Quiet hours are those of the audience's
clocks, summer time included: a post is in them where it is quiet everywhere in its audience.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple, TypedDict, cast

from readtheroom.errors import Fault, PolicyError, UsageError
from readtheroom.findings import Match
from readtheroom.kinds._slots import DURATION, Owners, evidence, lanes, lasting, named, on, place_alone, span
from readtheroom.kinds._zones import zones
from readtheroom.model import Json, Rule
from readtheroom.policy.times import timezone
from readtheroom.protocols import Setup
from readtheroom.slots import Slot

READS: Literal["calendar"] = "calendar"

_COUNT: dict[str, Json] = {"type": "integer", "minimum": 1, "maximum": 10000}
_CLOCK: dict[str, Json] = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "examples": ["22:00"]}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "max_per_hour": {**_COUNT, "description": "Most posts of an account on a platform within any 60 minutes."},
        "max_per_day": {**_COUNT, "description": "Most posts of an account on a platform within any 24 hours."},
        "min_gap": {**DURATION, "description": "Least time from one post of an account on a platform to the next."},
        "quiet": {
            "type": "object",
            "description": "Hours in which nothing goes out, by the clocks of the audience; over midnight, too.",
            "properties": {
                "from": {**_CLOCK, "description": "When they begin."},
                "to": {**_CLOCK, "description": "When they are over."},
            },
            "required": ["from", "to"],
            "additionalProperties": False,
        },
        "timezone": {
            "type": "string",
            "description": "IANA name: whose clock counts for posts whose audience tells none. Default: UTC.",
        },
    },
    "minProperties": 1,
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "problem": "What is wrong with the time.",
    "other": "The post before it that is too close, or the first one that counts.",
}


class Options(TypedDict, total=False):
    max_per_hour: int
    max_per_day: int
    min_gap: str
    quiet: Mapping[str, str]
    timezone: str


class _Compiled(NamedTuple):
    rule: Rule
    limits: tuple[tuple[str, int, timedelta], ...]
    gap: timedelta | None
    quiet: tuple[time, time] | None
    zone: str


class _Problem(NamedTuple):
    """`text` lacks the platforms; `others`: the posts that it is about, by index."""

    text: str
    others: tuple[int, ...]


summarise = place_alone


def compile(rules: Sequence[Rule], setup: Setup) -> CadenceChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    return CadenceChecker([_compile(rule) for rule in rules], Owners(setup.accounts))


def _compile(rule: Rule) -> _Compiled:
    options = cast("Options", rule.options)
    limits = [
        (words, options[key], length)  # type: ignore[literal-required]  # keys of Options
        for key, words, length in (
            ("max_per_hour", "an hour", timedelta(hours=1)),
            ("max_per_day", "24 hours", timedelta(days=1)),
        )
        if key in options
    ]
    gap = span(rule, "min_gap", "1m") if "min_gap" in options else None
    quiet = options.get("quiet")
    clocks = (time.fromisoformat(quiet["from"]), time.fromisoformat(quiet["to"])) if quiet else None
    zone = options.get("timezone", "UTC")
    try:
        timezone(zone)
    except UsageError as error:
        raise PolicyError([Fault(rule.path, rule.line, 0, f"rule {rule.id!r}: {error}")]) from None
    return _Compiled(rule, tuple(limits), gap, clocks, zone)


class CadenceChecker:
    """See `protocols.CalendarChecker`."""

    def __init__(self, rules: Sequence[_Compiled], owners: Owners) -> None:
        self._rules = rules
        self._owners = owners

    def judge(self, facts: Sequence[object]) -> Iterable[tuple[int, Match]]:
        """See `protocols.CalendarChecker`."""
        slots = cast("Sequence[Slot]", facts)
        for rule in self._rules:
            yield from _crowded(rule, slots, self._owners)
            if rule.quiet:
                yield from _quiet(rule, rule.quiet, slots)


def _crowded(rule: _Compiled, slots: Sequence[Slot], owners: Owners) -> Iterator[tuple[int, Match]]:
    """One finding for each limit that a post breaks, whatever the number of platforms where it does."""
    found: dict[tuple[int, _Problem], list[str]] = {}
    for (_, platform), lane in lanes(slots, rule.rule, owners).items():
        for index, problem in _problems(rule, lane, slots):
            found.setdefault((index, problem), []).append(platform)
    for (index, problem), platforms in found.items():
        others = [slots[each] for each in problem.others]
        facts = {"problem": problem.text.format(on=on(platforms)), "other": named(others[0])}
        yield index, Match(rule.rule, "scheduled_at", facts=facts, evidence=evidence(others))


def _problems(rule: _Compiled, lane: Sequence[int], slots: Sequence[Slot]) -> Iterator[tuple[int, _Problem]]:
    for words, most, length in rule.limits:
        first = 0
        for at, index in enumerate(lane):
            while slots[index].at - slots[lane[first]].at >= length:
                first += 1
            count = at - first + 1
            if count > most:
                text = f"post number {count}{{on}} within {words}, {most} at most"
                yield index, _Problem(text, (lane[first], lane[at - 1]) if at - first > 1 else (lane[first],))
    if rule.gap:
        for before, index in pairwise(lane):
            gap = slots[index].at - slots[before].at
            if gap < rule.gap:
                text = f"{lasting(gap)} after the post before it{{on}}, {lasting(rule.gap)} at least"
                yield index, _Problem(text, (before,))


def _quiet(rule: _Compiled, hours: tuple[time, time], slots: Sequence[Slot]) -> Iterator[tuple[int, Match]]:
    for index, slot in enumerate(slots):
        if rule.rule.platforms and slot.platforms and set(rule.rule.platforms).isdisjoint(slot.platforms):
            continue
        clocks = [(name, slot.at.astimezone(timezone(name))) for name in zones(slot.audience) or (rule.zone,)]
        if all(_is_within(local, hours) for _, local in clocks):
            name, local = clocks[0]
            problem = f"{local:%H:%M} in {name}, quiet from {hours[0]:%H:%M} to {hours[1]:%H:%M}"
            yield index, Match(rule.rule, "scheduled_at", facts={"problem": problem, "other": ""})


def _is_within(local: datetime, hours: tuple[time, time]) -> bool:
    start, end = hours
    now = local.time().replace(second=0, microsecond=0)
    return start <= now < end if start <= end else now >= start or now < end
