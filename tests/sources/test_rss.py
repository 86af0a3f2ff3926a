from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readtheroom.model import Observation, Reason
from tests.sources.ask import failure, observe
from tests.sources.server import NOW, XML, Answer, Server

WHEN = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)

RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://media.example/">
 <channel>
  <title>Example News</title>
  <link>https://news.example/</link>
  <atom:link href="https://news.example/feed" rel="self"/>
  <item>
   <title><![CDATA[Quake &amp; fire in <b>Lindental</b>]]></title>
   <link>https://news.example/1</link>
   <guid isPermaLink="false">17</guid>
   <description>Two bridges are closed.</description>
   <pubDate>Sun, 01 Mar 2026 09:30:00 +0100</pubDate>
  </item>
 </channel>
</rss>
"""
RDF = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
 <channel rdf:about="https://news.example/"><title>Example News</title></channel>
 <item rdf:about="https://news.example/1">
  <title>Quake &amp;amp; fire in Lindental</title>
  <link>https://news.example/1</link>
  <dc:date>2026-03-01T08:30:00Z</dc:date>
 </item>
</rdf:RDF>
"""
ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom">
 <title>Example News</title>
 <entry>
  <title type="html">Quake &amp;amp; fire in Lindental</title>
  <link rel="edit" href="https://news.example/edit/1"/>
  <link href="https://news.example/1"/>
  <updated>2026-03-01T09:15:00Z</updated>
  <published>2026-03-01T08:30:00.000Z</published>
 </entry>
</feed>
"""


def seen(title: str, url: str | None = None, source: str = "Example News", when: datetime | None = None) -> Observation:
    return Observation(title, "headline", source, NOW, reasons=(Reason(title, url, source, when),))


def said_by(server: Server, feed: str | bytes, content_type: str = XML, **options: int) -> list[object]:
    server.answers["/feed"] = Answer(feed, content_type)
    return [*observe("rss", {"url": f"{server.base}/feed", **options})]


@pytest.mark.parametrize(
    ("feed", "content_type"),
    [(RSS, XML), (RSS, "text/xml"), (RDF, "application/rdf+xml"), (ATOM, "application/atom+xml")],
)
def test_every_kind_of_feed(server: Server, feed: str, content_type: str) -> None:
    headline = seen("Quake & fire in Lindental", "https://news.example/1", when=WHEN)
    assert said_by(server, feed, content_type) == [headline]


@pytest.mark.parametrize(
    ("declared", "encoding"), [("iso-8859-7", "iso-8859-7"), ("windows-1253", "cp1253"), ("UTF-16", "utf-16")]
)
def test_encodings(server: Server, declared: str, encoding: str) -> None:
    feed = (
        f'<?xml version="1.0" encoding="{declared}"?><rss><channel><item><title>Σεισμός</title></item></channel></rss>'
    )
    assert said_by(server, feed.encode(encoding)) == [seen("Σεισμός", source="127.0.0.1")]


@pytest.mark.parametrize(
    ("item", "headline"),
    [
        ("<title>A</title><guid>https://news.example/2</guid>", seen("A", "https://news.example/2", "127.0.0.1")),
        ("<title>A</title><link>//news.example/2</link>", seen("A", None, "127.0.0.1")),
        ("<title>A</title><link>javascript:x</link>", seen("A", None, "127.0.0.1")),
        ("<title/><description>&lt;p&gt;A&lt;br&gt;b&lt;/p&gt;</description>", seen("A b", None, "127.0.0.1")),
        ("<title>A</title><pubDate>32 Foo</pubDate>", seen("A", None, "127.0.0.1")),
        ("<title>A\u202e\u200b\x85b</title>", seen("A b", None, "127.0.0.1")),
        (f"<title>{'a' * 400}</title>", None),
    ],
)
def test_what_an_entry_may_lack(server: Server, item: str, headline: Observation | None) -> None:
    long = Observation(f"{'a' * 299}…", "headline", "127.0.0.1", NOW, reasons=(Reason("a" * 400, None, "127.0.0.1"),))
    feed = f"<rss><channel><item>{item}</item></channel></rss>"
    assert said_by(server, feed) == [headline or long]


def test_old_news_is_no_news(server: Server) -> None:
    old = RSS.replace("01 Mar 2026", "26 Feb 2026").replace("Sun", "Thu")
    assert said_by(server, old) == []
    assert len(said_by(server, old, days=4)) == 1


def test_the_first_hundred_count(server: Server) -> None:
    items = "".join(f"<item><title>Story {number}</title></item>" for number in range(150))
    said = said_by(server, f"<rss><channel>{items}</channel></rss>")
    assert said == [seen(f"Story {number}", None, "127.0.0.1") for number in range(100)]


def test_a_feed_may_be_empty(server: Server) -> None:
    assert said_by(server, "<feed/>") == []
    assert said_by(server, "<rss><channel/></rss>") == []


@pytest.mark.parametrize(
    ("feed", "why"),
    [
        ("<rss/>", "a feed without a channel"),
        ("<rss><channel><title>x</title><story><title>y</title></story></channel></rss>", "<story> instead of <item>"),
        ("<feed><title>x</title><item><title>y</title></item></feed>", "<item> instead of <entry>"),
        ("<html><body/></html>", "<html> instead of a feed"),
        ("<rss><channel><item><name>x</name></item></channel></rss>", "no entry has a title"),
    ],
)
def test_what_is_no_feed(server: Server, feed: str, why: str) -> None:
    server.answers["/feed"] = Answer(feed, XML)
    assert failure("rss", {"url": f"{server.base}/feed"}) == f"answered in another shape: {why}"
