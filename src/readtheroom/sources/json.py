"""Any service that answers in JSON: a listening tool, a service of your own. Where things stand is said in JMESPath.

Endpoint: the `url`. Terms: those of the service. Format: yours to tell; https://jmespath.org/specification.html.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias, cast
from urllib.parse import urlsplit

from readtheroom.errors import UnavailableError
from readtheroom.model import Json, Observation, Reason
from readtheroom.protocols import Client, Reply
from readtheroom.sources import _json
from readtheroom.sources._asking import options as schema
from readtheroom.sources._asking import secret, text, url_option
from readtheroom.sources._values import TERM, another_shape, bounded, clean, count, plain, reason

_Find: TypeAlias = Callable[[Json], Json]
_Finds: TypeAlias = Mapping[str, _Find]

_ENV = re.compile(r"\benv:([A-Za-z_][A-Za-z0-9_]*)$")
_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_REASONS = 10
_FIELDS = ("items", "term", "rank", "volume", "where", "reasons")


def _expression(description: str) -> dict[str, Json]:
    return {"type": "string", "format": "jmespath", "minLength": 1, "maxLength": 1000, "description": description}


OPTIONS: Mapping[str, Json] = schema(
    {
        "url": url_option("The address."),
        "headers": {
            "type": "object",
            "propertyNames": {"pattern": "^[A-Za-z][A-Za-z0-9-]{0,60}$"},
            "additionalProperties": {"type": "string", "pattern": "^[ -~]*$", "maxLength": 2000},
            "description": "Sent along. `env:NAME`, at the end of a value, is what that environment variable holds.",
        },
        "term_kind": {
            "enum": ["tag", "query", "topic", "headline"],
            "description": "What terms are. Default: tag if they start with #, else topic.",
        },
        "name": {
            "type": "string",
            "minLength": 1,
            "description": "What to call the service. Default: its host and path.",
        },
        "items": _expression("JMESPath: the list of what is talked about. Default: all of the answer."),
        "term": _expression("JMESPath, from an item: the tag (with #), phrase or headline."),
        "rank": _expression("JMESPath, from an item: its place, from 1. Default: its place in the list."),
        "volume": _expression("JMESPath, from an item: posts or searches; `50K+` is understood."),
        "where": _expression("JMESPath, from an item: the ISO 3166 code of its region. Default: `region`."),
        "reasons": _expression(
            "JMESPath, from an item: headlines, or mappings with title, url, source, published_at. "
            "Example: news[].{title: head, url: href}."
        ),
    },
    "url",
    "term",
)
FRESH_FOR = 300
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterator[Observation]:
    """See `protocols.Source`. Raises `UnavailableError` also for expressions that are none, or that fail."""
    finds = {key: _compiled(key, text(options, key)) for key in _FIELDS if text(options, key)}
    reply = client.get(text(options, "url"), _headers(options.get("headers")))
    answer = _json.parse(reply, quoted=False)
    items = _json.listed(finds["items"](answer) if "items" in finds else answer, "what `items` finds")
    parts = urlsplit(reply.url)
    name = text(options, "name", f"{parts.hostname}{parts.path.rstrip('/')}")
    kind = text(options, "term_kind")
    found = bounded(_observation(item, rank, finds, reply, kind, name) for rank, item in enumerate(items, 1))
    if items and not found:
        raise another_shape("`term` finds nothing in any item")
    yield from found
    if items and "reasons" in finds and all(finds["reasons"](item) is None for item in items):
        raise another_shape("`reasons` finds nothing in any item")


def _headers(given: Json) -> dict[str, str]:
    written = given if isinstance(given, dict) else {}
    return {key: _ENV.sub(lambda found: secret(found[1]), str(value)) for key, value in written.items()}


def _compiled(key: str, expression: str) -> _Find:
    import jmespath  # noqa: PLC0415  no other source needs it

    try:
        compiled = jmespath.compile(expression)
    except (jmespath.exceptions.JMESPathError, RecursionError) as problem:
        said = str(problem).removeprefix("Invalid jmespath expression: ").partition("\n")[0].rstrip(":")
        raise UnavailableError(f"`{key}` is no JMESPath: {clean(said, 100)}") from None

    def find(value: Json) -> Json:
        try:
            return cast("Json", compiled.search(value))
        except (jmespath.exceptions.JMESPathError, TypeError, ValueError, ArithmeticError, RecursionError) as problem:
            raise another_shape(f"`{key}` cannot be found in it: {clean(str(problem), 100)}") from None

    return find


def _observation(item: Json, place: int, finds: _Finds, reply: Reply, kind: str, name: str) -> Observation:
    term = plain(finds["term"](item), TERM)
    where = _found("where", finds, item)
    region = where.strip().upper() if isinstance(where, str) else ""
    return Observation(
        term,
        kind or ("tag" if term[:1] in {"#", "＃"} else "topic"),
        name,
        reply.fetched_at,
        region if _REGION.fullmatch(region) else None,
        count(_found("rank", finds, item)) or (None if "rank" in finds else place),
        count(_found("volume", finds, item)),
        tuple(_reasons(_found("reasons", finds, item))),
    )


def _found(key: str, finds: _Finds, item: Json) -> Json:
    return finds[key](item) if key in finds else None


def _reasons(found: Json) -> Iterator[Reason]:
    for each in (found if isinstance(found, list) else [found])[:_REASONS]:
        if isinstance(each, dict):
            yield from reason(plain(each.get("title")), each.get("url"), each.get("source"), each.get("published_at"))
        else:
            yield from reason(plain(each))
