"""Mastodon, asked about the draft's own tags: is each used far more than usual?

Sends the tags to the instance. Lists hold ten tags or so, and wait for somebody's approval: this sees the others.
Endpoint: `/api/v1/tags/NAME` of any instance; no key; 300 requests in 5 minutes.
Terms: those of the instance; the default one's are https://mastodon.social/terms-of-service.
Format: https://docs.joinmastodon.org/methods/tags/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from readtheroom.model import Gap, Json, Observation
from readtheroom.protocols import Client
from readtheroom.sources import _json
from readtheroom.sources._asking import MOST_TAGS, askable, below, number, text, unasked, url_option
from readtheroom.sources._asking import options as schema
from readtheroom.sources._mastodon import INSTANCE, SOURCE, days, rise
from readtheroom.sources._values import another_shape

_ACCOUNTS = 20
_TIMES = 3

OPTIONS: Mapping[str, Json] = schema(
    {
        "url": url_option("The instance.", INSTANCE),
        "accounts": {
            "type": "integer",
            "minimum": 1,
            "description": f"Fewer accounts in a day are no trend. Default: {_ACCOUNTS}.",
        },
        "times": {
            "type": "number",
            "minimum": 1,
            "description": f"How many times more accounts than usual make a trend. Default: {_TIMES}.",
        },
    }
)
FRESH_FOR = 300
ASKS_ABOUT_DRAFT = True


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterator[Observation | Gap]:
    """See `protocols.Source`: the tags that are in trend. What is known is given before a later tag can fail."""
    least, times = number(options, "accounts", _ACCOUNTS), number(options, "times", _TIMES)
    known = askable(tags)
    for tag in known[:MOST_TAGS]:
        address = below(text(options, "url", INSTANCE), f"api/v1/tags/{quote(tag, safe='')}")
        reply = client.get(address)
        item = _json.mapping(_json.parse(reply), "the answer")
        accounts, uses = days(item, "accounts"), days(item, "uses")
        if not (accounts and uses):
            raise another_shape("a tag without history")
        if max(accounts[:2]) >= least and rise(accounts) >= times:
            yield Observation(f"#{tag}", "tag", SOURCE, reply.fetched_at, volume=max(uses[:2]))
    yield from unasked("mastodon-tag", known)
