"""A progress bar on long runs at a terminal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from time import monotonic
from typing import TextIO

PATIENCE = 2.0
"""Seconds before anything is shown, and"""

PACE = 0.2
"""seconds between two updates."""

WIDTH = 30
"""Columns of the bar itself."""


class Progress:
    """Writes `[#####     ]  17%  2 of 12 files, 345 posts` over itself, if the stream is a terminal; leaves no trace.

    Of one file, standard input or a pipe nobody knows how much is left: then it counts posts alone.
    """

    def __init__(self, stream: TextIO, files: Sequence[str], *, enabled: bool) -> None:
        """`files` are all that will be read, in order."""
        self._stream = stream
        self._enabled = enabled and stream.isatty()
        self._before = {path: number for number, path in enumerate(files)} if self._enabled else {}
        self._posts = 0
        self._width = 0
        self._next = monotonic() + PATIENCE

    def __enter__(self) -> Progress:
        return self

    def step(self, path: str) -> None:
        """One more post is done, of the file at `path`."""
        self._posts += 1
        if self._enabled and monotonic() >= self._next:
            self._next = monotonic() + PACE
            self._show(self._told(self._before.get(path, 0), len(self._before)))

    def _told(self, done: int, files: int) -> str:
        posts = f"{self._posts:,} post{'s' if self._posts > 1 else ''}"
        if files < 2:
            return posts
        bar = "#" * (WIDTH * done // files)
        return f"[{bar:{WIDTH}}] {100 * done // files:3}%  {done:,} of {files:,} files, {posts}"

    def _show(self, text: str) -> None:
        text = text[: _columns(self._stream) - 1]
        self._stream.write("\r" + text.ljust(self._width) + "\r")
        self._stream.flush()
        self._width = len(text)

    def __exit__(self, *_: object) -> None:
        if self._width:
            self._show("")


def _columns(stream: TextIO) -> int:
    """Of the terminal: what is longer would go on in the next line, and stay there."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except OSError:
        return 80
