from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from readtheroom.model import Gap, Observation
from tests.sources.ask import failure, observe
from tests.sources.server import NOW, Answer, Server
from tests.sources.test_mastodon import history


def tag(name: str, accounts: Sequence[int]) -> Answer:
    return Answer(json.dumps({"name": name, "history": history(accounts)}))


@pytest.mark.parametrize(
    ("accounts", "volume"),
    [
        ([400, 30, 2, 0, 0, 1, 0], 800),
        ([5, 200, 20, 20, 20, 20, 20], 400),  # the day has only begun
        ([59, 5, 20, 20, 20, 20, 20], None),  # not three times as many
        ([60, 5, 20, 20, 20, 20, 20], 120),
        ([19, 0, 0, 0, 0, 0, 0], None),  # three friends are no trend
        ([20, 0, 0, 0, 0, 0, 0], 40),
        ([0, 0, 0, 0, 0, 0, 0], None),
    ],
)
def test_what_is_far_more_than_usual_is_in_trend(server: Server, accounts: list[int], volume: int | None) -> None:
    server.answers["/api/v1/tags/lindental"] = tag("lindental", accounts)
    seen = Observation("#lindental", "tag", "Mastodon", NOW, volume=volume)
    assert observe("mastodon-tag", {"url": server.base}, ["lindental"]) == ([seen] if volume else [])


def test_how_much_is_much_can_be_set(server: Server) -> None:
    server.answers["/api/v1/tags/x"] = tag("x", [6, 1, 3, 3, 3, 3, 3])
    assert observe("mastodon-tag", {"url": server.base}, ["x"]) == []
    assert observe("mastodon-tag", {"url": server.base, "accounts": 5, "times": 2}, ["x"]) == [
        Observation("#x", "tag", "Mastodon", NOW, volume=12)
    ]


def test_tags_are_asked_once_each_and_cannot_lead_elsewhere(server: Server) -> None:
    quiet = [0] * 7
    server.answers |= {"/api/v1/tags/Caf%C3%A9": tag("Café", quiet), "/api/v1/tags/b_1": tag("b_1", quiet)}
    assert observe("mastodon-tag", {"url": server.base}, ["#Café", "café", "b_1", "../admin", "a?b", "", "a b"]) == []
    assert server.paths() == ["/api/v1/tags/Caf%C3%A9", "/api/v1/tags/b_1"]


def test_no_tags_no_question(server: Server) -> None:
    assert observe("mastodon-tag", {"url": server.base}) == []
    assert server.asked == []


def test_tags_that_were_not_asked_about_are_said(server: Server) -> None:
    tags = [f"tag{number}" for number in range(12)]
    server.answers |= {f"/api/v1/tags/{each}": tag(each, [0] * 7) for each in tags}
    assert observe("mastodon-tag", {"url": server.base}, tags) == [
        Gap("mastodon-tag", "only 10 of 12 tags were asked about")
    ]
    assert len(server.asked) == 10


@pytest.mark.parametrize("history", ["null", "[]", '[{"day": "1"}]', '[{"people": "90", "uses": "90"}]'])
def test_a_tag_without_history(server: Server, history: str) -> None:
    server.answers["/api/v1/tags/x"] = Answer(f'{{"name": "x", "history": {history}}}')
    said = failure("mastodon-tag", {"url": server.base}, ["x"])
    assert said == "answered in another shape: a tag without history"
