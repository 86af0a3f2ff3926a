"""The room's words: a draft that shares several words with what a trend is about, and does not name it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

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

RARE = 500
"""Words with no less `wordlist` cost (one in a hundred thousand, or not listed) tell a story by themselves, where they
are written as a name and stand in the trend or in several of its headlines: a small town, a family."""

MOST_WORDS = 40
"""Taken of one trend: headlines repeat each other."""


class Related:
    """Words of trends that are grave enough to have labels. Immutable once built."""

    def __init__(self, trends: Iterable[tuple[str, Observation]], folder: str | None = None) -> None:
        builder = LexiconBuilder()
        self._stories: list[tuple[str, str, bool]] = []
        known: dict[str, dict[str, _Telling]] = {}
        for key, observation in trends:
            known.setdefault(key, {}).update(_distinctive(observation, folder))
        for key, found in known.items():
            for word in list(found)[:MOST_WORDS]:
                for form in found[word].forms:
                    builder.add(form)
                    self._stories.append((key, word, found[word].alone))
        self._lexicon = builder.build(folder)

    def meet(self, text: AnalysedText) -> Iterator[tuple[Span, str, Literal["words"]]]:
        """The trends of which the text has words enough, each at the first of them."""
        found: dict[str, dict[str, Span]] = {}
        told: set[str] = set()
        for hit in text.find(self._lexicon) if self._stories else ():
            key, word, alone = self._stories[hit.term]
            found.setdefault(key, {}).setdefault(word, hit.span)
            if alone and not text.text[hit.span.start].islower():
                told.add(key)
        for key, by_word in found.items():
            if key in told or len(set(by_word.values())) >= ENOUGH:
                yield min(by_word.values()), key, "words"


class _Telling(NamedTuple):
    """The terms that find a word of a story, in whatever case; `alone`: it tells the story by itself."""

    forms: tuple[str, ...]
    alone: bool


def _distinctive(observation: Observation, folder: str | None) -> Iterator[tuple[str, _Telling]]:
    """The words that can tell its story from others."""
    titles = [reason.title for reason in observation.reasons]
    lang = detect(". ".join([observation.term, *titles]), LANGUAGES) or "en"
    common = costs(lang, folder)
    name, told = words(observation.term), Counter(word for title in titles for word in {*words(title)})
    for word in dict.fromkeys(word for line in (observation.term, *titles) for word in words(line)):
        if SHORTEST <= len(word) <= LONGEST_TERM and word.isalpha() and common.get(word, COMMON) >= COMMON:
            is_rare = common.get(word, RARE) >= RARE
            alone = is_rare and (told[word] >= ENOUGH or (word in name and len(name) > 1))
            yield word, _Telling((_stem(word), *_forms(word, lang, common)), alone)


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
