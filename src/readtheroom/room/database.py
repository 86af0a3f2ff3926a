"""One SQLite file that several processes and threads share.

A file that is damaged is set aside and begun anew; one that cannot be used is done without. Either is told in `notes`.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, TypeVar

from readtheroom.policy.folders import cache_fault

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


class Database:
    """One file in `folder`; None: nothing outlives the process. Safe to use from several threads."""

    def __init__(
        self, folder: str | None, file: str, tables: Sequence[str], loss: str, patience: float | None = None
    ) -> None:
        """`tables`: statements that make what is not there yet. `loss`: what it means that the file was damaged.
        `patience`: seconds to wait for others, instead of `PATIENCE`."""
        self.notes: list[str] = []
        """What went wrong with it."""
        self._path = os.path.join(folder, file) if folder else None
        self._tables = tables
        self._loss = loss
        self._patience = PATIENCE if patience is None else patience
        self._identity: tuple[int, int] | None = None
        self._lock = Lock()
        self._open: sqlite3.Connection | None = None

    def tell_of_no_folder(self) -> None:
        """Note why there is no folder of the user's, for whom that matters."""
        fault = cache_fault() if self._path is None else None
        if fault:
            self.notes.append(f"cannot be used ({fault}): nothing is kept of this run")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._let_go()

    def __del__(self) -> None:
        self._let_go()

    def first(self, query: str, *values: str | float) -> tuple[Any, ...] | None:
        """The first row that a query finds."""
        row: tuple[Any, ...] | None = self._do(lambda open_: open_.execute(query, values).fetchone())
        return row

    def all(self, query: str, *values: str | float) -> list[tuple[Any, ...]]:
        """All rows that a query finds."""
        return self._do(lambda open_: open_.execute(query, values).fetchall())

    def write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> int:
        """Run a statement for each row, all or none; how many rows changed."""
        if not rows:
            return 0
        return self.in_one_go(lambda open_: open_.executemany(statement, rows).rowcount)

    def in_one_go(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What comes of some work that nobody else writes in between; it may be begun again."""
        return self._do(lambda open_: _in_one_go(open_, lambda: work(open_)))

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
            self._open = _connect(self._path or ":memory:", self._patience)
            self._identity = _identity(self._path)
            _prepare(self._open, self._tables)
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
        self.notes.append(f"was damaged: set aside as {aside}; {self._loss}")
        return True

    def _let_go(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def _connect(path: str, patience: float) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)


def _prepare(fresh: sqlite3.Connection, tables: Sequence[str]) -> None:
    fresh.execute("PRAGMA journal_mode = WAL")
    fresh.execute("PRAGMA synchronous = NORMAL")
    wanted = {table.replace(" IF NOT EXISTS", "", 1) for table in tables}
    if not wanted <= _made(fresh):
        _in_one_go(fresh, lambda: [fresh.execute(table) for table in tables])
        if not wanted <= _made(fresh):
            raise sqlite3.DatabaseError("its tables are others")


def _made(fresh: sqlite3.Connection) -> set[str]:
    return {sql for (sql,) in fresh.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}


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


def _identity(path: str | None) -> tuple[int, int] | None:
    try:
        status = os.stat(path) if path else None
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status else None
