"""Wikipedia's "In the news": what its editors hold to be the news of the day, one sentence a story.

Endpoint: `https://en.wikipedia.org/api/rest_v1/feed/featured/2026/11/21` (by day, UTC), of about 17 languages; no key.
Terms: CC BY-SA 4.0; https://foundation.wikimedia.org/wiki/Policy:Terms_of_Use.
Format: https://en.wikipedia.org/api/rest_v1/: `news`, a list of stories in HTML; the story's own article is in bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from readtheroom.model import Json, Observation
from readtheroom.protocols import Client, Reply
from readtheroom.sources import _json
from readtheroom.sources._asking import below, text, url_option
from readtheroom.sources._asking import options as schema
from readtheroom.sources._values import TERM, another_shape, bounded, clean, plain, reason

_WIKI = "https://{language}.wikipedia.org"
_FEED = "/api/rest_v1/feed/featured"
_BOLD_LINK = re.compile(r"""<b\b[^>]{0,200}><a\b[^>]{0,400}?\bhref=["']\./([^"'#?]{1,300})["']""")
_LINK = re.compile(r"""<a\b[^>]{0,400}?\bhref=["']\./([^"'#?]{1,300})["']""")

OPTIONS: Mapping[str, Json] = schema(
    {
        "url": url_option("The feed without the day, or a mirror of it.", f"{_WIKI.format(language='en')}{_FEED}"),
        "language": {
            "type": "string",
            "pattern": "^[a-z]{2,3}$",
            "patternErrorMessage": "must be a language code of Wikipedia, like en or el",
            "description": "Whose news. Default: en.",
        },
    }
)
FRESH_FOR = 900
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterable[Observation]:
    """See `protocols.Source`."""
    wiki = _WIKI.format(language=text(options, "language", "en"))
    reply = client.get(below(text(options, "url", f"{wiki}{_FEED}"), f"{datetime.now(UTC):%Y/%m/%d}"))
    answer = _json.mapping(_json.parse(reply), "the answer")
    if "news" not in answer:
        raise another_shape("no `news`; not every language has them")
    items = _json.items(answer["news"], "`news`")
    found = bounded(_story(reply, item, wiki) for item in items)
    if items and not found:
        raise another_shape("no story has a text")
    return found


def _story(reply: Reply, item: _json.Item, wiki: str) -> Observation:
    story = item.get("story")
    title = plain(story)
    found = reason(title, _article(story, wiki), "Wikipedia")
    return Observation(clean(title, TERM), "headline", "Wikipedia", reply.fetched_at, reasons=found)


def _article(story: Json, wiki: str) -> str | None:
    html = story[:20_000] if isinstance(story, str) else ""
    found = _BOLD_LINK.search(html) or _LINK.search(html)
    return f"{wiki}/wiki/{quote(unquote(found[1]), errors='replace')}" if found else None
