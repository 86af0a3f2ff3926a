"""GDACS: disasters of the world that may need help from outside, by its alert level.

Endpoint: `https://www.gdacs.org/xml/rss.xml`; no key; every few minutes.
Terms: https://www.gdacs.org/About/termofuse.aspx: with attribution; alerts are computed, and may be wrong.
Format: RSS with GDACS's own elements, as its feed has them. Red: severe, help needed; orange: help may be needed.

A red alert speaks for everywhere, an orange one for its country: somewhere there is always an orange one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from readtheroom.model import Json, Observation
from readtheroom.protocols import Client
from readtheroom.sources import _xml
from readtheroom.sources._asking import number, text, url_option
from readtheroom.sources._asking import options as schema
from readtheroom.sources._countries import alpha2
from readtheroom.sources._hazards import Hazard, areas, days_option, is_recent, least_option, observations, reaches
from readtheroom.sources._values import TERM, another_shape, clean, moment, plain, reason

_URL = "https://www.gdacs.org/xml/rss.xml"
_LEVELS: Final = ("green", "orange", "red")
_DAYS = 3

_LABELS: Mapping[str, str] = {
    "EQ": "crisis.quake",
    "VO": "crisis.quake",
    "TS": "crisis.water",
    "TC": "crisis.water",
    "FL": "crisis.water",
    "WF": "crisis.fire",
}
"""Droughts (DR) last for months, and are left out."""

OPTIONS: Mapping[str, Json] = schema(
    {
        "url": url_option("The feed, or a mirror of it.", _URL),
        "least": least_option(_LEVELS, "orange"),
        "days": days_option(_DAYS),
    }
)
FRESH_FOR = 600
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterable[Observation]:
    """See `protocols.Source`: the countries of each disaster, and its name where it has one."""
    reply = client.get(text(options, "url", _URL))
    items = _xml.feed(_xml.parse(reply))[1]
    _check(items)
    least, days = text(options, "least", "orange"), number(options, "days", _DAYS)
    return observations(_hazards(items, least, days, reply.fetched_at), "GDACS", reply.fetched_at)


def _check(items: list[_xml.Element]) -> None:
    """Raises `UnavailableError` if what GDACS adds to a feed has gone, or says something new."""
    if items and not any(
        item.first("eventtype") and reaches(item.first("alertlevel"), "green", _LEVELS) for item in items
    ):
        raise another_shape("no event has a type and a level that is known")
    if items and not any(child.name in {"country", "iso3"} for item in items for child in item.children):
        raise another_shape("no event has a country")


def _hazards(items: list[_xml.Element], least: str, days: float, now: datetime) -> Iterator[Hazard]:
    for item in items:
        label = _LABELS.get(item.first("eventtype"))
        last = moment(item.first("todate", "pubDate"))
        is_now = item.first("iscurrent").lower() != "false" and is_recent(last, now, days)
        if label and is_now and reaches(item.first("alertlevel"), least, _LEVELS):
            yield from _places(item, label)


def _places(item: _xml.Element, label: str) -> Iterator[Hazard]:
    """An alert that is not red and names no country that we know is far from everybody."""
    told = reason(plain(item.first("title")), item.first("link"), "GDACS", item.first("pubDate"))
    is_red = reaches(item.first("alertlevel"), "red", _LEVELS)
    region = None if is_red else alpha2(item.first("iso3"))
    named = clean(item.first("eventname"), TERM).rpartition("-")
    name = named[0].title() if named[2].isdigit() else ""
    for area in [*areas(item.first("country"), ","), name]:
        if area and (is_red or region):
            yield Hazard(area, label, told, region)
