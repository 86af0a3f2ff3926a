"""Posts' places in a calendar. Frozen values; times are aware datetimes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from readtheroom.spans import Place


class Slot(NamedTuple):
    """A post's place in a calendar: all that rules about its neighbours need, and none of its text. Safe to pickle.

    `place` is where its time stands in the file; `at` is UTC; `labels` are what the rules say of it, sorted;
    `digest` tells texts apart.
    """

    at: datetime
    id: str
    path: str
    line: int
    place: Place
    account: str | None = None
    platforms: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    digest: int = 0


OVERDUE = timedelta(minutes=15)
"""How late publishers may be: what is due for no longer has not gone out yet, as far as anybody knows."""

LONGEST = timedelta(days=31)
"""No rule of the calendar looks further back or ahead."""
