"""When a day is, in any year: a date of the month, a weekday of a month, Easter, or a list of dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

MOST_SHIFT = 180
"""Days that a rule may add or take away."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
FORMS = "`09-11`, `last monday of may`, `2nd sunday of november`, `sunday before 12-25`, `easter-2`, `orthodox-easter`"

_COUNTS = {"1st": 0, "2nd": 1, "3rd": 2, "4th": 3, "5th": 4, "last": -1}
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_DATE = r"(?P<month>\d\d)-(?P<day>\d\d)"
_RULE = re.compile(
    rf"(?:{_DATE}|(?P<count>{'|'.join(_COUNTS)}) {_WEEKDAY} of (?P<name>{'|'.join(MONTHS)})"
    rf"|{_WEEKDAY.replace('<weekday', '<about')} (?P<side>before|after|nearest) {_DATE.replace('P<', 'P<of_')}"
    r"|(?P<easter>easter|orthodox-easter)) ?(?P<shift>[+-] ?\d{1,3})?",
    re.ASCII,
)


class Dates(NamedTuple):
    """The dates of a day: those of `listed`, or what `of` gives for a year, `shift` days later."""

    of: Callable[[int], date | None] | None
    shift: timedelta = timedelta()
    listed: tuple[date, ...] = ()

    def in_year(self, year: int) -> Iterator[date]:
        """Its dates by the rule for that year: none (29 February), one, or (lists alone) several."""
        if self.of is None:
            yield from (each for each in self.listed if each.year == year)
        elif (found := self.of(year)) is not None:
            yield found + self.shift


def parse(rule: str | Sequence[str]) -> Dates:
    """Takes a rule, or a list of dates like 2026-04-14. Raises ValueError, with a reason."""
    if not isinstance(rule, str):
        return Dates(None, listed=tuple(map(_listed, rule)))
    found = _RULE.fullmatch(rule.lower())
    if found is None:
        raise ValueError(f"{rule!r} is no date rule: write {FORMS}, or a list of dates like 2026-04-14")
    shift = int((found["shift"] or "0").replace(" ", ""))
    if abs(shift) > MOST_SHIFT:
        raise ValueError(f"{rule!r} is more than {MOST_SHIFT} days away from what it starts at")
    return Dates(_finder(found, rule), timedelta(shift))


def _listed(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date like 2026-04-14") from None


def _finder(found: re.Match[str], rule: str) -> Callable[[int], date | None]:
    if found["easter"]:
        return easter if found["easter"] == "easter" else orthodox_easter
    if found["count"]:
        month = MONTHS.index(found["name"]) + 1
        return partial(_nth, _COUNTS[found["count"]], WEEKDAYS.index(found["weekday"]), month)
    month, day = int(found["month"] or found["of_month"]), int(found["day"] or found["of_day"])
    if _fixed(month, day, 2024) is None:
        raise ValueError(f"{rule!r} is on no calendar: write the month, then the day, as in 09-11")
    if found["side"]:
        return partial(_about, WEEKDAYS.index(found["about"]), found["side"], month, day)
    return partial(_fixed, month, day)


def _fixed(month: int, day: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nth(nth: int, weekday: int, month: int, year: int) -> date | None:
    """`nth` counts from 0; -1 is the last."""
    if nth < 0:
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
        return end - timedelta((end.weekday() - weekday) % 7)
    start = date(year, month, 1)
    found = start + timedelta((weekday - start.weekday()) % 7 + 7 * nth)
    return found if found.month == month else None


def _about(weekday: int, side: str, month: int, day: int, year: int) -> date | None:
    """A weekday strictly before or after a date, or the nearest to it (at most three days off)."""
    base = _fixed(month, day, year)
    if base is None:
        return None
    ahead = (weekday - base.weekday()) % 7
    if side == "before":
        return base - timedelta(7 - ahead)
    if side == "after":
        return base + timedelta(ahead or 7)
    return base + timedelta(ahead if ahead <= 3 else ahead - 7)


def easter(year: int) -> date:
    """Easter Sunday of the western churches, by the algorithm "Meeus/Jones/Butcher".

    See J. Meeus, Astronomical Algorithms (1991), chapter 8; https://en.wikipedia.org/wiki/Date_of_Easter.
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    x = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * x) // 451
    month, day = divmod(h + x - 7 * m + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the orthodox churches, in the civil calendar, by Meeus's Julian algorithm (same chapter)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    month, day = divmod(d + (2 * a + 4 * b - d + 34) % 7 + 114, 31)
    behind = year // 100 - year // 400 - 2
    return date(year, month, day + 1) + timedelta(behind)
