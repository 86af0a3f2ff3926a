"""What packs and kinds have to say of themselves: proofs and documentation."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from readtheroom import registry
from readtheroom.api.examples import failures
from readtheroom.errors import Fault
from readtheroom.policy.config import find_config
from readtheroom.policy.load import load_packs, load_policy


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
    folder = ""
    if not packs:
        policy = load_policy(config or find_config(os.getcwd()))
        packs, folder = policy.config.extends, policy.config.folder
    rules = load_packs(packs, folder)
    return Proof(
        len(rules),
        sum(len(rule.flag) + len(rule.passes) for rule in rules),
        tuple(failures(rules)),
        tuple(rule.id for rule in rules if not rule.flag),
    )


def option_docs(kind: str) -> dict[str, str]:
    """What each option of a kind means."""
    properties = registry.load("kinds", kind).OPTIONS.get("properties", {})
    return {name: str(schema.get("description", "")) for name, schema in properties.items()}
