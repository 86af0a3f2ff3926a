"""The words and signs of one text, each found once, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from readtheroom.protocols import Hit
from readtheroom.spans import Span
from readtheroom.text.terms import Entry, Step
from readtheroom.text.tokens import Token, fold_token, has_space, tokens, word_spans, words


class Wording:
    """A text in words. What takes longer than the words themselves is done when first asked for."""

    __slots__ = ("_places", "_signs", "_stream", "distinct", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)
        """Folded, signs left out, in order."""
        self.distinct: Set[str] = frozenset(self.words)
        self._places: dict[str, list[tuple[int, int]]] | None = None
        self._signs: Set[str] | None = None
        self._stream: Stream | None = None

    def places(self, word: str) -> list[Token]:
        """Where one of the words stands."""
        if self._places is None:
            self._places = {}
            for each, span in zip(self.words, word_spans(self.text), strict=True):
                self._places.setdefault(each, []).append(span)
        return [Token(word, *span) for span in self._places.get(word, ())]

    def may_hold(self, entry: Entry) -> bool:
        """Whether all that a term is made of is there, wherever it stands; its beginnings of words aside."""
        return entry.words <= self.distinct and (not entry.signs or entry.signs <= self._signs_there())

    def _signs_there(self) -> Set[str]:
        if self._signs is None:
            some = (char for char in set(self.text) if not (char.isalnum() or char.isspace()))
            self._signs = frozenset(map(fold_token, some))
        return self._signs

    @property
    def stream(self) -> Stream:
        """Its tokens, for phrases."""
        if self._stream is None:
            self._stream = Stream(self.text, tokens(self.text))
        return self._stream


class Stream:
    """The tokens of one text, to see whether a phrase stands around one of them. `apart`: all have space between."""

    __slots__ = ("_apart", "_index", "_text", "_tokens")

    def __init__(self, text: str, some: Sequence[Token], *, apart: bool = False) -> None:
        self._apart = apart
        self._text = text
        self._tokens = some
        self._index = {token.start: at for at, token in enumerate(some)}

    def hits(self, entry: Entry, token: Token) -> Iterator[Hit]:
        """One hit, if the term stands here with its token `at` on `token`."""
        number, steps, at, *_ = entry
        start = last = self._index[token.start]
        for step in range(at, 0, -1):
            start = self._before(start, spaced=steps[step][0])
            if start < 0 or not _is(self._tokens[start], steps[step - 1]):
                return
        for following in steps[at + 1 :]:
            last = self._after(last, spaced=following[0])
            if last < 0 or not _is(self._tokens[last], following):
                return
        yield Hit(number, Span(self._tokens[start].start, self._tokens[last].end))

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


def _is(token: Token, step: Step) -> bool:
    _, folded, prefix = step
    return token.folded.startswith(folded) if prefix else token.folded == folded
