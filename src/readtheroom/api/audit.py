"""The audit trail of a policy: every verdict, as a line that holds no word of the post."""

from __future__ import annotations

import getpass
import json
import warnings
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from threading import Lock

from readtheroom import __version__
from readtheroom.api import trail
from readtheroom.api.content import content_hash
from readtheroom.api.desk import Basis
from readtheroom.engine.engine import Engine
from readtheroom.findings import Finding, PostResult, Skip
from readtheroom.model import Hold, Json, Room
from readtheroom.policy.snapshot import plain
from readtheroom.reporters import _plain

BATCH = 200
"""Verdicts of a run that are written together."""

MOST_WAITING = 10_000
"""Verdicts that wait while the file cannot be written."""


class Audit:
    """Adds verdicts to a file. Safe to use from several threads."""

    def __init__(self, path: str, *, at_once: bool) -> None:
        """`at_once`: each verdict, and whoever gives it is warned if that fails; else many together, and by `flush`."""
        self.fault: str | None = None
        """Why the last verdicts could not be written."""
        self._path = path
        self._at_once = at_once
        self._waiting: list[dict[str, Json]] = []
        self._rules: dict[Engine, str] = {}
        self._room: tuple[Room, tuple[Hold, ...], str] | None = None
        self._user = _user()
        self._lock = Lock()

    def add(self, result: PostResult, basis: Basis) -> None:
        """A verdict was given."""
        with self._lock:
            self._waiting.append(self._record(result, basis))
            full = len(self._waiting) >= (1 if self._at_once else BATCH)
        if full:
            self.flush()
            if self.fault and self._at_once:
                warnings.warn(self.fault, RuntimeWarning, stacklevel=4)

    def flush(self) -> None:
        """Write what waits; what cannot be written waits on, up to a bound."""
        with self._lock:
            if not self._waiting:
                return
            try:
                trail.add(self._path, self._waiting)
            except trail.TrailError as error:
                count = len(self._waiting)
                verdicts = "a verdict" if count == 1 else f"{count} verdicts"
                self.fault = f"{error}: {verdicts} could not be added to the audit trail"
                del self._waiting[:-MOST_WAITING]
            else:
                self._waiting.clear()
                self.fault = None

    def _record(self, result: PostResult, basis: Basis) -> dict[str, Json]:
        post = result.post
        return {
            "at": _plain.time(datetime.now(UTC)),
            "by": {"user": self._user, "account": post.account, "author": post.author},
            "post": {"id": post.id, "path": post.path, "line": post.line, "hash": content_hash(post)},
            "judged_for": _plain.time(post.scheduled_at or basis.now),
            "verdict": result.verdict,
            "findings": [_finding(each) for each in result.findings],
            "allowed": [
                {**_finding(each), "by": each.allowed.by if each.allowed else None} for each in result.suppressed
            ],
            "not_checked": _by_reason(result.skipped),
            "notes": [str(each) for each in result.notes],
            "rules": {"version": __version__, "hash": self._rules_hash(basis.engine)},
            "room": self._room_hash(basis),
        }

    def _rules_hash(self, engine: Engine) -> str:
        """Of everything by which the rules judge; where they are written, and their examples, make no difference."""
        known = self._rules.get(engine)
        if known is None:
            bare = sorted(rule._replace(flag=(), passes=(), path="", line=0) for rule in engine.rules)
            known = self._rules[engine] = _hash([_listed(rule) for rule in bare])
        return known

    def _room_hash(self, basis: Basis) -> str:
        """Of the room and all holds, as a snapshot has them."""
        room = basis.room
        if self._room is None or self._room[0] is not room or self._room[1] != basis.holds:
            whole = room._replace(holds=(*room.holds, *basis.holds))
            self._room = room, basis.holds, _hash(plain(whole))
        return self._room[2]


def _finding(each: Finding) -> dict[str, Json]:
    return {
        "rule": each.rule,
        "severity": each.severity,
        "field": each.field,
        "start": each.start,
        "end": each.end,
    }


def _by_reason(skips: Iterable[Skip]) -> dict[str, Json]:
    reasons: dict[str, list[Json]] = {}
    for skip in skips:
        reasons.setdefault(skip.reason, []).append(skip.rule)
    return {reason: [*rules] for reason, rules in reasons.items()}


def _listed(value: object) -> Json:
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, dict):
        return {str(key): _listed(each) for key, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, Iterable) else str(value)


def _hash(value: Json) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody has such a number
        return None
