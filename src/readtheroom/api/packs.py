"""What packs and kinds have to say of themselves: proofs and documentation."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from readtheroom import registry
from readtheroom.api.examples import failures
from readtheroom.api.fresh import faults_of
from readtheroom.errors import Fault
from readtheroom.model import Rule
from readtheroom.policy.discovery import find_config
from readtheroom.policy.load import load_packs, load_policy
from readtheroom.policy.values import Policy, Setting


class Proof(NamedTuple):
    """How the examples of some packs fared; `without` are ids of rules that have none."""

    rules: int
    examples: int
    faults: tuple[Fault, ...]
    without: tuple[str, ...]


def prove(packs: Sequence[str], config: str | None = None) -> Proof:
    """Run the examples of packs, or of those that the config extends, as they come: a config may change any rule.

    Raises `PolicyError` for packs that cannot be loaded.
    """
    rules = load_packs(packs, more=faults_of) if packs else _policy(config).packed
    return Proof(
        len(rules),
        sum(len(rule.flag) + len(rule.passes) for rule in rules),
        tuple(failures(rules)),
        tuple(rule.id for rule in rules if not rule.flag),
    )


def rules_here(config: str | None = None) -> tuple[Rule, ...]:
    """The rules of a config (None: found upward from the working folder), with their examples. Raises `PolicyError`."""
    return _policy(config).rules


def settings_here(config: str | None = None) -> tuple[Setting, ...]:
    """As `rules_here`, with the rules that are off."""
    return _policy(config).settings


def _policy(config: str | None) -> Policy:
    return load_policy(config or find_config(os.getcwd()), faults_of)


def option_docs(kind: str) -> dict[str, str]:
    """What each option of a kind means."""
    properties = registry.load("kinds", kind).OPTIONS.get("properties", {})
    return {name: str(schema.get("description", "")) for name, schema in properties.items()}
