"""What came of asking one source, seen to: whatever a server sends, only what a snapshot could hold goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from readtheroom import registry
from readtheroom.errors import UnavailableError
from readtheroom.model import Gap, Observation, Reason
from readtheroom.policy.snapshot import observation, plain_observation
from readtheroom.policy.source_names import called
from readtheroom.policy.values import SourceEntry

MOST_SEEN = 2000
"""Observations of one source."""

MOST_REASONS = 20
LONGEST_TERM = 300
LONGEST_TITLE = 500
"""Code points; what is longer is cut."""


class Told(NamedTuple):
    """What one source said. `answered`: whether it, or what is kept of it, could be asked at all.

    `of`: when its answer was given; `again`: from when on it may be asked again. None: not known. `said`: how many of
    `seen`, the first, are of its answer; the others were seen before it. None: all are.
    """

    seen: tuple[Observation, ...] = ()
    gaps: tuple[Gap, ...] = ()
    answered: bool = True
    of: datetime | None = None
    again: datetime | None = None
    said: int | None = None


class Asking(NamedTuple):
    """For which moment the room is read, and how. `tags` of drafts: None if nobody knows them. `since`: when the run
    began that waits for it, by the monotonic clock; None: now."""

    at: datetime
    offline: bool = False
    tags: Sequence[str] | None = None
    since: float | None = None


def silent(entry: SourceEntry, reason: str) -> Told:
    """Nothing came of it."""
    return Told((), (Gap(name(entry), reason, region=entry.region),), answered=False)


def told(entry: SourceEntry, said: Iterable[Observation | Gap]) -> Told:
    """What a source said, in bounds; what it said before it failed counts.

    Raises `UnavailableError` if it failed before it said anything.
    """
    seen: list[Observation] = []
    gaps: list[Gap] = []
    try:
        for each in islice(said, MOST_SEEN):
            if isinstance(each, Gap):
                region = each.region or entry.region
                bounded = each._replace(source=_text(each.source, 100), reason=_text(each.reason, LONGEST_TITLE))
                gaps.append(bounded._replace(region=region))
            else:
                seen += _clean(each, entry.region)
    except UnavailableError as error:
        if not seen:
            raise
        gaps.append(Gap(name(entry), str(error), region=entry.region))
    return Told(tuple(seen), tuple(gaps))


def name(entry: SourceEntry) -> str:
    """What messages call a source: its kind, whom it asks if the config says so, and what tells it from others."""
    return entry.name or called(entry)


def fresh_for(entry: SourceEntry) -> timedelta:
    """How long its answers need not be asked for again; none: asking costs nothing, as with a file."""
    if entry.kind == "file":
        return timedelta()
    return entry.fresh_for or timedelta(seconds=registry.load("sources", entry.kind).FRESH_FOR)


def asks_about_drafts(entry: SourceEntry) -> bool:
    """Whether it wants to know the hashtags of drafts; no longer where its entry says what to ask instead."""
    source = registry.load("sources", entry.kind)
    return bool(source.ASKS_ABOUT_DRAFT) and not entry.options.get(getattr(source, "ASKS_INSTEAD", ""))


def hours(age: timedelta) -> str:
    """`3 h 5 min`."""
    minutes = int(age.total_seconds() // 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def _clean(seen: Observation, region: str | None) -> Iterator[Observation]:
    bounded = seen._replace(
        term=_text(seen.term, LONGEST_TERM).strip(),
        source=_text(seen.source, 100) or "?",
        region=seen.region or region,
        reasons=tuple(_clean_reasons(seen.reasons)),
        labels=tuple(_text(label, 100) for label in seen.labels[:MOST_REASONS] if label),
    )
    try:
        yield observation(plain_observation(bounded))
    except ValueError:  # no snapshot could hold it: an empty term, a year beyond the calendar
        return


def _clean_reasons(reasons: Iterable[Reason]) -> Iterator[Reason]:
    for reason in islice(reasons, MOST_REASONS):
        title = _text(reason.title, LONGEST_TITLE).strip()
        if title:
            source = _text(reason.source, 100) if reason.source else None
            yield reason._replace(title=title, url=_text(reason.url, 2000) if reason.url else None, source=source)


def _text(text: str, most: int) -> str:
    """The text, cut; JSON can hold halves of characters, which nothing else can."""
    return text[:most].encode("utf-8", "replace").decode()
