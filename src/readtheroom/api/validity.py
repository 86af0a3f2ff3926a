"""Until when a verdict holds: when it could be another though no file has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from readtheroom.api.desk import Desk
from readtheroom.model import Post, Room
from readtheroom.slots import OVERDUE

FARTHEST = timedelta(days=1)
"""No verdict on a post without a time is said to hold for longer: nobody looks further."""


class Validity:
    """Works it out for many posts; what it needs of a room is made once."""

    def __init__(self) -> None:
        self._room: Room | None = None
        self._times: tuple[datetime, ...] = ()

    def until(self, post: Post, desk: Desk) -> datetime:
        """The next moment (UTC) at which the verdict on a post could change by itself.

        A post with a time is judged for that time: its verdict holds until then at most, and no longer than the room
        is fresh. One without, or one that is a little late, is judged for now: then days, holds, allowances,
        approvals and the window of the room count as well.
        """
        goes_at = post.scheduled_at
        if goes_at and goes_at > desk.now:
            ends = [goes_at, *self._blind(desk)]
        else:
            late = [goes_at + OVERDUE] if goes_at else []
            ends = [desk.now + FARTHEST, *late, *_passing(post, desk), *self._window(desk)]
        if desk.reading.fresh_until:
            ends.append(max(desk.reading.fresh_until, desk.now))
        soonest = min(end for end in ends if end >= desk.now)
        turn = None if goes_at and goes_at > desk.now else desk.engine.turn(post, desk.now, soonest)
        return (turn or soonest).astimezone(UTC)

    def _window(self, desk: Desk) -> Iterator[datetime]:
        """When what was seen begins to count, and no longer does."""
        window = desk.engine.settings.window
        for seen in self._seen(desk.reading.room):
            yield from (end for end in (seen, seen + window) if end > desk.now)

    def _blind(self, desk: Desk) -> Iterator[datetime]:
        """When all that was seen begins or ceases to be of now: a post of the future is warned of then."""
        times = self._seen(desk.reading.room)
        ends = (times[0], times[-1] + desk.engine.settings.window) if times else ()
        return (end for end in ends if end > desk.now)

    def _seen(self, room: Room) -> Sequence[datetime]:
        if room is not self._room:
            self._times = tuple(sorted({each.observed_at for each in room.observations}))
            self._room = room
        return self._times


def _passing(post: Post, desk: Desk) -> Iterator[datetime]:
    """When holds begin and end, and allowances and approvals end."""
    for hold in (*desk.reading.room.holds, *desk.holds):
        yield from (end for end in (hold.start, hold.end) if end and end > desk.now)
    yield from (allow.until for allow in post.allow if allow.until and allow.until >= desk.now)
    approved_until = desk.approvals.until if desk.approvals else None
    yield from [approved_until] if approved_until and approved_until >= desk.now else []
