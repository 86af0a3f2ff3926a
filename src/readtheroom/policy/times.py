"""Moments and days as people write them in drafts, allows and spreadsheets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import Final

from readtheroom.errors import UsageError

FORMATS: Final = "write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00"
YEARS: Final = range(1970, 2201)
"""Other years are typing errors, and near the ends of what datetime holds sums overflow."""


UNITS: Final = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


def duration(written: str) -> timedelta:
    """`90s`, `30m`, `48h`, `7d` or `2w`. A schema has seen to the form."""
    return int(written[:-1]) * UNITS[written[-1]]


def moment(written: str, zone: str) -> datetime:
    """The aware time that `written` means: ISO 8601, or a date and a time with a space between.

    Without an offset it is local time in `zone` (an IANA name); of a time that comes twice, when clocks go
    back, the first is meant. Raises ValueError, with a sentence for the user, for anything else.
    """
    written = written.strip()
    try:
        parsed = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{written[:40]!r} is no date and time: {FORMATS}") from None
    if parsed.year not in YEARS:
        raise ValueError(f"the year {parsed.year} is not between {YEARS[0]} and {YEARS[-1]}")
    if written[10:11] not in {"T", "t", " "}:
        raise ValueError(f"{written[:40]!r} names no time of day: {FORMATS}")
    return parsed if parsed.tzinfo else localised(parsed, zone)


def last_moment(written: str, zone: str) -> datetime:
    """Until when something holds: a day means to its end (its last second) in `zone`. Raises ValueError likewise."""
    written = written.strip()
    if len(written) != 10:
        return moment(written, zone)
    try:
        return moment(f"{written} 23:59:59", zone)
    except ValueError:
        raise ValueError(f"{written!r} is no day: write 2026-12-31") from None


def localised(naive: datetime, zone: str) -> datetime:
    """`naive` as local time in `zone`. Raises ValueError for a time that clocks skip, UsageError for no known zone."""
    here = timezone(zone)
    aware = naive.replace(tzinfo=here)
    if here is not UTC and aware.astimezone(UTC).astimezone(here).replace(tzinfo=None) != naive:
        later = aware.astimezone(UTC).astimezone(here)
        raise ValueError(f"there is no {naive:%H:%M} on {naive:%Y-%m-%d} in {zone}: clocks go on to {later:%H:%M}")
    return aware


@cache
def timezone(name: str) -> tzinfo:
    """The time zone of an IANA name. Raises UsageError if there is none."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo  # noqa: PLC0415  slow to import, and most drafts and teams name an offset or UTC

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UsageError(f"no time zone is called {name!r}: write an IANA name such as Europe/Paris") from None
