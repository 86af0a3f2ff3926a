"""The names of trends in a draft: as they are spelt, in other cases, and in parts of a split hashtag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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

_EVERGREEN = """
    love life happy weekend summer winter music art food fashion beauty nature travel style amour vie bonheur ete
    hiver musique mode beaute voyage liebe leben sommer wochenende musik kunst natur reise amor vida feliz verano
    invierno musica comida moda belleza naturaleza viaje amore vita felice estate inverno arte cibo bellezza
    viaggio verao beleza natureza viagem janvier fevrier mai juin juillet aout septembre octobre novembre decembre
    enero febrero marzo mayo junio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio
    giugno luglio settembre ottobre dicembre janeiro fevereiro maio junho julho setembro outubro dezembro
    segundafeira tercafeira quartafeira quintafeira sextafeira blackfriday cybermonday halloween christmas easter
    noel paques navidad pascua weihnachten ostern natale pasqua pascoa χριστουγεννα πασχα αγαπη ζωη καλοκαιρι
    χειμωνασ μουσικη τεχνη φαγητο μοδα ομορφια φυση ταξιδι σαββατοκυριακο
"""
EVERGREEN = frozenset(_EVERGREEN.split())
"""Keys of trends. Posts of every day have them as hashtags, and they are as rare in other texts as towns are. Words
that are first names as well, such as April, are left out."""

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

    def is_everyday(self, key: str, language: Language) -> bool:
        """Whether a trend, by its key, is called by one common word, so that who has it may mean anything else."""
        return key in CALENDAR or key in EVERGREEN or self._common(language()).get(key, EVERYDAY) < EVERYDAY

    def _is_meant(self, name: _Name, language: Language) -> bool:
        """Whether it is a name and no everyday word (a trend called `Monday`), nor a common one in another case."""
        if name.lang is None and len(name.words) > 1:
            return True
        lang = "el" if name.lang == "el" else language()
        if name.lang is None:
            return not self.is_everyday(name.words[0], lambda: lang)
        return name.lang == lang and is_case(name.words, name.spelt, self._common(lang))

    def _common(self, lang: str | None) -> Mapping[str, int]:
        return costs(lang if lang in LANGUAGES else "en", self._folder)


def _is_name(text: str) -> bool:
    """Whether a word is written as a name: a trend called `Summer` is not meant by every `summer`."""
    return not text[0].islower() or " " in text.strip()
