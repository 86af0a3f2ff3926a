"""Whatever a server sends, a source says why it cannot be believed, in one line, and nothing worse happens."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readtheroom.errors import UnavailableError
from readtheroom.model import Gap, Json, Observation
from readtheroom.policy.snapshot import observation, plain_observation
from tests.sources import (
    test_bluesky,
    test_gdacs,
    test_gdelt,
    test_google_trends,
    test_json,
    test_mastodon,
    test_mastodon_tag,
    test_meteoalarm,
    test_nws,
    test_rss,
    test_usgs,
    test_wikimedia,
    test_x_counts,
    test_x_news,
    test_x_place,
    test_x_trends,
)
from tests.sources.ask import failure, observe
from tests.sources.server import JSON, XML, Answer, BodyClient, Server


class Case(NamedTuple):
    """A source, and an answer that it understands."""

    name: str
    good: str
    is_xml: bool = False
    options: Mapping[str, Json] = {}


def _body(answer: Answer) -> str:
    return answer.body if isinstance(answer.body, str) else answer.body.decode()


CASES = [
    Case("google-trends", test_google_trends.FEED, True),
    Case("bluesky", test_bluesky.TOPICS),
    Case("mastodon", json.dumps(json.loads(test_mastodon.TAGS) + json.loads(test_mastodon.LINKS))),
    Case("mastodon-tag", _body(test_mastodon_tag.tag("x", [400, 0, 0, 0, 0, 0, 0]))),
    Case("x-trends", test_x_trends.TRENDS),
    Case("x-counts", _body(test_x_counts.counts([1, 1, 1, 1, 500, 1, 1]))),
    Case("x-news", test_x_news.NEWS),
    Case("x-place", json.dumps([test_x_place.place(None)])),
    Case("gdelt", test_gdelt.ARTICLES),
    Case("wikimedia", test_wikimedia.NEWS),
    Case("usgs", _body(test_usgs.feed(test_usgs.quake()))),
    Case("gdacs", test_gdacs.feed(), True),
    Case("nws", _body(test_nws.alerts({}))),
    Case("meteoalarm", test_meteoalarm.feed(), True, {"region": "FR"}),
    Case("rss", test_rss.RSS, True),
    Case("json", test_json.ANSWER, False, test_json.OPTIONS),
]
IN_XML = [case for case in CASES if case.is_xml]
IN_JSON = [case for case in CASES if not case.is_xml]

BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><rss><channel><item><title>&i;</title></item></channel></rss>"
)
BAD_XML = {
    "billion laughs": BOMB,
    "outside entity": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item>&x;</item></channel></rss>',
    "outside type": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/rss.dtd"><rss/>',
    "nested": "<a>" * 100_000,
    "wide": f"<rss><channel>{'<a/>' * 200_000}</channel></rss>",
    "two roots": "<rss/><rss/>",
    "unknown entity": "<rss>&nbsp;</rss>",
    "unknown encoding": '<?xml version="1.0" encoding="klingon"?><rss/>',
    "wide encoding": '<?xml version="1.0" encoding="shift_jis"?><rss/>',
    "odd codec": '<?xml version="1.0" encoding="hex"?><rss/>',
    "another root": "<opml><body/></opml>",
    "JSON": '{"items": []}',
}
BAD_JSON = {
    "nested": "[" * 200_000,
    "a number": "17",
    "huge number": f'{{"data": {"9" * 6000}}}',
    "no number": '{"data": NaN}',
    "text": '"trends"',
    "null": "null",
    "another mapping": '{"status": "ok"}',
    "list of numbers": "[1, 2, 3]",
    "XML": "<rss/>",
}


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X_BEARER_TOKEN", "s3cret")


def options(case: Case, base: str) -> dict[str, Json]:
    return {**case.options, "url": base}


def refused(server: Server, case: Case, answer: Answer) -> None:
    """It fails with one short line that tells nothing of this machine."""
    server.answers["*"] = answer
    said = failure(case.name, options(case, server.base), ["Harbour"])
    assert 0 < len(said) < 250
    assert said.isprintable()
    assert "root:" not in said


def name(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", CASES, ids=name)
def test_good_answers_are_understood(server: Server, case: Case) -> None:
    """Else the tests below would prove nothing."""
    server.answers["*"] = Answer(case.good, XML if case.is_xml else JSON)
    assert observe(case.name, options(case, server.base), ["Harbour"]) != []


@pytest.mark.parametrize("case", CASES, ids=name)
def test_answers_that_are_no_answer(server: Server, case: Case) -> None:
    content_type = XML if case.is_xml else JSON
    refused(server, case, Answer("", content_type))
    refused(server, case, Answer(" \n", content_type))
    refused(server, case, Answer(case.good[: len(case.good) // 2], content_type))
    refused(server, case, Answer(case.good.encode()[:-20] + b"\xff\xfe", content_type))
    refused(server, case, Answer(b"\x00" * 1000, content_type))
    refused(server, case, Answer("Busy.\x1b[31m\nAsk later." * 1000, content_type))
    refused(server, case, Answer(case.good, "text/html; charset=utf-8"))
    refused(server, case, Answer(case.good, "image/png\x1b"))
    refused(server, case, Answer("<!doctype html><title>Log in</title>", "text/html"))
    refused(server, case, Answer(case.good, content_type, 500))


@pytest.mark.parametrize("case", IN_XML, ids=name)
@pytest.mark.parametrize("bad", BAD_XML)
def test_bad_xml(server: Server, case: Case, bad: str) -> None:
    refused(server, case, Answer(BAD_XML[bad], XML))


@pytest.mark.parametrize("case", IN_JSON, ids=name)
@pytest.mark.parametrize("bad", BAD_JSON)
def test_bad_json(server: Server, case: Case, bad: str) -> None:
    refused(server, case, Answer(BAD_JSON[bad], JSON))


@pytest.mark.parametrize("case", IN_JSON, ids=name)
def test_a_changed_schema_in_json(server: Server, case: Case) -> None:
    """Every key has another name: nothing is found, and that is said."""
    refused(server, case, Answer(json.dumps(_renamed(json.loads(case.good))), JSON))


@pytest.mark.parametrize("case", IN_XML, ids=name)
def test_a_changed_schema_in_xml(server: Server, case: Case) -> None:
    """The same with elements, but for the outer ones."""
    kept = "rss|feed|channel|item|entry"
    refused(server, case, Answer(re.sub(rf"(</?)(?!(?:{kept})\b|[?!])([\w:]+)", r"\1\g<2>2", case.good), XML))
    refused(server, case, Answer(re.sub(r"(</?)([\w:]+)", r"\1\g<2>2", case.good), XML))


def _renamed(value: Json) -> Json:
    if isinstance(value, dict):
        return {f"{key}2": _renamed(inner) for key, inner in value.items()}
    return [_renamed(each) for each in value] if isinstance(value, list) else value


# --- whatever comes ---

FEW = settings(max_examples=25)
"""For each of the sources."""

KEYS = [
    "data",
    "trends",
    "topics",
    "name",
    "topic",
    "displayName",
    "description",
    "link",
    "history",
    "uses",
    "day",
    "accounts",
    "title",
    "url",
    "trend_name",
    "tweet_count",
    "errors",
    "meta",
    "result_count",
    "articles",
    "news",
    "story",
    "features",
    "properties",
    "mag",
    "place",
    "time",
    "alert",
    "areaDesc",
    "severity",
    "as_of",
    "stories",
    "expires",
    "headline",
    "published_at",
    "startedAt",
    "last_updated_at_ms",
    "seendate",
    "postCount",
    "posts",
]
TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["https://news.example/1", "2026-03-01T08:00:00Z", "99999-01-01", "50K+", "red", "\ud800"]),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=20,
)
NAMES = st.sampled_from(
    [
        *("rss", "feed", "RDF", "channel", "item", "entry", "title", "link", "pubDate", "news_item", "approx_traffic"),
        *("news_item_title", "eventtype", "alertlevel", "country", "iso3", "todate", "severity", "areaDesc", "expires"),
    ]
)
XML_TEXT = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn"]), max_size=20)
ELEMENTS = st.recursive(
    XML_TEXT.map(escape),
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", NAMES, st.lists(inner, max_size=4)
    ),
    max_leaves=15,
)


def sound(case: Case, body: bytes, content_type: str) -> None:
    """It is understood, and what is said could stand in a snapshot; or it is not believed."""
    client = BodyClient(body, content_type)
    why = "none"
    try:
        said = observe(case.name, options(case, "http://127.0.0.1:1"), ["Harbour"], client)
    except UnavailableError as error:
        said, why = [], str(error)
    assert why.translate({0x200C: None, 0x200D: None}).isprintable(), "joiners of emoji and of Persian letters apart"
    assert len(why) < 250
    assert len(said) <= 200
    for each in said:
        assert not isinstance(each, Gap)
        _check(each)


def _check(seen: Observation) -> None:
    assert observation(plain_observation(seen)) == seen
    assert 0 < len(seen.term) <= 300
    assert all(0 < len(reason.title) <= 500 for reason in seen.reasons)
    assert not any(each in "\x00\x1b\n\u202e" for each in seen.term + "".join(reason.title for reason in seen.reasons))
    assert all(not reason.url or reason.url.lower().startswith(("http://", "https://")) for reason in seen.reasons)
    assert seen.observed_at.utcoffset() is not None


@pytest.mark.parametrize("case", IN_JSON, ids=name)
@FEW
@given(value=VALUES)
def test_any_json(case: Case, value: Json) -> None:
    sound(case, json.dumps(value).encode(), JSON)


@pytest.mark.parametrize("case", IN_JSON, ids=name)
@FEW
@given(value=VALUES, data=st.data())
def test_a_good_answer_with_anything_in_a_place(case: Case, value: Json, data: st.DataObject) -> None:
    answer = json.loads(case.good)
    paths = [*_paths(answer)]
    *way, last = data.draw(st.sampled_from(paths))
    inner = answer
    for step in way:
        inner = inner[step]
    inner[last] = value
    sound(case, json.dumps(answer).encode(), JSON)


def _paths(value: Json, before: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: list[tuple[str | int, Json]] = []
    if isinstance(value, dict):
        inner = [*value.items()]
    elif isinstance(value, list):
        inner = [*enumerate(value[:3])]
    return [each for key, child in inner for each in [(*before, key), *_paths(child, (*before, key))]]


@pytest.mark.parametrize("case", IN_XML, ids=name)
@FEW
@given(root=st.sampled_from(["rss", "feed", "RDF"]), parts=st.lists(ELEMENTS, max_size=6))
def test_any_xml(case: Case, root: str, parts: list[str]) -> None:
    sound(case, f"<{root}><channel>{''.join(parts)}</channel>{''.join(parts)}</{root}>".encode(), XML)


@pytest.mark.parametrize("case", CASES, ids=name)
@FEW
@given(noise=st.binary(max_size=8), data=st.data())
def test_a_good_answer_with_noise_in_it(case: Case, noise: bytes, data: st.DataObject) -> None:
    body = case.good.encode()
    at = data.draw(st.integers(0, len(body)))
    sound(case, body[:at] + noise + body[at + len(noise) :], XML if case.is_xml else JSON)
