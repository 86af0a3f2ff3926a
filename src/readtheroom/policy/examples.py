"""The examples of a rule: drafts, and the room that they stand in."""

from __future__ import annotations

from readtheroom.errors import UsageError
from readtheroom.model import Account, Example, Json
from readtheroom.policy.document import Node
from readtheroom.policy.times import moment

EXAMPLE_MOMENT = "2026-01-15T12:00:00+00:00"
"""When examples without `scheduled_at` are judged, and what their room was seen at."""


def example(node: Node, path: str) -> Example:
    """An example from the rule file at `path`: a text, or draft keys with `match`, `room`, `holds` and so on."""
    line = node.place.line
    plain = node.plain()
    if not isinstance(plain, dict):
        return Example({"text": plain}, (), None, line, path)
    match, room, accounts = plain.pop("match", None), plain.pop("room", []), plain.pop("accounts", [])
    holds, lapsed, options = plain.pop("holds", []), plain.pop("lapsed", []), plain.pop("options", {})
    others, limits = plain.pop("calendar", []), plain.pop("limits", [])
    seen_at = _moment(plain.get("scheduled_at"))
    observations = tuple(_observation(item, seen_at) for item in (room if isinstance(room, list) else []))
    known = tuple(_account(item) for item in (accounts if isinstance(accounts, list) else []))
    held = tuple({"start": seen_at, **item} for item in mappings(holds))
    return Example(
        plain,
        observations,
        match if isinstance(match, str) else None,
        line,
        path,
        known,
        held,
        options if isinstance(options, dict) else {},
        mappings(lapsed),
        mappings(others),
        mappings(limits),
    )


def mappings(value: Json) -> tuple[dict[str, Json], ...]:
    """The mappings of a list."""
    return tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


def _account(item: Json) -> Account:
    """An account as in an accounts file; its shape must be right."""
    plain = dict(item) if isinstance(item, dict) else {}
    keys = {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
    return Account(**keys)  # type: ignore[arg-type]  # a schema has seen to their types


def _observation(item: Json, seen_at: str) -> dict[str, Json]:
    """A full observation: `reason` is a headline alone."""
    plain: dict[str, Json] = dict(item) if isinstance(item, dict) else {}
    reason, reasons = plain.pop("reason", None), plain.pop("reasons", None)
    titles: list[Json] = [{"title": reason}] if reason else []
    return {
        "source": "example",
        "observed_at": seen_at,
        **plain,
        "reasons": [*titles, *(reasons if isinstance(reasons, list) else [])],
    }


def _moment(scheduled: Json) -> str:
    """When the room of an example was seen: at its own time; what reads the draft tells of one that is wrong."""
    try:
        return moment(str(scheduled), "UTC").isoformat() if scheduled else EXAMPLE_MOMENT
    except (ValueError, UsageError):
        return EXAMPLE_MOMENT
