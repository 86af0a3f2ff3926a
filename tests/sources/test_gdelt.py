from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from readtheroom.model import Gap, Observation, Reason
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, Answer, Server

PATH = "/api/v2/doc/doc"
ARTICLES = json.dumps(
    {
        "articles": [
            {
                "url": "https://news.example/1",
                "title": "Quake shakes Lindental , two bridges closed",
                "seendate": "20260301T081500Z",
                "domain": "news.example",
                "language": "English",
                "sourcecountry": "Ireland",
            },
            {"url": "mailto:a@news.example", "title": "Σεισμός στο Ακρόλιμνο", "seendate": "soon", "domain": ""},
        ]
    }
)
SEEN = [
    Observation(
        "Quake shakes Lindental , two bridges closed",
        "headline",
        "GDELT",
        NOW,
        reasons=(
            Reason(
                "Quake shakes Lindental , two bridges closed",
                "https://news.example/1",
                "news.example",
                datetime(2026, 3, 1, 8, 15, tzinfo=UTC),
            ),
        ),
    ),
    Observation("Σεισμός στο Ακρόλιμνο", "headline", "GDELT", NOW, reasons=(Reason("Σεισμός στο Ακρόλιμνο"),)),
]


def queries(server: Server) -> list[dict[str, list[str]]]:
    return [parse_qs(urlsplit(path).query) for path in server.paths()]


@pytest.mark.parametrize(
    ("tags", "query"),
    [
        (["Harbour"], '"Harbour"'),
        (["HarbourFire"], '"Harbour Fire"'),
        (["harbourfire"], '("harbourfire" OR "harbour fire")'),
        (["Harbour", "#StormWarning", "harbour"], '("Harbour" OR "Storm Warning")'),
        (["ab", "Harbour"], '"Harbour"'),
    ],
)
def test_headlines_about_the_tags(server: Server, tags: list[str], query: str) -> None:
    server.answers[PATH] = Answer(ARTICLES)
    assert observe("gdelt", {"url": f"{server.base}{PATH}"}, tags) == SEEN
    assert queries(server) == [
        {
            "query": [query],
            "mode": ["artlist"],
            "format": ["json"],
            "timespan": ["24h"],
            "maxrecords": ["75"],
            "sort": ["hybridrel"],
        }
    ]


def test_a_query_is_asked_instead_of_the_tags(server: Server) -> None:
    server.answers[PATH] = Answer(ARTICLES)
    options = {"url": f"{server.base}{PATH}", "query": "flood sourcecountry:FR", "timespan": "90min"}
    assert observe("gdelt", options, [f"secret{n}" for n in range(12)]) == SEEN
    (asked,) = queries(server)
    assert (asked["query"], asked["timespan"]) == (["flood sourcecountry:FR"], ["90min"])
    assert "secret" not in server.paths()[0]


@pytest.mark.parametrize("tags", [[], ["ab"], ["x", "y"]])
def test_without_words_no_question(server: Server, tags: list[str]) -> None:
    assert observe("gdelt", {"url": f"{server.base}{PATH}"}, tags) == []
    assert server.asked == []


@pytest.mark.parametrize("body", ["{}", '{"articles": []}'])
def test_no_headlines(server: Server, body: str) -> None:
    server.answers[PATH] = Answer(body)
    assert observe("gdelt", {"url": f"{server.base}{PATH}"}, ["Lindental"]) == []
    tags = [f"Quake{n}" for n in range(11)]
    assert observe("gdelt", {"url": f"{server.base}{PATH}"}, tags) == [
        Gap("gdelt", "only 10 of 11 tags were asked about")
    ]


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "text/plain", "application/json", ""])
def test_a_refusal_in_plain_words_is_no_answer(server: Server, content_type: str) -> None:
    server.answers[PATH] = Answer("Please ask less often.\nThank you.", content_type)
    said = failure("gdelt", {"url": f"{server.base}{PATH}"}, ["Lindental"])
    assert said.startswith("answered in another shape: ")
    assert said.endswith(": Please ask less often. Thank you.")


def test_the_samples(server: Server) -> None:
    server.answers[PATH] = Answer(sample("gdelt_artlist.SYNTHETIC.json"))
    options = {"url": f"{server.base}{PATH}"}
    said = [each for each in observe("gdelt", options, ["Aurora"]) if isinstance(each, Observation)]
    assert [each.reasons[0].published_at for each in said] == [
        datetime(2026, 4, 8, 6, 30, tzinfo=UTC),
        datetime(2026, 4, 8, 6, 15, tzinfo=UTC),
    ]
    server.answers[PATH] = Answer(sample("gdelt_throttled.txt"), "text/html")
    assert "limit requests" in failure("gdelt", options, ["Aurora"])
    server.answers[PATH] = Answer(sample("gdelt_timelinevol.SYNTHETIC.json"))
    assert failure("gdelt", options, ["Aurora"]) == "answered in another shape: `articles` is missing, not a list"
