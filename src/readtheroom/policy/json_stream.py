"""A long JSON list, read entry by entry: no more of it is held than one entry, and some text before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import Final

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json
from readtheroom.policy.json_source import parse_part, skip_space
from readtheroom.spans import FileText

MAX_ENTRY: Final = 16 << 20
"""Characters of one entry."""


class JsonStream:
    """The text of a file at the point to which it was read. Raises `DraftError` for what is not as it should be.

    `blocks` each end where a line does.
    """

    def __init__(self, path: str, blocks: Iterator[str]) -> None:
        self._path, self._blocks = path, blocks
        self._file = FileText("")
        self._at = 0

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What comes next, after white space, if it is of this shape; goes on behind it. The shape is of one line."""
        self.peek()
        found = pattern.match(self._file.text, self._at)
        if found:
            self._at = found.end()
        return found

    def peek(self) -> str:
        """The next character that is not white space, to which it goes on; empty at the end of the file."""
        while True:
            self._at = skip_space(self._file.text, self._at)
            if self._at < len(self._file.text) or not self._read_on():
                return self._file.text[self._at : self._at + 1]

    def entries(self) -> Iterator[tuple[FileText, Json]]:
        """The entries of the list whose opening bracket was just passed, each with its part of the file."""
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield self._entry()
            following = self.peek()
            if following not in {",", "]"} or not following:
                raise self._ends_early() if not following else self.fault("not valid JSON: Expecting ',' delimiter")
            self._at += 1
            if following == "]":
                return

    def fault(self, message: str, at: int | None = None) -> DraftError:
        """An error here, or at an offset of the text at hand."""
        return DraftError([Fault(self._path, *self._file.place(self._at if at is None else at), message)])

    def _entry(self) -> tuple[FileText, Json]:
        while True:
            self.peek()
            try:
                value, end = parse_part(self._file.text, self._at)
                break
            except JSONDecodeError as problem:
                if not self._is_cut(problem):
                    message = f"not valid JSON: {problem.msg.removesuffix(' at')}"
                    raise self.fault(message, problem.pos) from None
                if not self._read_on():
                    raise self._ends_early() from None
            except RecursionError:
                raise self.fault("not valid JSON: nested too deep") from None
            except ValueError as problem:
                raise self.fault(f"not valid JSON: {problem}") from None
        part = FileText(self._file.text[self._at : end], *self._file.place(self._at))
        self._at = end
        return part, value

    def _is_cut(self, problem: JSONDecodeError) -> bool:
        """Whether the text at hand ends too early, rather than being wrong. What is read ends where a line does."""
        return problem.pos >= len(self._file.text.rstrip()) or problem.msg.startswith("Unterminated string")

    def _ends_early(self) -> DraftError:
        return self.fault("the file ends in the middle of this list: it was cut short, fetch it again")

    def _read_on(self) -> bool:
        """Let go of what was passed, and read as much again as is still held; False if there is no more."""
        held = self._file.text[self._at :]
        if len(held) > MAX_ENTRY:
            raise self.fault(f"an entry of more than {MAX_ENTRY >> 20} MiB")
        blocks: list[str] = []
        more = 0
        for block in self._blocks:
            blocks.append(block)
            more += len(block)
            if more >= len(held):
                break
        if blocks:
            place = self._file.place(self._at)
            self._file, self._at = FileText(held + "".join(blocks), *place), 0
        return bool(blocks)
