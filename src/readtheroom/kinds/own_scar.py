"""Words of an account's own past incidents (`scars` in the accounts file), in a draft for that account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Match
from readtheroom.kinds._terms import Term, counted, fault, longest
from readtheroom.model import Json, Rule
from readtheroom.policy.register import Register
from readtheroom.protocols import Case, Setup

READS: Literal["text"] = "text"

OPTIONS: Mapping[str, Json] = {"type": "object", "properties": {}, "additionalProperties": False}
FACTS: Mapping[str, str] = {
    "account": "The account's name.",
}


def compile(rules: Sequence[Rule], setup: Setup) -> OwnScarChecker:  # noqa: A001  the contract's word
    """Raises `PolicyError` for scars that cannot match."""
    terms: dict[str, dict[int, Term]] = {}
    faults: list[Fault] = []
    for account in setup.accounts:
        for scar in account.scars:
            try:
                number = setup.terms.add(scar)
            except ValueError as error:
                faults.append(fault(rules[0], f"the scar {scar!r} of account {account.name!r} {error}"))
                continue
            terms.setdefault(account.name, {})[number] = Term(number, None, scar)
    if faults:
        raise PolicyError(faults)
    return OwnScarChecker(rules, Register(setup.accounts), terms)


class OwnScarChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[Rule], register: Register, terms: Mapping[str, Mapping[int, Term]]) -> None:
        self._rules, self._register, self._terms = rules, register, terms

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        if not self._terms or not case.post.account:
            return
        account = self._register.find(case.post.account, case.post.platforms)
        own = self._terms.get(account.name) if account else None
        if account and own:
            hits = list(counted(case.hits(min(own), max(own) + 1), own, {}, case))
            for text, hit in longest(hits):
                yield from (Match(rule, text.index, hit.span, facts={"account": account.name}) for rule in self._rules)
