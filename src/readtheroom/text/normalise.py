"""How words are compared: NFKC, case, diacritics, look-alike letters and invisible characters do not count.

Words are folded one by one, so what was matched is known in the original text without a map of offsets.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

IGNORABLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
"""Characters that nobody sees, as a regex class: soft hyphen, zero-width, directional marks, variation selectors."""

_IGNORABLE_RANGES = ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x2069), (0xFE00, 0xFE0F))
_IGNORABLE = dict.fromkeys(
    [0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF]
    + [code for first, last in _IGNORABLE_RANGES for code in range(first, last + 1)]
)

_MARKS = dict.fromkeys([*range(0x0300, 0x0370), *range(0x0483, 0x048A), *range(0x0591, 0x05BE), *range(0x064B, 0x0660)])
"""Diacritics that people leave out when they type: Latin, Greek, Cyrillic, Hebrew points, Arabic vowel signs."""

_TO_LATIN = str.maketrans(
    "аесԁһіјӏорԛѕԝухүвкмнтαεικνορτυχωγηօոսցհ",
    "aecdhijlopqswyxybkmhtaeikvoptuxwynonugh",
)
"""Lower-case letters that look like Latin ones (Cyrillic, Greek, Armenian), after Unicode's confusables (UTS 39)."""

_TO_GREEK = str.maketrans("aeikovptuxywn", "αεικονρτυχγωη")
_TO_CYRILLIC = str.maketrans("aecijopsyxkmht", "аесіјорѕухкмнт")

_CACHE_SIZE = 1 << 15
"""Words that are kept, folded: posts say the same again and again."""


@lru_cache(_CACHE_SIZE)
def fold(word: str) -> str:
    """The form in which a word is compared. Raises nothing; an invisible word folds to ''."""
    return word.lower() if word.isascii() else _fold(word)


def _fold(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word.translate(_IGNORABLE)).casefold()
    bare = unicodedata.normalize("NFKD", bare).translate(_MARKS)
    return unicodedata.normalize("NFC", bare if bare.isascii() else _one_script(bare))


def _one_script(word: str) -> str:
    """A word of mixed scripts, in the script of most of its letters; others are left as they are."""
    counts = {"latin": 0, "greek": 0, "cyrillic": 0}
    for char in word:
        script = _script(char)
        if script:
            counts[script] += 1
    if sum(map(bool, counts.values())) < 2:
        return word
    main = max(counts, key=counts.__getitem__)
    return word.translate({"latin": _TO_LATIN, "greek": _TO_GREEK, "cyrillic": _TO_CYRILLIC}[main])


def _script(char: str) -> str | None:
    code = ord(char)
    if "a" <= char <= "z" or 0xDF <= code <= 0x24F or 0x1E00 <= code <= 0x1EFF:
        return "latin"
    if 0x370 <= code <= 0x3FF or 0x1F00 <= code <= 0x1FFF:
        return "greek"
    return "cyrillic" if 0x400 <= code <= 0x52F else None


def skeleton(name: str) -> str:
    """What a name looks like: equal for names that a reader may confuse (`rn` and `m`, Cyrillic `а` and Latin)."""
    return fold(name).translate(_TO_LATIN).translate(_SHAPES).replace("rn", "m").replace("vv", "w")


_SHAPES = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "_": None, "-": None, ".": None})
