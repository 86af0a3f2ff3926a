"""X: what is in trend in a place. Names alone: why, other sources must tell.

Endpoint: `GET /2/trends/by/woeid/WOEID`; bearer token, paid per request; 75 requests in 15 minutes.
Places have numbers of Yahoo's: 1 the world, 23424977 US, 23424975 UK, 23424856 Japan.
Terms: https://docs.x.com/developer-terms/agreement.
Format: https://docs.x.com/x-api/trends; counts may be missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from readtheroom.model import Json, Observation
from readtheroom.policy.account_schema import REGION
from readtheroom.protocols import Client
from readtheroom.sources import _x
from readtheroom.sources._asking import below, number, text, with_query
from readtheroom.sources._asking import options as schema
from readtheroom.sources._values import TERM, bounded, clean, count

OPTIONS: Mapping[str, Json] = schema(
    {
        **_x.COMMON,
        "woeid": {"type": "integer", "minimum": 1, "description": "The place, by its number. Default: 1, the world."},
        "region": {**REGION, "description": "The place, as audiences are named. Default: everywhere."},
    }
)
FRESH_FOR = 900
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterable[Observation]:
    """See `protocols.Source`."""
    path = below(_x.base(options), f"2/trends/by/woeid/{int(number(options, 'woeid', 1))}")
    fields: dict[str, str | int] = {"max_trends": 50, "trend.fields": "trend_name,tweet_count"}
    reply = _x.ask(options, client, with_query(path, **fields))
    trends = _x.data(reply)
    names = ((rank, clean(each.get("trend_name"), TERM), each) for rank, each in enumerate(trends, 1))
    found = bounded(
        Observation(
            name,
            "tag" if name[:1] in {"#", "＃"} else "topic",
            _x.SOURCE,
            reply.fetched_at,
            text(options, "region") or None,
            rank,
            count(each.get("tweet_count")),
        )
        for rank, name, each in names
    )
    if trends and not found:
        raise _x.no_name("trend")
    return found
