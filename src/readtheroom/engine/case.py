"""One post on the desk; `protocols.Case`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from readtheroom.engine.scene import Scene
from readtheroom.findings import Evidence, Match, Refusal, Skip
from readtheroom.model import Approvals, Hold, Post, Sighting
from readtheroom.protocols import Hit, Text
from readtheroom.text.analysis import AnalysedText
from readtheroom.text.language import detect
from readtheroom.text.lexicon import Lexicon
from readtheroom.text.small_words import language_of


class PostCase:
    """`protocols.Case`. Not shared between threads; what it is made of is."""

    def __init__(
        self,
        post: Post,
        lexicon: Lexicon,
        scene: Scene,
        moment: datetime,
        audience: tuple[str, ...],
        languages: tuple[str, ...],
        holds: tuple[Hold, ...] = (),
        approvals: Approvals | None = None,
    ) -> None:
        """`holds`: those besides the scene's own. `approvals`: None means what the draft says."""
        self.post = post
        self.moment = moment
        self.audience = audience
        self.texts = tuple(AnalysedText(f, n, lexicon) for n, f in enumerate(post.fields))
        self.labels: list[Match] = []
        self.holds = (*scene.holds, *holds)
        self.unused_allows: Mapping[int, Refusal] = {}
        self.approvals = approvals or Approvals(tuple((name,) for name in post.approved_by))
        self.skipped: list[Skip] = []
        self._scene = scene
        self._languages = languages
        self._language = post.lang
        self._detected = post.lang is not None
        self._hits: list[tuple[Text, Hit]] | None = None
        self._sightings: tuple[Sighting, ...] | None = None
        self._room_labels: frozenset[str] | None = None

    @property
    def language(self) -> str | None:
        """See `protocols.Case`."""
        if not self._detected:
            small = language_of(frozenset().union(*(text.wording.distinct for text in self.texts)), self._languages)
            self._language = small or detect("\n".join(text.text for text in self.texts), self._languages)
            self._detected = True
        return self._language

    def hits(self, first: int, end: int) -> Sequence[tuple[Text, Hit]]:
        """See `protocols.Case`."""
        if self._hits is None:
            self._hits = [(text, hit) for text in self.texts for hit in text.hits]
        return [pair for pair in self._hits if first <= pair[1].term < end]

    @property
    def sightings(self) -> Sequence[Sighting]:
        """See `protocols.Case`."""
        if self._sightings is None:
            found = self._scene.sightings(self.texts, self.moment, self.audience, lambda: self.language)
            self._sightings = tuple(found)
        return self._sightings

    @property
    def room_labels(self) -> frozenset[str]:
        """See `protocols.Case`."""
        if self._room_labels is None:
            self._room_labels = self._scene.labels(self.moment, self.audience)
        return self._room_labels

    def room_headlines(self, label: str) -> Sequence[Evidence]:
        """See `protocols.Case`."""
        told = self._scene.headlines(label, self.moment, self.audience)
        return [Evidence(r.title, r.url, r.source, r.published_at, seen_at) for r, seen_at in told]

    @property
    def gap(self) -> str | None:
        """See `protocols.Case`."""
        return self._scene.coverage.gap(self.moment, self.audience)

    @property
    def missing(self) -> str | None:
        """What could not be looked up of a room that speaks for the post."""
        return self._scene.coverage.missing

    @property
    def lacks(self) -> bool:
        """Whether any of that could have told of its audience."""
        return self._scene.coverage.lacks(self.audience)
