"""Text from drafts, headlines and file names, made safe to show and measured in terminal columns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

WIDTH = 76
"""Columns of an excerpt; with its indent it fits a terminal of 80."""

_REACH = 200
"""Code points that are looked at on either side: a line may be megabytes long, or all combining marks."""

_LEAST_CONTEXT = 16
"""Columns kept for what stands around a very long span."""

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Controls (escape sequences start with one), bidirectional controls, invisible characters, lone surrogates."""

_NARROW = re.compile("[ -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u0482\u2010-\u2027\u202f\u20ac]*")
"""One column each whatever stands beside them: Latin, Greek, Cyrillic, French spaces, dashes, quotes, the euro."""

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    r"""`text` with everything that could drive or mislead a terminal written as `\x1b`, `\u202e` …: one line."""
    return _UNSAFE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    code = ord(char)
    return _SHORT.get(char) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def clipped(text: str, most: int) -> str:
    """`text` made visible, of at most `most` code points; what is left out is shown as `…`."""
    return visible(text) if len(text) <= most else visible(text[: most - 1]) + "…"


def columns(text: str) -> int:
    """How many terminal columns a visible text takes: two for wide characters and emoji, none for combining marks."""
    if _NARROW.fullmatch(text):
        return len(text)
    from wcwidth import wcswidth  # noqa: PLC0415  slow to import (40 ms), and most lines do not need it

    width: int = wcswidth(text)
    return width if width >= 0 else len(text)


class Excerpt(NamedTuple):
    """One line to show, visible; `width` columns from column `start` (from 0) of it are the span."""

    line: str
    start: int
    width: int


def excerpt(text: str, start: int, end: int) -> Excerpt:
    """The line of `text` on which `start` stands, cut to `WIDTH` columns around `text[start:end]`.

    Of a span over several lines, the part on the first one. An empty span is one column wide.
    """
    first, last = _line(text, start)
    stop = min(max(end, start), last)
    span = _head("", text[start : min(stop, start + _REACH)], WIDTH - _LEAST_CONTEXT)
    rest = text[stop : min(last, stop + _REACH)] if start + len(span) == stop else ""
    before, after = _around(text[max(first, start - _REACH) : start], _shown(span), rest)
    lead = ("…" if len(before) < start - first else "") + _shown(before)
    upto = lead + _shown(span)
    trail = _shown(after) + ("…" if start + len(span) + len(after) < last else "")
    return Excerpt(upto + trail, columns(lead), max(columns(upto) - columns(lead), 1))


def _line(text: str, at: int) -> tuple[int, int]:
    first = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
    return first, min(ends, default=len(text))


def _shown(text: str) -> str:
    return visible(text.replace("\t", "    "))


def _around(before: str, shown: str, after: str) -> tuple[str, str]:
    """What fits on either side, half the room each unless one side leaves some to the other."""
    taken = columns(shown)
    room = WIDTH - 2 - taken
    wanted = columns(shown + _shown(after)) - taken
    kept = _tail(before, shown, taken + max(room // 2, room - wanted))
    return kept, _head(_shown(kept) + shown, after, WIDTH - 2)


def _head(lead: str, text: str, room: int) -> str:
    """The longest start of `text` that fits after `lead`; measured together, since marks join what they follow."""
    count = bisect_right(range(1, len(text) + 1), room, key=lambda n: columns(lead + _shown(text[:n])))
    return text[:count]


def _tail(text: str, trail: str, room: int) -> str:
    """The longest end of `text` that fits before `trail`."""
    drop = bisect_left(range(len(text)), -room, key=lambda n: -columns(_shown(text[n:]) + trail))
    return text[drop:]
