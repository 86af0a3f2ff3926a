"""Approvals themselves: of another text than would be published, expired, or by the author.

Whose approval a post needs is told by `kind: accounts`, `check: approver`; `policy.published` tells what an approval is
given for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypedDict, cast

from readtheroom.findings import Match
from readtheroom.model import Json, Lapsed, Rule
from readtheroom.protocols import Case, Setup
from readtheroom.text.normalise import fold

READS: Literal["text"] = "text"

Check = Literal["changed", "expired", "author"]

MOST_NAMES = 5
"""Of what has changed; a long thread has many parts."""

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "check": {
            "enum": ["changed", "expired", "author"],
            "description": "What to look for. changed: it was given for something else than would be published now; "
            "expired: it ends before the post goes out; author: whoever wrote the post has approved it.",
        },
    },
    "required": ["check"],
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "by": "Who approved.",
    "at": "When, where the approval is a record.",
    "until": "Until when it counts.",
    "changed": "`check: changed`: what is another than it was.",
}


class Options(TypedDict):
    check: Check


def compile(rules: Sequence[Rule], setup: Setup) -> ApprovalChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    return ApprovalChecker([(cast("Options", rule.options)["check"], rule) for rule in rules])


class ApprovalChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[tuple[Check, Rule]]) -> None:
        self._rules = rules

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        approvals = case.approvals
        for check, rule in self._rules:
            if check == "author":
                yield from _own(rule, case)
                continue
            for lapsed in approvals.lapsed:
                if bool(lapsed.changed) == (check == "changed"):
                    yield Match(rule, "approved_by", facts=_facts(lapsed))


def _own(rule: Rule, case: Case) -> Iterator[Match]:
    author = _plain(case.post.author or "")
    for names in case.approvals.by if author else ():
        if author in map(_plain, names):
            yield Match(rule, "approved_by", facts={"by": names[0]})
            return


def _plain(name: str) -> str:
    return fold(name.strip().lstrip("@＠"))


def _facts(lapsed: Lapsed) -> dict[str, str]:
    approval, names = lapsed.approval, lapsed.changed
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    until = f"{approval.until:%Y-%m-%d %H:%M} UTC" if approval.until else ""
    return {
        "by": approval.by,
        "at": f"{approval.at:%Y-%m-%d %H:%M} UTC",
        "until": until,
        "changed": ", ".join(names[:MOST_NAMES]) + more,
    }
