"""Google Trends: what many people have begun to search for in a region, with up to three headlines each.

Endpoint: `https://trends.google.com/trending/rss?geo=US`, no key, ten items, about hourly.
Terms: https://policies.google.com/terms; the feed is public, and asked for rarely.
Format: as observed in 2026. RSS with elements of Google's own; `approx_traffic` (`200+`, `50K+`) is a floor. Their
namespace has changed once, so names count without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from readtheroom.model import Json, Observation, Reason
from readtheroom.policy.account_schema import REGION
from readtheroom.protocols import Client
from readtheroom.sources import _xml
from readtheroom.sources._asking import options as schema
from readtheroom.sources._asking import text, url_option, with_query
from readtheroom.sources._values import TERM, another_shape, bounded, count, plain, reason

_URL = "https://trends.google.com/trending/rss"

OPTIONS: Mapping[str, Json] = schema(
    {
        "url": url_option("The feed, or a mirror of it.", _URL),
        "region": {**REGION, "description": "Whose searches: a country, or a state like US-CO. Default: US."},
    }
)
FRESH_FOR = 600
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterable[Observation]:
    """See `protocols.Source`."""
    region = text(options, "region", "US")
    reply = client.get(with_query(text(options, "url", _URL), geo=region))
    items = _xml.feed(_xml.parse(reply))[1]
    found = bounded(
        Observation(
            plain(item.first("title"), TERM),
            "query",
            "Google Trends",
            reply.fetched_at,
            region,
            rank,
            count(item.first("approx_traffic")),
            _headlines(item),
        )
        for rank, item in enumerate(items, 1)
    )
    if items and not found:
        raise another_shape("no search has a name")
    _check(items)
    return found


def _check(items: list[_xml.Element]) -> None:
    """Raises `UnavailableError` if what Google adds to a feed has gone, or has another name."""
    if items and not any(item.first("approx_traffic") for item in items):
        raise another_shape("no search has its `approx_traffic`")
    news = [each for item in items for each in item.all("news_item")]
    if news and not any(each.first("news_item_title") for each in news):
        raise another_shape("no news has its `news_item_title`")
    if not news and any(child.children for item in items for child in item.children):
        raise another_shape("no search has its `news_item`")


def _headlines(item: _xml.Element) -> tuple[Reason, ...]:
    return tuple(
        each
        for news in [*item.all("news_item")][:10]
        for each in reason(
            plain(news.first("news_item_title")), news.first("news_item_url"), news.first("news_item_source")
        )
    )
