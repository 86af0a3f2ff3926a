from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from readtheroom.model import Observation, Reason
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, Answer, Server

PATH = "/alerts/active"
ALERT: dict[str, object] = {
    "@id": "https://alerts.example/1",
    "areaDesc": "Alder, CO; Lindental Valley",
    "sent": "2026-03-01T02:00:00-07:00",
    "expires": "2026-03-01T05:00:00-07:00",
    "ends": None,
    "status": "Actual",
    "messageType": "Alert",
    "severity": "Extreme",
    "event": "Tornado Warning",
    "senderName": "NWS Alder CO",
    "headline": "Tornado Warning until 5:00AM MST",
}
REASON = Reason(
    "Tornado Warning until 5:00AM MST", "https://alerts.example/1", "NWS Alder CO", datetime(2026, 3, 1, 9, tzinfo=UTC)
)


def alerts(*changed: dict[str, object]) -> Answer:
    features = [{"type": "Feature", "properties": ALERT | each} for each in changed]
    return Answer(json.dumps({"type": "FeatureCollection", "features": features}), "application/geo+json")


def seen(area: str, region: str = "US", label: str = "crisis.water") -> Observation:
    return Observation(area, "topic", "NWS", NOW, region, reasons=(REASON,), labels=(label,))


def test_an_alert_is_a_crisis_in_its_areas(server: Server) -> None:
    server.answers[PATH] = alerts({})
    assert observe("nws", {"url": f"{server.base}{PATH}"}) == [seen("Alder County"), seen("Lindental Valley")]
    assert observe("nws", {"url": f"{server.base}{PATH}", "region": "US-CO"}) == [
        seen("Alder County", "US-CO"),
        seen("Lindental Valley", "US-CO"),
    ]
    assert server.paths() == [f"{PATH}?status=actual", f"{PATH}?status=actual&area=CO"]
    assert server.asked[0].headers["accept"] == "application/geo+json"


@pytest.mark.parametrize(
    ("changed", "least", "terms"),
    [
        ({"severity": "Severe"}, "extreme", []),
        ({"severity": "Severe"}, "severe", ["Alder County", "Lindental Valley"]),
        ({"severity": "Unknown"}, "minor", []),
        ({"status": "Test"}, "minor", []),
        ({"messageType": "Cancel"}, "minor", []),
        ({"expires": "2026-03-01T09:00:00Z"}, "minor", []),
        (
            {"expires": "2026-03-01T09:00:00Z", "ends": "2026-03-01T10:00:00Z"},
            "minor",
            ["Alder County", "Lindental Valley"],
        ),
        ({"areaDesc": "Alder, LA"}, "minor", ["Alder Parish"]),
        ({"areaDesc": "City of Alder, VA"}, "minor", ["City of Alder"]),
        ({"areaDesc": "Alder, AK; "}, "minor", ["Alder"]),
        ({"areaDesc": None}, "minor", []),
        ({"areaDesc": "; ".join(f"Zone {n}" for n in range(30))}, "minor", [f"Zone {n}" for n in range(10)]),
    ],
)
def test_gravity_time_and_place(server: Server, changed: dict[str, object], least: str, terms: list[str]) -> None:
    server.answers[PATH] = alerts(changed)
    said = observe("nws", {"url": f"{server.base}{PATH}", "least": least})
    assert [each.term for each in said if isinstance(each, Observation)] == terms


def test_no_alerts(server: Server) -> None:
    server.answers[PATH] = alerts()
    assert observe("nws", {"url": f"{server.base}{PATH}"}) == []
    server.answers[PATH] = Answer('{"features": [{"properties": {"level": "Extreme"}}]}')
    said = failure("nws", {"url": f"{server.base}{PATH}"})
    assert said == "answered in another shape: no alert has a severity that is known, and an area"
    server.answers[PATH] = alerts({"severity": 4})
    assert failure("nws", {"url": f"{server.base}{PATH}"}) == said


def test_the_sample(server: Server) -> None:
    body = sample("nws_alerts_active.json")
    server.answers[PATH] = Answer(body, "application/geo+json")
    assert observe("nws", {"url": f"{server.base}{PATH}", "least": "severe"}) == []
    server.answers[PATH] = Answer(body.replace(b"2019-12", b"2026-12"), "application/geo+json")
    said = observe("nws", {"url": f"{server.base}{PATH}", "least": "severe"})
    terms = [each.term for each in said if isinstance(each, Observation)]
    assert (len(terms), terms[1]) == (10, "Greater Portland Metro Area")
    assert {each.labels for each in said if isinstance(each, Observation)} == {("crisis.water",)}
