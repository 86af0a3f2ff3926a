"""Hashtags cut into words: by their capitals, signs and digits; and by word lists, where they have none of these.

All functions take a tag's value, without its sign, and speak of it in code points. `langs` are languages of the word
lists, `folder` is where they may be kept (see `wordlist.costs`); lists are read when the first tag needs them. Tags
over `MAX_LENGTH` are left whole, and nothing takes more than a few milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from readtheroom.spans import Span
from readtheroom.text.normalise import fold
from readtheroom.text.paths import ways
from readtheroom.text.wordlist import LANGUAGES, costs

MAX_LENGTH = 100
MAX_READINGS = 50
PLAUSIBLE = 900
"""A reading that is likelier by a factor of a thousand million than another leaves that one out of account."""


class Reading(NamedTuple):
    """One way to read a tag.

    `cost`: minus 100 times the decimal logarithm of how likely it is; the less, the likelier. `cuts`: it differs from
    the best reading only in that it cuts some of its dictionary words (`the rapist` for `therapist`).
    """

    parts: tuple[Span, ...]
    cost: int
    cuts: bool


def cased(tag: str) -> tuple[Span, ...]:
    """The parts that capitals, digits and signs such as `_` show; needs no word list. Signs are in no part."""
    if tag.isascii() and tag.islower() and tag.isalpha():
        return (Span(0, len(tag)),)
    return tuple(Span(*found.span()) for found in _humps().finditer(_shape(tag)))


@lru_cache(maxsize=4096)
def split(tag: str, langs: tuple[str, ...] = LANGUAGES, folder: str | None = None) -> tuple[Span, ...]:
    """The likeliest words: as `cased`, and parts that show no words of their own are cut by word lists."""
    parts = cased(tag)
    if len(tag) > MAX_LENGTH:
        return parts
    found: list[Span] = []
    for part in parts:
        found += _best(tag, part, langs, folder) if _is_run_on(tag, part, parts) else (part,)
    return tuple(found)


def readings(tag: str, langs: Sequence[str] = LANGUAGES, folder: str | None = None) -> tuple[Reading, ...]:
    """Every plausible way to read a tag, likeliest first, `MAX_READINGS` at most. Capitals leave no choice."""
    parts = cased(tag)
    found = [_Open((), 0)]
    for part in parts if len(tag) <= MAX_LENGTH else ():
        choices = _choices(tag, part, langs, folder) if _is_run_on(tag, part, parts) else [_Open((part,), 0)]
        both = [_Open(a.parts + b.parts, a.cost + b.cost) for a in found for b in choices]
        found = sorted(both, key=lambda each: (each.cost, each.parts))[:MAX_READINGS]
    if len(found) == 1:
        return (Reading(found[0].parts or parts, found[0].cost, False),)
    words = frozenset(span for span in found[0].parts if _is_word(tag, span, langs, folder))
    return tuple(Reading(each.parts, each.cost, _only_cuts(each.parts, found[0].parts, words)) for each in found)


class _Open(NamedTuple):
    parts: tuple[Span, ...]
    cost: int


# --- capitals, digits, signs ---


@cache
def _humps() -> re.Pattern[str]:
    """Over the shape of a tag: U upper, l lower (s: the letter s), m mark, x letter without case, d digit, - sign."""
    upper, lower = "Um*", "[ls]m*"
    return re.compile(
        rf"(?:{upper}){{2,}}s(?=U|d|-|\Z)"  # MPs
        rf"|(?:{upper})+(?={upper}[ls])"  # NBC in NBCPolitics
        rf"|(?:(?<![Ulsmx])[ls](?={upper}[ls]))?(?:{upper})?(?:{lower})+"  # Day, day
        rf"|(?<![Ulsmx])[ls]{upper}(?:{lower})+"  # iPhone
        rf"|(?:{upper})+|(?:xm*)+|d+"
    )


def _shape(tag: str) -> str:
    return "".join(map(_class, tag))


def _class(char: str) -> str:
    if char.islower():
        return "s" if char == "s" else "l"
    if char.isupper() or char.istitle():
        return "U"
    if char.isdecimal():
        return "d"
    if char.isalpha():
        return "x"
    return "-" if char.isspace() or char in _SIGNS else "m"


_SIGNS = "_\xb7\u30fb\u05be\u0f0b\u0f0c\u3003\u301c\uff5e\u30a0"


# --- word lists ---


def _is_run_on(tag: str, part: Span, parts: Sequence[Span]) -> bool:
    """Whether a part may be several words: all lower case, capitals beyond an acronym, or the only one with letters."""
    letters = tag[part.start : part.end]
    if len(letters) < 4 or not (letters.isupper() or letters[1:].islower()):
        return False
    if letters.isupper():
        return len(letters) > 5 or _is_alone(tag, part, parts)
    return letters[0].islower() or _is_alone(tag, part, parts)


def _is_alone(tag: str, part: Span, parts: Sequence[Span]) -> bool:
    return all(other is part or tag[other.start].isdecimal() for other in parts)


class _Folded(NamedTuple):
    """A part as the lists have it. `places`: for each end of its letters where that is in the tag, -1 for nowhere."""

    word: str
    places: Sequence[int]


def _fold(tag: str, part: Span) -> _Folded:
    letters = tag[part.start : part.end]
    word = fold(letters)
    if len(word) == len(letters):
        return _Folded(word, range(part.start, part.end + 1))
    pieces = [fold(char) for char in letters]
    places = [part.start]
    for at, piece in enumerate(pieces, part.start + 1):
        if piece:
            places += [-1] * (len(piece) - 1) + [at]
        else:
            places[-1] = at
    places[0] = part.start
    return _Folded("".join(pieces), places)


def _cuts(tag: str, part: Span, table: Mapping[str, int], slack: int) -> Iterator[_Open]:
    """The ways to cut a part by one language, likeliest first."""
    word, places = _fold(tag, part)
    for way in islice(ways(word, table, slack), MAX_READINGS):
        ends = [places[end] for end in way.ends]
        if -1 not in ends:
            starts = [part.start, *ends[:-1]]
            yield _Open(tuple(map(Span, starts, ends)), way.cost)


def _best(tag: str, part: Span, langs: Sequence[str], folder: str | None) -> tuple[Span, ...]:
    found = [_likeliest(tag, part, costs(lang, folder)) for lang in langs]
    return min((way for way in found if way), key=lambda way: way.cost, default=_Open((part,), 0)).parts


def _likeliest(tag: str, part: Span, table: Mapping[str, int]) -> _Open | None:
    """The likeliest cut that leaves each character whole; the likeliest of all may go through a ligature such as ﬁ."""
    return next(_cuts(tag, part, table, 0), None) or next(_cuts(tag, part, table, PLAUSIBLE), None)


def _choices(tag: str, part: Span, langs: Sequence[str], folder: str | None) -> list[_Open]:
    """The cuts by all languages, each at its lowest cost; none much less likely than the best of all."""
    lowest: dict[tuple[Span, ...], int] = {}
    for lang in langs:
        for way in _cuts(tag, part, costs(lang, folder), PLAUSIBLE):
            lowest[way.parts] = min(way.cost, lowest.get(way.parts, way.cost))
    best = min(lowest.values(), default=0)
    found = [_Open(parts, cost) for parts, cost in lowest.items() if cost <= best + PLAUSIBLE]
    return sorted(found, key=lambda each: (each.cost, each.parts))[:MAX_READINGS] or [_Open((part,), 0)]


def _is_word(tag: str, span: Span, langs: Sequence[str], folder: str | None) -> bool:
    word = fold(tag[span.start : span.end])
    return any(word in costs(lang, folder) for lang in langs)


def _only_cuts(parts: tuple[Span, ...], best: tuple[Span, ...], words: frozenset[Span]) -> bool:
    """Whether `parts` are `best` but for cuts inside `words`."""
    if parts == best:
        return False
    return all(any(whole == part or (whole in words and whole.covers(part)) for whole in best) for part in parts)
