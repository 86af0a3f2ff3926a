"""What sources need to ask: addresses, tags, secrets from the environment; and the schema of options for it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from readtheroom.errors import UnavailableError
from readtheroom.model import Gap, Json

MOST_TAGS: Final = 10
"""Asked about at one time, each with a request of its own."""

_NO_TAG = re.compile(r"[\s\"'()\[\]{}:#＃.,;|\\/?&%\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_VISIBLE = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*")


def options(properties: Mapping[str, Json], *required: str) -> dict[str, Json]:
    """The schema of a source's options."""
    own: dict[str, Json] = dict(properties)
    schema: dict[str, Json] = {"type": "object", "properties": own, "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


def url_option(what: str, default: str | None = None) -> dict[str, Json]:
    """The schema of an option `url`."""
    return {
        "type": "string",
        "format": "uri",
        "pattern": "^[hH][tT][tT][pP][sS]?://",
        "patternErrorMessage": "must begin with http:// or https://",
        "description": f"{what} Default: {default}" if default else what,
    }


def secret_option(default: str) -> dict[str, Json]:
    """The schema of an option that names an environment variable."""
    return {
        "type": "string",
        "pattern": "^[A-Za-z_][A-Za-z0-9_]*$",
        "patternErrorMessage": "must be the name of an environment variable, not the token itself",
        "description": f"The environment variable that holds the token. Default: {default}.",
    }


def text(given: Mapping[str, Json], key: str, default: str = "") -> str:
    """An option, or its default."""
    value = given.get(key)
    return value if isinstance(value, str) and value else default


def number(given: Mapping[str, Json], key: str, default: float) -> float:
    """An option, or its default."""
    value = given.get(key)
    return value if isinstance(value, int | float) else default


def with_query(url: str, **parameters: str | int) -> str:
    """`url` with these parameters; those that it has already stay as they are."""
    has = {key for key, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    more = urlencode({key: value for key, value in parameters.items() if key not in has})
    if not more:
        return url
    return f"{url}{'&' if has else '?' if '?' not in url else ''}{more}"


def below(base: str, path: str) -> str:
    """The address of `path` below `base`."""
    return f"{base.rstrip('/')}/{path}"


def askable(tags: Sequence[str]) -> list[str]:
    """The tags without their sign, each once, those left out that could be read as more than a tag."""
    once: dict[str, str] = {}
    for tag in (tag.lstrip("#＃") for tag in tags):
        if tag and len(tag) <= 100 and not _NO_TAG.search(tag):
            once.setdefault(tag.casefold(), tag)
    return list(once.values())


def unasked(source: str, tags: Sequence[str]) -> Iterator[Gap]:
    """What is said of tags beyond the first `MOST_TAGS`, which nobody looked up."""
    if len(tags) > MOST_TAGS:
        yield Gap(source, f"only {MOST_TAGS} of {len(tags)} tags were asked about")


def secret(variable: str) -> str:
    """The value of an environment variable. Raises `UnavailableError` if it is not set, or fits in no header."""
    value = os.environ.get(variable, "").strip()
    if not value:
        raise UnavailableError(f"no token: set the environment variable {variable}")
    if not _VISIBLE.fullmatch(value):
        raise UnavailableError(f"the environment variable {variable} has characters that no token has")
    return value
