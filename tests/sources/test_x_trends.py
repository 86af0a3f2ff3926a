from __future__ import annotations

import json

import pytest

from readtheroom.model import Observation
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, Answer, Server

PATH = "/2/trends/by/woeid/1"
TRENDS = json.dumps({"data": [{"trend_name": "#Lindental", "tweet_count": 1200}, {"trend_name": "Pancake Day"}]})


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X_BEARER_TOKEN", "s3cret")
    monkeypatch.delenv("OTHER_TOKEN", raising=False)


def test_names_and_counts(server: Server) -> None:
    server.answers[PATH] = Answer(TRENDS)
    assert observe("x-trends", {"url": server.base}) == [
        Observation("#Lindental", "tag", "X", NOW, None, 1, 1200),
        Observation("Pancake Day", "topic", "X", NOW, None, 2),
    ]
    (asked,) = server.asked
    assert asked.path == f"{PATH}?max_trends=50&trend.fields=trend_name%2Ctweet_count"
    assert asked.headers["authorization"] == "Bearer s3cret"


def test_a_place(server: Server) -> None:
    server.answers["/2/trends/by/woeid/23424977"] = Answer(TRENDS)
    said = observe("x-trends", {"url": server.base, "woeid": 23424977, "region": "US"})
    assert [each.region for each in said if isinstance(each, Observation)] == ["US", "US"]


@pytest.mark.parametrize("source", ["x-trends", "x-counts", "x-news"])
def test_without_a_token_nobody_is_asked(server: Server, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    options = {"url": server.base, "token_env": "OTHER_TOKEN"}
    assert failure(source, options, ["x"]) == "no token: set the environment variable OTHER_TOKEN"
    monkeypatch.setenv("OTHER_TOKEN", "two\nlines")
    said = failure(source, options, ["x"])
    assert said == "the environment variable OTHER_TOKEN has characters that no token has"
    assert server.asked == []


def test_refusals_with_a_200(server: Server) -> None:
    server.answers[PATH] = Answer('{"errors": [{"title": "Not Found", "detail": "No place\\n has the number 1."}]}')
    assert failure("x-trends", {"url": server.base}) == "refused: No place has the number 1."
    server.answers[PATH] = Answer('{"errors": ["x"]}')
    assert failure("x-trends", {"url": server.base}) == "refused: no reason given"


def test_another_shape(server: Server) -> None:
    server.answers[PATH] = Answer('{"data": [{"name": "x"}]}')
    assert failure("x-trends", {"url": server.base}) == "answered in another shape: no trend has a name"
    server.answers[PATH] = Answer("{}")
    assert failure("x-trends", {"url": server.base}) == "answered in another shape: `data` is missing, not a list"


def test_the_sample(server: Server) -> None:
    server.answers[PATH] = Answer(sample("x_v2_trends_by_woeid.json"))
    said = [each for each in observe("x-trends", {"url": server.base}) if isinstance(each, Observation)]
    assert [each.rank for each in said] == list(range(1, 9))
    assert (said[0].term, said[0].volume) == ("Europe", 232408)
