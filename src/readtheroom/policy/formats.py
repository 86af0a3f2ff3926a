"""The values of `format` that are checked. Light: what reads a value has the last word on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple


class Format(NamedTuple):
    """What fits, and how messages describe it."""

    accepts: Callable[[str], bool]
    what: str


_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_URI = re.compile(r"[a-z][a-z0-9+.-]{0,30}:[^\s<>\"\x00-\x1f]+", re.ASCII | re.IGNORECASE)


def _is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text)) and _parses(date.fromisoformat, text)


def _is_time(text: str) -> bool:
    return bool(_TIME.fullmatch(text)) and _parses(datetime.fromisoformat, text.upper())


def _is_uri(text: str) -> bool:
    return bool(_URI.fullmatch(text))


def _is_jmespath(text: str) -> bool:
    import jmespath  # noqa: PLC0415  few policies have such expressions

    try:
        jmespath.compile(text)
    except (jmespath.exceptions.JMESPathError, RecursionError):
        return False
    return True


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


FORMATS: Mapping[str, Format] = {
    "date": Format(_is_date, "a day like 2026-12-31"),
    "date-time": Format(_is_time, "a time with its offset, like 2026-12-31T18:00:00Z"),
    "jmespath": Format(_is_jmespath, "JMESPath (https://jmespath.org), like data.trends[].name"),
    "uri": Format(_is_uri, "an address like https://news.example/1"),
}
