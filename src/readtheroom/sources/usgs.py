"""USGS: earthquakes that may have cost lives, by its PAGER alert.

Endpoint: `https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/significant_week.geojson`; no key.
Terms: public domain; https://www.usgs.gov/information-policies-and-instructions/copyrights-and-credits.
Format: https://earthquake.usgs.gov/earthquakes/feed/v1.0/geojson.php. PAGER: yellow from 1 estimated death, orange from
100, red from 1,000 (https://earthquake.usgs.gov/data/pager/); there is none in the first half hour or so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from readtheroom.model import Json, Observation
from readtheroom.protocols import Client
from readtheroom.sources import _json
from readtheroom.sources._asking import number, text, url_option
from readtheroom.sources._asking import options as schema
from readtheroom.sources._hazards import Hazard, days_option, is_recent, least_option, observations, reaches
from readtheroom.sources._values import TERM, another_shape, clean, moment, reason

_URL = "https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/significant_week.geojson"
_LEVELS: Final = ("green", "yellow", "orange", "red")
_DAYS = 3

MAJOR: Final = 7.0
"""The magnitude from which a quake counts while it has no alert yet."""

_NEAR = re.compile(r"\d{1,5} ?km [NESW]{1,3} of (.+)")

OPTIONS: Mapping[str, Json] = schema(
    {
        "url": url_option("The feed, or a mirror of it.", _URL),
        "least": least_option(_LEVELS, "orange"),
        "days": days_option(_DAYS),
    }
)
FRESH_FOR = 300
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterable[Observation]:
    """See `protocols.Source`: the nearest place of each quake, and from orange on its country or state too."""
    reply = client.get(text(options, "url", _URL))
    least, days = text(options, "least", "orange"), number(options, "days", _DAYS)
    features = _json.items(_json.mapping(_json.parse(reply), "the answer").get("features"), "`features`")
    quakes = [_json.inner(feature, "properties") for feature in features]
    if quakes and not any(map(_is_quake, quakes)):
        raise another_shape("no quake has a magnitude and a place")
    return observations(_hazards(quakes, least, days, reply.fetched_at), "USGS", reply.fetched_at)


def _hazards(quakes: list[_json.Item], least: str, days: float, now: datetime) -> Iterator[Hazard]:
    for quake in quakes:
        if _is_grave(quake, least) and is_recent(moment(quake.get("time")), now, days):
            place = clean(quake.get("place"), TERM)
            title = clean(quake.get("title")) or f"Earthquake, {place}"
            told = reason(title, quake.get("url"), "USGS", quake.get("time"))
            for area in _areas(place, reaches(quake.get("alert"), "orange", _LEVELS)):
                yield Hazard(area, "crisis.quake", told)


def _is_quake(quake: _json.Item) -> bool:
    """Either may be null, as long as it is there."""
    has = "mag" in quake and "place" in quake
    return has and isinstance(quake["mag"], int | float | None) and isinstance(quake["place"], str | None)


def _is_grave(quake: _json.Item, least: str) -> bool:
    alert, magnitude = quake.get("alert"), quake.get("mag")
    if alert is None:
        return isinstance(magnitude, int | float) and magnitude >= MAJOR
    return reaches(alert, least, _LEVELS)


def _areas(place: str, wide: bool) -> Iterator[str]:
    near = _NEAR.fullmatch(place)
    nearest, _, country = (near[1] if near else place).rpartition(", ")
    yield nearest or country
    if wide and nearest:
        yield country
