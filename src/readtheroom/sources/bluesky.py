"""Bluesky: the stories that its users talk about, each with a line that says why where there is one.

Endpoints: `app.bsky.unspecced.getTrends`, and `getTrendingTopics` where that fails, on `https://public.api.bsky.app`;
no key. "unspecced" means that they may change.
Terms: https://bsky.social/about/support/tos.
Format: the lexicons of https://github.com/bluesky-social/atproto. `topic` may be the key of a feed: `displayName` is
what people read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from readtheroom.errors import UnavailableError
from readtheroom.model import Json, Observation
from readtheroom.protocols import Client, Reply
from readtheroom.sources import _json
from readtheroom.sources._asking import below, text, url_option, with_query
from readtheroom.sources._asking import options as schema
from readtheroom.sources._values import TERM, another_shape, bounded, clean, count, reason

_URL = "https://public.api.bsky.app"
_APP = "https://bsky.app"

OPTIONS: Mapping[str, Json] = schema({"url": url_option("The host, or a mirror of it.", _URL)})
FRESH_FOR = 600
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterable[Observation]:
    """See `protocols.Source`."""
    base = below(text(options, "url", _URL), "xrpc/app.bsky.unspecced.")
    try:
        return _stories(client.get(with_query(f"{base}getTrends", limit=25)), "trends")
    except UnavailableError:
        return _stories(client.get(with_query(f"{base}getTrendingTopics", limit=25)), "topics")


def _stories(reply: Reply, key: str) -> list[Observation]:
    items = _json.items(_json.mapping(_json.parse(reply), "the answer").get(key), f"`{key}`")
    found = bounded(_story(reply, rank, item) for rank, item in enumerate(items, 1))
    if items and not found:
        raise another_shape("no topic has a name")
    return found


def _story(reply: Reply, rank: int, item: _json.Item) -> Observation:
    name = clean(item.get("displayName"), TERM) or clean(item.get("topic"), TERM)
    why = clean(item.get("description"))
    place = item.get("link")
    address = f"{_APP}{place}" if isinstance(place, str) and place.startswith("/") else place
    return Observation(
        name,
        "topic",
        "Bluesky",
        reply.fetched_at,
        None,
        rank,
        count(item.get("postCount")),
        reason(clean(f"{name}: {why}") if why else "", address, "Bluesky", item.get("startedAt")),
    )
