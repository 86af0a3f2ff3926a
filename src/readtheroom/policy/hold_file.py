"""Hold files: YAML that people write, or `readtheroom hold start` does; `hold_schema` has their shape."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from readtheroom.errors import Fault, UsageError
from readtheroom.model import Hold, HoldScope
from readtheroom.policy.config import words
from readtheroom.policy.document import Node
from readtheroom.policy.hold_schema import HOLD
from readtheroom.policy.hold_scope import KEYS, Known, checked, scope
from readtheroom.policy.reading import Reading
from readtheroom.policy.times import last_moment, moment, timezone

LIMIT = 64 << 10
"""Bytes of a hold."""

MOST_FAULTS = 50
"""Of one hold; guessing what was meant takes time."""


def read_holds(paths: Iterable[str], by: Known) -> tuple[tuple[Hold, ...], tuple[Fault, ...]]:
    """The holds that files describe, and all that is wrong with the others."""
    holds: list[Hold] = []
    faults: list[Fault] = []
    for path in paths:
        reading = Reading()
        root = reading.tree(path, limit=LIMIT)
        if root:
            reading.check(root, HOLD, "a hold")
            made = _hold(root, path, by, reading)
            holds += [] if reading.faults else [made]
        faults += reading.faults
    return tuple(holds), tuple(faults)


def start_of(written: str, zone: str) -> datetime:
    """When a hold begins, UTC. Raises ValueError, with a sentence for the user, UsageError for a zone."""
    return moment(written, zone).astimezone(UTC)


def end_of(written: str, zone: str) -> datetime:
    """The first moment after a hold, UTC: a day is meant to its end in `zone`. Raises likewise."""
    last = last_moment(written, zone)
    if len(written.strip()) != 10:
        return last.astimezone(UTC)
    next_day = last.replace(tzinfo=None, hour=0, minute=0, second=0) + timedelta(days=1)
    return next_day.replace(tzinfo=timezone(zone)).astimezone(UTC)  # a second added would be wrong where clocks change


def _hold(root: Node, path: str, by: Known, reading: Reading) -> Hold:
    start = _time(root.child("start"), by.zone, start_of, reading)
    end = _time(root.child("end"), by.zone, end_of, reading)
    ended = _time(root.child("ended_at"), by.zone, start_of, reading)
    reason = root.child("reason")
    if reason and isinstance(reason.value, str) and reason.value.isspace():
        reading.fault(reason, "reason must not be blank: say why nothing may go out")
    last = root.child("end")
    if last and start and end and (end < start or (end == start and ended is None)):
        reading.fault(last, "end must come after start")
    return Hold(
        os.path.splitext(os.path.basename(path))[0],
        _text(reason),
        start or datetime.max.replace(tzinfo=UTC),
        end,
        _text(root.child("owner")),
        tuple(_scopes(root.child("scope"), by, reading)),
        path,
        _text(root.child("ended_by")),
        ended,
    )


def _text(node: Node | None) -> str:
    return " ".join(str(node.value).split()) if node and node.value is not None else ""


def _time(node: Node | None, zone: str, read: Callable[[str, str], datetime], reading: Reading) -> datetime | None:
    if node is None or not isinstance(node.value, str):
        return None
    try:
        return read(node.value, zone)
    except (ValueError, UsageError) as error:
        reading.fault(node, str(error))
        return None


def _scopes(node: Node | None, by: Known, reading: Reading) -> Iterator[HoldScope]:
    if node is None or node.value == "all":
        yield HoldScope(everything=node is not None)
        return
    for entry in node.value if isinstance(node.value, list) else [node]:
        everything = entry.child("all")
        found = {key: list(_words(key, entry.child(key), by, reading)) for key in KEYS}
        yield scope(found, everything=everything is not None and everything.value is True)


def _words(key: str, node: Node | None, by: Known, reading: Reading) -> Iterator[str]:
    items = node.value if node and isinstance(node.value, list) else [node]
    for item in items:
        for word in words(item) if len(reading.faults) < MOST_FAULTS else ():
            try:
                yield checked(key, word, by)
            except ValueError as error:
                if item and not any((fault.line, fault.column) == item.place for fault in reading.faults):
                    reading.fault(item, str(error))
