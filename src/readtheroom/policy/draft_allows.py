"""What a draft allows itself, and why: its key `allow`."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from readtheroom.model import Allow, Json
from readtheroom.policy.draft_values import MAX_WORDS, Values, kind_of, name_of
from readtheroom.policy.times import last_moment

_KEYS: Final = frozenset({"rule", "reason", "by", "until", "covers"})


def allows(values: Values, timezone: str) -> tuple[Allow, ...]:
    """Each entry of it, with where it stands; `timezone`: that of an `until` without one. Faults go to `values`."""
    value = values.data.get("allow")
    if value is None:
        return ()
    return tuple([_allow(values, item, at, timezone) for at, item in enumerate(values.items(value, "allow"))])


def _allow(values: Values, item: Json, at: int, timezone: str) -> Allow:
    here = values.where.place("allow", at)
    if not isinstance(item, dict):
        values.fault(f"allow[{at}] must be a mapping with `rule` and `reason`, not {kind_of(item)}", "allow", at)
        return Allow("", "", "", None, here)
    values.unknown(item, _KEYS, "allow", at)
    rule, reason, by, until = (
        values.text(item.get(key), "allow", at, key).strip() for key in ("rule", "reason", "by", "until")
    )
    if not rule:
        values.fault(f"allow[{at}] names no `rule`", "allow", at)
    covers = _labels(values, item.get("covers"), at)
    return Allow(rule, reason, by, _until(values, until, at, timezone) if until else None, here, covers)


def _until(values: Values, written: str, at: int, timezone: str) -> datetime | None:
    try:
        return last_moment(written, timezone)
    except ValueError as error:
        values.fault(str(error), "allow", at, "until")
    return None


def _labels(values: Values, value: Json, at: int) -> tuple[str, ...]:
    """The labels that an `allow` covers: a list, or a text with commas between."""
    items = value if isinstance(value, list) else [value]
    keys: tuple[str | int, ...] = ("allow", at, "covers")
    if len(items) > MAX_WORDS:
        values.fault(f"{name_of(keys)} holds {len(items):,} entries, more than {MAX_WORDS}", *keys)
        return ()
    texts = [values.text(item, *keys, *([n] if items is value else [])) for n, item in enumerate(items)]
    return tuple(word.strip() for text in texts for word in text.split(",") if word.strip())
