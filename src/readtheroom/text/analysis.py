"""One field of a post, analysed: each step is taken when first asked for, once, and shared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readtheroom.model import Entity, Field
from readtheroom.protocols import Hit
from readtheroom.spans import Span
from readtheroom.text import hashtags
from readtheroom.text.cover import Cover
from readtheroom.text.entities import entities
from readtheroom.text.lexicon import Lexicon
from readtheroom.text.normalise import fold
from readtheroom.text.tokens import Token, words


class AnalysedText:
    """`protocols.Text`, over one lexicon."""

    __slots__ = ("_entities", "_hits", "_lexicon", "_words", "field", "index")

    def __init__(self, field: Field, index: int, lexicon: Lexicon) -> None:
        self.field = field
        self.index = index
        self._lexicon = lexicon
        self._entities: tuple[Entity, ...] | None = None
        self._words: list[str] | None = None
        self._hits: list[Hit] | None = None

    @property
    def text(self) -> str:
        """The field's text."""
        return self.field.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        """See `protocols.Text`."""
        if self._entities is None:
            self._entities = entities(self.text)
        return self._entities

    @property
    def words(self) -> Sequence[str]:
        """See `protocols.Text`."""
        if self._words is None:
            self._words = words(self.text)
        return self._words

    @property
    def hits(self) -> Sequence[Hit]:
        """Terms of the lexicon, split hashtags included, URLs and mentions left out; by start, then number."""
        if self._hits is None:
            self._hits = list(self._find(self._lexicon))
        return self._hits

    def find(self, lexicon: Lexicon) -> list[Hit]:
        """The same for another lexicon, not kept."""
        return list(self._find(lexicon))

    def _find(self, lexicon: Lexicon) -> Iterator[Hit]:
        found = set(lexicon.find(self.text))
        if "#" in self.text or "＃" in self.text:
            for entity in self.entities:
                if entity.kind == "hashtag":
                    found.update(lexicon.match(self.text, tag_parts(entity, lexicon)))
        if found and any(sign in self.text for sign in "@＠."):
            closed = Cover(e.span for e in self.entities if e.kind in {"url", "mention"})
            found = {hit for hit in found if not closed.overlaps(hit.span)}
        yield from sorted(found, key=lambda hit: (hit.span, hit.term))


def tag_parts(tag: Entity, lexicon: Lexicon) -> list[Token]:
    """The words of a split hashtag, placed in the text; none if it is one word.

    A tag without capitals or signs is split by word list only if a term may stand inside it; over-long ones are left.
    """
    if len(tag.value) > hashtags.MAX_LENGTH:
        return []
    parts = hashtags.cased(tag.value)
    if len(parts) < 2 and lexicon.begins_inside(fold(tag.value)):
        parts = hashtags.split(tag.value, folder=lexicon.folder)
    start = tag.span.end - len(tag.value)
    return [_placed(tag.value, part, start) for part in parts] if len(parts) > 1 else []


def _placed(value: str, part: Span, start: int) -> Token:
    return Token(fold(value[part.start : part.end]), start + part.start, start + part.end)
