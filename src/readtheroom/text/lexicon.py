"""All terms of all rules, found in one pass over a text.

A term is whole words, a phrase over any white space (a hyphen will do), or signs and emoji; `word*` matches any
word that begins so. Cost per text does not depend on the number of terms: each word is one look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

from readtheroom.protocols import Hit
from readtheroom.spans import Span
from readtheroom.text.tokens import Token, fold_token, sign_class, token_after, tokens, word_tokens, words

SHORTEST_PREFIX = 3
"""Letters before a `*`: less would match half of the dictionary."""

LONGEST_TERM = 200
"""Code points."""


Step: TypeAlias = tuple[bool, str, bool]
"""The next token of a term: whether white space stands before it, what it is, and whether it is only a beginning."""

Entry: TypeAlias = tuple[int, Step, tuple[Step, ...]]
"""A term: its number, its first token, and those that follow. Plain tuples, so that they can be kept on disk."""


class Lexicon:
    """Terms, compiled. Immutable once built; safe to use from several threads."""

    __slots__ = ("_by_prefix", "_by_word", "_prefixes", "_signs", "_words")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_word: dict[str, list[Entry]] = {}
        self._by_prefix: dict[str, list[Entry]] = {}
        for entry in entries:
            _, folded, prefix = entry[1]
            if prefix:
                self._by_prefix.setdefault(folded[:SHORTEST_PREFIX], []).append(entry)
            else:
                self._by_word.setdefault(folded, []).append(entry)
        self._words = frozenset(self._by_word)
        self._prefixes = frozenset(self._by_prefix)
        self._signs = sign_class(word for word in self._words if len(word) == 1 and not word.isalnum())

    def find(self, text: str) -> list[Hit]:
        """Every occurrence of every term, overlapping ones too, in order of start."""
        heads = self._heads(words(text))
        begins = word_tokens(text, heads) if heads else []
        if self._signs:
            begins += [Token(fold_token(sign.group()), *sign.span()) for sign in self._signs.finditer(text)]
        found = []
        for token in begins:
            for number, _, rest in heads.get(token.folded) or self._by_word.get(token.folded) or ():
                end = _follow(rest, text, token, lambda after: token_after(text, after.end)) if rest else token.end
                if end:
                    found.append(Hit(number, Span(token.start, end)))
        found.sort(key=_place)
        return found

    def match(self, text: str, stream: Sequence[Token]) -> list[Hit]:
        """The same over tokens that are given: the parts of a hashtag in the text."""
        following = dict(pairwise(stream))
        found = []
        for token in stream:
            for number, _, rest in self._begins(token.folded):
                end = _follow(rest, text, token, following.get)
                if end:
                    found.append(Hit(number, Span(token.start, end)))
        return found

    def _heads(self, found: list[str]) -> dict[str, Sequence[Entry]]:
        """The words that a term begins with, and these terms."""
        heads: dict[str, Sequence[Entry]] = {word: self._by_word[word] for word in self._words.intersection(found)}
        prefixes = self._prefixes.intersection([word[:SHORTEST_PREFIX] for word in found])
        if prefixes:
            for word in set(found):
                if word[:SHORTEST_PREFIX] in prefixes and (entries := self._begins(word)):
                    heads[word] = entries
        return heads

    def _begins(self, word: str) -> Sequence[Entry]:
        exact = self._by_word.get(word, ())
        candidates = self._by_prefix.get(word[:SHORTEST_PREFIX])
        if not candidates:
            return exact
        return [*exact, *(entry for entry in candidates if word.startswith(entry[1][1]))]

    def begins_inside(self, word: str, shortest: int = 4) -> bool:
        """Whether a term's first word stands anywhere in a folded word, as `blast` in `lahoreblast`."""
        for start in range(len(word) - shortest + 1):
            if word[start : start + SHORTEST_PREFIX] in self._prefixes and self._begins(word[start:]):
                return True
            if any(word[start:end] in self._words for end in range(start + shortest, len(word) + 1)):
                return True
        return False


def _place(hit: Hit) -> tuple[Span, int]:
    return hit.span, hit.term


def _follow(rest: tuple[Step, ...], text: str, first: Token, after: Callable[[Token], Token | None]) -> int:
    """Where the term ends that begins with `first`, or 0 if it does not go on there."""
    previous = first
    for space_before, folded, prefix in rest:
        token = after(previous)
        spaced = token is not None and _has_space(text, previous.end, token.start)
        if token and space_before and token.folded == "-" and not spaced:
            previous, token, spaced = token, after(token), True
        if token is None or spaced != space_before:
            return 0
        if not (token.folded.startswith(folded) if prefix else token.folded == folded):
            return 0
        previous = token
    return previous.end


def _has_space(text: str, start: int, end: int) -> bool:
    return start < end and any(char.isspace() for char in text[start:end])


class LexiconBuilder:
    """Collects terms; `protocols.Terms`."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._languages: set[str] = set()

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that terms were registered in, sorted."""
        return tuple(sorted(self._languages))

    def add(self, term: str, lang: str | None = None) -> int:
        """See `protocols.Terms`."""
        steps = _steps(term)
        number = len(self._entries)
        self._entries.append((number, steps[0], tuple(steps[1:])))
        if lang:
            self._languages.add(lang)
        return number

    def build(self) -> Lexicon:
        """The terms so far."""
        return Lexicon(self._entries)


def _steps(term: str) -> list[Step]:
    if len(term) > LONGEST_TERM:
        raise ValueError(f"is longer than {LONGEST_TERM} characters")
    steps: list[Step] = []
    end = 0
    for token in tokens(term):
        spaced = bool(steps) and _has_space(term, end, token.start)
        if steps and steps[-1][2] and not spaced:
            raise ValueError("may have a * only at the end of a word")
        if token.folded == "*" and steps and not spaced and steps[-1][1].isalnum():
            steps[-1] = _prefix(steps[-1])
        else:
            steps.append((spaced, token.folded, False))
        end = token.end
    if not steps:
        raise ValueError("has no visible character")
    return steps


def _prefix(step: Step) -> Step:
    spaced, folded, _ = step
    if len(folded) < SHORTEST_PREFIX:
        raise ValueError(f"needs at least {SHORTEST_PREFIX} letters before *")
    return (spaced, folded, True)
