"""MeteoAlarm: weather warnings of the national services of Europe, by country.

Endpoint: `https://feeds.meteoalarm.org/feeds/meteoalarm-legacy-atom-france`, one a country; no key.
Terms: https://meteoalarm.org/en/live/page/terms-and-conditions: with attribution, unchanged, with the time of issue.
Format: Atom, with elements of CAP 1.2 in each entry; yellow is moderate, orange severe, red extreme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from readtheroom.model import Json, Observation
from readtheroom.protocols import Client, Reply
from readtheroom.sources import _xml
from readtheroom.sources._asking import options as schema
from readtheroom.sources._asking import text, url_option
from readtheroom.sources._hazards import CAP, Hazard, areas, family, is_graded, least_option, observations, reaches
from readtheroom.sources._values import another_shape, moment, plain, reason

_URL = "https://feeds.meteoalarm.org/feeds/meteoalarm-legacy-atom-"

_COUNTRIES: Mapping[str, str] = {
    "AD": "andorra",
    "AT": "austria",
    "BA": "bosnia-herzegovina",
    "BE": "belgium",
    "BG": "bulgaria",
    "CH": "switzerland",
    "CY": "cyprus",
    "CZ": "czechia",
    "DE": "germany",
    "DK": "denmark",
    "EE": "estonia",
    "ES": "spain",
    "FI": "finland",
    "FR": "france",
    "GB": "united-kingdom",
    "GR": "greece",
    "HR": "croatia",
    "HU": "hungary",
    "IE": "ireland",
    "IL": "israel",
    "IS": "iceland",
    "IT": "italy",
    "LT": "lithuania",
    "LU": "luxembourg",
    "LV": "latvia",
    "MD": "moldova",
    "ME": "montenegro",
    "MT": "malta",
    "MK": "republic-of-north-macedonia",
    "NL": "netherlands",
    "NO": "norway",
    "PL": "poland",
    "PT": "portugal",
    "RO": "romania",
    "RS": "serbia",
    "SE": "sweden",
    "SI": "slovenia",
    "SK": "slovakia",
    "UA": "ukraine",
}

OPTIONS: Mapping[str, Json] = schema(
    {
        "region": {"enum": [*_COUNTRIES], "description": "The country."},
        "url": url_option("A mirror of its feed."),
        "least": least_option(CAP, "extreme"),
    },
    "region",
)
FRESH_FOR = 600
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterable[Observation]:
    """See `protocols.Source`: the areas of each warning."""
    region = text(options, "region")
    reply = client.get(text(options, "url", f"{_URL}{_COUNTRIES[region]}"))
    root = _xml.parse(reply)
    if root.name != "feed":
        raise another_shape(f"<{root.name[:40]}> instead of an Atom feed")
    entries = _xml.feed(root)[1]
    if entries and not any(is_graded(entry.first("severity")) and entry.first("areaDesc") for entry in entries):
        raise another_shape("no warning has a severity that is known, and an area")
    least = text(options, "least", "extreme")
    return observations(_hazards(entries, least, region, reply), "MeteoAlarm", reply.fetched_at)


def _hazards(entries: list[_xml.Element], least: str, region: str, reply: Reply) -> Iterator[Hazard]:
    for entry in entries:
        if _is_in_force(entry, reply) and reaches(entry.first("severity"), least, CAP):
            title = plain(entry.first("title", "event"))
            told = reason(title, _page(entry), "MeteoAlarm", entry.first("sent", "published"))
            label = family(f"{entry.first('event')} {entry.first('title')}")
            for area in areas(entry.first("areaDesc"), ";"):
                yield Hazard(area, label, told, region)


def _is_in_force(entry: _xml.Element, reply: Reply) -> bool:
    ends = moment(entry.first("expires"))
    is_real = entry.first("status") in {"Actual", ""} and entry.first("message_type") != "Cancel"
    return is_real and (ends is None or ends > reply.fetched_at)


def _page(entry: _xml.Element) -> str:
    pages = (each.attributes for each in entry.all("link") if each.attributes.get("type", "text/html") == "text/html")
    return next((page["href"] for page in pages if "href" in page), "")
