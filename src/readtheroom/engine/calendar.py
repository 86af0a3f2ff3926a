"""Posts in time: facts are gathered post by post, anywhere, and judged together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple, TypeAlias
from zlib import crc32

from readtheroom import registry
from readtheroom.engine.allowing import allowed
from readtheroom.engine.case import PostCase
from readtheroom.engine.verdict import order, stated
from readtheroom.findings import Finding, Match, PostResult, Verdict
from readtheroom.policy.values import AllowLimit
from readtheroom.protocols import CalendarChecker
from readtheroom.slots import OVERDUE, Slot
from readtheroom.spans import Place

TIME = "scheduled_at"
"""The key of a post that its neighbours are about."""

Checkers: TypeAlias = Mapping[str, CalendarChecker]
"""By the name of their kind."""


class Entry(NamedTuple):
    """What a calendar knows of one post: its slot, and a fact for each kind. Safe to pickle."""

    slot: Slot
    facts: tuple[tuple[str, object], ...]


def entry(case: PostCase, kinds: Iterable[str]) -> Entry | None:
    """The entry of a post that was judged; None for one without a time, which has no place in a calendar."""
    post = case.post
    if post.scheduled_at is None:
        return None
    origin = post.keys.get(TIME)
    slot = Slot(
        post.scheduled_at.astimezone(UTC),
        post.id,
        post.path,
        post.line,
        origin.place(0) if origin else Place(post.line, 1),
        post.account,
        _shared(tuple(sorted(set(post.platforms)))),
        _shared(case.audience),
        _shared(tuple(sorted({match.says for match in case.labels if match.says}))),
        crc32("\0".join(f"{field.name}\0{field.text}" for field in post.fields).encode("utf-8", "surrogatepass")),
    )
    return Entry(slot, tuple((kind, registry.load("kinds", kind).summarise(slot, case)) for kind in kinds))


@lru_cache(maxsize=1024)
def _shared(words: tuple[str, ...]) -> tuple[str, ...]:
    """The same tuple for the same words: a hundred thousand posts have few."""
    return words


def judge(checkers: Checkers, entries: Iterable[Entry], now: datetime) -> dict[Slot, list[Finding]]:
    """What is wrong with posts that are still to go out (from `now`, aware, or overdue by no more than publishers may
    be late); those that are out count as neighbours.

    The order of the entries makes no difference.
    """
    slots: dict[str, list[Slot]] = {kind: [] for kind in checkers}
    facts: dict[str, list[object]] = {kind: [] for kind in checkers}
    for each in sorted(entries, key=_by_time):
        for kind, fact in each.facts:
            if kind in checkers:
                slots[kind].append(each.slot)
                facts[kind].append(fact)
    found: dict[Slot, list[Finding]] = {}
    for kind, checker in checkers.items():
        for index, match in checker.judge(facts[kind]):
            slot = slots[kind][index]
            if slot.at >= now - OVERDUE and _applies(match, slot):
                found.setdefault(slot, []).extend(_finding(match, slot))
    return found


def _by_time(each: Entry) -> tuple[object, ...]:
    """Of posts of one moment, what they are counts before where they stand: that is another place in another file."""
    slot = each.slot
    named = "" if slot.id.startswith(slot.path or "post ") else slot.id
    return (slot.at, slot.account or "", slot.platforms, named, slot.digest, slot.path, slot.line, slot.id)


def _applies(match: Match, slot: Slot) -> bool:
    return not match.rule.platforms or not slot.platforms or not set(match.rule.platforms).isdisjoint(slot.platforms)


def _finding(match: Match, slot: Slot) -> Sequence[Finding]:
    severity = match.severity or match.rule.severity
    return [stated(match, severity, TIME, "", slot.place, slot.place)] if severity and match.rule.severity else []


def joined(
    result: PostResult, found: Sequence[Finding], now: datetime, limits: Sequence[AllowLimit] = ()
) -> PostResult:
    """A result with what its calendar adds; the post's own allowances count, as far as policy lets them `now`."""
    post = result.post
    standing, accepted, _ = allowed(found, post, (post.scheduled_at or now).astimezone(UTC), limits, now)
    return result._replace(
        verdict=_graver(result.verdict, standing),
        findings=tuple(sorted((*result.findings, *standing), key=lambda each: order(each, post))),
        suppressed=tuple(sorted((*result.suppressed, *accepted), key=lambda each: order(each, post))),
    )


def _graver(so_far: Verdict, found: Iterable[Finding]) -> Verdict:
    severities = {each.severity for each in found}
    if "error" in severities:
        return "block"
    return "warn" if so_far == "pass" and "warning" in severities else so_far
