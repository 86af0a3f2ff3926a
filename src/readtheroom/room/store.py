"""What was answered and what was seen before, in one SQLite file: for all runs of a user, also at the same time.

Replies are kept under a digest of what was asked, never with address or headers, which may hold secrets. A file that
is damaged is set aside and begun anew; one that cannot be used is done without. Either is told in `notes`.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from readtheroom.model import Observation
from readtheroom.policy.snapshot import observation, plain_observation
from readtheroom.room.tables import TABLES, TIDY_EVERY, drop_old
from readtheroom.text.trends import trend_key

FILE = "room-1.sqlite3"
"""The number is that of the tables below."""

PATIENCE = 2.0
"""Seconds to wait for another process that writes."""

_UNUSABLE = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM),
    }
)
"""What says nothing against the file's content."""

T = TypeVar("T")


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


class Store:
    """One file in `folder`; None: nothing outlives the process. Safe to use from several threads."""

    def __init__(self, folder: str | None) -> None:
        self.notes: list[str] = []
        """What went wrong with it."""
        self._path = os.path.join(folder, FILE) if folder else None
        self._identity: tuple[int, int] | None = None
        self._lock = Lock()
        self._open: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._let_go()

    def __del__(self) -> None:
        self._let_go()

    # --- replies ---

    def reply(self, key: str) -> Kept | None:
        """The last reply to what `key` stands for."""
        row = self._first("SELECT content_type, body, fetched_at, etag, modified FROM replies WHERE key = ?", key)
        if row is None or not isinstance(row[1], bytes):
            return None
        content_type, body, fetched_at, etag, modified = row
        return Kept(content_type, body, _moment(fetched_at), etag, modified)

    def keep(self, key: str, kept: Kept) -> None:
        """Keep a reply instead of the last one."""
        row = (key, kept.content_type, kept.body, kept.fetched_at.timestamp(), kept.etag, kept.modified)
        self._write("INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?, ?)", [row])
        self._tidy()

    # --- whom not to ask ---

    def wait(self, whom: str, now: datetime, before: datetime | None = None) -> Wait | None:
        """Whether somebody must not be asked now; `before`: only what was known by then counts."""
        query = "SELECT until, why FROM waits WHERE whom = ? AND until > ? AND since <= ?"
        row = self._first(query, whom, now.timestamp(), (before or now).timestamp())
        return Wait(_moment(row[0]), row[1]) if row else None

    def refuse(self, whom: str, wait: Wait) -> None:
        """Somebody must not be asked for a while; what was said before stands if it lasts longer."""
        upsert = (
            "INSERT INTO waits VALUES (?, ?, ?, ?) ON CONFLICT (whom) DO UPDATE SET until = excluded.until,"
            " why = excluded.why WHERE excluded.until > until"
        )
        self._write(upsert, [(whom, wait.until.timestamp(), wait.why, time.time())])

    def claim(self, key: str, now: datetime, until: datetime) -> bool:
        """Whether it falls to the caller to ask; else somebody else is asking the same at this moment."""
        upsert = (
            "INSERT INTO claims VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET until = excluded.until WHERE until <= ?"
        )
        return self._write(upsert, [(key, until.timestamp(), now.timestamp())]) > 0

    def release(self, keys: Iterable[str]) -> None:
        """The caller has done asking."""
        self._write("DELETE FROM claims WHERE key = ?", [(key,) for key in keys])

    # --- history ---

    def record(self, origin: str, seen: Iterable[Observation]) -> None:
        """Add what a source saw; the same at the same moment counts once."""
        rows = [_row(origin, each) for each in seen]
        self._write("INSERT OR IGNORE INTO history VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
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
        rows = self._do(lambda open_: open_.execute(query, values).fetchall())
        return list(_read(row[0] for row in rows))

    # --- the file ---

    def _first(self, query: str, *values: str | float) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._do(lambda open_: open_.execute(query, values).fetchone())
        return row

    def _write(self, statement: str, rows: list[tuple[object, ...]]) -> int:
        """How many rows changed."""
        if not rows:
            return 0
        return self._do(lambda open_: _in_one_go(open_, lambda: open_.executemany(statement, rows).rowcount))

    def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._lock:
            for _ in range(2):
                try:
                    return work(self._connection())
                except sqlite3.Error as error:
                    self._give_up(error)
            self._path = None
            self._let_go()
            return work(self._connection())

    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            self._open = _connect(self._path or ":memory:")
            self._identity = _identity(self._path)
            _prepare(self._open)
        return self._open

    def _give_up(self, error: sqlite3.Error) -> None:
        """The file is of no use as it is: set it aside, or go on without."""
        self._let_go()
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if self._path is None or code in _UNUSABLE or not self._set_aside(self._path):
            self.notes.append(f"cannot be used ({error}): nothing is kept of this run")
            self._path = None

    def _set_aside(self, path: str) -> bool:
        if self._identity is not None and _identity(path) != self._identity:
            return True  # somebody else has set it aside already
        aside = f"{path}.damaged-{int(time.time())}-{os.getpid()}"
        try:
            for end in ("", "-wal", "-shm"):
                if os.path.exists(path + end):
                    os.replace(path + end, aside + end)
        except OSError:
            return False
        self.notes.append(f"was damaged: set aside as {aside}; history begins anew")
        return True

    def _let_go(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def _tidy(self) -> None:
        """Now and then, drop what is old or too much."""
        now = time.time()
        last = self._first("SELECT MAX(at) FROM tidied")
        if last and last[0] is not None and now - last[0] < TIDY_EVERY.total_seconds():
            return
        self._do(lambda open_: _in_one_go(open_, lambda: drop_old(open_, now)))


def _connect(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


def _prepare(fresh: sqlite3.Connection) -> None:
    fresh.execute("PRAGMA journal_mode = WAL")
    fresh.execute("PRAGMA synchronous = NORMAL")
    if fresh.execute("SELECT COUNT(*) FROM sqlite_master WHERE name IN ('history', 'tidied')").fetchone()[0] < 2:
        _in_one_go(fresh, lambda: [fresh.execute(table) for table in TABLES])


def _in_one_go(open_: sqlite3.Connection, work: Callable[[], T]) -> T:
    open_.execute("BEGIN IMMEDIATE")
    try:
        done = work()
    except BaseException:
        if open_.in_transaction:
            open_.execute("ROLLBACK")
        raise
    open_.execute("COMMIT")
    return done


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
        except ValueError:  # kept by a version that knew more
            continue


def _identity(path: str | None) -> tuple[int, int] | None:
    try:
        status = os.stat(path) if path else None
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status else None


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
