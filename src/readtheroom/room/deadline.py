"""Time that is shared by all who wait."""

from __future__ import annotations

from time import monotonic


class Deadline:
    """A moment from which on nobody waits any more."""

    __slots__ = ("_end",)

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    def left(self) -> float:
        """Seconds, never less than none."""
        return max(0.0, self._end - monotonic())

    def within(self, seconds: float) -> Deadline:
        """A deadline in `seconds`, unless this one comes first."""
        return Deadline(min(seconds, self.left()))
