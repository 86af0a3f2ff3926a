"""All terms of all rules, found in one pass over a text.

Cost per text does not depend on the number of terms: each word is one look-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from readtheroom.protocols import Hit
from readtheroom.spans import Span
from readtheroom.text.terms import SHORTEST_PREFIX, Entry, entry, pack, unpack
from readtheroom.text.tokens import Token, fold_token, typed
from readtheroom.text.wording import Stream, Wording

_MOST_MET = 1 << 16
"""Words and tags of which it is kept what was found; then it is begun anew."""


class LexiconState(NamedTuple):
    """What a lexicon is made of, as plain values that can be kept on disk.

    The words that terms are looked up by, the beginnings of words likewise, each with its packed terms, one a line;
    all signs among them; the number of terms, and in which languages.
    """

    by_word: Mapping[str, str]
    by_prefix: Mapping[str, str]
    signs: str
    size: int
    languages: tuple[str, ...]


class Lexicon:
    """Terms, compiled. Safe to use from several threads: all that it learns is which words have terms."""

    __slots__ = ("_by_prefix", "_by_word", "_inside", "_met", "_sign_set", "_signs", "_unpacked", "folder")

    def __init__(self, state: LexiconState, folder: str | None = None) -> None:
        """`folder`: where the word lists that split hashtags may be kept."""
        self.folder = folder
        self._by_word = state.by_word
        self._by_prefix = state.by_prefix
        signs = typed(state.signs)
        self._sign_set = frozenset(signs)
        self._signs = re.compile("[" + "".join(map(re.escape, signs)) + "]") if signs else None
        self._unpacked: dict[str, tuple[Entry, ...]] = {}
        self._met: dict[str, tuple[Entry, ...]] = {}
        self._inside: dict[str, bool] = {}

    def find(self, wording: Wording) -> list[Hit]:
        """Every occurrence of every term, overlapping ones too, in order of place."""
        found: list[Hit] = []
        met = self._met
        for word in wording.distinct:
            entries = met.get(word)
            if entries is None:
                entries = self._of(word)
            for each in entries:
                if wording.may_hold(each):
                    found += _hits(each, wording.places(word), wording)
        if self._signs and not self._sign_set.isdisjoint(wording.text):
            found += self._at_signs(self._signs, wording)
        if len(found) > 1:
            found.sort(key=by_place)
        return found

    def _at_signs(self, signs: re.Pattern[str], wording: Wording) -> Iterator[Hit]:
        for found in signs.finditer(wording.text):
            sign = Token(fold_token(found.group()), *found.span())
            for each in self._of(sign.folded):
                if wording.may_hold(each):
                    yield from _hits(each, (sign,), wording)

    def match(self, text: str, parts: Sequence[Token]) -> list[Hit]:
        """The same over the parts of a hashtag in the text, which are words with white space between."""
        distinct = {part.folded for part in parts}
        entries = [(token, each) for token in parts for each in self._of(token.folded) if each.words <= distinct]
        stream = Stream(text, parts, apart=True) if entries else None
        return [hit for token, each in entries if stream for hit in stream.hits(each, token)]

    def _of(self, word: str) -> tuple[Entry, ...]:
        """The terms that are looked up by a word; words come again and again, so the answer is kept."""
        known = self._met.get(word)
        if known is None:
            if len(self._met) >= _MOST_MET:
                self._met.clear()
            candidates = self._entries(self._by_prefix.get(word[:SHORTEST_PREFIX]))
            begun = (each for each in candidates if word.startswith(each.steps[each.at][1]))
            known = self._met[word] = (*self._entries(self._by_word.get(word)), *begun)
        return known

    def _entries(self, packed: str | None) -> tuple[Entry, ...]:
        if packed is None:
            return ()
        known = self._unpacked.get(packed)
        if known is None:
            known = self._unpacked[packed] = tuple(map(unpack, packed.split("\n")))
        return known

    def begins_inside(self, word: str) -> bool:
        """Whether a word of a term stands anywhere in a folded word, as `blast` in `lahoreblast`."""
        known = self._inside.get(word)
        if known is None:
            if len(self._inside) >= _MOST_MET:
                self._inside.clear()
            known = self._inside[word] = self._begins_inside(word)
        return known

    def _begins_inside(self, word: str, shortest: int = 4) -> bool:
        for start in range(len(word) - shortest + 1):
            if word[start : start + SHORTEST_PREFIX] in self._by_prefix and self._of(word[start:]):
                return True
            if any(word[start:end] in self._by_word for end in range(start + shortest, len(word) + 1)):
                return True
        return False


def _hits(entry: Entry, places: Iterable[Token], wording: Wording) -> Iterator[Hit]:
    """The places of its word at which a term stands."""
    if len(entry.steps) == 1:
        return (Hit(entry.number, Span(start, end)) for _, start, end in places)
    return (hit for token in places for hit in wording.stream.hits(entry, token))


def by_place(hit: Hit) -> tuple[Span, int]:
    """To sort hits by where they start."""
    return hit.span, hit.term


class LexiconBuilder:
    """Collects terms; `protocols.Terms`."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[str]] = {}
        self._by_prefix: dict[str, list[str]] = {}
        self._languages: set[str] = set()
        self._count = 0

    def add(self, term: str, lang: str | None = None) -> int:
        """See `protocols.Terms`."""
        return self.extend([term], lang)

    def extend(self, terms: Sequence[str], lang: str | None = None) -> int:
        """See `protocols.Terms`."""
        first = self._count
        for made in [entry(first + at, term) for at, term in enumerate(terms)]:
            _, folded, prefix = made.steps[made.at]
            if prefix:
                self._by_prefix.setdefault(folded[:SHORTEST_PREFIX], []).append(pack(made))
            else:
                self._by_word.setdefault(folded, []).append(pack(made))
        if lang and terms:
            self._languages.add(lang)
        self._count += len(terms)
        return first

    @property
    def state(self) -> LexiconState:
        """The terms so far."""
        return LexiconState(
            {word: "\n".join(some) for word, some in self._by_word.items()},
            {word: "\n".join(some) for word, some in self._by_prefix.items()},
            "".join(word for word in self._by_word if len(word) == 1 and not word.isalnum()),
            self._count,
            tuple(sorted(self._languages)),
        )

    def build(self, folder: str | None = None) -> Lexicon:
        """The terms so far, compiled; `folder` as for `Lexicon`."""
        return Lexicon(self.state, folder)


class KnownTerms:
    """`protocols.Terms` for rules whose lexicon is there already: the same terms get the same numbers."""

    def __init__(self, state: LexiconState) -> None:
        self.state = state
        self._count = 0

    def add(self, term: str, lang: str | None = None) -> int:
        """See `protocols.Terms`."""
        return self.extend([term], lang)

    def extend(self, terms: Sequence[str], lang: str | None = None) -> int:  # noqa: ARG002  looked at before
        """See `protocols.Terms`."""
        self._count += len(terms)
        return self._count - len(terms)

    @property
    def complete(self) -> bool:
        """Whether as many terms were asked for as the lexicon has; else it is another one's."""
        return self._count == self.state.size
