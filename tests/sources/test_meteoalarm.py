from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readtheroom.model import Observation, Reason
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, Answer, BodyClient, Server

ATOM = "application/atom+xml"
ENTRY = {
    "areaDesc": "Val d'Aulne",
    "event": "Extreme flooding warning",
    "sent": "2026-03-01T08:00:00+01:00",
    "expires": "2026-03-02T08:00:00+01:00",
    "severity": "Extreme",
    "status": "Actual",
    "message_type": "Alert",
}
TITLE = "Red Flooding Warning issued for France - Val d'Aulne"


def feed(title: str = TITLE, **changed: str) -> str:
    inner = "".join(f"<cap:{key}>{value}</cap:{key}>" for key, value in (ENTRY | changed).items())
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:cap"><title>Warnings</title><entry>'
        '<link href="https://warnings.example/1.cap" type="application/cap+xml"/>'
        f'<link href="https://warnings.example/1" hreflang="en"/>{inner}<title>{title}</title></entry></feed>'
    )


def seen(label: str = "crisis.water") -> Observation:
    reason = Reason(TITLE, "https://warnings.example/1", "MeteoAlarm", datetime(2026, 3, 1, 7, tzinfo=UTC))
    return Observation("Val d'Aulne", "topic", "MeteoAlarm", NOW, "FR", reasons=(reason,), labels=(label,))


def test_a_warning_is_a_crisis_in_its_area(server: Server) -> None:
    server.answers["/fr"] = Answer(feed(), ATOM)
    assert observe("meteoalarm", {"region": "FR", "url": f"{server.base}/fr"}) == [seen()]


@pytest.mark.parametrize(
    ("changed", "least", "found"),
    [
        ({"severity": "Severe"}, "extreme", 0),
        ({"severity": "Severe"}, "severe", 1),
        ({"severity": "Grave"}, "minor", None),
        ({"severity": "Unknown"}, "minor", 0),
        ({"status": "Exercise"}, "minor", 0),
        ({"message_type": "Cancel"}, "minor", 0),
        ({"expires": "2026-03-01T09:00:00Z"}, "minor", 0),
        ({"expires": "never"}, "minor", 1),
        ({"areaDesc": ""}, "minor", None),
        ({"areaDesc": "Aulne; Orme"}, "minor", 2),
    ],
)
def test_gravity_time_and_place(server: Server, changed: dict[str, str], least: str, found: int | None) -> None:
    server.answers["/fr"] = Answer(feed(**changed), ATOM)
    options = {"region": "FR", "url": f"{server.base}/fr", "least": least}
    if found is None:
        said = failure("meteoalarm", options)
        assert said == "answered in another shape: no warning has a severity that is known, and an area"
    else:
        assert len(observe("meteoalarm", options)) == found


def test_no_warnings(server: Server) -> None:
    server.answers["/fr"] = Answer("<feed><title>Warnings</title></feed>", ATOM)
    assert observe("meteoalarm", {"region": "FR", "url": f"{server.base}/fr"}) == []
    server.answers["/fr"] = Answer("<alert/>", ATOM)
    said = failure("meteoalarm", {"region": "FR", "url": f"{server.base}/fr"})
    assert said == "answered in another shape: <alert> instead of an Atom feed"


def test_the_sample() -> None:
    body = sample("meteoalarm_atom.xml")
    options = {"region": "FR", "least": "moderate"}
    assert observe("meteoalarm", options, client=BodyClient(body, ATOM)) == []
    now = body.replace(b"2022-12-08T15", b"2026-12-08T15")
    said = observe("meteoalarm", options, client=BodyClient(now, ATOM))
    assert [(each.term, each.labels) for each in said if isinstance(each, Observation)] == [
        ("Haute Savoie", ("crisis.water",)),
        ("Savoie", ("crisis.water",)),
    ]
    (reason,) = said[0].reasons if isinstance(said[0], Observation) else ()
    assert reason.url == "https://meteoalarm.org?geocode=EMMA_ID:FR035"
    assert failure("meteoalarm", options, client=BodyClient(sample("meteoalarm_cap_detail.xml"), ATOM)) == (
        "answered in another shape: <alert> instead of an Atom feed"
    )
