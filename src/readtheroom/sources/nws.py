"""NWS: the alerts of the US National Weather Service that are in force.

Endpoint: `https://api.weather.gov/alerts/active`; no key, but a User-Agent.
Terms: public domain; https://www.weather.gov/disclaimer.
Format: https://www.weather.gov/documentation/services-web-api: GeoJSON, each alert by CAP 1.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from readtheroom.model import Json, Observation
from readtheroom.protocols import Client, Reply
from readtheroom.sources import _json
from readtheroom.sources._asking import options as schema
from readtheroom.sources._asking import text, url_option, with_query
from readtheroom.sources._hazards import CAP, Hazard, areas, family, is_graded, least_option, observations, reaches
from readtheroom.sources._values import another_shape, clean, moment, reason

_URL = "https://api.weather.gov/alerts/active"
_COUNTY = re.compile(r"(.+), ([A-Z]{2})")
_KINDS_OF_COUNTY = re.compile(r"\b(?:county|parish|city|borough|municipality|island|census area)\b", re.IGNORECASE)

OPTIONS: Mapping[str, Json] = schema(
    {
        "url": url_option("The list, or a mirror of it.", _URL),
        "region": {
            "type": "string",
            "pattern": "^US(-[A-Z]{2})?$",
            "patternErrorMessage": "must be US, or a state like US-CO",
            "description": "Whose alerts, and for which audience. Default: US.",
        },
        "least": least_option(CAP, "extreme"),
    }
)
FRESH_FOR = 300
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterable[Observation]:
    """See `protocols.Source`: the places of each alert."""
    region = text(options, "region", "US")
    asked = {"status": "actual", **({"area": region[3:]} if region != "US" else {})}
    reply = client.get(with_query(text(options, "url", _URL), **asked), {"Accept": "application/geo+json"})
    features = _json.items(_json.mapping(_json.parse(reply), "the answer").get("features"), "`features`")
    alerts = [_json.inner(feature, "properties") for feature in features]
    if alerts and not any(is_graded(alert.get("severity")) and "areaDesc" in alert for alert in alerts):
        raise another_shape("no alert has a severity that is known, and an area")
    least = text(options, "least", "extreme")
    return observations(_hazards(alerts, least, region, reply), "NWS", reply.fetched_at)


def _hazards(alerts: list[_json.Item], least: str, region: str, reply: Reply) -> Iterator[Hazard]:
    for alert in alerts:
        if _is_in_force(alert, reply) and reaches(alert.get("severity"), least, CAP):
            event = clean(alert.get("event"), 100)
            title = clean(alert.get("headline")) or event
            told = reason(title, alert.get("@id"), alert.get("senderName"), alert.get("sent"))
            for area in areas(_text(alert.get("areaDesc")), ";"):
                yield Hazard(_named(area), family(event), told, region)


def _is_in_force(alert: _json.Item, reply: Reply) -> bool:
    ends = moment(alert.get("ends")) or moment(alert.get("expires"))
    is_real = clean(alert.get("status")) in {"Actual", ""} and alert.get("messageType") != "Cancel"
    return is_real and (ends is None or ends > reply.fetched_at)


def _named(area: str) -> str:
    """`Lake, IN` as people write it: Lake County. Louisiana has parishes; Alaska and Virginia say what theirs are."""
    county = _COUNTY.fullmatch(area)
    if not county:
        return area
    name, state = county.groups()
    if state in {"AK", "PR", "VI", "GU"} or _KINDS_OF_COUNTY.search(name):
        return name
    return f"{name} {'Parish' if state == 'LA' else 'County'}"


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
