"""Duplicates: the same text, or nearly the same, again too soon, or from several accounts."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Literal, NamedTuple, TypeAlias, TypedDict, cast

from readtheroom.findings import Match
from readtheroom.kinds._alike import Rarest, Sketch, alike, hashes, may_be_alike, size_of, sketch
from readtheroom.kinds._slots import DURATION, Owners, evidence, lasting, named, on, platforms_of, span
from readtheroom.model import Json, Rule
from readtheroom.protocols import Case, Setup
from readtheroom.slots import Slot

READS: Literal["calendar"] = "calendar"

WITHIN = "2d"
ALIKE = 0.7
"""One word more than nine, or another one among thirteen: of 17,000 ordinary posts, none that say something else
are so alike, but those with another number in them."""

WORDS = 5
ACCOUNTS = 1

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "within": {**DURATION, "description": f"How soon is too soon. Default: {WITHIN}."},
        "alike": {
            "type": "number",
            "minimum": 0.5,
            "maximum": 1,
            "description": "Share of their pairs of neighbouring words that two texts must have in common. 1: all; "
            f"capitals, accents, emoji and punctuation make no difference. Default: {ALIKE}.",
        },
        "words": {
            "type": "integer",
            "minimum": 1,
            "description": f"Shorter texts may be said again: a greeting is no robot. Default: {WORDS}.",
        },
        "accounts": {
            "type": "integer",
            "minimum": 1,
            "description": "How many accounts must say it on a platform, for the last of them to be told. 1: none may "
            f"repeat itself. Default: {ACCOUNTS}.",
        },
    },
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "other": "The post that said it before, or the first of them.",
    "platforms": "` on x and mastodon`: where; empty if they name no platform.",
    "apart": "How long before: `3 hours`.",
    "accounts": "How many accounts say it.",
    "same": "`the same`, or `nearly the same`.",
}


_Keys: TypeAlias = Sequence[tuple[int, int]]
"""The rare hashes of a text; see `Rarest.of`."""


class Options(TypedDict, total=False):
    within: str
    alike: float
    words: int
    accounts: int


class Fact(NamedTuple):
    """`words` counts those of the text."""

    slot: Slot
    sketch: Sketch
    words: int


class _Compiled(NamedTuple):
    rule: Rule
    within: timedelta
    alike: float
    words: int
    accounts: int


def summarise(slot: Slot, case: Case) -> Fact:
    """See `protocols.Kind`. Read are the text and the parts of a thread."""
    texts = [each for each in case.texts if each.field.name == "text" or each.field.name.startswith("thread")]
    words = [word for each in texts for word in each.words]
    return Fact(slot, sketch(words), len(words))


def compile(rules: Sequence[Rule], setup: Setup) -> DuplicatesChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    return DuplicatesChecker([_compile(rule) for rule in rules], Owners(setup.accounts))


def _compile(rule: Rule) -> _Compiled:
    options = cast("Options", rule.options)
    return _Compiled(
        rule,
        span(rule, "within", WITHIN),
        options.get("alike", ALIKE),
        options.get("words", WORDS),
        options.get("accounts", ACCOUNTS),
    )


class DuplicatesChecker:
    """See `protocols.CalendarChecker`."""

    def __init__(self, rules: Sequence[_Compiled], owners: Owners) -> None:
        self._rules = rules
        self._owners = owners

    def judge(self, facts: Sequence[object]) -> Iterable[tuple[int, Match]]:
        """See `protocols.CalendarChecker`."""
        known = cast("Sequence[Fact]", facts)
        rarest = Rarest(each.sketch for each in known)
        keys = {share: [rarest.of(each.sketch, share) for each in known] for share in {r.alike for r in self._rules}}
        for rule in self._rules:
            yield from _judge(rule, known, keys[rule.alike], self._owners)


def _judge(
    rule: _Compiled, facts: Sequence[Fact], rarest: Sequence[_Keys], owners: Owners
) -> Iterator[tuple[int, Match]]:
    """Each post that says again what others said, once for all platforms where it does."""
    lanes: dict[tuple[str, str], _Lane] = {}
    for index, fact in enumerate(facts):
        if fact.words < rule.words:
            continue
        found: dict[tuple[int, ...], list[str]] = {}
        account, keys = owners.of(fact.slot), rarest[index]
        for platform in platforms_of(fact.slot, rule.rule):
            where = platform, account if rule.accounts == 1 else ""
            lane = lanes.setdefault(where, _Lane(rule, facts))
            others = lane.others(index, account, keys)
            if others:
                found.setdefault(tuple(others), []).append(platform)
            lane.add(index, account, keys)
        for before, platforms in found.items():
            yield index, _match(rule.rule, fact, [facts[each] for each in before], platforms)


class _Group(NamedTuple):
    """Posts of an account of so many pairs of words, `left` of which are no rarer than one of them."""

    account: str
    size: int
    left: int


class _Lane:
    """The posts of one platform so far (and of one account, where each is judged by its own alone): by a rare hash, by
    what they have besides, in the order of their time."""

    def __init__(self, rule: _Compiled, facts: Sequence[Fact]) -> None:
        self._rule = rule
        self._facts = facts
        self._last: dict[tuple[Sketch, str], int] = {}
        self._by_hash: dict[int, dict[_Group, deque[int]]] = {}

    def others(self, index: int, account: str, keys: _Keys) -> list[int]:
        """The posts before it that it repeats, by index: of its own account the last, or one of each other account;
        none if they are too few."""
        fact = self._facts[index]
        near = self._near(fact, keys)
        if self._rule.accounts == 1:
            found = [self._last_alike(fact, account, near.get(account, []))]
        else:
            found = [self._last_alike(fact, each, lists) for each, lists in near.items() if each != account]
        others = sorted(each for each in found if each is not None)
        return others if len(others) >= max(self._rule.accounts - 1, 1) else []

    def _near(self, fact: Fact, keys: _Keys) -> dict[str, list[deque[int]]]:
        """By account, the posts that may be alike: a list for each hash in common. What is too old is dropped."""
        found: dict[str, list[deque[int]]] = {}
        size = size_of(fact.sketch)
        for key, left in keys:
            groups = self._by_hash.get(key, {})
            for group, posts in list(groups.items()):
                while posts and not self._is_soon(posts[0], fact):
                    posts.popleft()
                if not posts:
                    del groups[group]
                elif may_be_alike(size, group.size, min(left, group.left), self._rule.alike):
                    found.setdefault(group.account, []).append(posts)
        return found

    def _last_alike(self, fact: Fact, account: str, lists: Sequence[deque[int]]) -> int | None:
        same = self._last.get((fact.sketch, account), -1)
        best = same if same >= 0 and self._is_soon(same, fact) else -1
        if not lists:
            return best if best >= 0 else None
        text, share = hashes(fact.sketch), self._rule.alike
        newest = heapq.merge(*map(reversed, lists), reverse=True) if len(lists) > 1 else reversed(lists[0])
        for each, _ in groupby(newest):
            if each <= best:
                break
            if alike(text, hashes(self._facts[each].sketch)) >= share:
                return each
        return best if best >= 0 else None

    def _is_soon(self, each: int, fact: Fact) -> bool:
        return fact.slot.at - self._facts[each].slot.at <= self._rule.within

    def add(self, index: int, account: str, keys: _Keys) -> None:
        """One more post, later than all before."""
        sketched = self._facts[index].sketch
        self._last[sketched, account] = index
        for key, left in keys:
            groups = self._by_hash.setdefault(key, {})
            groups.setdefault(_Group(account, size_of(sketched), left), deque()).append(index)


def _match(rule: Rule, fact: Fact, others: Sequence[Fact], platforms: Iterable[str]) -> Match:
    first = others[0]
    facts = {
        "other": named(first.slot),
        "platforms": on(platforms),
        "apart": lasting(fact.slot.at - first.slot.at),
        "accounts": str(len(others) + 1),
        "same": "the same" if all(each.sketch == fact.sketch for each in others) else "nearly the same",
    }
    return Match(rule, "scheduled_at", facts=facts, evidence=evidence(each.slot for each in others))
