"""Trends in the shape of X's old API 1.1, which many services still imitate.

Endpoint: any `url` that answers like `GET trends/place.json` did.
Terms: those of the service. Format: a list of places with `trends` (`name`, `tweet_volume` or null) and `as_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from readtheroom.model import Json, Observation
from readtheroom.policy.account_schema import REGION
from readtheroom.protocols import Client, Reply
from readtheroom.sources import _json
from readtheroom.sources._asking import options as schema
from readtheroom.sources._asking import text, url_option
from readtheroom.sources._values import TERM, another_shape, bounded, clean, count, moment

OPTIONS: Mapping[str, Json] = schema(
    {
        "url": url_option("The address."),
        "region": {**REGION, "description": "Which place it is. Default: everywhere."},
    },
    "url",
)
FRESH_FOR = 600
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterable[Observation]:
    """See `protocols.Source`."""
    reply = client.get(text(options, "url"))
    answer = _json.parse(reply)
    places = _json.items([answer] if isinstance(answer, dict) else answer, "the answer")
    found = bounded(_trends(reply, places, text(options, "region") or None))
    if not found and not (places and all(place.get("trends") == [] for place in places)):
        raise another_shape("no trends")
    return found


def _trends(reply: Reply, places: list[_json.Item], region: str | None) -> Iterator[Observation]:
    for place in places:
        made = min(moment(place.get("as_of")) or reply.fetched_at, reply.fetched_at)
        for rank, each in enumerate(_json.items(place.get("trends"), "`trends`"), 1):
            name = clean(each.get("name"), TERM)
            kind = "tag" if name[:1] in {"#", "＃"} else "topic"
            yield Observation(name, kind, "X", made, region, rank, count(each.get("tweet_volume")))
