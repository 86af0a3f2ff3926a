"""Whether something is trending, since when, how much and why: by the room, and by all that was seen before."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from readtheroom.api.linter import Linter
from readtheroom.engine.asked import How, named
from readtheroom.model import Gap, Observation, Reason, Trend
from readtheroom.policy.folders import cache_folder
from readtheroom.text.trends import trend_key

PAUSE = timedelta(hours=48)
"""After so long without, a trend is a new one."""


class Trending(NamedTuple):
    """A trend that a term names. `seen`: from when on it was told of again and again, oldest first, never empty."""

    term: str
    how: How
    seen: tuple[Observation, ...]
    reasons: tuple[Reason, ...]


class Why(NamedTuple):
    """What there is to say of a term. `headlines` name it, where it is no trend; `gaps`: those of the room, and what
    is to be said of the store."""

    trends: tuple[Trending, ...] = ()
    headlines: tuple[Reason, ...] = ()
    gaps: tuple[Gap, ...] = ()


def why(term: str, linter: Linter, moment: datetime) -> Why:
    """All that is known of a hashtag or name at a moment (aware), as a draft that has it would meet it."""
    met = named(term, linter.scene, moment, linter.policy.config.audience, cache_folder())
    asked: dict[str, tuple[str, How, Trend | None]] = {trend_key(term): (term, "same", None)}
    for trend, how in met.trends:
        asked[trend_key(trend.term)] = trend.term, how, trend
    store = importlib.import_module("readtheroom.room.store").Store(cache_folder())  # SQLite, for this alone
    store.tell_of_no_folder()
    try:
        stories = [(*each, _story(each[0], store.story(each[0]), linter, moment)) for each in asked.values()]
    finally:
        store.close()
    trends = tuple(Trending(each, how, seen, _reasons(seen, trend)) for each, how, trend, seen in stories if seen)
    notes = (Gap("store", note, note=True) for note in store.notes)
    gaps = tuple(dict.fromkeys([*linter.room.gaps, *notes]))
    return Why(trends, () if trends else met.headlines, gaps)


def _story(term: str, kept: Sequence[Observation], linter: Linter, moment: datetime) -> tuple[Observation, ...]:
    """What was seen of a trend, in the room and before by anybody who keeps a store here, up to the moment."""
    key = trend_key(term)
    every = dict.fromkeys([*kept, *(each for each in linter.room.observations if trend_key(each.term) == key)])
    return _latest([*sorted(every, key=lambda each: (each.observed_at, each.source))], moment)


def _latest(every: Sequence[Observation], moment: datetime) -> tuple[Observation, ...]:
    """From when on it has been seen again and again, up to the moment."""
    run: list[Observation] = []
    for each in every:
        if each.observed_at > moment:
            break
        if run and each.observed_at - run[-1].observed_at > PAUSE:
            run = []
        run.append(each)
    return tuple(run) if run and moment - run[-1].observed_at <= PAUSE else ()


def _reasons(seen: Sequence[Observation], now: Trend | None) -> tuple[Reason, ...]:
    """Each headline once, the newest first; then those by which other sources explain it now."""
    every = [reason._replace(seen_at=each.observed_at) for each in reversed(seen) for reason in each.reasons]
    own = {reason.url or reason.title: reason for reason in every[::-1]}
    others = (reason for reason in (now.reasons if now else ()) if (reason.url or reason.title) not in own)
    return (*[*own.values()][::-1], *others)
