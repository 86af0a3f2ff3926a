from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readtheroom.model import Observation, Reason
from tests.sources.ask import failure, observe, sample
from tests.sources.server import NOW, XML, Answer, Server

FEED = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:ht="https://trends.example/rss">
 <channel>
  <title>Daily searches</title>
  <item>
   <title>lindental</title>
   <ht:approx_traffic>50K+</ht:approx_traffic>
   <pubDate>Sun, 1 Mar 2026 00:30:00 -0800</pubDate>
   <ht:news_item>
    <ht:news_item_title>Quake shakes Lindental &amp;amp; its valley</ht:news_item_title>
    <ht:news_item_snippet/>
    <ht:news_item_url>https://news.example/1</ht:news_item_url>
    <ht:news_item_source>Example News</ht:news_item_source>
   </ht:news_item>
   <ht:news_item>
    <ht:news_item_title>Trains stop near Lindental</ht:news_item_title>
    <ht:news_item_url>javascript:alert(1)</ht:news_item_url>
   </ht:news_item>
  </item>
  <item><title>pancake day</title><ht:approx_traffic>200+</ht:approx_traffic></item>
 </channel>
</rss>
"""


def seen(region: str) -> list[Observation]:
    reasons = (
        Reason("Quake shakes Lindental & its valley", "https://news.example/1", "Example News"),
        Reason("Trains stop near Lindental"),
    )
    return [
        Observation("lindental", "query", "Google Trends", NOW, region, 1, 50_000, reasons),
        Observation("pancake day", "query", "Google Trends", NOW, region, 2, 200),
    ]


def test_searches_with_their_headlines(server: Server) -> None:
    server.answers["/trending/rss"] = Answer(FEED, XML)
    address = f"{server.base}/trending/rss"
    assert observe("google-trends", {"url": address, "region": "FR"}) == seen("FR")
    assert observe("google-trends", {"url": address}) == seen("US")
    assert observe("google-trends", {"url": f"{address}?geo=GR"}) == seen("US")
    assert server.paths() == ["/trending/rss?geo=FR", "/trending/rss?geo=US", "/trending/rss?geo=GR"]


def test_another_namespace_and_a_byte_order_mark(server: Server) -> None:
    other = FEED.replace("xmlns:ht", "xmlns:t").replace("<ht:", "<t:").replace("</ht:", "</t:").replace('rss"', '2"')
    server.answers["/rss"] = Answer(b"\xef\xbb\xbf\r\n" + other.encode(), "text/xml")
    assert observe("google-trends", {"url": f"{server.base}/rss"}) == seen("US")


def test_a_feed_of_nothing(server: Server) -> None:
    server.answers["/rss"] = Answer("<rss><channel><title>Daily searches</title></channel></rss>", XML)
    assert observe("google-trends", {"url": f"{server.base}/rss"}) == []


@pytest.mark.parametrize(
    ("feed", "why"),
    [
        (FEED.replace("ht:approx_traffic", "ht:traffic"), "no search has its `approx_traffic`"),
        (FEED.replace("ht:news_item>", "ht:story>"), "no search has its `news_item`"),
        (FEED.replace("news_item_title", "headline"), "no news has its `news_item_title`"),
        (FEED.replace("title>", "name>"), "no search has a name"),
        (FEED.replace("item>", "entry>"), "<entry> instead of <item>"),
        (FEED.replace("channel>", "list>"), "a feed without a channel"),
        ("<rss><channel><item><title>lindental</title></item></channel></rss>", "no search has its `approx_traffic`"),
    ],
)
def test_another_shape(server: Server, feed: str, why: str) -> None:
    server.answers["/rss"] = Answer(feed, XML)
    said = failure("google-trends", {"url": f"{server.base}/rss"})
    assert said == f"answered in another shape: {why}"


def test_the_sample(server: Server) -> None:
    server.answers["/rss"] = Answer(sample("google_trends_rss.xml"), XML)
    said = [each for each in observe("google-trends", {"url": f"{server.base}/rss"}) if isinstance(each, Observation)]
    assert [(each.term, each.rank, each.volume, len(each.reasons)) for each in said] == [
        ("epic", 1, 1000, 2),
        ("fraud", 2, 500, 0),
    ]
    assert datetime(2026, 1, 1, tzinfo=UTC) < said[0].observed_at
