from __future__ import annotations

import json
from datetime import UTC, datetime

from readtheroom.model import Observation, Reason
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, Answer, Server

TRENDS_PATH = "/xrpc/app.bsky.unspecced.getTrends"
TOPICS_PATH = "/xrpc/app.bsky.unspecced.getTrendingTopics"
TRENDS = json.dumps(
    {
        "trends": [
            {
                "topic": "0a1b2c3d",
                "displayName": "Ferry aground off Port Alder",
                "description": "All 40 on board\nwere taken off; nobody was hurt.",
                "link": "/profile/did:plc:abc/feed/0a1b2c3d",
                "startedAt": "2026-03-01T08:00:00.000Z",
                "postCount": 5100,
            },
            {"topic": "PancakeDay", "displayName": "", "link": "https://bsky.example/x"},
        ]
    }
)
TOPICS = json.dumps(
    {
        "topics": [{"topic": "Pancake day", "displayName": "Pancake day", "link": "/hashtag/pancakes"}],
        "suggested": [{"topic": "Cats", "displayName": "Cats", "link": "/cats"}],
    }
)
FERRY = Observation(
    "Ferry aground off Port Alder",
    "topic",
    "Bluesky",
    NOW,
    None,
    1,
    5100,
    (
        Reason(
            "Ferry aground off Port Alder: All 40 on board were taken off; nobody was hurt.",
            "https://bsky.app/profile/did:plc:abc/feed/0a1b2c3d",
            "Bluesky",
            datetime(2026, 3, 1, 8, tzinfo=UTC),
        ),
    ),
)


def test_stories_with_the_line_that_explains_them(server: Server) -> None:
    server.answers[TRENDS_PATH] = Answer(TRENDS)
    plain = Observation("PancakeDay", "topic", "Bluesky", NOW, None, 2)
    assert observe("bluesky", {"url": f"{server.base}/"}) == [FERRY, plain]
    assert server.paths() == [f"{TRENDS_PATH}?limit=25"]


def test_topics_stand_in_for_trends(server: Server) -> None:
    for broken in [None, Answer("{}"), Answer("<html>", "text/html")]:
        server.answers = {TOPICS_PATH: Answer(TOPICS)} | ({TRENDS_PATH: broken} if broken else {})
        assert observe("bluesky", {"url": server.base}) == [
            Observation("Pancake day", "topic", "Bluesky", NOW, None, 1)
        ]


def test_when_neither_answers(server: Server) -> None:
    assert failure("bluesky", {"url": server.base}) == "answered 404"
    server.answers[TOPICS_PATH] = Answer('{"topics": [{"name": "x"}]}')
    assert failure("bluesky", {"url": server.base}) == "answered in another shape: no topic has a name"


def test_the_samples(server: Server) -> None:
    server.answers[TOPICS_PATH] = Answer(sample("bluesky_getTrendingTopics.json"))
    said = [each for each in observe("bluesky", {"url": server.base}) if isinstance(each, Observation)]
    assert [(each.rank, len(each.reasons)) for each in said] == [(1, 1), (2, 1), (3, 1), (4, 1)]
    server.answers[TRENDS_PATH] = Answer(sample("bluesky_getTrends.SYNTHETIC.json"))
    (only,) = observe("bluesky", {"url": server.base})
    assert isinstance(only, Observation)
    assert only.volume == 5000
    assert only.reasons[0].published_at == datetime(2026, 7, 18, 10, tzinfo=UTC)
