from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from readtheroom.model import Observation
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, Answer, Server

TRENDS = [
    {"name": "#Lindental", "url": "https://x.example/1", "query": "%23Lindental", "tweet_volume": None},
    {"name": "Pancake Day", "tweet_volume": 12000},
]


def place(as_of: object) -> dict[str, object]:
    return {"trends": TRENDS, "as_of": as_of, "locations": [{"name": "Worldwide", "woeid": 1}]}


@pytest.mark.parametrize(
    ("as_of", "made"),
    [
        ("2026-03-01T09:00:00Z", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-03-01T11:00:00Z", NOW),  # nothing was seen after it was asked
        ("yesterday", NOW),
        (None, NOW),
    ],
)
@pytest.mark.parametrize("is_list", [True, False])
def test_a_place(server: Server, as_of: object, made: datetime, is_list: bool) -> None:
    server.answers["/t.json"] = Answer(json.dumps([place(as_of)] if is_list else place(as_of)), "text/plain")
    assert observe("x-place", {"url": f"{server.base}/t.json?id=1", "region": "GR"}) == [
        Observation("#Lindental", "tag", "X", made, "GR", 1),
        Observation("Pancake Day", "topic", "X", made, "GR", 2, 12000),
    ]
    assert server.paths() == ["/t.json?id=1"]


@pytest.mark.parametrize("body", ["[]", '[{"trends": [{"term": "x"}]}]'])
def test_a_place_without_trends(server: Server, body: str) -> None:
    server.answers["/t.json"] = Answer(body)
    assert failure("x-place", {"url": f"{server.base}/t.json"}) == "answered in another shape: no trends"
    server.answers["/t.json"] = Answer('[{"trends": []}]')
    assert observe("x-place", {"url": f"{server.base}/t.json"}) == []


def test_the_sample(server: Server) -> None:
    server.answers["/t.json"] = Answer(sample("x_v1_1_trends_place.json"))
    said = [each for each in observe("x-place", {"url": f"{server.base}/t.json"}) if isinstance(each, Observation)]
    assert len(said) == 13
    assert [(each.term, each.volume) for each in said if each.term in {"#LahoreBlast", "#GoStars"}] == [
        ("#GoStars", 19072),
        ("#LahoreBlast", None),
    ]
    assert {each.observed_at for each in said} == {datetime(2019, 5, 8, tzinfo=UTC)}
