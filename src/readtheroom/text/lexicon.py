"""All terms of all rules, found in one pass over a text.

Cost per text does not depend on the number of terms: each word is one look-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from readtheroom.protocols import Hit
from readtheroom.spans import Span
from readtheroom.text.terms import SHORTEST_PREFIX, Entry, Step, entry, pack, unpack
from readtheroom.text.tokens import Token, fold_token, has_space, sign_class, tokens, word_tokens, words

_MOST_MET = 1 << 16
"""Words whose terms are kept; then it is begun anew."""


class LexiconState(NamedTuple):
    """What a lexicon is made of, as plain values that can be kept on disk.

    The words that terms are looked up by, the beginnings of words likewise, each with its packed terms, one a line;
    all signs among them; the number of terms, and in which languages.
    """

    by_word: dict[str, str]
    by_prefix: dict[str, str]
    signs: str
    size: int
    languages: tuple[str, ...]


class Lexicon:
    """Terms, compiled. Safe to use from several threads: all that it learns is which words have terms."""

    __slots__ = ("_by_prefix", "_by_word", "_met", "_signs", "_unpacked", "folder")

    def __init__(self, state: LexiconState, folder: str | None = None) -> None:
        """`folder`: where the word lists that split hashtags may be kept."""
        self.folder = folder
        self._by_word = state.by_word
        self._by_prefix = state.by_prefix
        self._signs = sign_class(state.signs)
        self._unpacked: dict[str, tuple[Entry, ...]] = {}
        self._met: dict[str, tuple[Entry, ...]] = {}

    def find(self, text: str) -> list[Hit]:
        """Every occurrence of every term, overlapping ones too, in order of place."""
        known = self._known(words(text))
        marked = word_tokens(text, known) if known else []
        if self._signs:
            marked += [Token(fold_token(sign.group()), *sign.span()) for sign in self._signs.finditer(text)]
        found: list[Hit] = []
        stream: _Stream | None = None
        for token in marked:
            for number, steps, at in known.get(token.folded) or self._of(token.folded):
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
        entries = ((token, each) for token in parts for each in self._of(token.folded))
        return [hit for token, (number, steps, at) in entries for hit in stream.hits(number, steps, at, token)]

    def _known(self, found: list[str]) -> dict[str, Sequence[Entry]]:
        """Those of the words that terms are looked up by, and these terms."""
        return {word: entries for word in set(found) if (entries := self._of(word))}

    def _of(self, word: str) -> tuple[Entry, ...]:
        """The terms that are looked up by a word; words come again and again, so the answer is kept."""
        known = self._met.get(word)
        if known is None:
            if len(self._met) >= _MOST_MET:
                self._met.clear()
            candidates = self._entries(self._by_prefix.get(word[:SHORTEST_PREFIX]))
            begun = (each for each in candidates if word.startswith(each[1][each[2]][1]))
            known = self._met[word] = (*self._entries(self._by_word.get(word)), *begun)
        return known

    def _entries(self, packed: str | None) -> tuple[Entry, ...]:
        if packed is None:
            return ()
        known = self._unpacked.get(packed)
        if known is None:
            known = self._unpacked[packed] = tuple(map(unpack, packed.split("\n")))
        return known

    def begins_inside(self, word: str, shortest: int = 4) -> bool:
        """Whether a word of a term stands anywhere in a folded word, as `blast` in `lahoreblast`."""
        for start in range(len(word) - shortest + 1):
            if word[start : start + SHORTEST_PREFIX] in self._by_prefix and self._of(word[start:]):
                return True
            if any(word[start:end] in self._by_word for end in range(start + shortest, len(word) + 1)):
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
        return self._apart or has_space(self._text, self._tokens[at - 1].end, self._tokens[at].start)


def _place(hit: Hit) -> tuple[Span, int]:
    return hit.span, hit.term


def _is(token: Token, step: Step) -> bool:
    _, folded, prefix = step
    return token.folded.startswith(folded) if prefix else token.folded == folded


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
            _, folded, prefix = made[1][made[2]]
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
