"""Whatever one server plays, its source says why it was not heard, and the rest of the room still serves."""

from __future__ import annotations

import gzip
import json
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from readtheroom.model import Gap, Json, Room
from readtheroom.policy.values import RoomConfig, SourceEntry
from tests.room.look import room_of
from tests.room.server import Part, Server, Talk, drips, drips_head, hangs, pours, running, says

XML, JSON = "application/rss+xml", "application/json"
FEED = "<rss><channel><title>News</title><item><title>Hotel burns in Lindental</title></item></channel></rss>"
LIST = json.dumps({"items": [{"term": "Roses"}, {"term": "Σεισμός"}]})
SHORT = 0.7
"""Seconds for what is to run out of time."""

LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><rss><channel><item><title>&i;</title></item></channel></rss>"
)
SHAPE = "answered in another shape: "


Entry = Callable[[str], SourceEntry]


def rss(url: str) -> SourceEntry:
    return SourceEntry("rss", {"url": url})


def listed(url: str) -> SourceEntry:
    options: dict[str, Json] = {"url": url, "items": "items", "term": "term"}
    return SourceEntry("json", options)


@pytest.fixture
def good() -> Iterator[SourceEntry]:
    """A source that is well, on a host of its own."""
    with running() as other:
        yield listed(other.plays("/good", says(LIST.encode(), content_type=JSON)))


def look(*entries: SourceEntry) -> Room:
    return room_of(RoomConfig(entries, budget=20))


def heard(room: Room) -> list[str]:
    return [each.term for each in room.observations]


def truncated(talk: Talk) -> None:
    talk.head(content_length="1000", content_type=XML)
    talk.wfile.write(FEED[:40].encode())
    talk.close_connection = True


def claims_and_streams(talk: Talk) -> None:
    talk.head(content_length="10000000000", content_type=XML)
    while not talk.ended.is_set():
        talk.wfile.write(b"x" * 65536)


def packed(body: bytes) -> Part:
    return says(gzip.compress(body, 1), content_type=XML, content_encoding="gzip")


def xml(body: str | bytes) -> Part:
    return says(body if isinstance(body, bytes) else body.encode(), content_type=XML)


def data(body: str | bytes) -> Part:
    return says(body if isinstance(body, bytes) else body.encode(), content_type=JSON)


IN_XML: dict[str, tuple[Part, str]] = {
    "drip-fed": (drips(FEED.encode() * 9), "timeout"),
    "drip-fed headers": (drips_head, "timeout"),
    "silent": (hangs, "timeout"),
    "wrong type": (says(b"<html/>", content_type="text/html"), f"{SHAPE}text/html instead of XML"),
    "refusal in plain text": (
        says(b"Too busy.", content_type="text/plain"),
        f"{SHAPE}not XML (syntax error): Too busy.",
    ),
    "truncated": (truncated, "the answer was cut short"),
    "cut in the middle": (xml(FEED[:60]), f"{SHAPE}not XML (no element found)"),
    "no body at all": (xml(""), f"{SHAPE}not XML (no element found)"),
    "500": (says(status=500), "answered 500"),
    "redirect loop": (says(status=302, location="/bad"), "redirected more than 5 times"),
    "redirect to a private address": (says(status=302, location="http://10.0.0.1/"), "redirected to a private address"),
    "redirect to a file": (
        says(status=302, location="file:///etc/passwd"),
        "redirected to an address that is not asked",
    ),
    "10 GB claimed": (says(content_length="10000000000", content_type=XML), "larger than 4 MiB"),
    "10 GB claimed and streamed": (claims_and_streams, "larger than 4 MiB"),
    "streamed without end": (pours, "larger than 4 MiB"),
    "gzip bomb": (packed(b"\0" * (100 << 20)), "larger than 4 MiB"),
    "gzip bomb in a feed": (packed(b"<rss>" + b" " * (100 << 20)), "larger than 4 MiB"),
    "billion laughs": (xml(LAUGHS), "answered with XML that declares a document type, which is not read"),
    "invalid UTF-8": (
        xml(b"<rss><channel>\xff\xfe</channel></rss>"),
        f"{SHAPE}not XML (not well-formed (invalid token))",
    ),
    "another root": (xml("<html><body/></html>"), f"{SHAPE}<html> instead of a feed"),
    "no channel": (xml("<rss/>"), f"{SHAPE}a feed without a channel"),
    "no titles": (xml(FEED.replace("title>", "name>")), f"{SHAPE}no entry has a title"),
    "entries by another name": (xml(FEED.replace("item>", "story>")), f"{SHAPE}<story> instead of <item>"),
}
IN_JSON: dict[str, tuple[Part, str]] = {
    "wrong type": (says(b"<html/>", content_type="text/html"), f"{SHAPE}text/html instead of JSON"),
    "cut in the middle": (data(LIST[:-5]), f"{SHAPE}not JSON (Invalid \\uXXXX escape)"),
    "invalid UTF-8": (data(b'{"items": [{"term": "\xff"}]}'), f"{SHAPE}not UTF-8"),
    "nested": (data("[" * 100_000), f"{SHAPE}JSON nested too deep"),
    "a key by another name": (data(LIST.replace("items", "list")), f"{SHAPE}what `items` finds is missing, not a list"),
    "terms by another name": (data(LIST.replace("term", "word")), f"{SHAPE}`term` finds nothing in any item"),
}


