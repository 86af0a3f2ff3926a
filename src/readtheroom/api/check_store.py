"""What the last check of each post said, kept for all runs of a user, also at the same time."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, cast

from readtheroom.findings import Verdict
from readtheroom.room.database import Database

FILE = "checks-3.sqlite3"
"""The number is that of the table below."""

PATIENCE = 10.0
"""Seconds to wait for others that write: without it, everything would be told once more."""

KEPT = timedelta(days=400)
"""How long a post is known that nobody checks any more."""

_TABLES = (
    (
        "CREATE TABLE IF NOT EXISTS checks (place TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL,"
        " verdict TEXT NOT NULL, at REAL NOT NULL, held TEXT NOT NULL, goes_at REAL, path TEXT NOT NULL,"
        " gone INTEGER NOT NULL, beside INTEGER NOT NULL, approved TEXT NOT NULL, kept_at REAL NOT NULL,"
        " PRIMARY KEY (place, id, hash)) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE IF NOT EXISTS outbox (number INTEGER PRIMARY KEY, receiver TEXT NOT NULL, body TEXT NOT NULL,"
        " tries INTEGER NOT NULL, due REAL NOT NULL)"
    ),
    "CREATE INDEX IF NOT EXISTS by_hash ON checks (hash)",
    "CREATE INDEX IF NOT EXISTS by_age ON checks (kept_at)",
)
_ALL = "SELECT place, id, hash, verdict, at, held, goes_at, path, gone, beside, approved FROM checks"


class Check(NamedTuple):
    """The last check of a post. `place`: the absolute path of its file ("": none); `path`: as it was named.

    `at`: for which present it was made; `held`: the holds that stopped it then; `goes_at`: None: no time is set.
    `gone`: it was not there any more. `beside`: posts around it stopped it, whatever else did; `approved`: the
    names of those whose approval counted then.
    """

    place: str
    id: str
    hash: str
    verdict: Verdict
    at: datetime
    held: tuple[str, ...] = ()
    goes_at: datetime | None = None
    path: str = ""
    gone: bool = False
    beside: bool = False
    approved: tuple[str, ...] = ()


class Message(NamedTuple):
    """What somebody is to be told. `receiver` stands for whom."""

    receiver: str
    body: str


class Waiting(NamedTuple):
    """A message that was not delivered yet. `due`: when it may be tried, in seconds since 1970."""

    number: int
    body: str
    tries: int
    due: float


class CheckStore(Database):
    """One file in `folder`; None: nothing outlives the process. Safe to use from several threads."""

    def __init__(self, folder: str | None) -> None:
        super().__init__(folder, FILE, _TABLES, "no earlier check is known, every post is new", PATIENCE)
        self.tell_of_no_folder()

    def every(self) -> list[Check]:
        """All of them."""
        return [_check(row) for row in self.all(f"{_ALL} ORDER BY place, id")]

    def of_content(self, content: str) -> list[Check]:
        """Those of posts with this content, wherever they stand."""
        return [_check(row) for row in self.all(f"{_ALL} WHERE hash = ?", content)]

    def keep(self, checks: Sequence[Check], dropped: Sequence[Check] = (), messages: Sequence[Message] = ()) -> None:
        """Keep checks instead of the last ones of the same posts, and no longer those to be `dropped`, and
        what is to be told of them: all or none.

        What is in no file may have no name of its own: there only a check of the same content is replaced.
        """
        now = time.time()

        def work(open_: sqlite3.Connection) -> None:
            open_.executemany(
                "DELETE FROM checks WHERE place = ? AND id = ? AND hash = ?", [each[:3] for each in dropped]
            )
            open_.executemany(
                "DELETE FROM checks WHERE place = ? AND id = ? AND place <> ''",
                [(check.place, check.id) for check in checks],
            )
            open_.executemany(
                "INSERT OR REPLACE INTO checks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(*_row(each), now) for each in checks],
            )
            open_.execute("DELETE FROM checks WHERE kept_at < ?", (now - KEPT.total_seconds(),))
            open_.executemany(
                "INSERT INTO outbox (receiver, body, tries, due) VALUES (?, ?, 0, 0)",
                [tuple(each) for each in messages],
            )

        self.in_one_go(work)

    # --- what is to be told ---

    def take(self, receiver: str, lease: float) -> Waiting | None:
        """The oldest message for somebody, if any. One that is due is the caller's alone for `lease` seconds."""
        now = time.time()

        def work(open_: sqlite3.Connection) -> Waiting | None:
            query = "SELECT number, body, tries, due FROM outbox WHERE receiver = ? ORDER BY number LIMIT 1"
            row = open_.execute(query, (receiver,)).fetchone()
            if row and row[3] <= now:
                open_.execute("UPDATE outbox SET due = ? WHERE number = ?", (now + lease, row[0]))
            return Waiting(*row) if row else None

        return self.in_one_go(work)

    def delivered(self, message: Waiting) -> None:
        """It was told."""
        self.write("DELETE FROM outbox WHERE number = ?", [(message.number,)])

    def postpone(self, message: Waiting, due: float) -> None:
        """It could not be told: not before `due`, in seconds since 1970."""
        self.write("UPDATE outbox SET due = ?, tries = tries + 1 WHERE number = ?", [(due, message.number)])

    def shorten(self, receiver: str, most: int) -> int:
        """Let go of the oldest messages for somebody beyond the newest `most`; how many."""
        return self.write(
            "DELETE FROM outbox WHERE receiver = ?1 AND number <= "
            "(SELECT number FROM outbox WHERE receiver = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)",
            [(receiver, most)],
        )


def _row(check: Check) -> tuple[object, ...]:
    held, goes_at = json.dumps(check.held), check.goes_at.timestamp() if check.goes_at else None
    at, end = check.at.timestamp(), (check.path, int(check.gone), int(check.beside), json.dumps(check.approved))
    return (check.place, check.id, check.hash, check.verdict, at, held, goes_at, *end)


def _check(row: tuple[object, ...]) -> Check:
    place, name, content, verdict, at, held, goes_at, path, gone, beside, approved = row
    return Check(
        str(place),
        str(name),
        str(content),
        cast("Verdict", verdict),
        _moment(cast("float", at)),
        tuple(json.loads(str(held))),
        None if goes_at is None else _moment(cast("float", goes_at)),
        str(path),
        bool(gone),
        bool(beside),
        tuple(json.loads(str(approved))),
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
