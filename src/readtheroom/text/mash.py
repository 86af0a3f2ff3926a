"""Keyboard mash: what fingers, a cat or a child leave in a text box. Judged by shape, without a word list.

Words of capitals (`KRVL`, `STRMBK`) and short ones are never taken for it: names are written so.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from readtheroom.spans import Span

SHORTEST = 7
"""Letters and signs: shorter ones are abbreviations as often as not."""

LOW_RUN = 6
TOP_RUN = 7
"""Neighbouring keys of a row, one after the other: no word of our languages holds as many (`Wertzuwachs` has six)."""

RARE = 4
"""Different pairs of letters that no word holds, and signs within words; names and abbreviations have one or two."""

NEIGHBOURS = 0.7
"""Share of neighbouring keys among the pairs of letters of `asdfasdf`; words of the lower rows stay below."""

_TOP_ROWS = ("qwertyuiop", "azertyuiop", "qwertzuiop", ";ςερτυθιοπ")
_LOW_ROWS = (
    "asdfghjkl;'", "zxcvbnm,./",  # English, and most
    "qsdfghjklm", "wxcvbn,;:",  # French
    "asdfghjklöä", "yxcvbnm,.-",  # German
    "asdfghjklñ", "asdfghjklç",  # Spanish, Portuguese
    "ασδφγηξκλ", "ζχψωβνμ",  # Greek
)  # fmt: skip
_NAMES_OF_LAYOUTS = frozenset({"qwerty", "qwertz", "azerty", "qwertyuiop", "azertyuiop", "qwertzuiop"})

_CHUNK = re.compile(rf"\S{{{SHORTEST},60}}")
_SIGNS_INSIDE = re.compile(r"[;'\[\]\\=]")
_NO_LETTER = re.compile(r"[\W\d_]+")
_FRAME = "\"'“”„«»()[]{}<>.,;:!?…*_~-"
_LAUGH = re.compile(r"(?:[hjk]+[aeiou]*){4,}")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")

_RARE = re.compile(
    # Overlapping pairs. Consonants that never meet in English, French, Spanish, German, Italian or Portuguese.
    "(?=([bcdfghjklmnpqrstvwxz]q|q[bcdefghjklmnopqrstvwxyz]|j[bcdfghklmnpqrstvwxyz]|[bcfghklmpqstvwxz]j"
    "|[bcdfghjklmpqrstvwz]x|x[bdgjkmnrvwz]|v[bcdfghjkmpqwxz]|[bcfghjkmpqtwxz]v|[bfghjkmpqvwx]z|z[bcdfghjkmnpqrstvwx]"
    "|[fhjqvxz]k|[bcdgpqvxz]f|f[bcdghjkmpqvwxz]|g[cfjkpqvxz]|k[cfgjqvxz]|w[gjqvxz]))"
)


@lru_cache(maxsize=8)
def mashes(text: str) -> tuple[Span, ...]:
    """Chunks of a text that were typed without sense, in order. URLs and tags are the caller's to leave out."""
    return tuple(Span(*found.span()) for found in _CHUNK.finditer(text) if _is_mash(found[0]))


@lru_cache(maxsize=1 << 16)
def _is_mash(chunk: str) -> bool:
    bare = chunk.strip(_FRAME)
    return bare.lower() not in _NAMES_OF_LAYOUTS and (_runs_along(chunk.lower()) or _is_noise(bare, chunk))


def _runs_along(chunk: str) -> bool:
    """Whether keys of a row follow each other, in either direction."""
    for length, rows in ((LOW_RUN, _LOW_ROWS), (TOP_RUN, _TOP_ROWS)):
        if any(chunk[at : at + length] in _pieces(length, rows) for at in range(len(chunk) - length + 1)):
            return True
    pairs = [chunk[at : at + 2] for at in range(len(chunk) - 1)]
    near = [pair for pair in pairs if pair in _pieces(2, _LOW_ROWS)]
    return len(near) >= NEIGHBOURS * len(pairs) and len(set(map(frozenset, near))) > 1


@cache
def _pieces(length: int, rows: tuple[str, ...]) -> frozenset[str]:
    """All runs of so many neighbouring keys."""
    both = [row for each in rows for row in (each, each[::-1])]
    return frozenset(row[at : at + length] for row in both for at in range(len(row) - length + 1))


def _is_noise(bare: str, chunk: str) -> bool:
    """Whether letters meet that never do; a chunk with a capital may be a name."""
    if bare != bare.lower() or _LAUGH.fullmatch(bare):
        return False
    longest = max(_NO_LETTER.split(bare), key=len)
    rare = len(set(_RARE.findall(_DRAWN_OUT.sub(r"\1", longest))))
    return len(longest) >= SHORTEST and rare >= RARE - 1 and rare + len(_SIGNS_INSIDE.findall(chunk)) >= RARE
