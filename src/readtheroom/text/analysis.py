"""One field of a post, analysed: each step is taken when first asked for, once, and shared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from readtheroom.model import Entity, Field
from readtheroom.protocols import Hit
from readtheroom.spans import Span
from readtheroom.text import hashtags
from readtheroom.text.cover import Cover
from readtheroom.text.entities import entities
from readtheroom.text.lexicon import Lexicon, by_place
from readtheroom.text.normalise import fold
from readtheroom.text.tokens import Token
from readtheroom.text.wording import Wording


class AnalysedText:
    """`protocols.Text`, over one lexicon."""

    __slots__ = ("_closed", "_entities", "_hits", "_lexicon", "_tags", "_wording", "field", "index")

    def __init__(self, field: Field, index: int, lexicon: Lexicon) -> None:
        self.field = field
        self.index = index
        self._lexicon = lexicon
        self._entities: tuple[Entity, ...] | None = None
        self._wording: Wording | None = None
        self._hits: list[Hit] | None = None
        self._tags: tuple[_Tag, ...] | None = None
        self._closed: Cover | None = None

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
    def wording(self) -> Wording:
        """See `protocols.Text`."""
        if self._wording is None:
            self._wording = Wording(self.field.text)
        return self._wording

    @property
    def words(self) -> Sequence[str]:
        """See `protocols.Text`."""
        return self.wording.words

    @property
    def hits(self) -> Sequence[Hit]:
        """Terms of the lexicon, split hashtags included, URLs and mentions left out; by start, then number."""
        if self._hits is None:
            self._hits = self.find(self._lexicon)
        return self._hits

    def find(self, lexicon: Lexicon) -> list[Hit]:
        """The same for another lexicon, not kept."""
        found = lexicon.find(self.wording)
        inside = [hit for tag in self._hashtags() for hit in lexicon.match(self.text, tag.parts(lexicon))]
        if inside:
            found = sorted({*found, *inside}, key=by_place)
        return [hit for hit in found if not self._closed_to.overlaps(hit.span)] if found else found

    def _hashtags(self) -> tuple[_Tag, ...]:
        if self._tags is None:
            some = self.entities if "#" in self.text or "＃" in self.text else ()
            self._tags = tuple(_Tag(each) for each in some if each.kind == "hashtag")
        return self._tags

    @property
    def _closed_to(self) -> Cover:
        """Where no term is found: in URLs and mentions."""
        if self._closed is None:
            some = self.entities if any(sign in self.text for sign in "@＠.") else ()
            self._closed = Cover(each.span for each in some if each.kind in {"url", "mention"})
        return self._closed


class _Tag:
    """A hashtag, to be cut into words once, whoever asks."""

    __slots__ = ("_entity", "_folded", "_parts", "_split")

    def __init__(self, entity: Entity) -> None:
        self._entity = entity
        self._folded = fold(entity.value)
        self._parts = self._placed(hashtags.cased(entity.value)) if len(entity.value) <= hashtags.MAX_LENGTH else []
        self._split: list[Token] | None = None

    def parts(self, lexicon: Lexicon) -> list[Token]:
        """Its words, placed in the text; none if it is one word.

        A tag without capitals or signs is split by word list only if a term may stand inside it; over-long ones are
        left.
        """
        if len(self._parts) > 1:
            return self._parts
        if not self._parts or not lexicon.begins_inside(self._folded):
            return []
        if self._split is None:
            split = self._placed(hashtags.split(self._entity.value, folder=lexicon.folder))
            self._split = split if len(split) > 1 else []
        return self._split

    def _placed(self, parts: Iterable[Span]) -> list[Token]:
        value, start = self._entity.value, self._entity.span.end - len(self._entity.value)
        return [Token(fold(value[each.start : each.end]), start + each.start, start + each.end) for each in parts]
