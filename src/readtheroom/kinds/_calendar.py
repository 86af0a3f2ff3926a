"""Days that are observed, and which of them it is at a moment, for an audience."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple, TypeAlias

from readtheroom.kinds._days import Dates
from readtheroom.kinds._regions import EVERYWHERE, Offsets, offsets
from readtheroom.model import Rule

YEARS = range(1600, 9000)
"""Years in which days are looked for: from the Gregorian calendar on."""

EVE = timedelta(hours=8)
"""How long before midnight a day with an eve begins: at four in the afternoon, before the earliest sunset."""

_MOST_YEARS = 64
"""Years kept in memory."""

Gravity: TypeAlias = Literal["high", "low", "minor", "awareness", "festive", "commercial"]


class Day(NamedTuple):
    """A day of every year in `years`. No `regions`: everywhere. `named`: its gravity for posts that name it;
    `worldwide`: where there is no audience.

    It begins `before` midnight. `near` is how far from it a post can name it.
    """

    rule: Rule
    name: str
    dates: Dates
    gravity: Gravity
    named: Gravity
    source: str
    regions: tuple[str, ...] = ()
    worldwide: Gravity | None = None
    years: range = YEARS
    before: timedelta = timedelta()
    lasts: timedelta = timedelta(1)
    near: timedelta = timedelta(3)

    def observed_in(self, audience: Sequence[str]) -> tuple[str, ...]:
        """Regions of the audience that observe it; a part of a region (`US-NY`) does what the region does."""
        return tuple(each for each in audience if not self.regions or each.partition("-")[0] in self.regions)

    def gravity_for(self, audience: Sequence[str]) -> Gravity | None:
        """How grave it is for an audience; None if it does not observe the day."""
        if audience:
            return self.gravity if self.observed_in(audience) else None
        return self.worldwide or (None if self.regions else self.gravity)

    def places(self, audience: Sequence[str]) -> Iterator[Offsets]:
        """Where to look at the clock: the audience's regions that observe it, or all that do."""
        some = self.observed_in(audience) or self.regions
        return map(offsets, some) if some else iter((EVERYWHERE,))

    def nearest(self, moment: datetime) -> date | None:
        """The date of this day that a moment is near to, wherever it is observed."""
        for first in self._dates(moment.year - 1, moment.year, moment.year + 1):
            if any(self.holds(first, moment, place, self.near) for place in self.places(())):
                return first
        return None

    def holds(self, first: date, moment: datetime, place: Offsets, around: timedelta = timedelta()) -> bool:
        """Whether the day of that date lasts at the moment somewhere in the place, give or take `around`."""
        midnight = datetime.combine(first, time(), UTC)
        begins, ends = midnight - place.east - self.before, midnight + self.lasts - place.west
        return begins - around <= moment < ends + around

    def touching(self, year: int) -> Iterator[tuple[date, date]]:
        """Each date of the year on which it begins, lasts or has its eve, with its first date."""
        spans = self.before or self.lasts.days > 1 or self.dates.shift
        for first in self._dates(year - 1, year, year + 1) if spans else self._dates(year):
            for ahead in range(-1 if self.before else 0, self.lasts.days):
                yield first + timedelta(ahead), first

    def _dates(self, *years: int) -> Iterator[date]:
        for each in years:
            yield from (first for first in self.dates.in_year(each) if first.year in self.years)


class Calendar:
    """Many days. A year is worked out when it is first asked for, and kept; safe to use from several threads."""

    def __init__(self, days: Sequence[Day]) -> None:
        self._days = days
        self._years: dict[int, Mapping[date, Sequence[tuple[Day, date]]]] = {}

    def on(self, moment: datetime, audience: Sequence[str]) -> Iterator[tuple[Day, date, Gravity]]:
        """Days that it is at a moment (UTC) for an audience, each with its first date."""
        seen = set()
        for ahead in (-1, 0, 1):
            local = moment.date() + timedelta(ahead)
            for day, first in self._year(local.year).get(local, ()):
                gravity = day.gravity_for(audience)
                if gravity and (id(day), first) not in seen:
                    seen.add((id(day), first))
                    if any(day.holds(first, moment, place) for place in day.places(audience)):
                        yield day, first, gravity

    def _year(self, year: int) -> Mapping[date, Sequence[tuple[Day, date]]]:
        known = self._years.get(year)
        if known is None:
            if len(self._years) >= _MOST_YEARS:
                self._years.clear()
            made: dict[date, list[tuple[Day, date]]] = {}
            for day in self._days:
                for local, first in day.touching(year):
                    made.setdefault(local, []).append((day, first))
            known = self._years[year] = made
        return known
