"""The room's words: a draft that shares several words with what a trend is about, and does not name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from readtheroom.model import Observation
from readtheroom.spans import Span
from readtheroom.text.analysis import AnalysedText
from readtheroom.text.inflection import inflected
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
        known: dict[str, dict[str, tuple[str, ...]]] = {}
        for key, observation in trends:
            known.setdefault(key, {}).update(_distinctive(observation, folder))
        for key, found in known.items():
            for word in list(found)[:MOST_WORDS]:
                for form in found[word]:
                    builder.add(form)
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


def _distinctive(observation: Observation, folder: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words that can tell its story from others, each with the terms that find it in whatever case."""
    lines = [observation.term, *(reason.title for reason in observation.reasons)]
    lang = detect(". ".join(lines), LANGUAGES) or "en"
    common = costs(lang, folder)
    for line in lines:
        for word in words(line):
            if SHORTEST <= len(word) <= LONGEST_TERM and word.isalpha() and common.get(word, COMMON) >= COMMON:
                yield word, (_stem(word), *_forms(word, lang, common))


def _stem(word: str) -> str:
    """The word without what inflection changes, as a prefix; short words as they are."""
    cut = 2 if len(word) >= 8 else int(len(word) >= 6)
    return f"{word[:-cut]}*" if cut else word


def _forms(word: str, lang: str, common: Mapping[str, int]) -> Iterator[str]:
    """Other cases that do not begin as the stem does; none that is a common word."""
    begins = _stem(word).rstrip("*") if len(word) >= 6 else "\0"
    for form in inflected([word]):
        (found,) = form.words
        if form.lang == lang and not found.startswith(begins) and common.get(found, COMMON) >= COMMON:
            yield found
