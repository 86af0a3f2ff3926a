"""The mix of what an account posts: promotional, conversational and informative posts, and the share of each.

A post is of one sort: promotional, if rules label it so; else conversational, if it asks something, answers somebody
(a mention comes first) or has a poll; else informative. Shares are of the posts of an account on a platform in the time
that ends with a post. What is too much is told at each post of that sort that is over the share, what is too little at
the post with which it becomes so.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Literal, NamedTuple, TypeAlias, TypedDict, cast

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Match
from readtheroom.kinds._labels import any_is
from readtheroom.kinds._slots import DURATION, Owners, evidence, lanes, lasting, on, span
from readtheroom.model import Json, Rule
from readtheroom.protocols import Case, Setup
from readtheroom.slots import Slot

READS: Literal["calendar"] = "calendar"

Sort: TypeAlias = Literal["promotional", "conversational", "informative"]

WINDOW = "7d"
"""Default of `window`."""

LEAST = 5
"""Default of `at_least`: of fewer posts, a share says nothing."""

MOST_SHOWN = 3
"""Other posts of the sort that evidence names, the newest."""

_SHARE: dict[str, Json] = {"type": "number", "minimum": 0, "maximum": 1}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "of": {
            "enum": ["promotional", "conversational", "informative"],
            "description": "The sort of posts whose share it is. Default: promotional.",
        },
        "max_share": {**_SHARE, "description": "At most so much of all posts: 0.3 is three of ten."},
        "min_share": {**_SHARE, "description": "At least so much of all posts."},
        "window": {**DURATION, "description": f"How far back from each post they are counted. Default: {WINDOW}."},
        "at_least": {
            "type": "integer",
            "minimum": 1,
            "description": f"Fewer posts than this within the window are not looked at. Default: {LEAST}.",
        },
        "promotional": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "format": "label"},
            "description": "Labels that make a post promotional. Default: tone.promotional.",
        },
    },
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "problem": "How many posts of how many are of the sort, where and within what time, and the limit.",
}

_ASKS = re.compile(r"[?？](?=[\s\"'»”’)!?]|$)|[Ͱ-Ͽἀ-῿]\s?[;;](?=\s|$)")
_ANSWERS = re.compile(r"\s*[@＠]\w")


class Options(TypedDict, total=False):
    of: Sort
    max_share: float
    min_share: float
    window: str
    at_least: int
    promotional: list[str]


class Fact(NamedTuple):
    slot: Slot
    talks: bool


class _Compiled(NamedTuple):
    rule: Rule
    of: Sort
    most: float
    least: float
    window: timedelta
    at_least: int
    promotional: tuple[str, ...]


class _Share(NamedTuple):
    text: str
    others: tuple[int, ...]


def summarise(slot: Slot, case: Case) -> Fact:
    """See `protocols.Kind`."""
    fields = [text.field for text in case.texts]
    asks = any(_ASKS.search(each.text) for each in fields if not each.name.startswith("media"))
    answers = any(_ANSWERS.match(each.text) for each in fields if each.name == "text")
    return Fact(slot, asks or answers or any(each.name.startswith("poll") for each in fields))


def compile(rules: Sequence[Rule], setup: Setup) -> MixChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    return MixChecker([_compile(rule) for rule in rules], Owners(setup.accounts))


def _compile(rule: Rule) -> _Compiled:
    options = cast("Options", rule.options)
    if "max_share" not in options and "min_share" not in options:
        message = f"rule {rule.id!r}: say `max_share` or `min_share`, such as max_share: 0.3"
        raise PolicyError([Fault(rule.path, rule.line, 0, message)])
    return _Compiled(
        rule,
        options.get("of", "promotional"),
        options.get("max_share", 1),
        options.get("min_share", 0),
        span(rule, "window", WINDOW),
        options.get("at_least", LEAST),
        tuple(options.get("promotional", ["tone.promotional"])),
    )


class MixChecker:
    """See `protocols.CalendarChecker`."""

    def __init__(self, rules: Sequence[_Compiled], owners: Owners) -> None:
        self._rules = rules
        self._owners = owners

    def judge(self, facts: Sequence[object]) -> Iterable[tuple[int, Match]]:
        """See `protocols.CalendarChecker`."""
        known = cast("Sequence[Fact]", facts)
        slots = [each.slot for each in known]
        for rule in self._rules:
            sorts = [_sort(each, rule) for each in known]
            yield from _judge(rule, slots, sorts, self._owners)


def _sort(fact: Fact, rule: _Compiled) -> Sort:
    if any_is(fact.slot.labels, rule.promotional):
        return "promotional"
    return "conversational" if fact.talks else "informative"


def _judge(
    rule: _Compiled, slots: Sequence[Slot], sorts: Sequence[Sort], owners: Owners
) -> Iterator[tuple[int, Match]]:
    found: dict[tuple[int, _Share], list[str]] = {}
    for (_, platform), lane in lanes(slots, rule.rule, owners).items():
        for index, share in _shares(rule, lane, slots, sorts):
            found.setdefault((index, share), []).append(platform)
    for (index, share), platforms in found.items():
        facts = {"problem": share.text.format(on=on(platforms))}
        others = evidence(slots[each] for each in share.others)
        yield index, Match(rule.rule, "scheduled_at", facts=facts, evidence=others)


def _shares(
    rule: _Compiled, lane: Sequence[int], slots: Sequence[Slot], sorts: Sequence[Sort]
) -> Iterator[tuple[int, _Share]]:
    """The posts of one account on one platform with which a share is too large or too small."""
    first, wanted, lacking = 0, Counter[bool](), False
    newest: deque[int] = deque(maxlen=MOST_SHOWN)
    for index in lane:
        wanted[sorts[index] == rule.of] += 1
        while slots[index].at - slots[lane[first]].at >= rule.window:
            wanted[sorts[lane[first]] == rule.of] -= 1
            first += 1
        count, posts = wanted[True], wanted.total()
        others = tuple(each for each in newest if each >= lane[first])
        counts = posts >= rule.at_least
        if counts and count / posts > rule.most and sorts[index] == rule.of:
            yield index, _Share(_words(rule, count, posts, rule.most, "at most"), others)
        was_lacking, lacking = lacking, counts and count / posts < rule.least
        if lacking and not was_lacking:
            yield index, _Share(_words(rule, count, posts, rule.least, "at least"), others)
        if sorts[index] == rule.of:
            newest.append(index)


def _words(rule: _Compiled, count: int, posts: int, limit: float, bound: str) -> str:
    return f"{count} of {posts} posts{{on}} within {lasting(rule.window)} are {rule.of}, {bound} {100 * limit:g}%"
