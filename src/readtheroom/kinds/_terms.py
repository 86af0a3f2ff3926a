"""Terms by language, as several kinds take them: registered once, found together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from readtheroom.errors import Fault
from readtheroom.model import Json, Rule
from readtheroom.protocols import Case, Hit, Terms, Text
from readtheroom.text.cover import Cover

T = TypeVar("T")

TermList: TypeAlias = "list[str] | dict[str, list[str]]"
"""Terms for any language, or by language code (`any` for all)."""

_LIST: dict[str, Json] = {"type": "array", "items": {"type": "string", "minLength": 1}}

TERMS: dict[str, Json] = {
    "description": "Whole words, `prefix*`, phrases, signs or emoji: a list, or a list per language code (`any`: all).",
    "anyOf": [
        _LIST,
        {"type": "object", "propertyNames": {"pattern": "^([a-z]{2}|any)$"}, "additionalProperties": _LIST},
    ],
}
"""JSON Schema of a `TermList`."""


class Term(NamedTuple):
    """A registered term: its number in the lexicon, and the language that it belongs to (None: any)."""

    number: int
    lang: str | None
    written: str


def by_language(terms: TermList) -> Iterator[tuple[str | None, str]]:
    """Each term with its language."""
    if isinstance(terms, Mapping):
        for lang, some in terms.items():
            yield from ((None if lang == "any" else lang, term) for term in some)
    else:
        yield from ((None, term) for term in terms)


def register(rule: Rule, terms: TermList | None, lexicon: Terms, faults: list[Fault]) -> list[Term]:
    """Adds a rule's terms to the lexicon; a term that cannot match is a fault of the rule."""
    found = []
    for lang, term in by_language(terms or []):
        try:
            found.append(Term(lexicon.add(term, lang), lang, term))
        except ValueError as error:
            faults.append(fault(rule, f"term {term!r} {error}"))
    return found


class Block(NamedTuple):
    """Terms of one language, numbered from `first` on."""

    first: int
    lang: str | None
    written: Sequence[str]


def register_blocks(rule: Rule, terms: TermList | None, lexicon: Terms, faults: list[Fault]) -> list[Block]:
    """As `register`, for long lists: a block a language, and no value a term."""
    lists = terms if isinstance(terms, Mapping) else {"any": terms or []}
    found = []
    for code, some in lists.items():
        lang = None if code == "any" else code
        try:
            found.append(Block(lexicon.extend(some, lang), lang, some))
        except ValueError:
            register(rule, {code: some}, lexicon, faults)
    return [block for block in found if block.written]


class Ranges(Mapping[int, T]):
    """What each number of some ranges stands for. The ranges come in order, and none overlaps another."""

    def __init__(self) -> None:
        self._firsts: list[int] = []
        self._ends: list[int] = []
        self._values: list[T] = []

    def add(self, block: Block, value: T) -> None:
        """The numbers of a block stand for `value`."""
        self._firsts.append(block.first)
        self._ends.append(block.first + len(block.written))
        self._values.append(value)

    @property
    def values_in_order(self) -> Sequence[T]:
        """One value a range."""
        return self._values

    @property
    def bounds(self) -> tuple[int, int]:
        """The first number, and one more than the last."""
        return (self._firsts[0], self._ends[-1]) if self._firsts else (0, 0)

    def __getitem__(self, number: int) -> T:
        at = bisect_right(self._firsts, number) - 1
        if at < 0 or number >= self._ends[at]:
            raise KeyError(number)
        return self._values[at]

    def __contains__(self, number: object) -> bool:
        at = bisect_right(self._firsts, number) - 1 if isinstance(number, int) else -1
        return at >= 0 and isinstance(number, int) and number < self._ends[at]

    def __iter__(self) -> Iterator[int]:
        return (number for first, end in zip(self._firsts, self._ends, strict=True) for number in range(first, end))

    def __len__(self) -> int:
        return sum(self._ends) - sum(self._firsts)


def fault(rule: Rule, message: str) -> Fault:
    """A fault of a rule, at its place."""
    return Fault(rule.path, rule.line, 0, f"rule {rule.id!r}: {message}")


def counted(
    hits: Sequence[tuple[Text, Hit]], terms: Mapping[int, Term | Block], unless: Mapping[int, Term | Block], case: Case
) -> Iterator[tuple[Text, Hit]]:
    """The hits of `terms` that touch none of `unless`, in the draft's language; hashtags are written in any.

    A phrase of another language excepts no word of this one, but a term that stands for all languages.
    """
    places: dict[int, list[tuple[Text, Hit]]] = {}
    for text, hit in hits:
        places.setdefault(text.index, []).append((text, hit))
    for some in places.values():
        own = [(text, hit) for text, hit in some if _is_own(hit, terms, unless, case)]
        if len(own) < len(some):
            tags = Cover(entity.span for entity in some[0][0].entities if entity.kind == "hashtag")
            own = [(text, hit) for text, hit in some if _is_own(hit, terms, unless, case) or tags.overlaps(hit.span)]
        harmless = Cover(hit.span for _, hit in own if hit.term in unless)
        anywhere = Cover(hit.span for _, hit in some if hit.term in unless)
        for text, hit in own:
            if hit.term in terms:
                excepted = harmless if terms[hit.term].lang else anywhere
                if not excepted.overlaps(hit.span):
                    yield text, hit


def _is_own(hit: Hit, terms: Mapping[int, Term | Block], unless: Mapping[int, Term | Block], case: Case) -> bool:
    """Whether what it stands for, if anything here, belongs to the draft's language, or to any."""
    found = terms.get(hit.term) or unless.get(hit.term)
    return found is None or found.lang is None or case.language in {None, found.lang}


def longest(found: Sequence[tuple[Text, Hit]]) -> list[tuple[Text, Hit]]:
    """Without hits that lie inside a longer one, and each place once."""
    kept: list[tuple[Text, Hit]] = []
    for text, hit in sorted(found, key=lambda each: (each[0].index, each[1].span.start, -each[1].span.end)):
        if not (kept and kept[-1][0] is text and kept[-1][1].span.covers(hit.span)):
            kept.append((text, hit))
    return kept
