"""Any feed of news: RSS 2.0 and its forerunners, RSS 1.0 (RDF) or Atom. Each headline is what people talk about, and
why.

Endpoint: the `url` of a feed. Terms: those of its publisher.
Format: https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/, RFC 4287.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from readtheroom.model import Json, Observation
from readtheroom.protocols import Client, Reply
from readtheroom.sources import _xml
from readtheroom.sources._asking import number, text, url_option
from readtheroom.sources._asking import options as schema
from readtheroom.sources._hazards import days_option, is_recent
from readtheroom.sources._values import TERM, another_shape, bounded, clean, link, plain, reason

_DAYS = 3

OPTIONS: Mapping[str, Json] = schema({"url": url_option("The feed."), "days": days_option(_DAYS)}, "url")
FRESH_FOR = 600
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterable[Observation]:
    """See `protocols.Source`."""
    reply = client.get(text(options, "url"))
    head, entries = _xml.feed(_xml.parse(reply))
    days = number(options, "days", _DAYS)
    found = [each for each in (_headline(reply, head, entry) for entry in entries) if each.term]
    if entries and not found:
        raise another_shape("no entry has a title")
    return bounded(each for each in found if is_recent(each.reasons[0].published_at, reply.fetched_at, days))


def _headline(reply: Reply, head: _xml.Element, entry: _xml.Element) -> Observation:
    title = plain(entry.first("title") or entry.first("description", "summary", "content"))
    source = plain(head.first("title"), TERM) or urlsplit(reply.url).hostname or "RSS"
    published = entry.first("pubDate", "published", "date", "updated")
    told = reason(title, _page(entry), source, published)
    return Observation(clean(title, TERM), "headline", source, reply.fetched_at, reasons=told)


def _page(entry: _xml.Element) -> str | None:
    """RSS has the address as text, Atom as an attribute; a GUID is one unless it says otherwise."""
    links = [*entry.all("link")]
    ways = (each for each in links if each.attributes.get("rel", "alternate") == "alternate")
    written = [*(each.attributes.get("href", "") for each in ways), *(each.text for each in links)]
    permanent = [each.text for each in entry.all("guid") if each.attributes.get("isPermaLink") != "false"]
    return next((each for each in map(link, written + permanent) if each), None)
