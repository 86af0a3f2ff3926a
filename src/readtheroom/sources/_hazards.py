"""Hazards: from what an authority calls an event to the family of crisis that it is, at the places that it names.

Families are those of the core pack: water has storms of all kinds, snow and slides in it; quake has volcanoes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from readtheroom.model import Json, Observation, Reason
from readtheroom.sources._values import TERM, bounded, clean

MOST_AREAS: Final = 10
"""Of one alert; the first are named first for a reason."""

CAP: Final = ("minor", "moderate", "severe", "extreme")
"""Gravity by the Common Alerting Protocol 1.2 (OASIS), least first."""

_FAMILIES = (
    ("crisis.quake", re.compile(r"\b(?:earthquake|quake|volcan|ashfall|lava|lahar)", re.IGNORECASE)),
    ("crisis.fire", re.compile(r"\b(?:forest.?|wild|bush)?fire|\bred flag", re.IGNORECASE)),
    (
        "crisis.water",
        re.compile(
            r"flood|storm|\b(?:tsunami|hurricane|typhoon|cyclone|tornado|surge|rain|wind|gale|squall|snow|ice\b|"
            r"blizzard|avalanche|landslide|debris flow|coastal|dam break|hydrolog|high surf|waterspout|hail)",
            re.IGNORECASE,
        ),
    ),
)


class Hazard(NamedTuple):
    """What happens at one place."""

    area: str
    label: str
    reasons: tuple[Reason, ...]
    region: str | None = None


def family(event: str) -> str:
    """The label of an event by its English name; `crisis.other` if it names none of the families."""
    return next((label for label, words in _FAMILIES if words.search(event)), "crisis.other")


def least_option(levels: tuple[str, ...], default: str) -> dict[str, Json]:
    """The schema of an option that says from which gravity on."""
    return {"enum": list(levels), "description": f"Less grave ones are left out. Default: {default}."}


def days_option(default: int) -> dict[str, Json]:
    """The schema of an option that says for how long."""
    return {
        "type": "integer",
        "minimum": 1,
        "maximum": 30,
        "description": f"Days after which it is left out. Default: {default}.",
    }


def is_recent(time: datetime | None, now: datetime, days: float) -> bool:
    """Whether something happened less than so many days ago; without a time it counts as now."""
    return time is None or now - time < timedelta(days=days)


def reaches(level: object, least: str, levels: tuple[str, ...]) -> bool:
    """Whether a level is as grave as `least`; one that is not among the levels is not."""
    known = level.strip().lower() if isinstance(level, str) else ""
    return known in levels and levels.index(known) >= levels.index(least)


def is_graded(severity: object) -> bool:
    """Whether something is a severity of CAP, "unknown" among them."""
    return severity == "Unknown" or reaches(severity, CAP[0], CAP)


def areas(written: str, sign: str) -> Iterator[str]:
    """The first places of a list with `sign` between them."""
    places = (clean(place, TERM) for place in written.split(sign, MOST_AREAS)[:MOST_AREAS])
    return (place for place in places if place)


def observations(hazards: Iterable[Hazard], source: str, observed_at: datetime) -> list[Observation]:
    """Each place once for each family, with all reasons."""
    at: dict[tuple[str, str, str | None], dict[Reason, None]] = {}
    for hazard in hazards:
        at.setdefault((hazard.area, hazard.label, hazard.region), {}).update(dict.fromkeys(hazard.reasons))
    return bounded(
        Observation(area, "topic", source, observed_at, region, reasons=tuple(reasons)[:MOST_AREAS], labels=(label,))
        for (area, label, region), reasons in at.items()
    )
