from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from readtheroom.errors import UnavailableError
from readtheroom.model import Observation, Reason
from readtheroom.sources import mastodon
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, Answer, LoopbackClient, Server

TAGS_PATH = "/api/v1/trends/tags"
LINKS_PATH = "/api/v1/trends/links"


def history(accounts: Sequence[int]) -> list[dict[str, str]]:
    """Newest first; each account says it twice."""
    return [
        {"day": str(1772323200 - 86400 * ago), "accounts": str(each), "uses": str(each * 2)}
        for ago, each in enumerate(accounts)
    ]


TAGS = json.dumps(
    [
        {
            "name": "Lindental",
            "url": "https://social.example/tags/Lindental",
            "history": history([400, 30, 2, 0, 0, 1, 0]),
        },
        {"name": "παζάρι", "history": []},
    ]
)
LINKS = json.dumps(
    [
        {
            "url": "https://news.example/1",
            "title": "Quake shakes Lindental",
            "description": "Two bridges are closed.",
            "provider_name": "Example News",
            "published_at": "2026-03-01T08:10:00.123Z",
            "history": history([90, 1]),
        },
        {"url": "ftp://news.example/2", "title": " ", "provider_name": ""},
    ]
)
SEEN = [
    Observation("#Lindental", "tag", "Mastodon", NOW, None, 1, 800),
    Observation("#παζάρι", "tag", "Mastodon", NOW, None, 2),
]
NEWS = Observation(
    "Quake shakes Lindental",
    "headline",
    "Mastodon",
    NOW,
    None,
    1,
    180,
    (
        Reason(
            "Quake shakes Lindental",
            "https://news.example/1",
            "Example News",
            datetime(2026, 3, 1, 8, 10, 0, 123000, tzinfo=UTC),
        ),
    ),
)


def test_tags_and_news(server: Server) -> None:
    server.answers |= {TAGS_PATH: Answer(TAGS), LINKS_PATH: Answer(LINKS)}
    assert observe("mastodon", {"url": server.base}) == [*SEEN, NEWS]
    assert server.paths() == [f"{TAGS_PATH}?limit=20", f"{LINKS_PATH}?limit=20"]


def test_nothing_may_be_in_trend(server: Server) -> None:
    server.answers |= {TAGS_PATH: Answer("[]"), LINKS_PATH: Answer("[]")}
    assert observe("mastodon", {"url": server.base}) == []


def test_what_the_first_answer_said_is_not_lost(server: Server) -> None:
    server.answers |= {TAGS_PATH: Answer(TAGS), LINKS_PATH: Answer('{"error": "closed"}')}
    said = mastodon.observe({"url": server.base}, LoopbackClient(), ())
    assert [next(said), next(said)] == SEEN
    with pytest.raises(UnavailableError, match="another shape: the answer is a mapping, not a list"):
        next(said)


def test_a_tag_must_have_a_name(server: Server) -> None:
    server.answers |= {TAGS_PATH: Answer('[{"tag": "x"}]'), LINKS_PATH: Answer("[]")}
    assert failure("mastodon", {"url": server.base}) == "answered in another shape: no trend has a name"


def test_the_samples(server: Server) -> None:
    tags, links = sample("mastodon_trends_tags.json"), sample("mastodon_trends_links.json")
    server.answers |= {TAGS_PATH: Answer(tags), LINKS_PATH: Answer(links)}
    said = [each for each in observe("mastodon", {"url": server.base}) if isinstance(each, Observation)]
    found = json.loads(tags)
    assert [(each.term, each.volume) for each in said if each.kind == "tag"] == [
        (f"#{each['name']}", int(each["history"][0]["uses"])) for each in found
    ]
    news = [each for each in said if each.kind == "headline"]
    assert [each.reasons[0].url for each in news] == [each["url"] for each in json.loads(links)]
    assert all(each.reasons[0].published_at for each in news)
