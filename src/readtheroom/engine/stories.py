"""What explains a trend that somebody else tells of: lists of trends seldom say why, and headlines name what trends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from readtheroom.engine.related import SHORTEST
from readtheroom.model import Observation, Reason
from readtheroom.text.language import detect
from readtheroom.text.tokens import words
from readtheroom.text.wordlist import LANGUAGES, costs

COMMON = 410
"""Words with less `wordlist` cost (over one in 13,000) name no story; Paris and Boston are rarer, Sunday is not."""

_DAYS = """
    monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche
    montag dienstag mittwoch donnerstag freitag samstag sonntag lunes martes miercoles jueves viernes sabado domingo
    lunedi martedi mercoledi giovedi venerdi domenica segunda terca quarta quinta sexta feira
    δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη
"""
WEEKDAYS = frozenset(_DAYS.split())
"""As folded. They stand in every other headline, and are as rare in all other texts as towns are."""


class Stories:
    """The names of trends, and which headlines have them. Add all names before the first headline is read."""

    def __init__(self, folder: str | None = None) -> None:
        self._folder = folder
        self._by_word: dict[str, list[tuple[str, str]]] = {}
        self._named: dict[str, tuple[str, ...]] = {}

    def add(self, key: str, name: str) -> None:
        """A trend, by its key and its name as it is spelt."""
        found = words(name)
        if any(len(word) >= SHORTEST for word in found):
            self._by_word.setdefault(max(found, key=len), []).append((key, f" {' '.join(found)} "))

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
            self._named[title] = tuple(self._find(title))
        return self._named[title]

    def _find(self, title: str) -> Iterator[str]:
        found = words(title)
        spaced = f" {' '.join(found)} "
        near = [named for word in dict.fromkeys(found) for named in self._by_word.get(word, ()) if named[1] in spaced]
        common = costs(detect(title, LANGUAGES) or "en", self._folder) if near else {}
        return (key for key, name in near if _is_rare(name.split(), common))


def _is_rare(name: Iterable[str], common: Mapping[str, int]) -> bool:
    """Whether a name has a word that can tell one story from another."""
    rare = (word for word in name if len(word) >= SHORTEST and word not in WEEKDAYS)
    return any(common.get(word, COMMON) >= COMMON for word in rare)


def _headlines(seen: Observation) -> Iterator[Reason]:
    """The reasons of an observation, or the headline that it is."""
    yield from seen.reasons
    if not seen.reasons and len(seen.term.split()) > 1:
        yield Reason(seen.term, source=seen.source)
