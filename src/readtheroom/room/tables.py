"""The tables of the store, and what of them is kept how long."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

KEPT_REPLIES = timedelta(days=7)
KEPT_HISTORY = timedelta(days=90)
MOST_REPLY_BYTES = 64 << 20
MOST_SEEN = 200_000
"""Observations; a busy team's weeks, some 100 MB."""

TIDY_EVERY = timedelta(hours=1)

# Other versions use the same file: a table that they know under another definition makes it damaged for one of the two.
# One that changes gets another name, and the old one is left alone.
TABLES = (
    (
        "CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, content_type TEXT NOT NULL, body BLOB NOT NULL,"
        " fetched_at REAL NOT NULL, etag TEXT, modified TEXT)"
    ),
    "CREATE TABLE IF NOT EXISTS refusals (whom TEXT PRIMARY KEY, until REAL NOT NULL, why TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS claims (key TEXT PRIMARY KEY, until REAL NOT NULL)",
    (
        "CREATE TABLE IF NOT EXISTS history (origin TEXT NOT NULL, trend TEXT NOT NULL, term TEXT NOT NULL,"
        " region TEXT NOT NULL, why TEXT NOT NULL, seen_at REAL NOT NULL, body TEXT NOT NULL,"
        " PRIMARY KEY (origin, term, region, seen_at)) WITHOUT ROWID"
    ),
    "CREATE INDEX IF NOT EXISTS by_trend ON history (trend, seen_at)",
    "CREATE INDEX IF NOT EXISTS by_time ON history (seen_at)",
    "CREATE TABLE IF NOT EXISTS tidied (at REAL NOT NULL)",
)


def drop_old(open_: sqlite3.Connection, now: float) -> None:
    """Drop what is old or too much; `now` in seconds since 1970. Part of a transaction."""
    open_.execute("DELETE FROM replies WHERE fetched_at < ?", (now - KEPT_REPLIES.total_seconds(),))
    open_.execute(
        "DELETE FROM replies WHERE key IN (SELECT key FROM (SELECT key, SUM(LENGTH(body)) OVER"
        " (ORDER BY fetched_at DESC) AS so_far FROM replies) WHERE so_far > ?)",
        (MOST_REPLY_BYTES,),
    )
    open_.execute("DELETE FROM history WHERE seen_at < ?", (now - KEPT_HISTORY.total_seconds(),))
    open_.execute(
        "DELETE FROM history WHERE seen_at <= (SELECT seen_at FROM history ORDER BY seen_at DESC LIMIT 1 OFFSET ?)",
        (MOST_SEEN,),
    )
    open_.execute("DELETE FROM refusals WHERE until < ?", (now,))
    open_.execute("DELETE FROM claims WHERE until < ?", (now,))
    open_.execute("DELETE FROM tidied")
    open_.execute("INSERT INTO tidied VALUES (?)", (now,))
