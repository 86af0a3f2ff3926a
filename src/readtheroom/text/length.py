"""How long a text is, as each platform counts it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from readtheroom.model import Entity
from readtheroom.text.emoji import emoji
from readtheroom.text.mentions import mentions
from readtheroom.text.urls import urls

URL_LENGTH = 23
"""What a URL weighs on X and on Mastodon, however long it is (twitter-text's config v3; Mastodon's documentation)."""


class Scale(NamedTuple):
    """How X weighs a text. `light` characters weigh 1, URLs `URL_LENGTH`, all else `heavy`.

    `emoji`: a whole emoji sequence weighs `heavy`, not each of its characters.
    """

    limit: int
    heavy: int
    emoji: bool


V1 = Scale(limit=140, heavy=1, emoji=False)
V2 = Scale(limit=280, heavy=2, emoji=False)
V3 = Scale(limit=280, heavy=2, emoji=True)
"""twitter-text's configurations; v3 is the one in force."""


class Weight(NamedTuple):
    """What X makes of a text: its weight, whether it may be posted, and how many of its code points fit.

    `fits` is reckoned as twitter-text does, in the text's normal form C and then moved by the difference in length;
    a character that X refuses ends it too.
    """

    weight: int
    limit: int
    valid: bool
    fits: int

    @property
    def permillage(self) -> int:
        """The weight in thousandths of the limit, rounded down."""
        return self.weight * 1000 // self.limit


def count(text: str, method: str) -> int:
    """The length of a text by one of `METHODS`. Raises KeyError for another name."""
    return _METHODS[method](text)


def weighted(text: str) -> int:
    """X: 1 for Latin, Greek, Cyrillic and the like, 2 for other characters and for an emoji sequence, 23 for a URL."""
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    total = at = 0
    for url in urls(text):
        total += _weight(text[at : url.span.start]) + URL_LENGTH
        at = url.span.end
    return total + _weight(text[at:])


def _weight(text: str) -> int:
    if text.isascii():
        return len(text)
    if _sequence().search(text):
        text = emoji().sub(_ONE_HEAVY, text)
    return len(text) + len(_heavy().findall(text))


def weigh(text: str, scale: Scale = V3) -> Weight:
    """All that X has to say about a text's length."""
    normal = text if text.isascii() else unicodedata.normalize("NFC", text)
    weight = fits = 0
    sound = True
    for end, unit in _units(normal, scale, urls(normal)):
        weight += unit
        sound = sound and not _refused().match(normal, end - 1)
        if sound and weight <= scale.limit:
            fits = end
    return Weight(weight, scale.limit, sound and 0 < weight <= scale.limit, max(fits + len(text) - len(normal), 0))


def code_points(text: str) -> int:
    """Unicode code points."""
    return len(text)


def utf16(text: str) -> int:
    """UTF-16 code units, as JavaScript counts: characters beyond U+FFFF count twice."""
    return len(text) if text.isascii() else len(text) + len(_astral().findall(text))


def utf8_bytes(text: str) -> int:
    """Bytes of UTF-8; a lone surrogate, which has none, counts as three."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def graphemes(text: str) -> int:
    """What readers see as one character each: extended grapheme clusters of Unicode's annex 29."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    if _simple().fullmatch(text):
        return len(text) - text.count("\r\n") - len(_extend().findall(text))
    import regex  # noqa: PLC0415  slow to import: only for joiners, flags and scripts that stack their letters

    return len(regex.findall(r"\X", text))


def mastodon(text: str) -> int:
    """Mastodon: graphemes; a URL with a scheme counts 23, and `@user@host` only its `@user`."""
    shorter = text
    for entity in sorted(urls(text) + mentions(text, "mastodon"), key=lambda each: each.span, reverse=True):
        start, end = entity.span
        if entity.kind == "mention":
            shorter = shorter[: start + 1] + entity.value.partition("@")[0] + shorter[end:]
        elif "://" in entity.value:
            shorter = shorter[:start] + "x" * URL_LENGTH + shorter[end:]
    return graphemes(shorter)


def threads(text: str) -> int:
    """Threads: code points, but an emoji counts the bytes of its UTF-8 (Threads API, posts, April 2026)."""
    if text.isascii():
        return len(text)
    return len(text) + sum(utf8_bytes(found[0]) - len(found[0]) for found in emoji().finditer(text))


_METHODS: Mapping[str, Callable[[str], int]] = {
    "weighted": weighted,
    "graphemes": graphemes,
    "code_points": code_points,
    "utf16": utf16,
    "utf8_bytes": utf8_bytes,
    "mastodon": mastodon,
    "threads": threads,
}
METHODS = tuple(_METHODS)


def _units(text: str, scale: Scale, found: tuple[Entity, ...]) -> Iterator[tuple[int, int]]:
    """The end and the weight of each URL, emoji and character."""
    at = 0
    for url in found:
        yield from _plain(text, at, url.span.start, scale)
        yield url.span.end, URL_LENGTH
        at = url.span.end
    yield from _plain(text, at, len(text), scale)


def _plain(text: str, start: int, stop: int, scale: Scale) -> Iterator[tuple[int, int]]:
    if scale.emoji and not text.isascii():
        for found in emoji().finditer(text, start, stop):
            yield from _characters(text, start, found.start(), scale)
            yield found.end(), scale.heavy
            start = found.end()
    yield from _characters(text, start, stop, scale)


def _characters(text: str, start: int, stop: int, scale: Scale) -> Iterator[tuple[int, int]]:
    for at in range(start, stop):
        yield at + 1, 1 if _is_light(text[at]) else scale.heavy


def _is_light(char: str) -> bool:
    return not _heavy().match(char)


_ONE_HEAVY = "\u3000"


@cache
def _heavy() -> re.Pattern[str]:
    """Source: twitter-text's config v3."""
    return re.compile("[^\x00-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")


@cache
def _sequence() -> re.Pattern[str]:
    """What an emoji of several characters has at least one of; a single one weighs the same either way."""
    return re.compile("[\u200d\u20e3\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e007f]")


@cache
def _refused() -> re.Pattern[str]:
    return re.compile("[\ufffe\ufeff\uffff]")


@cache
def _astral() -> re.Pattern[str]:
    return re.compile("[\U00010000-\U0010ffff]")


_EXTEND = "\u0300-\u036f\u20d0-\u20f0\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
"""Marks, selectors and skin tones: each joins the character before it, unless that is a control."""


@cache
def _extend() -> re.Pattern[str]:
    return re.compile(f"[{_EXTEND}]")


@cache
def _simple() -> re.Pattern[str]:
    """Texts that need no table: Latin, Greek, Cyrillic, common signs, kana, Han, emoji; marks only after these."""
    return re.compile(
        "(?:[\x00-\x1f\x7f-\x9f\xad]++|"
        "[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2000-\u200a\u2010-\u2027\u202f-\u205f"
        "\u2070-\u20c0\u2100-\u2bff\u3000-\u3029\u3030-\u3098\u309b-\u31ff\u3400-\u9fff\uff01-\uff9d"
        f"\U0001f004-\U0001f1e5\U0001f210-\U0001f3fa\U0001f400-\U0001faff]++[{_EXTEND}]*+)*+"
    )
