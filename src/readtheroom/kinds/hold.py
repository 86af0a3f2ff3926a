"""Holds: while one stands at a post's moment, the posts in its scope are stopped; and a hold itself needs an end and an
owner.

It reads findings, so that no `allow` of a draft silences it: who wants a post out ends the hold, or narrows it. What a
draft does not say counts against it: one without platforms, audience or account is in scope of any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal, NotRequired, TypedDict, cast

from readtheroom.findings import Evidence, Match, Skip
from readtheroom.kinds._labels import any_is, is_a
from readtheroom.model import Hold, HoldScope, Json, Rule
from readtheroom.policy.hold_scope import concerns
from readtheroom.policy.register import Register
from readtheroom.protocols import Case, Setup

READS: Literal["findings"] = "findings"

_LABELS: dict[str, Json] = {"type": "array", "items": {"type": "string", "minLength": 1}}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "check": {
            "enum": ["standing", "no-end", "no-owner"],
            "description": (
                "What to look for. standing: a hold stops the post; no-end, no-owner: the hold in this very file says "
                "neither until when, nor who decides."
            ),
        },
        "spares": {
            **_LABELS,
            "description": "For `standing`: labels of posts that it lets through, unless it says `all` or names them.",
        },
        "unless": {**_LABELS, "description": "For `standing`: labels of posts that are not let through all the same."},
    },
    "required": ["check"],
    "additionalProperties": False,
}


class Options(TypedDict):
    check: Literal["standing", "no-end", "no-owner"]
    spares: NotRequired[list[str]]
    unless: NotRequired[list[str]]


def compile(rules: Sequence[Rule], setup: Setup) -> HoldChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    ours = [(rule, cast("Options", rule.options)) for rule in rules]
    return HoldChecker(ours, Register(setup.accounts), setup.labels)


class HoldChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[tuple[Rule, Options]], register: Register, put: frozenset[str]) -> None:
        """`put`: the labels that there are."""
        self._standing = [(rule, options) for rule, options in rules if options["check"] == "standing"]
        self._lacking = [(rule, _LACKS[options["check"]]) for rule, options in rules if options["check"] in _LACKS]
        self._register = register
        self._put = put

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        if not case.holds:
            return
        labels = {match.says for match in case.labels if match.says}
        for rule, options in self._standing:
            stopping = [hold for hold in _standing(case) if self._stops(hold, case, labels, options)]
            if stopping:
                yield _match(rule, stopping)
            else:
                case.skipped.extend(self._unsure(rule, options, case, labels))
        for hold in case.holds if self._lacking else ():
            if hold.path == case.post.path:
                yield from (Match(rule, key, facts=_facts(hold)) for rule, (key, lacks) in self._lacking if lacks(hold))

    def _unsure(self, rule: Rule, options: Options, case: Case, labels: set[str]) -> Iterator[Skip]:
        """A skip if a hold of a folder above may mean the post, by a label that no rule puts here."""
        for hold in _standing(case):
            strange = {label for scope in hold.scope for label in scope.labels if not any_is(self._put, [label])}
            if strange and self._stops(hold, case, labels | strange, options):
                told = f"the hold “{hold.reason}” is for posts with {', '.join(sorted(strange))}"
                yield Skip(rule.id, f"{told}, and no rule of this policy tells which they are", required=True)
                return

    def _stops(self, hold: Hold, case: Case, labels: set[str], options: Options) -> bool:
        kept_back = any_is(labels, options.get("unless", []))
        spared = [] if kept_back else [each for each in labels if any_is([each], options.get("spares", []))]
        return any(self._fits(scope, case, labels) and not _lets_through(scope, spared) for scope in hold.scope)

    def _fits(self, scope: HoldScope, case: Case, labels: set[str]) -> bool:
        post = case.post
        return (
            concerns(scope, case.audience, post.platforms)
            and (not scope.labels or any_is(labels, scope.labels))
            and (not scope.accounts or not post.account or self._is_among(post.account, scope.accounts, post.platforms))
        )

    def _is_among(self, account: str, names: Sequence[str], platforms: Sequence[str]) -> bool:
        """By name or handle, where the accounts are known; else as they are written."""
        meant = self._register.find(account, platforms)
        if meant:
            return any(self._register.find(name, platforms) == meant for name in names)
        return _bare(account) in map(_bare, names)


def _standing(case: Case) -> list[Hold]:
    """The holds at the post's moment, the oldest first, one of each file: a saved room may know it, too."""
    standing = {hold.path or hold.id: hold for hold in reversed(case.holds) if hold.stands(case.moment)}
    return sorted(standing.values(), key=lambda hold: (hold.start, hold.path, hold.id))


def _lets_through(scope: HoldScope, spared: Sequence[str]) -> bool:
    """Whether a post that its labels spare is not meant: the scope neither says `all` nor names such a label."""
    named = (label for label in scope.labels if any(is_a(label, own) for own in spared))
    return bool(spared) and not scope.everything and not any(named)


def _bare(account: str) -> str:
    return account.strip().lstrip("@＠").casefold()


def _match(rule: Rule, holds: Sequence[Hold]) -> Match:
    """One finding for all: the post goes out when the last of them has ended."""
    more = f", and {len(holds) - 1} more" if len(holds) > 1 else ""
    return Match(rule, "scheduled_at", facts={**_facts(holds[0]), "more": more}, evidence=tuple(map(_evidence, holds)))


def _facts(hold: Hold) -> dict[str, str]:
    return {
        "id": hold.id,
        "reason": hold.reason,
        "owner": hold.owner or "nobody answers for it",
        "since": _moment(hold.start),
        "until": _until(hold),
        "file": hold.path,
    }


def _evidence(hold: Hold) -> Evidence:
    about = (hold.owner, hold.path, f"since {_moment(hold.start)}", _until(hold))
    return Evidence(hold.reason, source=", ".join(filter(None, about)))


def _until(hold: Hold) -> str:
    return f"until {_moment(hold.end)}" if hold.end else "with no end"


def _moment(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"


_LACKS: Mapping[str, tuple[str, Callable[[Hold], bool]]] = {
    "no-end": ("end", lambda hold: hold.end is None),
    "no-owner": ("owner", lambda hold: not hold.owner),
}
"""The key of the file that is missing, and whether it is."""
