"""Policies read anew: YAML, then proof. Imported only where nothing was kept, since YAML is slow to import."""

from __future__ import annotations

from collections.abc import Sequence

from readtheroom.api.examples import trial
from readtheroom.api.looking import Clock, Looking, present
from readtheroom.engine.engine import Engine
from readtheroom.errors import Fault, PolicyError
from readtheroom.model import Rule
from readtheroom.policy.config import read_config
from readtheroom.policy.load import load_policy
from readtheroom.policy.reading import Reading
from readtheroom.policy.values import Policy
from readtheroom.room.current import CurrentRoom
from readtheroom.room.told import asks_about_drafts
from readtheroom.text.lexicon import LexiconState


def read(config: str | None) -> tuple[Policy, LexiconState | None]:
    """The policy of a config (None: the core pack as it comes), and its terms if the proof has found them.

    Raises `PolicyError` with everything that is wrong with it, or with every example that its rule fails.
    """
    policy = load_policy(config, faults_of)
    tried = trial(policy.packed)
    failed = tuple(tried.failures)
    if failed:
        raise PolicyError(failed)
    return policy, tried.terms if _have_same_terms(policy.packed, policy.rules) else None


def begun(config: str | None, now: Clock, how: Looking) -> CurrentRoom | None:
    """The room of a config, which is looked at from now on; None where that has to wait: for the hashtags of drafts, or
    because something is wrong with the config."""
    if config is None or not how.ahead:
        return None
    reading = Reading()
    root = reading.tree(config)
    room = read_config(root, config, reading).room if root else None
    if room is None or reading.faults or any(map(asks_about_drafts, room.sources)):
        return None
    current = how.room_of(room)
    current.begin(present(now))
    return current


def _have_same_terms(packed: Sequence[Rule], used: Sequence[Rule]) -> bool:
    return [(rule.id, rule.options) for rule in packed] == [(rule.id, rule.options) for rule in used]


def faults_of(rules: Sequence[Rule]) -> tuple[Fault, ...]:
    """What their kinds say is wrong with rules."""
    try:
        Engine(rules)
    except PolicyError as error:
        return error.faults
    return ()
