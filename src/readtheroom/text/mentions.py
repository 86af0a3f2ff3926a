"""Mentions, as each platform reads them; lists and replies as X does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from readtheroom.model import Entity
from readtheroom.spans import Span
from readtheroom.text.charsets import DIRECTIONAL, LATIN_ACCENTS, SPACES


def mentions(text: str, platform: str | None = None) -> tuple[Entity, ...]:
    """The users that a text mentions, in order, by the rules of a platform.

    `mastodon`: `@user` and `@user@host`. `bluesky`: `@handle.example`. `threads` and `instagram`: full stops within
    the name. All others, and None: as X does, without lists.
    """
    if "@" not in text and "＠" not in text:
        return ()
    find = _PLATFORMS.get(platform or "x", _on_x)
    return tuple(Entity("mention", Span(start, end), text[start + 1 : end]) for start, end in find(text))


def mentions_and_lists(text: str) -> tuple[Entity, ...]:
    """The users and lists that a text mentions on X, in order; a list's `value` is `user/list`."""
    if "@" not in text and "＠" not in text:
        return ()
    return tuple(Entity("mention", Span(start, end), text[start + 1 : end]) for start, _, end in _users_and_lists(text))


def reply(text: str) -> str | None:
    """The user that a text answers on X: the one that it begins with."""
    found = _reply().match(text)
    return found[1] if found and not _x_after().match(text, found.end()) else None


@cache
def _x() -> re.Pattern[str]:
    return re.compile(r"[@＠]([A-Za-z0-9_]{1,20})(/[A-Za-z][A-Za-z0-9_\-]{0,24})?")


@cache
def _x_before() -> re.Pattern[str]:
    """What may stand before the sign, if what ends there is `RT`; other letters may not."""
    return re.compile(r"(?:\A|[^A-Za-z0-9_+~.\-])[rR][tT]\Z")


@cache
def _x_after() -> re.Pattern[str]:
    """What makes it no mention when it follows: another sign, a letter that the name would miss, a scheme."""
    return re.compile(rf"[@＠{LATIN_ACCENTS}]|://")


@cache
def _reply() -> re.Pattern[str]:
    return re.compile(rf"[{SPACES}{DIRECTIONAL}]*+[@＠]([A-Za-z0-9_]{{1,20}})")


def _users_and_lists(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end of the name, and end, of each mention."""
    floor = 0
    for found in _x().finditer(text):
        start = found.start()
        if start and (start <= floor or not _may_precede(text, start)):
            continue
        floor = found.end()
        if not _x_after().match(text, floor):
            yield start, found.end(1), floor


def _may_precede(text: str, start: int) -> bool:
    before = text[start - 1]
    if before in "_!#$%&*@＠":
        return False
    return (
        not (before.isascii() and before.isalnum()) or _x_before().search(text[max(start - 3, 0) : start]) is not None
    )


def _on_x(text: str) -> Iterator[tuple[int, int]]:
    return ((start, end) for start, name_end, end in _users_and_lists(text) if name_end == end)


@cache
def _mastodon() -> re.Pattern[str]:
    # Mastodon's documentation: letters, digits, `_`, and within the name `.` and `-`.
    return re.compile(r"(?<![=/\w])@[A-Za-z0-9_]++(?:[.\-]++[A-Za-z0-9_]++)*+(?:@\w++(?:[.\-]++\w++)*+)?")


@cache
def _bluesky() -> re.Pattern[str]:
    # AT Protocol, handle syntax: two or more labels of letters, digits, inner hyphens; the last begins with a letter.
    label = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
    return re.compile(rf"(?<![^\s(])[@＠](?:{label}\.)+[A-Za-z](?:[A-Za-z0-9\-]{{0,61}}[A-Za-z0-9])?(?![A-Za-z0-9\-])")


@cache
def _dotted() -> re.Pattern[str]:
    # Threads and Instagram: up to 30 letters, digits, `_`, and `.` within the name.
    return re.compile(r"(?<![\w@.])@[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?(?![A-Za-z0-9_])")


def _by(pattern: Callable[[], re.Pattern[str]]) -> Callable[[str], Iterator[tuple[int, int]]]:
    return lambda text: (found.span() for found in pattern().finditer(text))


_PLATFORMS: Mapping[str, Callable[[str], Iterator[tuple[int, int]]]] = {
    "mastodon": _by(_mastodon),
    "bluesky": _by(_bluesky),
    "threads": _by(_dotted),
    "instagram": _by(_dotted),
}
