"""The room, made ready for look-up: which trends a draft names, and what is going on besides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from readtheroom.engine.confidence import confidence
from readtheroom.engine.names import LONGEST_NAME, Language, Met, Names
from readtheroom.engine.related import Related
from readtheroom.engine.seen import NOTHING_KNOWN, Labeller, ReadHeadlines, Seen, labels_of
from readtheroom.engine.stories import Stories
from readtheroom.model import Entity, Gap, Observation, Reason, Room, Sighting, Trend
from readtheroom.text.analysis import AnalysedText
from readtheroom.text.tokens import words
from readtheroom.text.trends import trend_key

MOST_HEADLINES = 2
"""Shown of what is going on besides."""

_MOST_KEPT = 10_000
"""Moments and audiences whose labels are kept."""


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
        self._room = room
        self._window = window
        self._known = ReadHeadlines(label, known)
        self._by_key: dict[str, list[Seen]] = {}
        self._behind: dict[str, list[Seen]] | None = None
        self._stories = Stories(folder)
        self._names = Names(self._stories, folder)
        self._labels: dict[tuple[int, int, tuple[str, ...]], frozenset[str]] = {}
        self._regions: dict[tuple[int, int], frozenset[str]] = {}
        every = (Seen(each, labels_of(each, self._known, each.term)) for each in room.observations)
        seen = sorted(every, key=lambda each: each.observed_at)
        for each in seen:
            self._add(each)
        self._seen = seen
        self._all_times = [each.observed_at for each in seen]
        self._names.build()
        labelled = ((trend_key(each.observation.term), each.observation) for each in seen if each.labels)
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
        if (gaps, looked_up) == (self._room.gaps, self._room.looked_up):
            return self
        if self._behind is None:
            self._behind = self._read_stories()  # once for all that are made of it
        from copy import copy  # noqa: PLC0415  slow to import, and seldom needed

        other = copy(self)
        other._room = self._room._replace(gaps=gaps, looked_up=looked_up)  # noqa: SLF001  one of us
        return other

    @property
    def looked_up(self) -> bool:
        """Whether anybody looked at all."""
        return self._room.looked_up

    def gap(self, moment: datetime, audience: tuple[str, ...] = ()) -> str | None:
        """Why the room cannot speak for a moment and an audience, or None."""
        if not self._room.looked_up:
            return _told(gap for gap in self._room.gaps if not gap.note) or "nobody looked"
        if self._seen and not self._within(self._all_times, moment):
            newest = self._all_times[-1]
            before = f"the {_hours(self._window)} before {moment:%F %R} UTC"
            return f"the room has nothing from {before} (newest: {newest:%F %R})"
        return self._elsewhere(moment, audience)

    def _elsewhere(self, moment: datetime, audience: tuple[str, ...]) -> str | None:
        """That what was seen near a moment leaves out a region of the audience, or None."""
        regions = self._regions_near(moment) if audience else frozenset()
        missing = [region for region in audience if region not in regions]
        if "" in regions or not regions or not missing:
            return None
        return f"the room speaks of {', '.join(sorted(regions))} alone, and not of {', '.join(missing)}"

    def _regions_near(self, moment: datetime) -> frozenset[str]:
        """Those of which anything was seen near a moment; "": everywhere."""
        near = first, last = self._near(moment)
        known = self._regions.get(near)
        if known is None:
            known = frozenset((seen.observation.region or "").upper() for seen in self._seen[first:last])
            if len(self._regions) < _MOST_KEPT:
                self._regions[near] = known
        return known

    def is_blind(self, moment: datetime, audience: tuple[str, ...] = ()) -> bool:
        """Whether the room is of another time or place altogether, or nobody looked.

        A history that goes on before and after a moment of which it has nothing is not: nothing was talked about.
        """
        if not self._room.looked_up or not self._seen:
            return not self._room.looked_up
        if self._elsewhere(moment, audience):
            return True
        return self._all_times[-1] < moment - self._window or moment < self._all_times[0]

    @property
    def missing(self) -> str | None:
        """What could not be looked up of a room that otherwise speaks, or None."""
        return _told(gap for gap in self._room.gaps if not gap.note) if self._room.looked_up else None

    def lacks(self, audience: tuple[str, ...]) -> bool:
        """Whether somebody whom policy asks, and who could have told of an audience, did not."""
        missed = (gap for gap in self._room.gaps if gap.required and not gap.note)
        return any(not gap.region or not audience or gap.region.upper() in audience for gap in missed)

    @property
    def notes(self) -> tuple[Gap, ...]:
        """What one should know of how the room was looked up."""
        return tuple(gap for gap in self._room.gaps if gap.note)

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
        near = [s for s in self._by_key[key] if self._speaks(s, moment, audience)]
        if not near:
            return None
        if self._behind is None:  # most drafts meet no trend
            self._behind = self._read_stories()
        behind = [s for s in self._behind.get(key, ()) if self._speaks(s, moment, audience)]
        return self._merge(near, behind)

    def _read_stories(self) -> dict[str, list[Seen]]:
        """What observations have to say of other trends than their own, by trend."""
        behind: dict[str, list[Seen]] = {}
        for each in self._seen:
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

    def _speaks(self, seen: Seen, moment: datetime, audience: tuple[str, ...]) -> bool:
        region = seen.observation.region
        in_time = moment - self._window <= seen.observed_at <= moment
        return in_time and (not region or not audience or region.upper() in audience)

    def labels(self, moment: datetime, audience: tuple[str, ...]) -> frozenset[str]:
        """Labels of everything observed in the window before `moment` for the audience."""
        first, last = self._near(moment)
        known = self._labels.get((first, last, audience))
        if known is None:
            near = (s for s in self._seen[first:last] if self._speaks(s, moment, audience))
            known = frozenset(label for seen in near for label in seen.labels)
            if len(self._labels) < _MOST_KEPT:
                self._labels[first, last, audience] = known
        return known

    def near(self, moment: datetime, audience: tuple[str, ...]) -> list[Observation]:
        """What was observed in the window before a moment for an audience, oldest first."""
        first, last = self._near(moment)
        return [seen.observation for seen in self._seen[first:last] if self._speaks(seen, moment, audience)]

    def headlines(self, label: str, moment: datetime, audience: tuple[str, ...]) -> list[tuple[Reason, datetime]]:
        """The newest headlines that have a label, or one below it, each with when it was seen."""
        first, last = self._near(moment)
        found: dict[str, tuple[Reason, datetime]] = {}
        for seen in reversed(self._seen[first:last]):
            if any(own == label or own.startswith(label + ".") for own in seen.labels) and self._speaks(
                seen, moment, audience
            ):
                for reason in seen.observation.reasons:
                    found.setdefault(reason.url or reason.title, (reason, seen.observed_at))
            if len(found) >= MOST_HEADLINES:
                break
        return list(found.values())[:MOST_HEADLINES]

    def _near(self, moment: datetime) -> tuple[int, int]:
        """Which of the observations, in order of time, lie in the window before a moment."""
        return bisect_left(self._all_times, moment - self._window), bisect_right(self._all_times, moment)

    def _within(self, times: list[datetime], moment: datetime) -> bool:
        return bisect_left(times, moment - self._window) < bisect_right(times, moment)


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


def _told(gaps: Iterable[Gap]) -> str | None:
    """`bluesky: timeout; usgs: 429 until 14:05 UTC`; that there is no room at all speaks for itself."""
    return "; ".join(gap.reason if gap.source == "room" else str(gap) for gap in gaps) or None


def _has_sign(text: str) -> bool:
    return "#" in text or "＃" in text


def _hours(window: timedelta) -> str:
    return f"{window.total_seconds() / 3600:g} hours"
