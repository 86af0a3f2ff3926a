"""The room, made ready for look-up: which trends a draft names, and what is going on besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from readtheroom.engine.confidence import confidence
from readtheroom.engine.coverage import Coverage
from readtheroom.engine.names import LONGEST_NAME, Language, Met, Names
from readtheroom.engine.related import Related
from readtheroom.engine.seen import NOTHING_KNOWN, Labeller, ReadHeadlines, Seen, labels_of
from readtheroom.engine.stories import Stories
from readtheroom.engine.timeline import Timeline
from readtheroom.model import Entity, Gap, Observation, Reason, Room, Sighting, Trend
from readtheroom.text.analysis import AnalysedText
from readtheroom.text.tokens import words
from readtheroom.text.trends import trend_key

MOST_HEADLINES = 2
"""Shown of what is going on besides."""


class Scene:
    """One room, indexed. Immutable once built; safe to use from several threads."""

    def __init__(
        self,
        room: Room,
        label: Labeller,
        window: timedelta,
        folder: str | None = None,
        known: Mapping[str, frozenset[str]] = NOTHING_KNOWN,
    ) -> None:
        """`folder`: where word lists may be kept. `known`: what `label` has said of headlines before."""
        self.holds = room.holds
        self._known = ReadHeadlines(label, known)
        self._by_key: dict[str, list[Seen]] = {}
        self._behind: dict[str, list[Seen]] | None = None
        self._stories = Stories(folder)
        self._names = Names(self._stories, folder)
        every = (Seen(each, labels_of(each, self._known, each.term)) for each in room.observations)
        self._timeline = Timeline(every, window)
        self.coverage = Coverage(room.gaps, room.looked_up, self._timeline)
        for each in self._timeline.seen:
            self._add(each)
        self._names.build()
        labelled = ((trend_key(each.observation.term), each.observation) for each in self._timeline.seen if each.labels)
        self._related = Related(labelled, folder)

    @property
    def labels_read(self) -> dict[str, frozenset[str]]:
        """What was said of each headline of the room."""
        return dict(self._known)

    def _add(self, seen: Seen) -> None:
        key = trend_key(seen.observation.term)
        if key not in self._by_key:
            self._by_key[key] = []
            self._names.add(key, seen.observation.term)
        self._by_key[key].append(seen)

    def looked_up_as(self, gaps: tuple[Gap, ...], looked_up: bool) -> Scene:
        """The same, but for what could not be looked up."""
        if (gaps, looked_up) == (self.coverage.gaps, self.coverage.looked_up):
            return self
        if self._behind is None:
            self._behind = self._read_stories()  # once for all that are made of it
        from copy import copy  # noqa: PLC0415  slow to import, and seldom needed

        other = copy(self)
        other.coverage = Coverage(gaps, looked_up, self._timeline)
        return other

    def sightings(
        self, texts: Sequence[AnalysedText], moment: datetime, audience: tuple[str, ...], language: Language
    ) -> Iterator[Sighting]:
        """Trends that the texts, of a language, meet, each where it is met, by place."""
        for text in texts:
            tags = [e for e in text.entities if e.kind == "hashtag"] if _has_sign(text.text) else []
            named = [*self._tagged(tags), *self._names.meet(text, tags, language)]
            met = {key for _, key, _ in named}
            related = [each for each in self._related.meet(text) if each[1] not in met]
            for span, key, by in sorted([*named, *related]):
                trend = self._trend(key, moment, audience)
                if trend:
                    shares = trend.labels and by != "words" and self._names.is_everyday(key, language)
                    yield Sighting(text.index, span, "words" if shares else by, trend)

    def trend(self, term: str, moment: datetime, audience: tuple[str, ...]) -> Trend | None:
        """All that is known of a term, with or without its sign, if it is talked about."""
        key = trend_key(term)
        return self._trend(key, moment, audience) if key in self._by_key else None

    def trends(self, moment: datetime, audience: tuple[str, ...]) -> list[Trend]:
        """All that is talked about: first what most sources tell of, then by rank and volume.

        A headline that is told of under a name of its story is there alone.
        """
        found = _told_once([*filter(None, (self._trend(key, moment, audience) for key in self._by_key))])
        return sorted(
            found, key=lambda each: (-each.source.count(", "), each.rank or 999, -(each.volume or 0), each.term)
        )

    def _tagged(self, tags: list[Entity]) -> Iterator[Met]:
        for tag in tags:
            key = trend_key(tag.value)
            if key in self._by_key:
                yield tag.span, key, "tag"

    def _trend(self, key: str, moment: datetime, audience: tuple[str, ...]) -> Trend | None:
        near = [s for s in self._by_key[key] if self._timeline.speaks(s, moment, audience)]
        if not near:
            return None
        if self._behind is None:  # most drafts meet no trend
            self._behind = self._read_stories()
        behind = [s for s in self._behind.get(key, ()) if self._timeline.speaks(s, moment, audience)]
        return self._merge(near, behind)

    def _read_stories(self) -> dict[str, list[Seen]]:
        """What observations have to say of other trends than their own, by trend."""
        behind: dict[str, list[Seen]] = {}
        for each in self._timeline.seen:
            for key, told in self._stories.told_by(each.observation, trend_key(each.observation.term)):
                behind.setdefault(key, []).append(Seen(told, labels_of(told, self._known)))
        return behind

    def _merge(self, near: list[Seen], behind: list[Seen]) -> Trend:
        """One trend of all that was seen of it and is said about it; each headline once, those with labels first."""
        newest = near[-1].observation
        every = [*reversed(near), *reversed(behind)]
        reasons: dict[str, Reason] = {}
        for each in every:
            for reason in each.observation.reasons:
                reasons.setdefault(reason.url or reason.title, reason._replace(seen_at=each.observed_at))
        return Trend(
            newest.term,
            tuple(sorted(_once(reasons.values()), key=lambda reason: not self._known.get(reason.title))),
            tuple(sorted(frozenset().union(*(each.labels for each in every)))),
            ", ".join(dict.fromkeys(each.observation.source for each in every)),
            newest.observed_at,
            newest.rank,
            newest.volume,
            confidence(self._telling(every)),
        )

    def _telling(self, every: Sequence[Seen]) -> Iterable[Observation]:
        """What says the gravest of it: the headlines with labels, else all headlines, else that it is talked about."""
        seen = [each.observation for each in every if each.labels]
        if not seen:
            return [each.observation for each in every if each.observation.reasons] or [e.observation for e in every]
        labelled = ((each, tuple(r for r in each.reasons if self._known.get(r.title))) for each in seen)
        return [each._replace(reasons=reasons or each.reasons) for each, reasons in labelled]

    def labels(self, moment: datetime, audience: tuple[str, ...]) -> frozenset[str]:
        """Labels of everything observed in the window before `moment` for the audience."""
        return self._timeline.labels(moment, audience)

    def near(self, moment: datetime, audience: tuple[str, ...]) -> list[Observation]:
        """What was observed in the window before a moment for an audience, newest first."""
        return [seen.observation for seen in self._timeline.near(moment, audience)]

    def headlines(self, label: str, moment: datetime, audience: tuple[str, ...]) -> list[tuple[Reason, datetime]]:
        """The newest headlines that have a label, or one below it, each with when it was seen."""
        found: dict[str, tuple[Reason, datetime]] = {}
        for seen in self._timeline.near(moment, audience):
            if any(own == label or own.startswith(label + ".") for own in seen.labels):
                for reason in seen.observation.reasons:
                    found.setdefault(reason.url or reason.title, (reason, seen.observed_at))
            if len(found) >= MOST_HEADLINES:
                break
        return list(found.values())[:MOST_HEADLINES]


def _told_once(trends: Sequence[Trend]) -> Iterator[Trend]:
    named = {id(trend) for trend in trends if len(words(trend.term)) <= LONGEST_NAME}
    told = {reason.title for trend in trends if id(trend) in named for reason in trend.reasons}
    for trend in trends:
        titles = {reason.title for reason in trend.reasons} or {trend.term}
        if id(trend) in named or not titles <= told:
            yield trend


def _once(reasons: Iterable[Reason]) -> Iterable[Reason]:
    """Each headline once, though several outlets have it word for word."""
    first: dict[str, Reason] = {}
    for reason in reasons:
        first.setdefault(" ".join(words(reason.title)) or reason.title, reason)
    return first.values()


def _has_sign(text: str) -> bool:
    return "#" in text or "＃" in text
