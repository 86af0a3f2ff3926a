"""URLs in running text, with and without a scheme, by the rules of twitter-text.

A URL without a scheme needs a known top-level domain and is looked for in ASCII (and accented Latin) only, so
that `見てexample.com` is found where no space stands. All work is linear in the length of the text: hosts are
read once, label by label, and never by a pattern that backtracks.

One thing is read otherwise than by twitter-text: it drops the first character of a text that begins with a host in
other letters than ASCII's (`éa.com`); here it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from readtheroom.model import Entity
from readtheroom.spans import Span
from readtheroom.text.charsets import CONTROLS, CYRILLIC, DASHES, DIRECTIONAL, INVALID, LATIN_ACCENTS, SPACES
from readtheroom.text.hosts import Host, is_deliverable

MAX_URL = 4096
"""Longest URL that X takes, in characters, scheme included and the host in punycode."""
MAX_SLUG = 40
"""Longest slug of t.co."""

_BREAKS = DIRECTIONAL + INVALID + SPACES + CONTROLS + r"!-,/:-@\[-^`{-~"
"""What no host holds: hyphen, underscore and full stop are not among it."""


def urls(text: str) -> tuple[Entity, ...]:
    """The URLs of a text, in order; `value` is the URL as written."""
    if "." not in text or _maybe().search(text) is None:
        return ()
    return tuple(Entity("url", span, text[span.start : span.end]) for span in _Scanner(text).spans())


class _Patterns(NamedTuple):
    run: re.Pattern[str]
    first: re.Pattern[str]
    bad_before: re.Pattern[str]
    port: re.Pattern[str]
    path: re.Pattern[str]
    query: re.Pattern[str]
    slug: re.Pattern[str]
    latin: re.Pattern[str]


@cache
def _maybe() -> re.Pattern[str]:
    """What every host has: a dot before a letter."""
    return re.compile(rf"[^{_BREAKS}_.\-]\.[^\W\d_]")


@cache
def _patterns() -> _Patterns:
    bad_before = rf"[A-Za-z0-9@＠$#＃{INVALID}]"
    path = rf"[a-zA-Z0-9!*';:=+,.$/%#\[\]_~&|@\-{CYRILLIC}{DASHES}{LATIN_ACCENTS}]"
    return _Patterns(
        run=re.compile(rf"(?<![^{_BREAKS}])\.*+[^{_BREAKS}.]++\.[^{_BREAKS}]*+"),
        first=re.compile(rf"(?<!{bad_before})[^\-_]"),
        bad_before=re.compile(bad_before),
        port=re.compile(r":[0-9]+"),
        # Wikipedia's and other sites' paths hold balanced brackets, two deep at most.
        path=re.compile(rf"/(?:{path}++|\((?:{path}++|{path}*+\({path}++\){path}*+)\))*+"),
        query=re.compile(r"\?[a-zA-Z0-9!?*'();:&=+$/%#\[\]\-_.,~|@]*+"),
        slug=re.compile(r"https?://t\.co/([a-z0-9]+)", re.I),
        latin=re.compile(rf"[a-zA-Z0-9\-_{LATIN_ACCENTS}]*"),
    )


_NOT_LAST_IN_PATH = "!*';:,.$%[]~&|@" + DASHES
_NOT_LAST_IN_QUERY = "!?*'();:+$%[].,~|@"


class _Scanner:
    """Reads one text from left to right. `_floor` is where the last match ended: what lies before is used up."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._floor = 0
        self._rx = _patterns()

    def spans(self) -> Iterator[Span]:
        for run in self._rx.run.finditer(self._text):
            if run.end() > self._floor:
                yield from self._in_run(Host(self._text, run.start(), run.end()))

    def _in_run(self, host: Host) -> Iterator[Span]:
        """The URLs of a run of host characters: each starts as far left and reaches as far right as it can."""
        label = 0
        while label < host.count - 1 and host.end > self._floor:
            last = host.reach(0, host.starts[0]) if label == 0 else None
            scheme = self._scheme(host.starts[0]) if last is not None else None
            start = host.starts[0] if scheme is not None else self._start(host, label)
            last = host.reach(label, start)
            if last is None:
                label += 1
                continue
            if scheme is not None:
                yield from self._with_scheme(host, scheme, start, last)
            else:
                yield from self._without_scheme(host, label, start, last)
            label = last

    def _start(self, host: Host, label: int) -> int:
        """Where a domain without a scheme may start in a label; its end if nowhere."""
        low, high = host.starts[label], host.ends[label]
        low = max(low, self._floor + 1 if self._floor else 0)
        if host.is_next_to_last(label):
            low = max(low, self._text.rfind("_", low, high) + 1)
        found = self._rx.first.search(self._text, low, high)
        return found.start() if found else high

    def _scheme(self, host: int) -> int | None:
        """Where the scheme of a host starts, if it has one that stands where a URL may start."""
        before = self._text[max(host - 8, 0) : host].lower()
        length = 8 if before == "https://" else 7 if before.endswith("http://") else 0
        start = host - length
        if not length or (start and (start <= self._floor or self._rx.bad_before.match(self._text, start - 1))):
            return None
        return start

    def _with_scheme(self, host: Host, scheme: int, start: int, last: int) -> Iterator[Span]:
        domain_end = host.tlds[last]
        end = self._floor = self._tail(domain_end)[1]
        slug = self._rx.slug.match(self._text, scheme, end)
        if slug:
            if len(slug[1]) > MAX_SLUG:
                return
            end = self._query(slug.end())
        if is_deliverable(self._text[start:domain_end], end - scheme, MAX_URL):
            yield Span(scheme, end)

    def _without_scheme(self, host: Host, label: int, start: int, last: int) -> Iterator[Span]:
        path_end, self._floor = self._tail(host.tlds[last])
        if start and self._text[start - 1] in "-_./":
            return
        for span in self._latin(host, label, start, last):
            end = path_end if path_end is not None and span.end == host.tlds[last] else span.end
            if is_deliverable(self._text[span.start : span.end], end - span.start + len("https://"), MAX_URL):
                yield Span(span.start, end)

    def _latin(self, host: Host, label: int, start: int, last: int) -> Iterator[Span]:
        """The domains in Latin letters within a domain of any script."""
        begin: int | None = None
        best: Span | None = None
        for at in range(label, last + 1):
            low = start if at == label else host.starts[at]
            high = host.tlds[last] if at == last else host.ends[at]
            if at > label and begin is not None and host.tlds[at]:
                best = Span(begin, host.tlds[at])
            tail = self._rx.latin.match(self._text[low:high][::-1])
            length = tail.end() if tail else 0
            if low + length == high:
                begin = low if begin is None else begin
                continue
            if best:
                yield best
            best, begin = None, high - length if length else None
        if best:
            yield best

    def _tail(self, at: int) -> tuple[int | None, int]:
        """Past the host: the end of all that follows if there is a path, and the end of the whole match."""
        port = self._rx.port.match(self._text, at)
        at = port.end() if port else at
        path = self._rx.path.match(self._text, at)
        end = self._query(at + len(path[0].rstrip(_NOT_LAST_IN_PATH)) if path else at)
        return (end if path else None), end

    def _query(self, at: int) -> int:
        query = self._rx.query.match(self._text, at)
        return at + len(query[0].rstrip(_NOT_LAST_IN_QUERY)) if query else at
