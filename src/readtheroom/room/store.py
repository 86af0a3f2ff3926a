"""What was answered and what was seen before, in one SQLite file: for all runs of a user, also at the same time.

Replies are kept under a digest of what was asked, never with address or headers, which may hold secrets. A file that
is damaged is set aside and begun anew; one that cannot be used is done without. Either is told in `notes`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from readtheroom.model import Observation
from readtheroom.policy.snapshot import observation, plain_observation
from readtheroom.room.database import Database
from readtheroom.room.tables import TABLES, TIDY_EVERY, drop_old
from readtheroom.text.trends import trend_key

FILE = "room-1.sqlite3"
"""Versions of the tool with other tables may share it: see `TABLES`."""


class Kept(NamedTuple):
    """A reply as it was kept; `etag` and `modified` are what the server wants to hear when it is asked again."""

    content_type: str
    body: bytes
    fetched_at: datetime
    etag: str | None = None
    modified: str | None = None


class Wait(NamedTuple):
    """Until when somebody must not be asked, and why."""

    until: datetime
    why: str


class Store(Database):
    """One file in `folder`; None: nothing outlives the process. Safe to use from several threads."""

    def __init__(self, folder: str | None) -> None:
        super().__init__(folder, FILE, TABLES, "history begins anew")

    # --- replies ---

    def reply(self, key: str) -> Kept | None:
        """The last reply to what `key` stands for."""
        row = self.first("SELECT content_type, body, fetched_at, etag, modified FROM replies WHERE key = ?", key)
        at = _moment(row[2]) if row else None
        if row is None or at is None or not isinstance(row[1], bytes):
            return None
        content_type, body, _, etag, modified = row
        return Kept(content_type, body, at, etag, modified)

    def keep(self, key: str, kept: Kept) -> None:
        """Keep a reply instead of the last one."""
        row = (key, kept.content_type, kept.body, kept.fetched_at.timestamp(), kept.etag, kept.modified)
        self.write("INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?, ?)", [row])
        self._tidy()

    # --- whom not to ask ---

    def wait(self, whom: str, now: datetime) -> Wait | None:
        """Whether somebody must not be asked now."""
        row = self.first("SELECT until, why FROM refusals WHERE whom = ? AND until > ?", whom, now.timestamp())
        until = _moment(row[0]) if row else None
        return Wait(until, str(row[1])) if row and until else None

    def refuse(self, whom: str, wait: Wait) -> None:
        """Somebody must not be asked for a while; what was said before stands if it lasts longer."""
        upsert = (
            "INSERT INTO refusals VALUES (?, ?, ?) ON CONFLICT (whom) DO UPDATE SET until = excluded.until,"
            " why = excluded.why WHERE excluded.until > until"
        )
        self.write(upsert, [(whom, wait.until.timestamp(), wait.why)])

    def claim(self, key: str, now: datetime, until: datetime) -> bool:
        """Whether it falls to the caller to ask; else somebody else is asking the same at this moment."""
        upsert = (
            "INSERT INTO claims VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET until = excluded.until WHERE until <= ?"
        )
        return self.write(upsert, [(key, until.timestamp(), now.timestamp())]) > 0

    def release(self, keys: Iterable[str]) -> None:
        """The caller has done asking."""
        self.write("DELETE FROM claims WHERE key = ?", [(key,) for key in keys])

    # --- history ---

    def record(self, origin: str, seen: Iterable[Observation]) -> None:
        """Add what a source saw; the same at the same moment counts once."""
        rows = [_row(origin, each) for each in seen]
        self.write("INSERT OR IGNORE INTO history VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._tidy()

    def seen(self, origin: str, since: datetime, until: datetime) -> list[Observation]:
        """What a source saw between two moments: of the same term for the same reasons, the last."""
        return self._observations(
            "SELECT body, MAX(seen_at) FROM history WHERE origin = ? AND seen_at BETWEEN ? AND ?"
            " GROUP BY term, region, why ORDER BY seen_at, term, region, why",
            *(origin, since.timestamp(), until.timestamp()),
        )

    def story(self, term: str, most: int = 1000) -> list[Observation]:
        """All that was seen of a trend by any source, the last `most`, oldest first."""
        found = self._observations(
            "SELECT body FROM history WHERE trend = ? ORDER BY seen_at DESC, origin LIMIT ?", trend_key(term), most
        )
        return found[::-1]

    def _observations(self, query: str, *values: str | float) -> list[Observation]:
        rows = self.all(query, *values)
        return list(_read(row[0] for row in rows))

    def _tidy(self) -> None:
        """Now and then, drop what is old or too much."""
        now = time.time()
        last = self.first("SELECT MAX(at) FROM tidied")
        if last and last[0] is not None and now - last[0] < TIDY_EVERY.total_seconds():
            return
        self.in_one_go(lambda open_: drop_old(open_, now))


def _row(origin: str, seen: Observation) -> tuple[object, ...]:
    body = plain_observation(seen)
    why = json.dumps([body.get("labels"), body.get("reasons")])
    return (
        origin,
        trend_key(seen.term),
        seen.term,
        seen.region or "",
        why,
        seen.observed_at.timestamp(),
        json.dumps(body),
    )


def _read(bodies: Iterable[str]) -> Iterator[Observation]:
    for body in bodies:
        try:
            yield observation(json.loads(body))
        except (ValueError, TypeError):  # kept by a version that knew more, or damaged
            continue


def _moment(seconds: object) -> datetime | None:
    """None for what is no time: the file may be damaged."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, float) else None
    except (ValueError, OverflowError, OSError):
        return None
