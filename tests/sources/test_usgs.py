from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from readtheroom.model import Observation, Reason
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, Answer, Server


def quake(**changed: object) -> dict[str, object]:
    return {
        "mag": 6.4,
        "place": "12 km NNE of Lindental, Alderland",
        "time": int((NOW - timedelta(hours=2)).timestamp() * 1000),
        "url": "https://quakes.example/1",
        "alert": "red",
        "title": "M 6.4 - 12 km NNE of Lindental, Alderland",
        **changed,
    }


def feed(*quakes: dict[str, object]) -> Answer:
    features = [{"type": "Feature", "properties": each, "geometry": None} for each in quakes]
    return Answer(json.dumps({"type": "FeatureCollection", "features": features}), "application/geo+json")


def seen(area: str, title: str = "M 6.4 - 12 km NNE of Lindental, Alderland") -> Observation:
    reason = Reason(title, "https://quakes.example/1", "USGS", NOW - timedelta(hours=2))
    return Observation(area, "topic", "USGS", NOW, reasons=(reason,), labels=("crisis.quake",))


def test_a_grave_quake_is_a_crisis_where_it_is(server: Server) -> None:
    server.answers["/week.geojson"] = feed(quake())
    assert observe("usgs", {"url": f"{server.base}/week.geojson"}) == [seen("Lindental"), seen("Alderland")]


@pytest.mark.parametrize(
    ("changed", "least", "areas"),
    [
        ({"alert": "orange"}, "orange", ["Lindental", "Alderland"]),
        ({"alert": "yellow"}, "orange", []),
        ({"alert": "yellow"}, "yellow", ["Lindental"]),
        ({"alert": "green", "mag": 8.0}, "yellow", []),
        ({"alert": None}, "orange", []),
        ({"alert": None, "mag": 7.0}, "orange", ["Lindental"]),  # too early for an alert
        ({"alert": None, "mag": None}, "orange", []),
        ({"alert": "purple", "mag": 9.9}, "green", []),
        ({"time": (NOW - timedelta(days=3)).timestamp() * 1000}, "orange", []),
        ({"time": 1e300}, "orange", ["Lindental", "Alderland"]),
        ({"place": "Gulf of Alder"}, "orange", ["Gulf of Alder"]),
        ({"place": "Lindental"}, "yellow", ["Lindental"]),
        ({"place": None}, "orange", []),
    ],
)
def test_gravity_and_place(server: Server, changed: dict[str, object], least: str, areas: list[str]) -> None:
    server.answers["/q"] = feed(quake(**changed))
    said = observe("usgs", {"url": f"{server.base}/q", "least": least})
    assert [each.term for each in said if isinstance(each, Observation)] == areas


def test_two_quakes_at_one_place_are_one_crisis(server: Server) -> None:
    server.answers["/q"] = feed(quake(alert="yellow"), quake(alert="yellow", title="M 6.0 - aftershock"))
    (only,) = observe("usgs", {"url": f"{server.base}/q", "least": "yellow"})
    assert isinstance(only, Observation)
    assert [each.title for each in only.reasons] == ["M 6.4 - 12 km NNE of Lindental, Alderland", "M 6.0 - aftershock"]


def test_days_can_be_set(server: Server) -> None:
    server.answers["/q"] = feed(quake(time=(NOW - timedelta(days=6)).timestamp() * 1000, alert="orange"))
    assert observe("usgs", {"url": f"{server.base}/q"}) == []
    assert len(observe("usgs", {"url": f"{server.base}/q", "days": 7})) == 2


def test_no_quakes(server: Server) -> None:
    server.answers["/q"] = feed()
    assert observe("usgs", {"url": f"{server.base}/q"}) == []
    server.answers["/q"] = feed({"magnitude": 7})
    said = failure("usgs", {"url": f"{server.base}/q"})
    assert said == "answered in another shape: no quake has a magnitude and a place"


def test_the_sample(server: Server) -> None:
    """Both were green, and are long past."""
    server.answers["/q"] = Answer(sample("usgs_significant_week.geojson"), "application/json")
    assert observe("usgs", {"url": f"{server.base}/q"}) == []
    assert NOW - datetime(2016, 8, 12, tzinfo=UTC) > timedelta(days=30)
