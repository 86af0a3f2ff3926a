"""Holds that a policy proposes: because of what is in the room, where none stands yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from readtheroom.findings import Proposed
from readtheroom.kinds._labels import any_is
from readtheroom.model import Hold, Trend
from readtheroom.policy.values import Proposal


def proposed(
    entries: Iterable[Proposal],
    trends: Callable[[tuple[str, ...]], Sequence[Trend]],
    holds: Sequence[Hold],
    moment: datetime,
    audience: tuple[str, ...],
) -> tuple[Proposed, ...]:
    """What policy proposes at a moment for an audience (none: everywhere), each story once.

    `trends` tells what is talked about in some regions, `holds` what is held already.
    """
    found: dict[str, Proposed] = {}
    for entry in entries:
        for region in _regions(entry, audience):
            if any(_covers(hold, region, moment) for hold in holds):
                continue
            for each in _grave(entry, trends((region,) if region else ())):
                where = (*found[each.reason].regions, region) if each.reason in found else (region,)
                regions = tuple(dict.fromkeys(filter(None, where)))
                found.setdefault(each.reason, each)
                found[each.reason] = found[each.reason]._replace(regions=regions)
                break  # the most told of; one hold is enough
    return tuple(found.values())


def _regions(entry: Proposal, audience: tuple[str, ...]) -> tuple[str, ...]:
    """Those that are looked at; "": everywhere."""
    if not entry.regions:
        return audience or ("",)
    return tuple(region for region in entry.regions if not audience or region in audience)


def _grave(entry: Proposal, trends: Iterable[Trend]) -> Iterator[Proposed]:
    for trend in trends:
        labels = tuple(label for label in trend.labels if any_is([label], entry.labels))
        if labels and trend.source.count(", ") + 1 >= entry.sources:
            yield Proposed(labels, (), entry.until, trend)


def _covers(hold: Hold, region: str, moment: datetime) -> bool:
    """Whether a hold stops everything in a region already, what holds spare apart."""
    whole = (scope for scope in hold.scope if not (scope.platforms or scope.labels or scope.accounts))
    return hold.stands(moment) and any(not scope.regions or region in scope.regions for scope in whole)
