"""Policies read anew: YAML, then proof. Imported only where nothing was kept, since YAML is slow to import."""

from __future__ import annotations

from collections.abc import Sequence

from readtheroom.api.examples import failures
from readtheroom.engine.engine import Engine
from readtheroom.errors import Fault, PolicyError
from readtheroom.model import Rule
from readtheroom.policy.load import load_policy
from readtheroom.policy.values import Policy


def read(config: str | None) -> Policy:
    """The policy of a config (None: the core pack as it comes).

    Raises `PolicyError` with everything that is wrong with it, or with every example that its rule fails.
    """
    policy = load_policy(config, faults_of)
    failed = tuple(failures(policy.packed))
    if failed:
        raise PolicyError(failed)
    return policy


def faults_of(rules: Sequence[Rule]) -> tuple[Fault, ...]:
    """What their kinds say is wrong with rules."""
    try:
        Engine(rules)
    except PolicyError as error:
        return error.faults
    return ()
