"""A near miss of a campaign's own hashtag: a letter left out, doubled or swapped.

Policy names the tags. A tag of a draft that is one of them is right, however it is written; one that is nearly so is
told, with the tag that was probably meant. A rule that names no tags has nothing to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypedDict, cast

from readtheroom.findings import Match
from readtheroom.model import Entity, Json, Rule
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
            "accounts file (`campaign_tags`) join them.",
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


class _Compiled(NamedTuple):
    """A rule; `tags` maps each folded tag to how it should be written, `right` has all that are fine."""

    rule: Rule
    tags: Mapping[str, str]
    right: frozenset[str]


def compile(rules: Sequence[Rule], setup: Setup) -> CampaignTagChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    known = [tag for account in setup.accounts for tag in account.campaign_tags]
    return CampaignTagChecker([each for rule in rules if (each := _compile(rule, known)).tags])


def _compile(rule: Rule, known: Sequence[str]) -> _Compiled:
    options = cast("Options", rule.options)
    own = {_folded(tag): tag.lstrip("#＃") for tag in (*options["tags"], *known)}
    right = frozenset([*own, *map(_folded, options.get("unless", []))])
    return _Compiled(rule, {tag: written for tag, written in own.items() if len(tag) >= SHORTEST}, right)


def _folded(tag: str) -> str:
    return fold(tag.lstrip("#＃")).replace("_", "")


class CampaignTagChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[_Compiled]) -> None:
        self._rules = rules

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        for text in case.texts if self._rules else ():
            if "#" in text.text or "＃" in text.text:
                for entity in text.entities:
                    if entity.kind == "hashtag":
                        yield from self._judge(text.index, entity)

    def _judge(self, field: int, tag: Entity) -> Iterator[Match]:
        folded = _folded(tag.value)
        for rule in self._rules:
            meant = None if folded in rule.right or len(folded) < SHORTEST else _nearest(folded, rule.tags)
            if meant:
                yield Match(rule.rule, field, tag.span, facts={"meant": f"#{rule.tags[meant]}"})


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
