"""Acknowledgements (`allow`) themselves: each needs a reason, time left, and something to allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypedDict, cast

from readtheroom.findings import Match, Refusal
from readtheroom.model import Allow, Json, Rule
from readtheroom.protocols import Case, Setup

READS: Literal["findings"] = "findings"

Fault = Literal["no-reason", "expired", "unused", "not-by", "no-end", "too-long", "other-reason"]

_FAULTS: Mapping[Fault, str] = {
    "no-reason": "it gives none",
    "expired": "it ends before the post goes out",
    "unused": "it silences nothing",
    "not-by": "policy lets others accept findings of the rule",
    "no-end": "policy asks for an end",
    "too-long": "its end is further ahead than policy lets it be",
    "other-reason": "something grave is in the room that it does not name under `covers`",
}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "when": {
            "enum": list(_FAULTS),
            "description": "What is wrong with the acknowledgement. "
            + "; ".join(f"{name}: {text}" for name, text in _FAULTS.items())
            + ".",
        }
    },
    "required": ["when"],
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "rule": "The rule that is allowed.",
    "until": "The last day of the allowance.",
    "by": "Who accepts it.",
    "instead": "Who may accept it, how far ahead it may end, or the labels that it does not name.",
}


class Options(TypedDict):
    when: Fault


def compile(rules: Sequence[Rule], setup: Setup) -> AllowChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    return AllowChecker([(cast("Options", rule.options)["when"], rule) for rule in rules])


class AllowChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[tuple[Fault, Rule]]) -> None:
        self._rules = rules

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        for at, refusal in case.unused_allows.items():
            allow = case.post.allow[at]
            fault = _fault(allow, refusal, case)
            facts = {
                "rule": allow.rule,
                "until": f"{allow.until:%Y-%m-%d}" if allow.until else "",
                "by": allow.by or "nobody",
                "instead": refusal.instead,
            }
            yield from (Match(rule, f"allow[{at}]", facts=facts) for when, rule in self._rules if when == fault)


def _fault(allow: Allow, refusal: Refusal, case: Case) -> Fault:
    if not allow.reason.strip():
        return "no-reason"
    return "expired" if allow.until and allow.until < case.moment else refusal.why
