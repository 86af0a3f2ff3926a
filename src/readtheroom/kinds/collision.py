"""Collisions: two posts of one account in the same minute, and posts that cannot stand close to each other, such as a
joke beside a condolence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Literal, NamedTuple, TypedDict, cast

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Match
from readtheroom.kinds._labels import any_is
from readtheroom.kinds._slots import (
    DURATION,
    Owners,
    evidence,
    lanes,
    lasting,
    named,
    on,
    place_alone,
    platforms_of,
    span,
)
from readtheroom.model import Json, Rule
from readtheroom.protocols import Setup
from readtheroom.slots import Slot

READS: Literal["calendar"] = "calendar"

WITHIN = "6h"
"""Default of `within`."""

_LABELS: dict[str, Json] = {"type": "array", "minItems": 1, "items": {"type": "string", "format": "label"}}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "labels": {
            **_LABELS,
            "description": "Labels of posts that cannot stand beside others. Default: none; two posts of an account on "
            "a platform in the same minute are looked for.",
        },
        "beside": {**_LABELS, "description": "Labels of the posts that they cannot stand beside, on any platform."},
        "within": {**DURATION, "description": f"How far apart they must be, before and after. Default: {WITHIN}."},
    },
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "other": "The other post.",
    "platforms": "` on x and mastodon`: where both are; empty if they name no platform.",
    "apart": "How far apart they are: `2 hours after`.",
}


class Options(TypedDict, total=False):
    labels: list[str]
    beside: list[str]
    within: str


class _Compiled(NamedTuple):
    rule: Rule
    labels: tuple[str, ...]
    beside: tuple[str, ...]
    within: timedelta


summarise = place_alone


def compile(rules: Sequence[Rule], setup: Setup) -> CollisionChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    return CollisionChecker([_compile(rule) for rule in rules], Owners(setup.accounts))


def _compile(rule: Rule) -> _Compiled:
    options = cast("Options", rule.options)
    labels, beside = tuple(options.get("labels", [])), tuple(options.get("beside", []))
    if bool(labels) != bool(beside):
        message = f"rule {rule.id!r}: `labels` and `beside` go together: which posts, beside which others"
        raise PolicyError([Fault(rule.path, rule.line, 0, message)])
    return _Compiled(rule, labels, beside, span(rule, "within", WITHIN))


class CollisionChecker:
    """See `protocols.CalendarChecker`."""

    def __init__(self, rules: Sequence[_Compiled], owners: Owners) -> None:
        self._rules = rules
        self._owners = owners

    def judge(self, facts: Sequence[object]) -> Iterable[tuple[int, Match]]:
        """See `protocols.CalendarChecker`."""
        slots = cast("Sequence[Slot]", facts)
        for rule in self._rules:
            yield from (_beside if rule.labels else _at_once)(rule, slots, self._owners)


def _at_once(rule: _Compiled, slots: Sequence[Slot], owners: Owners) -> Iterator[tuple[int, Match]]:
    """Each post but the first of a minute, once for all platforms."""
    found: dict[tuple[int, int], list[str]] = {}
    for (_, platform), lane in lanes(slots, rule.rule, owners).items():
        for _, group in groupby(lane, lambda index: slots[index].at.replace(second=0, microsecond=0)):
            first, *more = group
            for index in more:
                found.setdefault((index, first), []).append(platform)
    for (index, first), platforms in found.items():
        yield index, _match(rule.rule, slots[index], slots[first], platforms)


def _beside(rule: _Compiled, slots: Sequence[Slot], owners: Owners) -> Iterator[tuple[int, Match]]:
    """Each post with one of the labels, with the nearest that it cannot stand beside; the earlier of two as near."""
    graves: dict[str, list[Slot]] = {}
    light: list[int] = []
    for index, slot in enumerate(slots):
        if not platforms_of(slot, rule.rule):
            continue
        if any_is(slot.labels, rule.beside):
            graves.setdefault(owners.of(slot), []).append(slot)
        elif any_is(slot.labels, rule.labels):
            light.append(index)
    for index in light:
        slot = slots[index]
        near = _nearest(slot, graves.get(owners.of(slot), []))
        if near and abs(slot.at - near.at) <= rule.within:
            yield index, _match(rule.rule, slot, near, slot.platforms)


def _nearest(slot: Slot, graves: Sequence[Slot]) -> Slot | None:
    at = bisect_left(graves, slot.at, key=lambda each: each.at)
    return min(graves[max(at - 1, 0) : at + 1], key=lambda each: abs(each.at - slot.at), default=None)


def _match(rule: Rule, slot: Slot, other: Slot, platforms: Iterable[str]) -> Match:
    apart = slot.at - other.at
    words = f"{lasting(abs(apart))} {'after' if apart >= timedelta() else 'before'}"
    facts = {"other": named(other), "platforms": on(platforms), "apart": words}
    return Match(rule, "scheduled_at", facts=facts, evidence=evidence([other]))
