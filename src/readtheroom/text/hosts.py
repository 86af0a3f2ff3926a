"""Host names in running text: labels, top-level domains, and which labels make up a domain."""

from __future__ import annotations

import os
import re
from functools import cache

MAX_LABEL = 63
"""In punycode: RFC 1035, section 2.3.4."""

_LETTERS = re.compile(r"[A-Za-z]+")
_PUNYCODE = re.compile(r"xn--[0-9a-z]+", re.I)
_GLUED = re.compile(r"[0-9A-Za-z@+\-]")
"""What makes an ending no top-level domain when it follows."""


@cache
def top_level_domains() -> frozenset[str]:
    """All of IANA's, lower case, internationalised ones in their own script."""
    with open(os.path.join(os.path.dirname(__file__), "tlds.txt"), encoding="utf-8") as file:
        return frozenset(word for line in file if not line.startswith("#") for word in line.split())


@cache
def _longest_foreign() -> int:
    return max(len(name) for name in top_level_domains() if not name.isascii())


class Host:
    """A run of characters that a host may hold, cut at its full stops.

    `starts`, `ends`: the labels. `tlds`: where the top-level domain ends that a label begins with, else 0.
    """

    __slots__ = ("_far", "_text", "count", "end", "ends", "starts", "tlds")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self.end = text, end
        self.starts, self.ends = [start], []
        dot = text.find(".", start, end)
        while dot >= 0:
            self.ends.append(dot)
            self.starts.append(dot + 1)
            dot = text.find(".", dot + 1, end)
        self.ends.append(end)
        self.count = len(self.starts)
        self.tlds = [0, *(_tld_end(text, *label) for label in zip(self.starts[1:], self.ends[1:], strict=True))]
        self._far: list[int | None] = [None] * (self.count + 1)
        self._fill()

    def reach(self, label: int, start: int) -> int | None:
        """The furthest label that ends a domain that begins at `start`, inside `label`; None if there is none.

        Labels begin and end with a letter or digit of any script; the last before the top-level domain holds no
        underscore.
        """
        if label + 1 >= self.count or not self._begins_and_ends(start, self.ends[label]):
            return None
        if self._far[label + 1] is not None:
            return self._far[label + 1]
        plain = self._text.find("_", start, self.ends[label]) < 0
        return label + 1 if plain and self.tlds[label + 1] else None

    def is_next_to_last(self, label: int) -> bool:
        """Whether a domain that begins in `label` can have no more than the top-level domain after it."""
        return self._far[label + 1] is None

    def _begins_and_ends(self, start: int, end: int) -> bool:
        return start < end and self._text[start] not in "-_" and self._text[end - 1] not in "-_"

    def _fill(self) -> None:
        """`reach` for each label taken whole: from the right, so that all of them cost one pass."""
        for label in range(self.count - 2, -1, -1):
            self._far[label] = self.reach(label, self.starts[label])


def _tld_end(text: str, start: int, end: int) -> int:
    code = _PUNYCODE.match(text, start, end)
    if code:
        return code.end()
    letters = _LETTERS.match(text, start, end)
    if letters and letters[0].lower() in top_level_domains() and not _GLUED.match(text, letters.end()):
        return letters.end()
    if text[start:end].isascii():
        return 0
    for stop in range(min(end, start + _longest_foreign()), start, -1):
        if text[start:stop].lower() in top_level_domains() and not _GLUED.match(text, stop):
            return stop
    return 0


def is_deliverable(domain: str, length: int, limit: int) -> bool:
    """Whether a domain can be written in punycode, within `limit` for its whole URL of `length` characters."""
    for label in domain.split("."):
        encoded = _encoded_length(label)
        if encoded > MAX_LABEL:
            return False
        length += max(encoded - len(label), 0)
    return length <= limit


def _encoded_length(label: str) -> int:
    if label.isascii() or len(label) > MAX_LABEL:
        return len(label)
    if label.lower().startswith("xn--"):
        return MAX_LABEL + 1
    return len("xn--") + len(label.lower().encode("punycode"))
