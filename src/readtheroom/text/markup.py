"""HTML bodies, as publishing tools keep them, reduced to the text that readers see, with positions kept.

No tree is built, so depth costs nothing. `html.parser` is not used: it does not tell where an entity stood, and
takes quadratic time on hostile input in the Python versions that we support.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final, NamedTuple

from readtheroom.spans import Run

MAX_HTML: Final = 1 << 20
"""Characters of a body; longer ones are no posts."""

_TOKEN = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z))"
    r"""|<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?:[^<>"']|"[^"]*"|'[^']*')*+>"""
    r"|(?P<entity>&(?:\#[0-9]{1,7};?|\#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{0,31};?))",
    re.DOTALL,
)
_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "tr"})
_HIDDEN = frozenset({"script", "style", "head", "title", "template"})


class Reduced(NamedTuple):
    """The text of a body, and where its characters stand in the HTML."""

    text: str
    runs: tuple[Run, ...]


def reduce_html(html: str) -> Reduced:
    """The text of `html`: blocks and `<br>` end a line, entities are decoded, scripts and comments are left out.

    White space at either end is dropped. Raises ValueError if it is longer than `MAX_HTML`.
    """
    if len(html) > MAX_HTML:
        raise ValueError(f"an HTML body of more than {MAX_HTML:,} characters")
    reading = _Reading(html)
    at = 0
    for token in _TOKEN.finditer(html):
        reading.text(at, token.start())
        reading.token(token)
        at = token.end()
    reading.text(at, len(html))
    return reading.reduced()


class _Reading:
    """The text so far."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self._length = 0
        self._break: int | None = None
        self._hidden: str | None = None

    def text(self, start: int, end: int) -> None:
        if start < end:
            self._add(self._html[start:end], start, end - start)

    def token(self, token: re.Match[str]) -> None:
        if token["entity"]:
            self._entity(token[0], token.start())
        elif token["tag"]:
            self._tag(token["tag"].lower(), bool(token["end"]), token.start())

    def _entity(self, written: str, at: int) -> None:
        """What an entity stands for; letters after one without a semicolon (`&ltab`) stand for themselves."""
        meant = unescape(written)
        same = 0
        while same < min(len(written), len(meant)) and written[-same - 1] == meant[-same - 1]:
            same += 1
        cut = len(meant) - same
        if cut:
            self._add(meant[:cut], at, 0)
        self.text(at + len(written) - same, at + len(written))

    def _tag(self, tag: str, closing: bool, at: int) -> None:
        if self._hidden:
            if closing and tag == self._hidden:
                self._hidden = None
        elif tag in _HIDDEN and not closing:
            self._hidden = tag
        elif tag == "br":
            self._add("\n", at, 0)
        elif tag in _BLOCKS and self._break is None and self._pieces:
            self._break = at

    def _add(self, piece: str, source: int, length: int) -> None:
        if self._hidden:
            return
        if self._break is not None and not self._pieces[-1].endswith("\n"):
            self._put("\n", self._break, 0)
        self._break = None
        self._put(piece, source, length)

    def _put(self, piece: str, source: int, length: int) -> None:
        self._runs.append(Run(self._length, source, length))
        self._pieces.append(piece)
        self._length += len(piece)

    def reduced(self) -> Reduced:
        text = "".join(self._pieces)
        kept = text.strip()
        start = text.index(kept)
        runs = [Run(run.start - start, run.source, run.length) for run in self._runs]
        return Reduced(kept, tuple(_trimmed(runs, len(kept))))


def _trimmed(runs: list[Run], end: int) -> list[Run]:
    found = []
    for run in runs:
        cut = max(-run.start, 0)
        if cut and cut >= run.length:
            continue
        start = run.start + cut
        if start < end:
            found.append(Run(start, run.source + cut, min(run.length - cut, end - start)))
    return found
