"""Mastodon: tags and news links that are in trend on an instance. It sees what reaches it, so a large one sees more.

Endpoints: `/api/v1/trends/tags` and `/api/v1/trends/links` of any instance; no key; 300 requests in 5 minutes.
Terms: those of the instance; the default one's are https://mastodon.social/terms-of-service.
Format: https://docs.joinmastodon.org/methods/trends/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from readtheroom.model import Json, Observation
from readtheroom.protocols import Client, Reply
from readtheroom.sources import _json
from readtheroom.sources._asking import below, text, url_option
from readtheroom.sources._asking import options as schema
from readtheroom.sources._mastodon import INSTANCE, SOURCE, days
from readtheroom.sources._values import TERM, another_shape, bounded, clean, plain, reason

OPTIONS: Mapping[str, Json] = schema({"url": url_option("The instance.", INSTANCE)})
FRESH_FOR = 300
ASKS_ABOUT_DRAFT = False

_Read: TypeAlias = Callable[[Reply, int, _json.Item], Observation]


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterator[Observation]:
    """See `protocols.Source`. What the first of two answers said is given before the second can fail."""
    base = text(options, "url", INSTANCE)
    yield from _observations(client.get(below(base, "api/v1/trends/tags?limit=20")), _tag)
    yield from _observations(client.get(below(base, "api/v1/trends/links?limit=20")), _news)


def _observations(reply: Reply, read: _Read) -> list[Observation]:
    items = _json.items(_json.parse(reply), "the answer")
    found = bounded(read(reply, rank, item) for rank, item in enumerate(items, 1))
    if items and not found:
        raise another_shape("no trend has a name")
    return found


def _tag(reply: Reply, rank: int, item: _json.Item) -> Observation:
    name = clean(item.get("name"), TERM - 1).lstrip("#")
    uses = next(iter(days(item, "uses")), None)
    return Observation(f"#{name}" if name else "", "tag", SOURCE, reply.fetched_at, None, rank, uses)


def _news(reply: Reply, rank: int, item: _json.Item) -> Observation:
    title = plain(item.get("title"))
    uses = next(iter(days(item, "uses")), None)
    found = reason(title, item.get("url"), item.get("provider_name"), item.get("published_at"))
    return Observation(clean(title, TERM), "headline", SOURCE, reply.fetched_at, None, rank, uses, found)
