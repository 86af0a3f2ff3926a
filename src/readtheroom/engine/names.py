"""The names of trends in a draft: as they are spelt, in other cases, and in parts of a split hashtag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from readtheroom.engine.stories import CALENDAR, Stories
from readtheroom.model import Entity, SightedBy
from readtheroom.spans import Span
from readtheroom.text.analysis import AnalysedText
from readtheroom.text.hashtags import cased
from readtheroom.text.inflection import inflected, is_case
from readtheroom.text.lexicon import LexiconBuilder
from readtheroom.text.terms import LONGEST_TERM
from readtheroom.text.tokens import words
from readtheroom.text.wordlist import LANGUAGES, costs

LONGEST_NAME = 4
"""Words of a trend that is still a name; a longer one is a headline, which no draft repeats word for word."""

EVERYDAY = 290
"""Words with less `wordlist` cost (over one in 800) stand in every other draft; Brazil and France are rarer."""

Language: TypeAlias = Callable[[], str | None]
"""Tells the language of a draft: it takes long enough to be asked only where it matters."""

Met: TypeAlias = tuple[Span, str, SightedBy]
"""Where, which trend (by its key), and how."""


class _Name(NamedTuple):
    """`lang`: the language in which `words` are another case of what is `spelt`; None: they are the same."""

    key: str
    spelt: tuple[str, ...]
    words: tuple[str, ...]
    lang: str | None = None


class Names:
    """All names of trends. Add them all before the first text is read; then safe to use from several threads."""

    def __init__(self, stories: Stories, folder: str | None = None) -> None:
        """`stories` are to know them, too; `folder` is where word lists may be kept."""
        self._folder = folder
        self._stories = stories
        self._builder = LexiconBuilder()
        self._names: list[_Name] = []

    def add(self, key: str, term: str) -> None:
        """A trend, by its key and as it is spelt."""
        bare = term.lstrip("#＃")
        spelt = " ".join(bare[part.start : part.end] for part in cased(bare)) if bare != term else bare
        found = tuple(words(spelt))
        if len(key) > 2 and len(spelt) <= LONGEST_TERM and len(found) <= LONGEST_NAME:
            self._builder.add(spelt.replace("*", " "))
            self._names.append(_Name(key, found, found))
            for form in inflected(found):
                self._builder.add(" ".join(form.words))
                self._names.append(_Name(key, found, *form))
            self._stories.add(key, found)

    def build(self) -> None:
        """That was the last of them."""
        self._lexicon = self._builder.build(self._folder)

    def meet(self, text: AnalysedText, tags: Sequence[Entity], language: Language) -> Iterator[Met]:
        """Names in the text, and in parts of its hashtags; whole hashtags only in another case than the trend."""
        whole = {Span(tag.span.end - len(tag.value), tag.span.end): tag.span for tag in tags}
        for hit in text.find(self._lexicon):
            name, tag = self._names[hit.term], whole.get(hit.span)
            if tag is None and _is_name(text.text[hit.span.start : hit.span.end]) and self._is_meant(name, language):
                yield hit.span, name.key, "name"
            elif tag and name.lang == "el" and self._is_meant(name, language):
                yield tag, name.key, "tag"

    def _is_meant(self, name: _Name, language: Language) -> bool:
        """Whether it is a name and no everyday word (a trend called `Monday`), nor a common one in another case."""
        if name.lang is None and len(name.words) > 1:
            return True
        lang = "el" if name.lang == "el" else language()
        common = costs(lang if lang in LANGUAGES else "en", self._folder)
        if name.lang is None:
            return name.words[0] not in CALENDAR and common.get(name.words[0], EVERYDAY) >= EVERYDAY
        return name.lang == lang and is_case(name.words, name.spelt, common)


def _is_name(text: str) -> bool:
    """Whether a word is written as a name: a trend called `Summer` is not meant by every `summer`."""
    return not text[0].islower() or " " in text.strip()
