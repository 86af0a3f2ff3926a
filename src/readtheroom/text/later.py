"""Patterns that are compiled when a text first needs them: most texts need few, and each takes a millisecond or so."""

from __future__ import annotations

import re
from collections.abc import Iterator


class Later:
    """A pattern of `re`, to search with."""

    __slots__ = ("_flags", "_pattern", "_written")

    def __init__(self, written: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._written, self._flags = written, flags
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The same, compiled."""
        if self._pattern is None:
            self._pattern = re.compile(self._written, self._flags)
        return self._pattern

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self.pattern.finditer(text)

    def search(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self.pattern.search(text)
