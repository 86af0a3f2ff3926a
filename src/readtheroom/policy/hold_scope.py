"""Whom a hold may be for: the words of its scope, checked, wherever they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from readtheroom.model import Hold, HoldScope
from readtheroom.policy.account_schema import REGION
from readtheroom.policy.platforms import platform
from readtheroom.policy.register import Register
from readtheroom.policy.suggest import did_you_mean
from readtheroom.policy.values import Policy

KEYS = ("region", "platform", "label", "account")
"""In the order of `HoldScope`."""

_FAMILIES = ("observance", "trend")
"""Labels that kinds put themselves, whatever rules say."""


class Known(NamedTuple):
    """What the words of a hold may mean: by the policy whose posts it holds. `labels` None: nobody knows."""

    zone: str
    accounts: Register
    labels: frozenset[str] | None


def known_above(zone: str) -> Known:
    """In a folder below that of a hold, where its words may mean what is not known there."""
    return Known(zone, Register(()), None)


def known(policy: Policy) -> Known:
    """By a policy."""
    accounts = Register(policy.accounts, policy.config.accounts or "")
    labels = frozenset(rule.label for rule in policy.rules if rule.label)
    return Known(policy.config.drafts.timezone, accounts, labels)


def checked(key: str, word: str, by: Known) -> str:
    """A word of a scope as `HoldScope` has it. Raises ValueError, with a sentence for the user."""
    return _CHECKS[key](word.strip(), by)


def scope(words: Mapping[str, Iterable[str]], *, everything: bool) -> HoldScope:
    """Of words that have been checked."""
    regions, platforms, labels, accounts = (tuple(dict.fromkeys(words.get(key, ()))) for key in KEYS)
    return HoldScope(regions, platforms, labels, accounts, everything)


def lists_of(one: HoldScope) -> tuple[tuple[str, ...], ...]:
    """Its words, in the order of `KEYS`."""
    return one.regions, one.platforms, one.labels, one.accounts


def written(one: HoldScope) -> str:
    """As `--scope` takes it; empty for the default."""
    pairs = [f"{key}={word}" for key, words in zip(KEYS, lists_of(one), strict=True) for word in words]
    return ",".join([*pairs, "all"] if one.everything else pairs)


def meets(scope: HoldScope, audience: Sequence[str]) -> bool:
    """Whether a scope means posts for an audience, as far as regions go: `US-NY` is a part of `US`."""
    every = ((one, other) for one in scope.regions for other in audience)
    near = any(f"{one}-".startswith(f"{other}-") or f"{other}-".startswith(f"{one}-") for one, other in every)
    return near or not scope.regions or not audience


def concerns(scope: HoldScope, audience: Sequence[str], platforms: Sequence[str]) -> bool:
    """Whether a scope may mean a post, by region and platform; what a post does not say counts against it."""
    there = not scope.platforms or not platforms or not set(scope.platforms).isdisjoint(platforms)
    return there and meets(scope, audience)


def holds_in(hold: Hold, audience: Sequence[str]) -> bool:
    """Whether a hold means any posts for an audience."""
    return any(meets(scope, audience) for scope in hold.scope)


def _region(word: str, by: Known) -> str:  # noqa: ARG001  one of several readers
    code = word.upper()
    if not re.search(str(REGION["pattern"]), code):
        raise ValueError(f"region {REGION['patternErrorMessage']}; not {word[:40]!r}")
    return code


def _platform(word: str, by: Known) -> str:  # noqa: ARG001  likewise
    return platform(word)


def _label(word: str, by: Known) -> str:
    """A label that nobody puts would hold nothing, and nobody would notice."""
    if by.labels is None:
        return word
    families = (*by.labels, *_FAMILIES)
    if any(f"{label}.".startswith(f"{word}.") for label in families) or word.startswith(
        tuple(f"{f}." for f in _FAMILIES)
    ):
        return word
    raise ValueError(f"no rule in use puts the label {word[:60]!r}{did_you_mean(word, families)}")


def _account(word: str, by: Known) -> str:
    wrong = by.accounts.stranger(word, ())
    if wrong or not word:
        raise ValueError(wrong or "account must not be empty")
    return word


_CHECKS: Mapping[str, Callable[[str, Known], str]] = {
    "region": _region,
    "platform": _platform,
    "label": _label,
    "account": _account,
}
