"""X's news: stories about the draft's tags, or about a query of yours; the only word of X itself on why.

Without `query` it sends the draft's tags to X; with one, nothing of the draft.
Endpoint: `GET /2/news/search`; bearer token, paid; 200 requests in 15 minutes.
Terms: https://docs.x.com/developer-terms/agreement. Stories are written by a language model and may be wrong.
Format: https://docs.x.com/x-api/news.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from readtheroom.model import Gap, Json, Observation
from readtheroom.protocols import Client, Reply
from readtheroom.sources import _json, _x
from readtheroom.sources._asking import MOST_TAGS, askable, below, number, text, unasked, with_query
from readtheroom.sources._asking import options as schema
from readtheroom.sources._values import TERM, bounded, clean, reason

_HOURS = 48

OPTIONS: Mapping[str, Json] = schema(
    {
        **_x.COMMON,
        "query": {"type": "string", "minLength": 1, "maxLength": 500, "description": "Asked instead of the tags."},
        "hours": {
            "type": "integer",
            "minimum": 1,
            "maximum": 720,
            "description": f"Older stories are left out. Default: {_HOURS}.",
        },
    }
)
FRESH_FOR = 900
ASKS_ABOUT_DRAFT = True
ASKS_INSTEAD = "query"


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterator[Observation | Gap]:
    """See `protocols.Source`. What is known is given before a later tag can fail."""
    given = text(options, "query")
    known = [given] if given else askable(tags)
    hours = int(number(options, "hours", _HOURS))
    for query in known[:MOST_TAGS]:
        address = with_query(below(_x.base(options), "2/news/search"), query=query, max_results=20, max_age_hours=hours)
        yield from _stories(_x.ask(options, client, address))
    yield from unasked("x-news", known)


def _stories(reply: Reply) -> list[Observation]:
    items = _x.data(reply, one=True)
    found = bounded(_story(reply, item) for item in items)
    if items and not found:
        raise _x.no_name("story")
    return found


def _story(reply: Reply, item: _json.Item) -> Observation:
    updated = item.get("last_updated_at_ms") or item.get("updated_at")
    reasons = [
        each for key in ("name", "hook") for each in reason(clean(item.get(key)), source=_x.SOURCE, published=updated)
    ]
    return Observation(clean(item.get("name"), TERM), "headline", _x.SOURCE, reply.fetched_at, reasons=tuple(reasons))
