"""What was seen, by time: what it was, and what of it speaks for a post."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from readtheroom.engine.seen import Seen

MOST_KEPT = 10_000
"""Moments, or moments and audiences, of which is kept what was seen near them."""


class Timeline:
    """What was seen, oldest first. Near a moment is what was seen in the `window` that ends with it."""

    def __init__(self, seen: Iterable[Seen], window: timedelta) -> None:
        self.seen = sorted(seen, key=lambda each: each.observed_at)
        self.window = window
        self.times = [each.observed_at for each in self.seen]
        self._regions: dict[tuple[int, int], frozenset[str]] = {}
        self._labels: dict[tuple[int, int, tuple[str, ...]], frozenset[str]] = {}

    def near(self, moment: datetime, audience: tuple[str, ...]) -> Iterator[Seen]:
        """What was seen near a moment for an audience, newest first."""
        first, last = self._span(moment)
        return (each for each in reversed(self.seen[first:last]) if _is_for(each, audience))

    def speaks(self, seen: Seen, moment: datetime, audience: tuple[str, ...]) -> bool:
        """Whether something was seen near a moment for an audience."""
        return moment - self.window <= seen.observed_at <= moment and _is_for(seen, audience)

    def has_any(self, moment: datetime) -> bool:
        """Whether anything was seen near a moment, wherever."""
        first, last = self._span(moment)
        return first < last

    def regions(self, moment: datetime) -> frozenset[str]:
        """Those of which anything was seen near a moment; "": everywhere."""
        span = first, last = self._span(moment)
        known = self._regions.get(span)
        if known is None:
            known = frozenset((each.observation.region or "").upper() for each in self.seen[first:last])
            if len(self._regions) < MOST_KEPT:
                self._regions[span] = known
        return known

    def labels(self, moment: datetime, audience: tuple[str, ...]) -> frozenset[str]:
        """Labels of everything seen near a moment for an audience."""
        key = (*self._span(moment), audience)
        known = self._labels.get(key)
        if known is None:
            known = frozenset(label for each in self.near(moment, audience) for label in each.labels)
            if len(self._labels) < MOST_KEPT:
                self._labels[key] = known
        return known

    def _span(self, moment: datetime) -> tuple[int, int]:
        """The indexes of the first of `seen` near a moment, and of the first after those."""
        return bisect_left(self.times, moment - self.window), bisect_right(self.times, moment)


def _is_for(seen: Seen, audience: tuple[str, ...]) -> bool:
    """Whether it was seen in a region of an audience (none: all of them), or everywhere."""
    region = seen.observation.region
    return not region or not audience or region.upper() in audience
