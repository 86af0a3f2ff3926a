"""`--jobs`: how many processes judge."""

from __future__ import annotations

import os
import sys

from readtheroom.errors import UsageError
from readtheroom.reporters._terminal import visible

VARIABLE = "READTHEROOM_JOBS"
"""Says it for all runs of a machine that do not say it themselves."""

MOST = 256


def jobs(written: str | None) -> int:
    """The number that an option asks for, or else the environment; 1 where the system cannot fork, which is told.

    Raises `UsageError`.
    """
    named = "--jobs" if written is not None else VARIABLE
    count = _count(named, os.environ.get(VARIABLE) or "1" if written is None else written)
    if count > 1 and not hasattr(os, "fork"):
        print(f"readtheroom: {named}: this system cannot fork processes: one does it all", file=sys.stderr)
        return 1
    return count


def _count(named: str, written: str) -> int:
    if written in {"auto", "0"}:
        return _cores()
    if not (written.isascii() and written.isdecimal()) or not 0 < int(written[:9]) <= MOST:
        raise UsageError(f"{named}: {visible(written[:40])!r} is no number from 1 to {MOST}, nor auto")
    return int(written)


def _cores() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
