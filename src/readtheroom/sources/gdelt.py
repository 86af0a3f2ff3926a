"""GDELT: headlines of the last day, in many languages, about the draft's tags, or about a query of yours.

Without `query` it sends the draft's tags to GDELT; with one, nothing of the draft.
Endpoint: `https://api.gdeltproject.org/api/v2/doc/doc`, mode `artlist`; no key; one request in 5 seconds. It refuses in
plain text, with a 200 as often as not.
Terms: https://www.gdeltproject.org/about.html#termsofuse: any use, with a citation.
Format: https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from readtheroom.model import Gap, Json, Observation
from readtheroom.protocols import Client, Reply
from readtheroom.sources import _json
from readtheroom.sources._asking import MOST_TAGS, askable, text, unasked, url_option, with_query
from readtheroom.sources._asking import options as schema
from readtheroom.sources._values import TERM, another_shape, bounded, clean, plain, reason
from readtheroom.text.hashtags import cased, split

_URL = "https://api.gdeltproject.org/api/v2/doc/doc"
_SHORTEST = 3
"""Letters of a phrase; shorter ones are refused."""

OPTIONS: Mapping[str, Json] = schema(
    {
        "url": url_option("The API, or a mirror of it.", _URL),
        "query": {
            "type": "string",
            "minLength": 3,
            "maxLength": 500,
            "description": "Asked instead of the tags, with GDELT's operators: (flood OR quake) sourcecountry:FR.",
        },
        "timespan": {
            "type": "string",
            "pattern": "^[1-9][0-9]{0,2}(min|h|d|w)$",
            "patternErrorMessage": "must be a span like 90min, 24h or 2d",
            "description": "How far back. Default: 24h.",
        },
    }
)
FRESH_FOR = 900
ASKS_ABOUT_DRAFT = True
ASKS_INSTEAD = "query"


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterator[Observation | Gap]:
    """See `protocols.Source`."""
    known = [] if text(options, "query") else askable(tags)
    query = text(options, "query") or _query(known[:MOST_TAGS])
    if query:
        address = with_query(
            text(options, "url", _URL),
            query=query,
            mode="artlist",
            format="json",
            timespan=text(options, "timespan", "24h"),
            maxrecords=75,
            sort="hybridrel",
        )
        yield from _headlines(client.get(address))
    yield from unasked("gdelt", known)


def _query(tags: Sequence[str]) -> str:
    """Any of the tags, each as the words that its capitals show, and as those that word lists find in it: they take a
    name that they do not know for several words."""
    cuts = ((tag, way(tag)) for tag in tags for way in (cased, split))
    phrases = dict.fromkeys(" ".join(tag[part.start : part.end] for part in parts) for tag, parts in cuts)
    quoted = [f'"{phrase}"' for phrase in phrases if len(phrase) >= _SHORTEST]
    return f"({' OR '.join(quoted)})" if len(quoted) > 1 else "".join(quoted)


def _headlines(reply: Reply) -> list[Observation]:
    answer = _json.mapping(_json.parse(reply), "the answer")
    items = _json.items(answer.get("articles"), "`articles`") if answer else []  # `{}` is what it says of no article
    found = bounded(_headline(reply, item) for item in items)
    if items and not found:
        raise another_shape("no article has a title")
    return found


def _headline(reply: Reply, item: _json.Item) -> Observation:
    title = plain(item.get("title"))
    found = reason(title, item.get("url"), item.get("domain"), item.get("seendate"))
    return Observation(clean(title, TERM), "headline", "GDELT", reply.fetched_at, reasons=found)
