"""The room's words: a draft that shares several words with what a trend is about, and does not name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from readtheroom.model import Observation
from readtheroom.spans import Span
from readtheroom.text.analysis import AnalysedText
from readtheroom.text.language import detect
from readtheroom.text.lexicon import LexiconBuilder
from readtheroom.text.terms import LONGEST_TERM
from readtheroom.text.tokens import words
from readtheroom.text.wordlist import LANGUAGES, costs

SHORTEST = 4
"""Letters of a word that can tell one story from another."""

ENOUGH = 2
"""Different words of a story that a draft must share."""

COMMON = 350
"""Words with less `wordlist` cost (over one in three thousand) stand in every story."""

MOST_WORDS = 40
"""Taken of one trend: headlines repeat each other."""


class Related:
    """Words of trends that are grave enough to have labels. Immutable once built."""

    def __init__(self, trends: Iterable[tuple[str, Observation]], folder: str | None = None) -> None:
        builder = LexiconBuilder()
        self._stories: list[tuple[str, str]] = []
        known: dict[str, dict[str, None]] = {}
        for key, observation in trends:
            known.setdefault(key, {}).update(dict.fromkeys(_distinctive(observation, folder)))
        for key, found in known.items():
            for word in list(found)[:MOST_WORDS]:
                builder.add(_stem(word))
                self._stories.append((key, word))
        self._lexicon = builder.build(folder)

    def meet(self, text: AnalysedText) -> Iterator[tuple[Span, str, Literal["words"]]]:
        """The trends of which the text has words enough, each at the first of them."""
        found: dict[str, dict[str, Span]] = {}
        for hit in text.find(self._lexicon) if self._stories else ():
            key, word = self._stories[hit.term]
            found.setdefault(key, {}).setdefault(word, hit.span)
        for key, by_word in found.items():
            if len(set(by_word.values())) >= ENOUGH:
                yield min(by_word.values()), key, "words"


def _distinctive(observation: Observation, folder: str | None) -> Iterator[str]:
    lines = [observation.term, *(reason.title for reason in observation.reasons)]
    common = costs(detect(". ".join(lines), LANGUAGES) or "en", folder)
    for line in lines:
        for word in words(line):
            if SHORTEST <= len(word) <= LONGEST_TERM and word.isalpha() and common.get(word, COMMON) >= COMMON:
                yield word


def _stem(word: str) -> str:
    """The word without what inflection changes, as a prefix; short words as they are."""
    cut = 2 if len(word) >= 8 else int(len(word) >= 6)
    return f"{word[:-cut]}*" if cut else word
