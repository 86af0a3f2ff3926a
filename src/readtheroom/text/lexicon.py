"""All terms of all rules, found in one pass over a text.

A term is whole words, a phrase over any white space (a hyphen will do), or signs and emoji; `word*` matches any
word that begins so. Cost per text does not depend on the number of terms: each word is one look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from readtheroom.protocols import Hit
from readtheroom.spans import Span
from readtheroom.text.tokens import Token, fold_token, sign_class, tokens, word_tokens, words

SHORTEST_PREFIX = 3
"""Letters before a `*`: less would match half of the dictionary."""

LONGEST_TERM = 200
"""Code points."""


Step: TypeAlias = tuple[bool, str, bool]
"""A token of a term: whether white space stands before it, what it is, and whether it is only a beginning."""

Entry: TypeAlias = tuple[int, tuple[Step, ...], int]
"""A term: its number, its tokens, and which of them is looked up. Plain tuples, so that they can be kept on disk."""


class Lexicon:
    """Terms, compiled. Immutable once built; safe to use from several threads.

    A phrase is looked up by its longest word: most phrases begin with one that stands in every text.
    """

    __slots__ = ("_by_prefix", "_by_word", "_prefixes", "_signs", "_words")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_word: dict[str, list[Entry]] = {}
        self._by_prefix: dict[str, list[Entry]] = {}
        for entry in entries:
            _, folded, prefix = entry[1][entry[2]]
            if prefix:
                self._by_prefix.setdefault(folded[:SHORTEST_PREFIX], []).append(entry)
            else:
                self._by_word.setdefault(folded, []).append(entry)
        self._words = frozenset(self._by_word)
        self._prefixes = frozenset(self._by_prefix)
        self._signs = sign_class(word for word in self._words if len(word) == 1 and not word.isalnum())

    def find(self, text: str) -> list[Hit]:
        """Every occurrence of every term, overlapping ones too, in order of place."""
        known = self._known(words(text))
        marked = word_tokens(text, known) if known else []
        if self._signs:
            marked += [Token(fold_token(sign.group()), *sign.span()) for sign in self._signs.finditer(text)]
        found: list[Hit] = []
        stream: _Stream | None = None
        for token in marked:
            for number, steps, at in known.get(token.folded) or self._by_word.get(token.folded) or ():
                if len(steps) == 1:
                    found.append(Hit(number, Span(token.start, token.end)))
                else:
                    stream = stream or _Stream(text, tokens(text))
                    found += stream.hits(number, steps, at, token)
        found.sort(key=_place)
        return found

    def match(self, text: str, parts: Sequence[Token]) -> list[Hit]:
        """The same over the parts of a hashtag in the text, which are words with white space between."""
        stream = _Stream(text, parts, apart=True)
        entries = ((token, entry) for token in parts for entry in self._of(token.folded))
        return [hit for token, (number, steps, at) in entries for hit in stream.hits(number, steps, at, token)]

    def _known(self, found: list[str]) -> dict[str, Sequence[Entry]]:
        """Those of the words that terms are looked up by, and these terms."""
        known: dict[str, Sequence[Entry]] = {word: self._by_word[word] for word in self._words.intersection(found)}
        prefixes = self._prefixes.intersection([word[:SHORTEST_PREFIX] for word in found])
        if prefixes:
            for word in set(found):
                if word[:SHORTEST_PREFIX] in prefixes and (entries := self._of(word)):
                    known[word] = entries
        return known

    def _of(self, word: str) -> Sequence[Entry]:
        exact = self._by_word.get(word, ())
        candidates = self._by_prefix.get(word[:SHORTEST_PREFIX])
        if not candidates:
            return exact
        return [*exact, *(entry for entry in candidates if word.startswith(entry[1][entry[2]][1]))]

    def begins_inside(self, word: str, shortest: int = 4) -> bool:
        """Whether a word of a term stands anywhere in a folded word, as `blast` in `lahoreblast`."""
        for start in range(len(word) - shortest + 1):
            if word[start : start + SHORTEST_PREFIX] in self._prefixes and self._of(word[start:]):
                return True
            if any(word[start:end] in self._words for end in range(start + shortest, len(word) + 1)):
                return True
        return False


class _Stream:
    """The tokens of one text, to see whether a phrase stands around one of them."""

    def __init__(self, text: str, some: Sequence[Token], *, apart: bool = False) -> None:
        self._apart = apart
        self._text = text
        self._tokens = some
        self._index = {token.start: at for at, token in enumerate(some)}

    def hits(self, number: int, steps: tuple[Step, ...], at: int, token: Token) -> list[Hit]:
        """One hit, if the term stands here with its token `at` on `token`."""
        start = last = self._index[token.start]
        for step in range(at, 0, -1):
            start = self._before(start, spaced=steps[step][0])
            if start < 0 or not _is(self._tokens[start], steps[step - 1]):
                return []
        for following in steps[at + 1 :]:
            last = self._after(last, spaced=following[0])
            if last < 0 or not _is(self._tokens[last], following):
                return []
        return [Hit(number, Span(self._tokens[start].start, self._tokens[last].end))]

    def _before(self, at: int, *, spaced: bool) -> int:
        """The token before, at the distance that is wanted; a lone hyphen will do for white space. -1: none."""
        if at and spaced and self._joins(at - 1):
            return at - 2
        return at - 1 if at and self._spaced(at) == spaced else -1

    def _after(self, at: int, *, spaced: bool) -> int:
        if at + 1 == len(self._tokens):
            return -1
        if spaced and self._joins(at + 1):
            return at + 2
        return at + 1 if self._spaced(at + 1) == spaced else -1

    def _joins(self, at: int) -> bool:
        """Whether a token is a hyphen between two words."""
        inside = 0 < at < len(self._tokens) - 1
        return inside and self._tokens[at].folded == "-" and not (self._spaced(at) or self._spaced(at + 1))

    def _spaced(self, at: int) -> bool:
        return self._apart or _has_space(self._text, self._tokens[at - 1].end, self._tokens[at].start)


def _place(hit: Hit) -> tuple[Span, int]:
    return hit.span, hit.term


def _is(token: Token, step: Step) -> bool:
    _, folded, prefix = step
    return token.folded.startswith(folded) if prefix else token.folded == folded


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
        self._entries.append((number, tuple(steps), max(range(len(steps)), key=lambda at: _weight(steps[at]))))
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


def _weight(step: Step) -> tuple[bool, int]:
    """How well a token can be looked up: words before signs, long ones before short ones."""
    return step[1].isalnum(), len(step[1])


def _prefix(step: Step) -> Step:
    spaced, folded, _ = step
    if len(folded) < SHORTEST_PREFIX:
        raise ValueError(f"needs at least {SHORTEST_PREFIX} letters before *")
    return (spaced, folded, True)
