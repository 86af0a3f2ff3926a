"""What a room cannot speak of: times and regions of which nothing was seen, and what could not be looked up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from readtheroom.engine.timeline import Timeline
from readtheroom.model import Gap


class Coverage:
    """How far a room reaches. Safe to use from several threads."""

    def __init__(self, gaps: tuple[Gap, ...], looked_up: bool, timeline: Timeline) -> None:
        self.gaps, self.looked_up = gaps, looked_up
        self._timeline = timeline

    def gap(self, moment: datetime, audience: tuple[str, ...] = ()) -> str | None:
        """Why the room cannot speak for a moment and an audience, or None."""
        if not self.looked_up:
            return self._silent() or "nobody looked"
        timeline = self._timeline
        if timeline.seen and not timeline.has_any(moment):
            before = f"the {_hours(timeline.window)} before {moment:%F %R} UTC"
            return f"the room has nothing from {before} (newest: {timeline.times[-1]:%F %R})"
        return self._elsewhere(moment, audience)

    def is_blind(self, moment: datetime, audience: tuple[str, ...] = ()) -> bool:
        """Whether the room is of another time or place altogether, or nobody looked.

        A history that goes on before and after a moment of which it has nothing is not: nothing was talked about.
        """
        times = self._timeline.times
        if not self.looked_up or not times:
            return not self.looked_up
        if self._elsewhere(moment, audience):
            return True
        return times[-1] < moment - self._timeline.window or moment < times[0]

    @property
    def missing(self) -> str | None:
        """What could not be looked up of a room that otherwise speaks, or None."""
        return self._silent() if self.looked_up else None

    def lacks(self, audience: tuple[str, ...]) -> bool:
        """Whether somebody whom policy asks, and who could have told of an audience, did not."""
        missed = (gap for gap in self.gaps if gap.required and not gap.note)
        return any(not gap.region or not audience or gap.region.upper() in audience for gap in missed)

    @property
    def notes(self) -> tuple[Gap, ...]:
        """What one should know of how the room was looked up."""
        return tuple(gap for gap in self.gaps if gap.note)

    def _elsewhere(self, moment: datetime, audience: tuple[str, ...]) -> str | None:
        """That what was seen near a moment leaves out a region of the audience, or None."""
        regions = self._timeline.regions(moment) if audience else frozenset()
        missing = [region for region in audience if region not in regions]
        if "" in regions or not regions or not missing:
            return None
        return f"the room speaks of {', '.join(sorted(regions))} alone, and not of {', '.join(missing)}"

    def _silent(self) -> str | None:
        return _told(gap for gap in self.gaps if not gap.note)


def _told(gaps: Iterable[Gap]) -> str | None:
    """`bluesky: timeout; usgs: 429 until 14:05 UTC`; that there is no room at all speaks for itself."""
    return "; ".join(gap.reason if gap.source == "room" else str(gap) for gap in gaps) or None


def _hours(window: timedelta) -> str:
    return f"{window.total_seconds() / 3600:g} hours"
