"""Text whose UTF-8 was taken for Latin-1, as Meta's exports have it, set right again with positions kept."""

from __future__ import annotations

import re

from readtheroom.spans import Run
from readtheroom.text.markup import Reduced

_CHARS = re.compile(r"[\x00-\x7f]+|[\xc0-\xff][\x80-\xbf]+")


def repair(text: str) -> Reduced:
    """What `text` was before, if all of it reads as UTF-8; else `text` as it is."""
    if not text.isascii():
        try:
            meant = text.encode("latin-1").decode()
        except UnicodeError:
            pass  # it was never damaged
        else:
            return Reduced(meant, tuple(_runs(text)))
    return Reduced(text, (Run(0, 0, len(text)),))


def _runs(text: str) -> list[Run]:
    """One for each stretch of ASCII, and one of no length for the bytes of each other character, and for the end."""
    runs: list[Run] = []
    length = 0
    for found in _CHARS.finditer(text):
        plain = len(found[0]) if found[0].isascii() else 0
        runs.append(Run(length, found.start(), plain))
        length += plain or 1
    return [*runs, Run(length, len(text), 0)]