@pytest.mark.parametrize("case", IN_XML)
def test_a_bad_feed_is_told_of_and_the_rest_serves(server: Server, good: SourceEntry, case: str) -> None:
    part, reason = IN_XML[case]
    bad = rss(server.plays("/bad", part))
    room = look(bad._replace(timeout=SHORT) if reason == "timeout" else bad, good)
    assert (heard(room), room.gaps) == (["Roses", "Σεισμός"], (Gap("rss (127.0.0.1)", reason),))
    assert room.looked_up


@pytest.mark.parametrize("case", IN_JSON)
def test_bad_json_is_told_of_and_the_rest_serves(server: Server, good: SourceEntry, case: str) -> None:
    part, reason = IN_JSON[case]
    room = look(listed(server.plays("/bad", part)), good)
    assert (heard(room), room.gaps) == (["Roses", "Σεισμός"], (Gap("json (127.0.0.1)", reason),))


def test_one_that_has_had_enough(server: Server, good: SourceEntry) -> None:
    before = datetime.now(UTC)
    room = look(rss(server.plays("/bad", says(status=429, retry_after="600"))), good)
    (gap,) = room.gaps
    times = [before + timedelta(seconds=600 + late) for late in range(20)]
    assert gap.reason in {f"429 until {time:%R} UTC" for time in times}
    assert heard(room) == ["Roses", "Σεισμός"]


def test_a_certificate_that_has_expired(good: SourceEntry) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority = trustme.CA()
    authority.issue_cert("127.0.0.1", not_after=datetime.now(UTC) - timedelta(days=1)).configure_cert(context)
    with running(context) as expired, pytest.MonkeyPatch.context() as patch, authority.cert_pem.tempfile() as bundle:
        patch.setenv("REQUESTS_CA_BUNDLE", bundle)
        room = look(rss(expired.plays("/bad", xml(FEED))), good)
        assert expired.asked == []
    assert heard(room) == ["Roses", "Σεισμός"]
    assert [gap.reason for gap in room.gaps] == ["TLS: certificate has expired"]


@pytest.mark.parametrize(
    ("entry", "part", "terms"),
    [
        (rss, xml(FEED), ["Hotel burns in Lindental"]),
        (rss, xml(b"\xef\xbb\xbf" + FEED.encode()), ["Hotel burns in Lindental"]),
        (rss, packed(FEED.encode()), ["Hotel burns in Lindental"]),
        (rss, drips(FEED.encode(), 0.001), ["Hotel burns in Lindental"]),
        (rss, xml("<rss><channel><title>News</title></channel></rss>"), []),
        (rss, xml("<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title></feed>"), []),
        (listed, data(LIST), ["Roses", "Σεισμός"]),
        (listed, data(b"\xef\xbb\xbf" + LIST.encode()), ["Roses", "Σεισμός"]),
        (listed, data('{"items": []}'), []),
    ],
    ids=["feed", "feed with BOM", "packed", "slow", "empty RSS", "empty Atom", "JSON", "JSON with BOM", "empty JSON"],
)
def test_what_is_an_answer(server: Server, good: SourceEntry, entry: Entry, part: Part, terms: list[str]) -> None:
    room = look(entry(server.plays("/well", part)), good)
    assert (heard(room), room.gaps) == ([*terms, "Roses", "Σεισμός"], ())
