"""A near miss of a campaign's own hashtag: a letter left out, doubled or swapped.

Policy names the tags: those of a rule are for every post, those of an account for its own, and for posts that name no
account where all accounts have them. A tag of a draft that is one of any of them is right, however it is written; one
that is nearly so is told, with the tag that was probably meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias, TypedDict, cast

from readtheroom.findings import Match
from readtheroom.model import Account, Entity, Json, Rule
from readtheroom.policy.register import Register
from readtheroom.protocols import Case, Setup
from readtheroom.text.normalise import fold

READS: Literal["text"] = "text"

SHORTEST = 6
"""Letters of a tag: shorter words lie too near to each other."""

LONG = 10
"""Letters from which two slips are still a near miss; below, one is."""

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "tags": {
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "description": "The campaign's tags as they should be written, with or without the sign; those of the "
            "accounts file (`campaign_tags`) join them, for posts of that account.",
        },
        "unless": {
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "description": "Tags that look alike and are meant.",
        },
    },
    "required": ["tags"],
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "meant": "The tag that was probably meant.",
}


class Options(TypedDict, total=False):
    tags: list[str]
    unless: list[str]


Tags: TypeAlias = Mapping[str, str]
"""Each folded tag, to how it should be written."""


class _Compiled(NamedTuple):
    """A rule, its own tags, and all that are fine."""

    rule: Rule
    tags: Tags
    right: frozenset[str]


def compile(rules: Sequence[Rule], setup: Setup) -> CampaignTagChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    return CampaignTagChecker([_compile(rule) for rule in rules], setup.accounts)


def _compile(rule: Rule) -> _Compiled:
    options = cast("Options", rule.options)
    right = frozenset(map(_folded, [*options["tags"], *options.get("unless", [])]))
    return _Compiled(rule, _tags(options["tags"]), right)


def _tags(written: Iterable[str]) -> Tags:
    found = {_folded(tag): tag.lstrip("#＃") for tag in written}
    return {tag: as_written for tag, as_written in found.items() if len(tag) >= SHORTEST}


def _folded(tag: str) -> str:
    return fold(tag.lstrip("#＃")).replace("_", "")


class CampaignTagChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[_Compiled], accounts: Sequence[Account]) -> None:
        self._rules, self._register = rules, Register(accounts)
        self._owned = {account.name: _tags(account.campaign_tags) for account in accounts}
        self._right = frozenset(_folded(tag) for account in accounts for tag in account.campaign_tags)
        every = [set(tags) for tags in self._owned.values()]
        shared = set.intersection(*every) if every else set()
        self._shared = {tag: written for tags in self._owned.values() for tag, written in tags.items() if tag in shared}
        self._speaks = bool(self._right) or any(rule.tags for rule in rules)

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        for text in case.texts if self._speaks else ():
            if "#" in text.text or "＃" in text.text:
                for entity in text.entities:
                    if entity.kind == "hashtag":
                        yield from self._judge(text.index, entity, self._own(case))

    def _own(self, case: Case) -> Tags:
        """The tags of the account that a post is for."""
        account = self._register.find(case.post.account, case.post.platforms) if case.post.account else None
        return self._owned[account.name] if account else self._shared

    def _judge(self, field: int, tag: Entity, own: Tags) -> Iterator[Match]:
        folded = _folded(tag.value)
        if len(folded) < SHORTEST or folded in self._right:
            return
        for rule in self._rules:
            tags = {**rule.tags, **own}
            meant = None if folded in rule.right else _nearest(folded, tags)
            if meant:
                yield Match(rule.rule, field, tag.span, facts={"meant": f"#{tags[meant]}"})


def _nearest(tag: str, known: Iterable[str]) -> str | None:
    """The known tag with the fewest slips between, if they are few enough."""
    near = [(slips, each) for each in known if (slips := distance(tag, each, _most(tag, each))) is not None]
    return min(near)[1] if near else None


def _most(tag: str, other: str) -> int:
    return 2 if min(len(tag), len(other)) >= LONG else 1


def distance(one: str, other: str, most: int) -> int | None:
    """Letters left out, put in, changed, or swapped with their neighbour; None if they are more than `most`."""
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        oldest, before, row = before, row, [i]
        for j, match in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                best = min(best, oldest[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
