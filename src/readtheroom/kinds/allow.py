"""Acknowledgements (`allow`) themselves: each needs a reason, time left, and something to allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypedDict, cast

from readtheroom.findings import Match
from readtheroom.model import Allow, Json, Rule
from readtheroom.protocols import Case, Setup

READS: Literal["findings"] = "findings"

Fault = Literal["no-reason", "expired", "unused"]

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "when": {
            "enum": ["no-reason", "expired", "unused"],
            "description": "What is wrong with the acknowledgement.",
        }
    },
    "required": ["when"],
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "rule": "The rule that is allowed.",
    "until": "The last day of the allowance.",
}


class Options(TypedDict):
    when: Fault


def compile(rules: Sequence[Rule], setup: Setup) -> AllowChecker:  # noqa: A001, ARG001  the contract's word
    """See `protocols.Kind`."""
    return AllowChecker([(cast("Options", rule.options)["when"], rule) for rule in rules])


class AllowChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[tuple[Fault, Rule]]) -> None:
        self._rules = rules

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        for at in case.unused_allows:
            allow = case.post.allow[at]
            fault = _fault(allow, case)
            facts = {"rule": allow.rule, "until": f"{allow.until:%Y-%m-%d}" if allow.until else ""}
            yield from (Match(rule, f"allow[{at}]", facts=facts) for when, rule in self._rules if when == fault)


def _fault(allow: Allow, case: Case) -> Fault:
    if not allow.reason.strip():
        return "no-reason"
    return "expired" if allow.until and allow.until < case.moment else "unused"
