"""What packs and kinds have to say of themselves: proofs and documentation."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from readtheroom import registry
from readtheroom.api.examples import failures
from readtheroom.api.fresh import faults_of
from readtheroom.errors import Fault, PolicyError, UsageError
from readtheroom.model import Rule
from readtheroom.policy.discovery import find_config
from readtheroom.policy.facts import facts
from readtheroom.policy.load import load_packs_in_place, load_policy
from readtheroom.policy.suggest import did_you_mean
from readtheroom.policy.values import Policy, SourceEntry
from readtheroom.room.told import asks_about_drafts, name


class Proof(NamedTuple):
    """How the examples of some packs fared; `without` are ids of rules that have none."""

    rules: int
    examples: int
    faults: tuple[Fault, ...]
    without: tuple[str, ...]


def prove(packs: Sequence[str], config: str | None = None) -> Proof:
    """Run the examples of packs, or of those that the config extends, as they come: a config may change any rule.

    A pack that the config (None: found upward from here) extends is proven on top of those that it extends before.
    Raises `PolicyError` for packs that cannot be loaded or compiled.
    """
    path = config or find_config(os.getcwd())
    rules, own = load_packs_in_place(packs, path, faults_of) if packs else (load_policy(path, faults_of).packed,) * 2
    faults = faults_of(rules)
    if faults:
        raise PolicyError(faults)
    return Proof(
        len(own),
        sum(len(rule.flag) + len(rule.passes) for rule in own),
        tuple(failures(rules, own)),
        tuple(rule.id for rule in own if not rule.flag),
    )


def rules_here(config: str | None = None) -> tuple[Rule, ...]:
    """The rules of a config (None: found upward from the working folder), with their examples. Raises `PolicyError`."""
    return _policy(config).rules


class Asked(NamedTuple):
    """A source of the room, and whether it sends the hashtags of drafts to somebody."""

    name: str
    about_drafts: bool


class Explained(NamedTuple):
    """A rule as it stands; `asks` are the sources of the room that it is judged by, None for one that reads no room."""

    rule: Rule
    off: bool
    asks: tuple[Asked, ...] | None = None


def explained(rule: str, config: str | None = None) -> Explained:
    """All about a rule of a config (as `rules_here`), also one that is off.

    Raises `PolicyError`, or `UsageError` for a rule that is not there.
    """
    policy = _policy(config)
    known = {setting.rule.id: setting for setting in policy.settings}
    if rule not in known:
        raise UsageError(f"no rule is called {rule!r}{did_you_mean(rule, known)}")
    found, off = known[rule]
    reads = _reads_room(found, [setting.rule for setting in policy.settings])
    return Explained(found, off, tuple(map(_asked, policy.config.room.sources)) if reads else None)


def _asked(entry: SourceEntry) -> Asked:
    return Asked(name(entry), asks_about_drafts(entry))


def _reads_room(rule: Rule, rules: Sequence[Rule]) -> bool:
    """Whether its kind looks things up in the room, or it combines labels that come of it, by whatever other rule."""
    pending, known = [rule], {rule.id}
    for each in pending:
        if registry.load("kinds", each.kind).READS == "room":
            return True
        if registry.load("kinds", each.kind).READS == "labels":
            asked = set(_texts(each.options))
            if any(label.partition(".")[0] in {"room", "trend"} for label in asked):
                return True
            more = [other for other in rules if other.id not in known and _puts(other, asked)]
            pending += more
            known.update(other.id for other in pending)
    return False


def _puts(rule: Rule, asked: Collection[str]) -> bool:
    label = rule.label or ""
    return any(label == each or label.startswith(f"{each}.") for each in asked)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each)


def _policy(config: str | None) -> Policy:
    return load_policy(config or find_config(os.getcwd()), faults_of)


def option_docs(kind: str) -> dict[str, str]:
    """What each option of a kind means."""
    properties = registry.load("kinds", kind).OPTIONS.get("properties", {})
    return {name: str(schema.get("description", "")) for name, schema in properties.items()}


def fact_docs(kind: str) -> dict[str, str]:
    """What each placeholder in the messages of a kind stands for, as far as the kind tells."""
    return dict(facts(kind) or {})
