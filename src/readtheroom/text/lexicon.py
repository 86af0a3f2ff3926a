"""All terms of all rules, found in one pass over a text.

A term is whole words, a phrase over any white space (a hyphen will do), or signs and emoji; `word*` matches any
word that begins so. Cost per text does not depend on the number of terms: each word is one look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from readtheroom.protocols import Hit
from readtheroom.spans import Span
from readtheroom.text.tokens import Token, tokens, words

SHORTEST_PREFIX = 3
"""Letters before a `*`: less would match half of the dictionary."""

LONGEST_TERM = 200
"""Code points."""


class _Step(NamedTuple):
    """The next token of a term: how it stands to the one before, and what it is."""

    spaced: bool
    folded: str
    prefix: bool


class _Entry(NamedTuple):
    number: int
    first: _Step
    rest: tuple[_Step, ...]


class Lexicon:
    """Terms, compiled. Immutable once built; safe to use from several threads."""

    __slots__ = ("_by_prefix", "_by_word", "_prefixes", "_signs", "_words")

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self._by_word: dict[str, list[_Entry]] = {}
        self._by_prefix: dict[str, list[_Entry]] = {}
        for entry in entries:
            if entry.first.prefix:
                self._by_prefix.setdefault(entry.first.folded[:SHORTEST_PREFIX], []).append(entry)
            else:
                self._by_word.setdefault(entry.first.folded, []).append(entry)
        self._words = frozenset(self._by_word)
        self._prefixes = frozenset(self._by_prefix)
        self._signs = frozenset(word for word in self._words if not word.isalnum())

    def may_match(self, text: str) -> bool:
        """Whether any term could begin in the text: a quick look that is right when it says no."""
        found = words(text)
        return not (
            self._words.isdisjoint(found)
            and self._prefixes.isdisjoint([word[:SHORTEST_PREFIX] for word in found])
            and self._signs.isdisjoint(text)
        )

    def find(self, text: str) -> list[Hit]:
        """Every occurrence of every term, overlapping ones too, in order of start."""
        return self.match(text, tokens(text)) if self.may_match(text) else []

    def match(self, text: str, stream: Sequence[Token]) -> list[Hit]:
        """The same over tokens that are given: those of the text, or the parts of a hashtag in it."""
        found = []
        for at, token in enumerate(stream):
            for entry in self._begins(token.folded):
                end = _follow(entry.rest, text, stream, at)
                if end:
                    found.append(Hit(entry.number, Span(token.start, end)))
        return found

    def _begins(self, word: str) -> Iterable[_Entry]:
        exact = self._by_word.get(word, ())
        candidates = self._by_prefix.get(word[:SHORTEST_PREFIX])
        if not candidates:
            return exact
        return [*exact, *(entry for entry in candidates if word.startswith(entry.first.folded))]

    def begins_inside(self, word: str, shortest: int = 4) -> bool:
        """Whether a term's first word stands anywhere in a folded word, as `blast` in `lahoreblast`."""
        for start in range(len(word) - shortest + 1):
            if word[start : start + SHORTEST_PREFIX] in self._prefixes and self._begins(word[start:]):
                return True
            if any(word[start:end] in self._words for end in range(start + shortest, len(word) + 1)):
                return True
        return False


def _follow(rest: tuple[_Step, ...], text: str, stream: Sequence[Token], at: int) -> int:
    """Where the term ends whose first token is at `at`, or 0 if it does not go on there."""
    previous = stream[at]
    for step in rest:
        at += 1
        if at < len(stream) and step.spaced and stream[at].folded == "-" and stream[at].start == previous.end:
            previous, at = stream[at], at + 1
            spaced = True
        else:
            spaced = at < len(stream) and _has_space(text, previous.end, stream[at].start)
        if at >= len(stream) or spaced != step.spaced or not _is(stream[at].folded, step):
            return 0
        previous = stream[at]
    return previous.end


def _has_space(text: str, start: int, end: int) -> bool:
    return start < end and any(char.isspace() for char in text[start:end])


def _is(word: str, step: _Step) -> bool:
    return word.startswith(step.folded) if step.prefix else word == step.folded


class LexiconBuilder:
    """Collects terms; `protocols.Terms`."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._languages: set[str] = set()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that terms were registered in, sorted."""
        return tuple(sorted(self._languages))

    def add(self, term: str, lang: str | None = None) -> int:
        """See `protocols.Terms`."""
        steps = _steps(term)
        number = len(self._entries)
        self._entries.append(_Entry(number, steps[0], tuple(steps[1:])))
        if lang:
            self._languages.add(lang)
        return number

    def build(self) -> Lexicon:
        """The terms so far."""
        return Lexicon(self._entries)


def _steps(term: str) -> list[_Step]:
    if len(term) > LONGEST_TERM:
        raise ValueError(f"is longer than {LONGEST_TERM} characters")
    steps: list[_Step] = []
    end = 0
    for token in tokens(term):
        spaced = _has_space(term, end, token.start)
        if steps and steps[-1].prefix and not spaced:
            raise ValueError("may have a * only at the end of a word")
        if token.folded == "*" and steps and not spaced and steps[-1].folded.isalnum():
            steps[-1] = _prefix(steps[-1])
        else:
            steps.append(_Step(spaced and bool(steps), token.folded, prefix=False))
        end = token.end
    if not steps:
        raise ValueError("has no visible character")
    return steps


def _prefix(step: _Step) -> _Step:
    if len(step.folded) < SHORTEST_PREFIX:
        raise ValueError(f"needs at least {SHORTEST_PREFIX} letters before *")
    return step._replace(prefix=True)
