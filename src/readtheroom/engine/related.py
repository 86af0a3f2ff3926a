"""The room's words: a draft that shares several words with what a trend is about, and does not name it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from readtheroom.model import Observation, SightedBy
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

LONGEST_SPLIT = 3
"""Words of a trend that is called by one of them, where that is rare: a person by the surname, a fire by its town."""

MOST_WORDS = 40
"""Taken of one trend: headlines repeat each other."""


class Related:
    """Words of trends that are grave enough to have labels. Immutable once built."""

    def __init__(self, trends: Iterable[tuple[str, Observation]], folder: str | None = None) -> None:
        builder = LexiconBuilder()
        self._stories: list[tuple[str, str, _Telling]] = []
        known: dict[str, dict[str, _Telling]] = {}
        for key, observation in trends:
            known.setdefault(key, {}).update(_distinctive(observation, folder))
        for key, found in known.items():
            for word in list(found)[:MOST_WORDS]:
                for form in found[word].forms:
                    builder.add(form)
                    self._stories.append((key, word, found[word]))
        self._lexicon = builder.build(folder)

    def meet(self, text: AnalysedText) -> Iterator[tuple[Span, str, SightedBy]]:
        """The trends of which the text has words enough, or that it calls by a part of their names."""
        found: dict[str, dict[str, Span]] = {}
        told: set[str] = set()
        named: dict[str, Span] = {}
        for hit in text.find(self._lexicon) if self._stories else ():
            key, word, telling = self._stories[hit.term]
            found.setdefault(key, {}).setdefault(word, hit.span)
            if telling.alone and not text.text[hit.span.start].islower():
                told.add(key)
                if telling.names.intersection(words(text.text[hit.span.start : hit.span.end])):
                    named.setdefault(key, hit.span)
        for key, by_word in found.items():
            if key in named:
                yield named[key], key, "name"
            elif key in told or len(set(by_word.values())) >= ENOUGH:
                yield min(by_word.values()), key, "words"


class _Telling(NamedTuple):
    """The terms that find a word of a story, in whatever case.

    `alone`: it tells the story by itself. `names`: its cases, if it does so because the trend has it for a name.
    """

    forms: tuple[str, ...]
    alone: bool
    names: frozenset[str]


def _distinctive(observation: Observation, folder: str | None) -> Iterator[tuple[str, _Telling]]:
    """The words that can tell its story from others."""
    titles = [reason.title for reason in observation.reasons]
    lang = detect(". ".join([observation.term, *titles]), LANGUAGES) or "en"
    common = costs(lang, folder)
    name, told = words(observation.term), Counter(word for title in titles for word in {*words(title)})
    spelt = {word for each in observation.term.split() if each[0].isupper() for word in words(each)}
    for word in dict.fromkeys(word for line in (observation.term, *titles) for word in words(line)):
        if SHORTEST <= len(word) <= LONGEST_TERM and word.isalpha() and common.get(word, COMMON) >= COMMON:
            is_rare = common.get(word, RARE) >= RARE
            in_name = is_rare and word in name and len(name) > 1
            alone = in_name or (is_rare and told[word] >= ENOUGH)
            forms = (_stem(word), *_forms(word, lang, common))
            is_name = in_name and len(name) <= LONGEST_SPLIT and word in spelt
            yield word, _Telling(forms, alone, _cases(word, lang) if is_name else frozenset())


def _stem(word: str) -> str:
    """The word without what inflection changes, as a prefix; short words as they are."""
    cut = 2 if len(word) >= 8 else int(len(word) >= 6)
    return f"{word[:-cut]}*" if cut else word


def _cases(word: str, lang: str) -> frozenset[str]:
    return frozenset([word, *(form.words[0] for form in inflected([word]) if form.lang == lang)])


def _forms(word: str, lang: str, common: Mapping[str, int]) -> Iterator[str]:
    """Other cases that do not begin as the stem does; none that is a common word."""
    begins = _stem(word).rstrip("*") if len(word) >= 6 else "\0"
    for form in inflected([word]):
        (found,) = form.words
        if form.lang == lang and not found.startswith(begins) and common.get(found, COMMON) >= COMMON:
            yield found
