"""Standard streams as commands may rely on them: in UTF-8, and there even if they were closed from the start."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import TextIO

STANDARD = (0, 1, 2)
"""The numbers of the three streams."""


def ready() -> None:
    """Make them ready. What is written to a closed standard output fails; a closed standard error swallows it."""
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _occupy()
    sys.stdout = sys.stdout or _Closed()
    sys.stderr = sys.stderr or _Closed(spared=True)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def spare_output() -> None:
    """Results go to a file as well: where standard output is closed, nobody wants them there."""
    if isinstance(sys.stdout, _Closed):
        sys.stdout.spared = True


def let_go(stream: TextIO) -> None:
    """What still waits to be written is dropped: else Python complains once more when it flushes at exit."""
    with suppress(OSError):  # it has no number: nothing waits
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _occupy() -> None:
    """Take the numbers of closed streams: a file that got one would be written to by whoever means the stream."""
    while (number := os.open(os.devnull, os.O_RDWR)) in STANDARD:
        pass
    os.close(number)


class _Closed(io.TextIOBase):
    """Stands for a stream that was closed before the start."""

    def __init__(self, *, spared: bool = False) -> None:
        self.spared = spared
        """Whether what is written is not missed."""

    def write(self, text: str, /) -> int:
        if text and not self.spared:
            raise OSError(errno.EBADF, "standard output is closed: open it, or send it to a file")
        return len(text)
