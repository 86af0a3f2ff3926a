"""A count of posts on long runs at a terminal."""

from __future__ import annotations

from time import monotonic
from typing import TextIO

PATIENCE = 2.0
"""Seconds before anything is shown, and"""

PACE = 0.2
"""seconds between two updates."""


class Progress:
    """Writes `12,345 posts` over itself, if the stream is a terminal; leaves no trace."""

    def __init__(self, stream: TextIO, *, enabled: bool) -> None:
        self._stream = stream
        self._enabled = enabled and stream.isatty()
        self._count = 0
        self._width = 0
        self._next = monotonic() + PATIENCE

    def __enter__(self) -> Progress:
        return self

    def step(self) -> None:
        """One more post is done."""
        self._count += 1
        if self._enabled and monotonic() >= self._next:
            self._next = monotonic() + PACE
            self._show(f"{self._count:,} posts")

    def _show(self, text: str) -> None:
        self._stream.write("\r" + text.ljust(self._width) + "\r")
        self._stream.flush()
        self._width = len(text)

    def __exit__(self, *_: object) -> None:
        if self._width:
            self._show("")
