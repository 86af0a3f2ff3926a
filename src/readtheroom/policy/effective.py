"""What holds for one draft once packs, config and overrides are laid over each other, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readtheroom.model import Json, Rule
    from readtheroom.policy.values import AllowLimit, Config, Policy, Proposal, RoomConfig, SourceEntry


MOST_ITEMS = 20
"""Of a list that is written out."""


def effective(policy: Policy, path: str) -> dict[str, Json]:
    """The config and the rules for the draft at `path`, in the words of a config; rules that are off are `off`.

    Raises `PolicyError` if the overrides for `path` leave no rule.
    """
    profile = policy.profile(path)
    used = {rule.id: rule for rule in policy.rules_for(profile)}
    rules: dict[str, Json] = {
        setting.rule.id: _rule(used[setting.rule.id]) if setting.rule.id in used else "off"
        for setting in policy.settings
    }
    return {
        **_config(policy.config),
        "overrides": [{"files": list(policy.overrides[number].files)} for number in profile],
        "rules": dict(sorted(rules.items())),
    }


def _config(config: Config) -> dict[str, Json]:
    drafts = config.drafts
    return {
        "config": config.path,
        "extends": list(config.extends),
        "audience": list(config.audience),
        "accounts": config.accounts,
        "room": _room(config.room),
        "drafts": {
            "columns": dict(drafts.columns),
            "preset": drafts.preset,
            "platforms": list(drafts.platforms),
            "timezone": drafts.timezone,
            "day_first": drafts.day_first,
        },
        "languages": list(config.languages),
        "holds": {
            "folder": config.holds.folder,
            "propose": [_proposal(each) for each in config.holds.propose],
        },
        "audit": config.audit,
        "approvals": {"from": list(config.approvals.proofs), "folder": config.approvals.folder},
        "allow": [_limit(each) for each in config.allow],
        "root": config.root,
        "fail_on": config.fail_on,
    }


def _room(room: RoomConfig) -> dict[str, Json]:
    return {
        "sources": [_source(source) for source in room.sources],
        "when_unavailable": room.when_unavailable,
        "window": _duration(room.window),
        "max_age": _duration(room.max_age),
        "budget": room.budget,
    }


def _source(source: SourceEntry) -> dict[str, Json]:
    common: dict[str, Json] = {
        "timeout": source.timeout,
        "fresh_for": _duration(source.fresh_for) if source.fresh_for else None,
        "region": source.region,
    }
    return {"kind": source.kind, **{k: v for k, v in common.items() if v is not None}, **source.options}


def _proposal(entry: Proposal) -> dict[str, Json]:
    return {
        "labels": list(entry.labels),
        "regions": list(entry.regions),
        "sources": entry.sources,
        "until": _duration(entry.until),
    }


def _limit(entry: AllowLimit) -> dict[str, Json]:
    longest: dict[str, Json] = {"longest": _duration(entry.longest)} if entry.longest else {}
    names = {"rules": entry.rules, "by": entry.by}
    return {**{key: list(value) for key, value in names.items() if value}, **longest}


def _duration(length: timedelta) -> str:
    minutes, seconds = divmod(length, timedelta(minutes=1))
    if seconds:
        return f"{length // timedelta(seconds=1)}s"
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"


def _short(value: Json) -> Json:
    """An option; of a long list, such as a lexicon's, how long it is."""
    if isinstance(value, dict):
        return {key: _short(each) for key, each in value.items()}
    if isinstance(value, str) or not isinstance(value, Sequence):
        return value
    return f"{len(value)} items" if len(value) > MOST_ITEMS else [_short(each) for each in value]


def _rule(rule: Rule) -> dict[str, Json]:
    """What decides how a rule judges, and where it comes from; what it does not set is left out."""
    plain: dict[str, Json] = {
        "kind": rule.kind,
        "label": rule.label,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "fields": list(rule.fields),
        "platforms": list(rule.platforms),
        "options": {key: _short(value) for key, value in rule.options.items()},
        "pack": rule.pack,
        "from": f"{rule.path}:{rule.line}",
    }
    return {key: value for key, value in plain.items() if value not in (None, [], {})}
