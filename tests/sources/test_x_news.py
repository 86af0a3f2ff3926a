from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from readtheroom.model import Gap, Json, Observation, Reason
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, Answer, Server

PATH = "/2/news/search"
WHEN = datetime(2026, 3, 1, 8, tzinfo=UTC)
NEWS = json.dumps(
    {
        "data": [
            {
                "id": "1",
                "name": "Quake Shakes Lindental",
                "hook": "Two bridges are closed, and trains wait.",
                "last_updated_at_ms": "2026-03-01T08:00:00.000Z",
            },
            {"id": "2", "name": "Pancakes Turn"},
        ],
        "meta": {"result_count": 2},
    }
)
SEEN = [
    Observation(
        "Quake Shakes Lindental",
        "headline",
        "X",
        NOW,
        reasons=(
            Reason("Quake Shakes Lindental", None, "X", WHEN),
            Reason("Two bridges are closed, and trains wait.", None, "X", WHEN),
        ),
    ),
    Observation("Pancakes Turn", "headline", "X", NOW, reasons=(Reason("Pancakes Turn", None, "X"),)),
]


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X_BEARER_TOKEN", "s3cret")


def test_stories_about_the_tags(server: Server) -> None:
    server.answers[PATH] = Answer(NEWS)
    assert observe("x-news", {"url": server.base}, ["Lindental", "#pancakes"]) == SEEN * 2
    assert server.paths() == [
        f"{PATH}?query=Lindental&max_results=20&max_age_hours=48",
        f"{PATH}?query=pancakes&max_results=20&max_age_hours=48",
    ]
    assert server.asked[0].headers["authorization"] == "Bearer s3cret"


def test_a_query_is_asked_instead_of_the_tags(server: Server) -> None:
    server.answers[PATH] = Answer(NEWS)
    options: dict[str, Json] = {"url": server.base, "query": "quake OR flood", "hours": 12}
    assert observe("x-news", options, [f"secret{n}" for n in range(12)]) == SEEN
    assert server.paths() == [f"{PATH}?query=quake+OR+flood&max_results=20&max_age_hours=12"]


def test_no_story(server: Server) -> None:
    server.answers[PATH] = Answer('{"meta": {"result_count": 0}}')
    assert observe("x-news", {"url": server.base}, ["x"]) == []
    tags = [f"t{n}" for n in range(11)]
    assert observe("x-news", {"url": server.base}, tags) == [Gap("x-news", "only 10 of 11 tags were asked about")]


def test_one_story_that_is_in_no_list(server: Server) -> None:
    server.answers[PATH] = Answer(json.dumps({"data": json.loads(NEWS)["data"][0]}))
    assert observe("x-news", {"url": server.base}, ["x"]) == SEEN[:1]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ('{"data": [{"headline": "x"}]}', "no story has a name"),
        ('{"data": {"headline": "x"}}', "no story has a name"),
        ('{"data": {}}', "no story has a name"),
        ('{"data": "x"}', "`data` is text, not a list"),
    ],
)
def test_another_shape(server: Server, answer: str, why: str) -> None:
    server.answers[PATH] = Answer(answer)
    assert failure("x-news", {"url": server.base}, ["x"]) == f"answered in another shape: {why}"


def test_the_sample(server: Server) -> None:
    """Search gives a list; the sample is of a look-up, which gives the story itself."""
    whole = json.loads(sample("x_v2_news.json"))
    story = whole["data"]
    server.answers[PATH] = Answer(json.dumps({"data": [story], "meta": {"result_count": 1}}))
    (only,) = observe("x-news", {"url": server.base}, ["x"])
    assert isinstance(only, Observation)
    assert only.term == story["name"]
    assert [each.title for each in only.reasons] == [story["name"], story["hook"]]
    assert {each.published_at for each in only.reasons} == {datetime(2025, 11, 17, 16, 21, 41, tzinfo=UTC)}
    server.answers[PATH] = Answer(json.dumps(whole))
    assert observe("x-news", {"url": server.base}, ["x"]) == [only]
