from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from readtheroom.model import Observation, Reason
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, XML, Answer, BodyClient, Server

ITEM = {
    "title": "Orange flood alert in Portugal",
    "link": "https://disasters.example/1",
    "pubDate": "Sun, 01 Mar 2026 06:00:00 GMT",
    "gdacs:iscurrent": "true",
    "gdacs:todate": "Sun, 01 Mar 2026 00:00:00 GMT",
    "gdacs:eventtype": "FL",
    "gdacs:alertlevel": "Orange",
    "gdacs:eventname": "",
    "gdacs:iso3": "PRT",
    "gdacs:country": "Portugal",
}
REASON = Reason(
    "Orange flood alert in Portugal", "https://disasters.example/1", "GDACS", datetime(2026, 3, 1, 6, tzinfo=UTC)
)


def feed(**changed: str) -> str:
    item = ITEM | {key if key in ITEM else f"gdacs:{key}": value for key, value in changed.items()}
    inner = "".join(f"<{key}>{value}</{key}>" for key, value in item.items())
    return f'<rss version="2.0" xmlns:gdacs="http://gdacs.example"><channel><item>{inner}</item></channel></rss>'


def seen(area: str, label: str = "crisis.water", region: str | None = "PT") -> Observation:
    return Observation(area, "topic", "GDACS", NOW, region, reasons=(REASON,), labels=(label,))


@pytest.mark.parametrize(
    ("changed", "observations"),
    [
        ({}, [seen("Portugal")]),
        ({"alertlevel": "Red"}, [seen("Portugal", region=None)]),
        ({"alertlevel": "Green"}, []),
        ({"eventtype": "EQ"}, [seen("Portugal", "crisis.quake")]),
        ({"eventtype": "VO"}, [seen("Portugal", "crisis.quake")]),
        ({"eventtype": "WF"}, [seen("Portugal", "crisis.fire")]),
        ({"eventtype": "TC", "eventname": "ALDERINA-26"}, [seen("Portugal"), seen("Alderina")]),
        ({"eventtype": "DR"}, []),
        ({"eventtype": "XX"}, []),
        ({"country": "Portugal, Spain"}, [seen("Portugal"), seen("Spain")]),
        ({"country": "", "iso3": ""}, []),
        ({"country": "", "iso3": "", "alertlevel": "red", "eventname": "DORIS-26"}, [seen("Doris", region=None)]),
        ({"iscurrent": "false"}, []),
        ({"todate": "Thu, 26 Feb 2026 00:00:00 GMT"}, []),
        ({"todate": "who knows"}, [seen("Portugal")]),
    ],
)
def test_gravity_kind_and_place(server: Server, changed: dict[str, str], observations: list[Observation]) -> None:
    server.answers["/rss.xml"] = Answer(b"\xef\xbb\xbf" + feed(**changed).encode(), XML)
    assert observe("gdacs", {"url": f"{server.base}/rss.xml"}) == observations


def test_gravity_and_days_can_be_set(server: Server) -> None:
    server.answers["/rss.xml"] = Answer(feed(alertlevel="Green", todate="Thu, 26 Feb 2026 00:00:00 GMT"), XML)
    options = {"url": f"{server.base}/rss.xml"}
    assert observe("gdacs", options | {"least": "green"}) == []
    assert observe("gdacs", options | {"least": "green", "days": 5}) == [seen("Portugal")]


def test_a_feed_of_nothing() -> None:
    assert observe("gdacs", {}, client=BodyClient(b"<rss><channel/></rss>", XML)) == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (feed(eventtype="", alertlevel=""), "no event has a type and a level that is known"),
        (feed(alertlevel="Purple"), "no event has a type and a level that is known"),
        (re.sub("gdacs:(country|iso3)", r"gdacs:\1s", feed()), "no event has a country"),
        (feed().replace("item>", "event>"), "<event> instead of <item>"),
        ("<rss/>", "a feed without a channel"),
    ],
)
def test_another_shape(body: str, why: str) -> None:
    assert failure("gdacs", {}, client=BodyClient(body.encode(), XML)) == f"answered in another shape: {why}"


def test_the_sample() -> None:
    """All of it was green, and is long past."""
    body = sample("gdacs_rss.xml")
    assert observe("gdacs", {}, client=BodyClient(body, XML)) == []
    now = re.sub(rb"\w\w\w, (28|29|30) Dec 2019", b"Sat, 28 Feb 2026", body)
    said = observe("gdacs", {"least": "green"}, client=BodyClient(now, XML))
    assert [(each.term, each.region, each.labels) for each in said if isinstance(each, Observation)] == [
        ("Mauritius", "MU", ("crisis.water",)),
        ("Calvinia", "MU", ("crisis.water",)),
        ("South Africa", "ZA", ("crisis.quake",)),
    ]
