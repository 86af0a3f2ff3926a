"""Texts as words and signs, with their places in the original.

A word is a run of letters and digits of any script with its marks and invisible characters; scripts written
without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) give a token per character, so that terms in them match
anywhere. Every other visible character is a sign. White space and invisible characters separate nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from readtheroom.text.normalise import IGNORABLE, fold

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u0963\u0981-\u0983\u09bc-\u09e3"
    "\u0a01-\u0a03\u0a3c-\u0a51\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0bbe-\u0bcd\u0c00-\u0c04"
    "\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_ENCLOSED = "\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
_LETTER = rf"[^\W_{_SPACELESS}]"
_REST = rf"[{_MARKS}{IGNORABLE}]"

_WORD_FORM = rf"[{_SPACELESS}]|[{_ENCLOSED}]+|{_LETTER}+(?:{_REST}+{_LETTER}+)*(?:[{_MARKS}]+)?"
_SIGN_FORM = rf"[^\w\s{IGNORABLE}\U0001f3fb-\U0001f3ff]|_"

_SYMBOL_IN_WORD = re.compile(rf"[{_ENCLOSED}\u2e80-\u2fdf]")
"""Characters of words that Unicode calls symbols: letters in circles and squares, radicals."""

_ASCII_TOKEN = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
_ASCII_WORD = re.compile(r"[a-z0-9]+")

_SIGNS = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "´": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
} | dict.fromkeys("‐‑‒–—−", "-")

_FULL_WIDTH = 0xFEE0
"""Between an ASCII sign and its full-width form."""


class Token(NamedTuple):
    """`text[start:end]`, folded."""

    folded: str
    start: int
    end: int


@cache
def _any_token() -> re.Pattern[str]:  # compiled when first needed: large classes are slow to compile
    return re.compile(f"{_WORD_FORM}|{_SIGN_FORM}")


@cache
def _any_word() -> re.Pattern[str]:
    return re.compile(_WORD_FORM)


def tokens(text: str) -> list[Token]:
    """Words and signs, in order."""
    if text.isascii():
        return [Token(m.group(), *m.span()) for m in _ASCII_TOKEN.finditer(text.lower().replace("`", "'"))]
    return [Token(folded, *m.span()) for m in _any_token().finditer(text) if (folded := fold_token(m.group()))]


def words(text: str) -> list[str]:
    """The folded words of a text, signs left out: the quick first look."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [fold(word) for word in _any_word().findall(text)]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where each of the `words` of a text stands."""
    if text.isascii():
        return [found.span() for found in _ASCII_WORD.finditer(text.lower())]
    return [found.span() for found in _any_word().finditer(text)]


@lru_cache(1 << 15)
def fold_token(token: str) -> str:
    """The form in which a word or sign is compared."""
    if len(token) > 1 or token.isalnum() or _SYMBOL_IN_WORD.match(token):
        return fold(token)
    plain = _SIGNS.get(token) or unicodedata.normalize("NFKC", token)
    return token if is_word(plain) else plain  # ™ is no word


def is_word(folded: str) -> bool:
    """Whether a folded token is a word, and no sign; it may hold marks (नमस्ते) and, from ½, the bar of a fraction."""
    return folded.isalnum() or any(map(str.isalnum, folded))


def typed(signs: Iterable[str]) -> list[str]:
    """Signs however they are typed (curly, full-width), sorted."""
    ways = set(signs)
    ways |= {written for written, sign in _SIGNS.items() if sign in ways}
    return sorted(ways | {chr(ord(sign) + _FULL_WIDTH) for sign in ways if "!" <= sign <= "~"})


def has_space(text: str, start: int, end: int) -> bool:
    """Whether white space stands in `text[start:end]`."""
    return start < end and any(char.isspace() for char in text[start:end])
