from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from readtheroom.model import Gap, Json, Observation
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, Answer, Server

PATH = "/2/tweets/counts/recent"


def counts(hours: Sequence[int]) -> Answer:
    data = [{"start": "2026-03-01T00:00:00.000Z", "end": "2026-03-01T01:00:00.000Z", "tweet_count": n} for n in hours]
    return Answer(json.dumps({"data": data, "meta": {"total_tweet_count": sum(hours)}}))


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X_BEARER_TOKEN", "s3cret")


@pytest.mark.parametrize(
    ("hours", "volume"),
    [
        ([10] * 160 + [500, 900, 20], 10 * 21 + 1420),  # the newest hour has only begun
        ([200] * 163, None),
        ([300] * 160 + [900, 300, 10], 300 * 21 + 1210),
        ([300] * 160 + [899, 300, 10], None),
        ([1] * 160 + [99, 1, 1], None),  # many times more than nothing
    ],
)
def test_what_is_far_more_than_usual_is_in_trend(server: Server, hours: list[int], volume: int | None) -> None:
    server.answers[PATH] = counts(hours)
    seen = Observation("#Lindental", "tag", "X", NOW, volume=volume)
    assert observe("x-counts", {"url": server.base}, ["Lindental"]) == ([seen] if volume else [])
    (asked,) = server.asked
    assert asked.path == f"{PATH}?query=%23Lindental&granularity=hour"
    assert asked.headers["authorization"] == "Bearer s3cret"


def test_how_much_is_much_can_be_set(server: Server) -> None:
    server.answers[PATH] = counts([2] * 160 + [5, 4, 1])
    options: dict[str, Json] = {"url": server.base, "posts": 5, "times": 2.5}
    assert observe("x-counts", options, ["x"]) == [Observation("#x", "tag", "X", NOW, volume=2 * 21 + 10)]


def test_tags_cannot_be_operators_and_are_not_passed_over_in_silence(server: Server) -> None:
    server.answers[PATH] = counts([0])
    assert observe("x-counts", {"url": server.base}, ['x" OR from:me', "(y)", "x:y"]) == []
    assert server.asked == []
    assert observe("x-counts", {"url": server.base}, [f"t{n}" for n in range(11)]) == [
        Gap("x-counts", "only 10 of 11 tags were asked about")
    ]


def test_an_hour_without_its_count(server: Server) -> None:
    server.answers[PATH] = Answer('{"data": [{"start": "2026-03-01T00:00:00.000Z", "post_count": 1}]}')
    said = failure("x-counts", {"url": server.base}, ["x"])
    assert said == "answered in another shape: an hour without its count"
    server.answers[PATH] = Answer('{"data": []}')
    assert failure("x-counts", {"url": server.base}, ["x"]) == "answered in another shape: no hours"


def test_the_sample(server: Server) -> None:
    """Thirty an hour, hour by hour: no trend."""
    body = sample("x_v2_tweets_counts_recent.json")
    server.answers[PATH] = Answer(body)
    assert observe("x-counts", {"url": server.base, "posts": 1}, ["x"]) == []
    (only,) = observe("x-counts", {"url": server.base, "posts": 1, "times": 1}, ["x"])
    assert isinstance(only, Observation)
    assert only.volume == sum(each["tweet_count"] for each in json.loads(body)["data"][-24:])
