"""Where drafts come from: a file, a stream such as standard input, or a text at hand.

`text` is bounded, since whole-file formats hold it; `lines` bounds each line, and holds no more than one; so does
`blocks`, which gives many lines at a time.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, Final

from readtheroom.errors import DraftError, Fault
from readtheroom.policy.files import decode, open_bytes, read_text

MAX_FILE: Final = 64 << 20
"""Bytes of a file that is read whole."""

MAX_LINE: Final = 16 << 20
"""Bytes of a line of a file that is read as a stream."""

BLOCK: Final = 1 << 18
"""Bytes that are read at a time, where lines do not matter."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


STREAM: Final = "a pipe or a device, not a file: lead it to standard input, and write - for it"


def is_stream(path: str) -> bool:
    """Whether a pipe or a device is called so: to open one may mean to wait for ever."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False  # opening it will tell why
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


class PathFile:
    """A file on disk. `path` is kept as it was given, for messages."""

    __slots__ = ("beside", "path")

    def __init__(self, path: str, beside: Sequence[str] = ()) -> None:
        self.path, self.beside = path, beside

    def text(self) -> str:
        """All of it. Raises `DraftError` if it is missing, no file, over `MAX_FILE`, binary, or not UTF-8."""
        self._expect_file()
        return read_text(self.path, MAX_FILE, DraftError).text

    def lines(self) -> Iterator[str]:
        """Line by line, ends kept. Raises `DraftError` likewise, and for a line over `MAX_LINE`."""
        self._expect_file()
        with open_bytes(self.path, DraftError) as stream:
            yield from _lines(self.path, stream)

    def blocks(self) -> Iterator[str]:
        """Many lines at a time. Raises `DraftError` as `lines` does."""
        self._expect_file()
        with open_bytes(self.path, DraftError) as stream:
            yield from _blocks(self.path, stream)

    def _expect_file(self) -> None:
        if is_stream(self.path):
            raise DraftError([Fault(self.path, 0, 0, STREAM)])


class StdinFile:
    """A binary stream that can be read once, such as `sys.stdin.buffer`; `name` is what messages call it."""

    __slots__ = ("_stream", "beside", "path")

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self.path = stream, name
        self.beside: Sequence[str] = ()

    def text(self) -> str:
        """All of it. Raises `DraftError` if it is over `MAX_FILE`, binary, or not UTF-8."""
        data = _read(self.path, lambda: self._stream.read(MAX_FILE + 1))
        if len(data) > MAX_FILE:
            raise DraftError([Fault(self.path, 0, 0, f"larger than {MAX_FILE >> 20} MiB: split it")])
        return decode(self.path, data, DraftError)

    def lines(self) -> Iterator[str]:
        """Line by line, ends kept. Raises `DraftError` likewise, and for a line over `MAX_LINE`."""
        return _lines(self.path, self._stream)

    def blocks(self) -> Iterator[str]:
        """Many lines at a time. Raises `DraftError` as `lines` does."""
        return _blocks(self.path, self._stream)


class TextFile:
    """A text at hand, as `--text` and callers of the library give it; `name` is what messages call it."""

    __slots__ = ("_text", "beside", "path")

    def __init__(self, text: str, name: str) -> None:
        self._text, self.path = text.removeprefix("\ufeff"), name
        self.beside: Sequence[str] = ()

    def text(self) -> str:
        """The text."""
        return self._text

    def lines(self) -> Iterator[str]:
        """Line by line, ends kept."""
        return (found[0] for found in _LINE.finditer(self._text))

    def blocks(self) -> Iterator[str]:
        """The text, at once."""
        return iter([self._text])


def _lines(path: str, stream: BinaryIO) -> Iterator[str]:
    number = 0
    while raw := _read(path, lambda: stream.readline(MAX_LINE + 1)):
        if len(raw) > MAX_LINE:
            raise _too_long(path, number)
        line = _decoded(path, raw, number)
        if "\r" in line[:-2]:
            for part in _LINE.findall(line):
                number += 1
                yield part
        else:
            number += 1
            yield line


def _blocks(path: str, stream: BinaryIO) -> Iterator[str]:
    number = 0
    rest = b""
    while raw := _read(path, lambda: stream.read(BLOCK)):
        end = raw.rfind(b"\n") + 1
        if not end:
            rest += raw
        else:
            block = _decoded(path, rest + raw[:end], number)
            number += len(_LINE.findall(block)) if "\r" in block else block.count("\n")
            rest = raw[end:]
            yield block
        if len(rest) > MAX_LINE:
            raise _too_long(path, number)
    if rest:
        yield _decoded(path, rest, number)


def _too_long(path: str, before: int) -> DraftError:
    return DraftError([Fault(path, before + 1, 0, f"a line of more than {MAX_LINE >> 20} MiB")])


def _decoded(path: str, raw: bytes, before: int) -> str:
    try:
        if before and b"\x00" not in raw:
            return raw.decode()
    except UnicodeDecodeError:
        pass  # told below, with its place
    try:
        return decode(path, raw, DraftError)
    except DraftError as error:
        raise DraftError(fault._replace(line=fault.line and fault.line + before) for fault in error.faults) from None


def _read(path: str, read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except OSError as problem:
        raise DraftError([Fault(path, 0, 0, f"cannot be read: {problem.strerror or problem}")]) from None
