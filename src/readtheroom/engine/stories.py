"""What explains a trend that somebody else tells of: lists of trends seldom say why, and headlines name what trends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from readtheroom.engine.related import SHORTEST
from readtheroom.model import Observation, Reason
from readtheroom.text.inflection import inflected
from readtheroom.text.language import detect
from readtheroom.text.tokens import tokens, words
from readtheroom.text.wordlist import LANGUAGES, costs

COMMON = 410
"""Words with less `wordlist` cost (over one in 13,000) name no story unless a headline spells
them as names; Boston is rarer, Paris is in English."""

_DAYS = """
    monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche
    montag dienstag mittwoch donnerstag freitag samstag sonntag lunes martes miercoles jueves viernes sabado domingo
    lunedi martedi mercoledi giovedi venerdi domenica segunda terca quarta quinta sexta feira
    δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη
"""
_MONTHS = """
    january february march may june july august september october november december januar februar marz mai juni juli
    oktober dezember ιανουαριοσ φεβρουαριοσ μαρτιοσ απριλιοσ μαιοσ ιουνιοσ ιουλιοσ αυγουστοσ σεπτεμβριοσ οκτωβριοσ
    νοεμβριοσ δεκεμβριοσ ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου
    νοεμβριου δεκεμβριου
"""
CALENDAR = frozenset((_DAYS + _MONTHS).split())
"""As folded. They stand in every other headline and draft, and are as rare in all other texts as towns are. Months are
those of languages that write them with a capital; April is left out, a first name as often."""


class Stories:
    """The names of trends, and which headlines have them. Add all names before the first headline is read."""

    def __init__(self, folder: str | None = None) -> None:
        self._folder = folder
        self._by_word: dict[str, list[_Spaced]] = {}
        self._named: dict[str, tuple[str, ...]] = {}

    def add(self, key: str, name: Sequence[str]) -> None:
        """A trend, by its key and the folded words of its name."""
        if any(len(word) >= SHORTEST for word in name):
            for some, lang in ((name, None), *inflected(name)):
                self._by_word.setdefault(max(some, key=len), []).append((key, f" {' '.join(some)} ", lang))

    def told_by(self, seen: Observation, own: str) -> Iterator[tuple[str, Observation]]:
        """The trends that an observation explains, its own (by key) apart, each with what of it is about them."""
        behind: dict[str, list[Reason]] = {}
        for reason in _headlines(seen):
            for key in self._names_in(reason.title):
                if key != own:
                    behind.setdefault(key, []).append(reason)
        for key, reasons in behind.items():
            yield key, seen._replace(reasons=tuple(reasons), rank=None, volume=None)

    def _names_in(self, title: str) -> tuple[str, ...]:
        if title not in self._named:
            self._named[title] = tuple(dict.fromkeys(self._find(title)))
        return self._named[title]

    def _find(self, title: str) -> Iterator[str]:
        found = words(title)
        spaced = f" {' '.join(found)} "
        near = [named for word in dict.fromkeys(found) for named in self._by_word.get(word, ()) if named[1] in spaced]
        spoken = (detect(title, LANGUAGES) or "en") if near else "en"
        common = costs(spoken, self._folder) if near else {}
        spelt = _spelt_as_names(title) if near and spoken != "de" else frozenset()
        return (
            key
            for key, name, lang in near
            if lang in {None, spoken} and (is_rare(name.split(), common) or _tells(name.split()) & spelt)
        )


_Spaced: TypeAlias = tuple[str, str, str | None]
"""The key of a trend, its name between spaces, and the language if that is another case of it."""


def is_rare(name: Iterable[str], common: Mapping[str, int]) -> bool:
    """Whether a name has a word that can tell one story from another."""
    return any(common.get(word, COMMON) >= COMMON for word in _tells(name))


def _tells(name: Iterable[str]) -> set[str]:
    return {word for word in name if len(word) >= SHORTEST and word not in CALENDAR}


def _spelt_as_names(headline: str) -> frozenset[str]:
    """The words with a capital inside a headline; none of one that gives a capital to most of its words."""
    found = tokens(headline)
    inside = [each for before, each in pairwise(found) if before.folded.isalnum() or before.folded == "'"]
    capital = {each.folded for each in inside if headline[each.start].isupper()}
    small = {each.folded for each in inside if headline[each.start].islower() and len(each.folded) >= SHORTEST}
    return frozenset(capital if len(small) >= len(capital) else ())


def _headlines(seen: Observation) -> Iterator[Reason]:
    """The reasons of an observation, or the headline that it is."""
    yield from seen.reasons
    if not seen.reasons and len(seen.term.split()) > 1:
        yield Reason(seen.term, source=seen.source)
