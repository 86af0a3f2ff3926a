"""Names in other cases: `Αλέξανδρος`, `Αλεξάνδρου` and `Αλέξανδρε` are one man, `Brookvales` is a genitive in German.

Of the seven languages, Greek and German decline names. Words are folded ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import NamedTuple

SHORTEST_STEM = 3
"""Letters of a Greek word before its ending."""

COMMON = 410
"""Words with less `wordlist` cost (over one in 13,000) may be something else than a case of a name …"""

TWICE = -30
"""… if they are twice as common as the name."""

MOST_FORMS = 128
"""Of one name. Five words that all decline would have thousands."""

_GREEK: Mapping[str, tuple[str, ...]] = {
    "οσ": ("ου", "ο", "ε", "ουσ"),  # ο Βόλος, της Κορίνθου; το Άργος, του Άργους
    "ου": ("οσ", "ο", "ε"),
    "ο": ("οσ", "ου", "ε"),
    "ε": ("οσ", "ου", "ο"),
    "ουσ": ("οσ",),
    "οι": ("ων", "ουσ"),  # οι Δελφοί
    "ασ": ("α",),  # ο Λεωνίδας, τον Λεωνίδα; της Λάρισας, η Λάρισα
    "α": ("ασ", "ων"),  # τα Χανιά, των Χανίων
    "ησ": ("η",),
    "η": ("ησ", "εωσ", "ων"),  # η Αλεξανδρούπολη, της Αλεξανδρουπόλεως; τα Τέμπη
    "εωσ": ("η",),
    "ισ": ("η", "ι", "ιδοσ"),  # ο Άδωνις
    "εσ": ("ων",),  # οι Σέρρες
    "ι": ("ιου",),  # το Δρυοχώρι
    "ιου": ("ι", "ιοσ", "ιο", "ιε"),
    "ων": ("ωνα", "ωνασ", "ωνοσ"),  # ο Πλάτων
}
_ENDINGS = sorted(_GREEK, key=len, reverse=True)
_NO_S = ("s", "x", "z")
"""German names that end so take an apostrophe, which is no part of the word."""


class Form(NamedTuple):
    """A name in another case, word by word, and the language (ISO 639-1) in which it is that."""

    words: tuple[str, ...]
    lang: str


def inflected(name: Sequence[str]) -> Iterator[Form]:
    """A name in the other cases that it may have, `MOST_FORMS` at most; it may itself stand in any."""
    if name and _is_greek("".join(name)):
        every = product(*((word, *greek(word)) for word in name))
        yield from (Form(words, "el") for words in islice(every, 1, MOST_FORMS))
    elif name and name[-1].isalpha() and _is_latin(name[-1]) and not name[-1].endswith(_NO_S):
        yield Form((*name[:-1], f"{name[-1]}s"), "de")


def is_case(form: Sequence[str], name: Sequence[str], common: Mapping[str, int]) -> bool:
    """Whether a text means a name by another case of it, rather than a common word that looks like it.

    `common`: `wordlist.costs` of the language.
    """
    pairs = ((common.get(word, COMMON), common.get(own, COMMON)) for word, own in zip(form, name, strict=True))
    return any(cost >= min(COMMON, own + TWICE) for cost, own in pairs)


def greek(word: str) -> Iterator[str]:
    """A Greek word with the endings of other cases; none for a word of another script."""
    ending = next((each for each in _ENDINGS if word.endswith(each)), "")
    stem = word[: len(word) - len(ending)]
    if ending and len(stem) >= SHORTEST_STEM:
        yield from (stem + other for other in _GREEK[ending])


def _is_greek(letters: str) -> bool:
    return any("α" <= char <= "ω" for char in letters)


def _is_latin(word: str) -> bool:
    return all("a" <= char <= "z" or "\xdf" <= char <= "\u024f" for char in word)
