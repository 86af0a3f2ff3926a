from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from readtheroom import registry
from readtheroom.errors import UnavailableError
from readtheroom.model import Json, Observation, Reason
from tests.sources.ask import failure, observe
from tests.sources.server import NOW, Answer, LoopbackClient, Server

WHEN = "2026-03-01T08:00Z"
ANSWER = json.dumps(
    {
        "data": {
            "stories": [
                {
                    "name": "#Lindental",
                    "place": 3,
                    "posts": "50K+",
                    "land": "gr",
                    "news": [
                        {
                            "head": "Quake &amp; fire",
                            "href": "https://news.example/1",
                            "by": "Example",
                            "at": WHEN,
                        },
                        {"head": "", "href": "https://news.example/2"},
                    ],
                },
                {"name": "Pancake Day", "place": "two", "posts": None, "land": "Alderland", "why": "It is Tuesday"},
                {"name": None},
            ]
        }
    }
)
OPTIONS: dict[str, Json] = {
    "name": "Listening",
    "items": "data.stories",
    "term": "name",
    "rank": "place",
    "volume": "posts",
    "where": "land",
    "reasons": "news[].{title: head, url: href, source: by, published_at: at} || why",
}


def test_where_things_stand_is_said_in_jmespath(server: Server) -> None:
    server.answers["/t"] = Answer(ANSWER)
    reason = Reason("Quake & fire", "https://news.example/1", "Example", datetime(2026, 3, 1, 8, tzinfo=UTC))
    assert observe("json", {**OPTIONS, "url": f"{server.base}/t"}) == [
        Observation("#Lindental", "tag", "Listening", NOW, "GR", 3, 50_000, (reason,)),
        Observation("Pancake Day", "topic", "Listening", NOW, reasons=(Reason("It is Tuesday"),)),
    ]


@pytest.mark.parametrize(
    ("body", "term"), [('["#Lindental", "Pancake Day"]', "@"), ('[{"t": "#Lindental"}, {"t": "Pancake Day"}]', "t")]
)
def test_the_least_that_must_be_said(server: Server, body: str, term: str) -> None:
    server.answers["/t"] = Answer(body, "text/plain")
    assert observe("json", {"url": f"{server.base}/t", "term": term, "term_kind": "query"}) == [
        Observation("#Lindental", "query", "127.0.0.1/t", NOW, None, 1),
        Observation("Pancake Day", "query", "127.0.0.1/t", NOW, None, 2),
    ]


@pytest.mark.parametrize(("news", "is_gone"), [("null", True), ("[]", False), ('[{"head": "Quake"}]', False)])
def test_reasons_that_stand_nowhere_are_told_of(server: Server, news: str, is_gone: bool) -> None:
    """What is talked about is known all the same."""
    server.answers["/t"] = Answer(f'[{{"name": "Lindental", "news": {news}}}]')
    said = registry.load("sources", "json").observe(
        {"url": f"{server.base}/t", "term": "name", "reasons": "news[].head"}, LoopbackClient(), ()
    )
    assert next(said).term == "Lindental"
    if is_gone:
        with pytest.raises(UnavailableError, match=r"another shape: `reasons` finds nothing in any item$"):
            next(said)
    else:
        assert list(said) == []


def test_headers_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWS_TOKEN", "s3cret")
    monkeypatch.delenv("OTHER_TOKEN", raising=False)
    server.answers["/t"] = Answer("[]")
    headers: dict[str, Json] = {
        "Authorization": "Bearer env:NEWS_TOKEN",
        "X-Key": "env:NEWS_TOKEN",
        "X-Own": "env: x",
    }
    options: dict[str, Json] = {"url": f"{server.base}/t", "term": "@", "headers": headers}
    assert observe("json", options) == []
    sent = server.asked[0].headers
    assert (sent["authorization"], sent["x-key"], sent["x-own"]) == ("Bearer s3cret", "s3cret", "env: x")
    said = failure("json", {**options, "headers": {"X-Key": "env:OTHER_TOKEN"}})
    assert said == "no token: set the environment variable OTHER_TOKEN"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"items": "data"}, "answered in another shape: what `items` finds is a mapping, not a list"),
        ({"items": "nowhere"}, "answered in another shape: what `items` finds is missing, not a list"),
        ({"term": "title"}, "answered in another shape: `term` finds nothing in any item"),
        ({"term": "na["}, "`term` is no JMESPath: Incomplete expression"),
        ({"rank": "nosuch(@)"}, "answered in another shape: `rank` cannot be found in it: Unknown function: nosuch()"),
    ],
)
def test_expressions_that_do_not_fit(server: Server, changed: dict[str, Json], why: str) -> None:
    server.answers["/t"] = Answer(ANSWER)
    assert failure("json", {**OPTIONS, "url": f"{server.base}/t", **changed}).startswith(why)


def test_an_expression_nested_without_end(server: Server) -> None:
    server.answers["/t"] = Answer(ANSWER)
    said = failure("json", {**OPTIONS, "url": f"{server.base}/t", "term": "(" * 900})
    assert said.startswith("`term` is no JMESPath: ")
    assert "\n" not in said


@pytest.mark.parametrize("content_type", ["text/plain", "text/html"])
def test_a_refusal_is_not_repeated_for_it_may_name_the_secret(server: Server, content_type: str) -> None:
    server.answers["/t"] = Answer("No such key: s3cret", content_type)
    assert "s3cret" not in failure("json", {"url": f"{server.base}/t", "term": "@"})
