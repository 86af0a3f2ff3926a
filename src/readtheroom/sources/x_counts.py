"""X, asked about the draft's own tags: is each used far more than in the week before?

Sends the tags to X. Endpoint: `GET /2/tweets/counts/recent`; bearer token, paid per request, one a tag; 300 requests in
15 minutes.
Terms: https://docs.x.com/developer-terms/agreement.
Format: https://docs.x.com/x-api/posts/counts: seven days by the hour, oldest first; the newest hour has only begun.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from readtheroom.model import Gap, Json, Observation
from readtheroom.protocols import Client, Reply
from readtheroom.sources import _x
from readtheroom.sources._asking import MOST_TAGS, askable, below, number, unasked, with_query
from readtheroom.sources._asking import options as schema
from readtheroom.sources._values import another_shape, count

_POSTS = 100
_TIMES = 3
_NEWEST = 3
"""Hours, of which the fullest counts."""

OPTIONS: Mapping[str, Json] = schema(
    {
        **_x.COMMON,
        "posts": {
            "type": "integer",
            "minimum": 1,
            "description": f"Fewer posts in an hour are no trend. Default: {_POSTS}.",
        },
        "times": {
            "type": "number",
            "minimum": 1,
            "description": f"How many times more posts than in the usual hour make a trend. Default: {_TIMES}.",
        },
    }
)
FRESH_FOR = 900
ASKS_ABOUT_DRAFT = True


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterator[Observation | Gap]:
    """See `protocols.Source`: the tags that are in trend. What is known is given before a later tag can fail."""
    least, times = number(options, "posts", _POSTS), number(options, "times", _TIMES)
    address = below(_x.base(options), "2/tweets/counts/recent")
    known = askable(tags)
    for tag in known[:MOST_TAGS]:
        reply = _x.ask(options, client, with_query(address, query=f"#{tag}", granularity="hour"))
        hours = _hours(reply)
        newest = max(hours[-_NEWEST:], default=0)
        if newest >= least and newest >= times * max(1, median(hours[:-_NEWEST] or [0])):
            yield Observation(f"#{tag}", "tag", _x.SOURCE, reply.fetched_at, volume=sum(hours[-24:]))
    yield from unasked("x-counts", known)


def _hours(reply: Reply) -> list[int]:
    buckets = _x.data(reply)
    found = [each for each in (count(bucket.get("tweet_count")) for bucket in buckets) if each is not None]
    if not found or len(found) < len(buckets):
        raise another_shape("an hour without its count" if buckets else "no hours")
    return found
