"""What answers are made of: texts, links, times and counts from outside, cleaned and cut, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from readtheroom.errors import UnavailableError
from readtheroom.model import Observation, Reason
from readtheroom.policy.times import YEARS
from readtheroom.text.markup import reduce_html

TERM: Final = 300
"""Code points of a term."""

TITLE: Final = 500
"""Code points of a headline."""

MOST: Final = 100
"""Observations taken of one answer; the first in a list are those that count."""

# Controls, lone surrogates, and signs that turn the direction of what follows.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+")
_JOINERS = "\u200c\u200d"
"""They hold emoji together, and part letters of Persian: not seen, but needed."""

_LINK = re.compile(r'https?://[^\s<>"\x00-\x20\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]{1,2000}', re.IGNORECASE)
_COUNT = re.compile(r"(\d{1,3}(?:[, \xa0]\d{3}){1,4}|\d{1,15})(\.\d{1,3})?\s?([KMB]?)\+?", re.ASCII | re.IGNORECASE)
_SCALE = {"": 1, "K": 1_000, "M": 1_000_000, "B": 1_000_000_000}
_LARGEST: Final = 10**15


def another_shape(what: str) -> UnavailableError:
    """What is said of an answer that is not what was asked for."""
    return UnavailableError(f"answered in another shape: {what}")


def clean(value: object, most: int = TITLE) -> str:
    """`value` on one line, without what cannot be seen, in `most` code points at most; "" if it is no text."""
    if not isinstance(value, str):
        return ""
    seen = _UNSEEN.sub(" ", value[: 4 * most])
    if not seen.isprintable():
        seen = "".join(char if char.isprintable() or char in _JOINERS else " " for char in seen)
    text = " ".join(seen.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def plain(value: object, most: int = TITLE) -> str:
    """As `clean`, of HTML: tags are left out, entities decoded."""
    return clean(reduce_html(value[: 20 * most]).text, most) if isinstance(value, str) else ""


def link(value: object) -> str | None:
    """An address that begins with http:// or https://, or None."""
    text = value.strip() if isinstance(value, str) else ""
    return text if _LINK.fullmatch(text) else None


def moment(value: object) -> datetime | None:
    """A time as feeds and APIs write it, in UTC (so is one without an offset), or None.

    ISO 8601 (`2026-04-08T06:30:00Z`, `20260408T063000Z`), RFC 5322 (`Tue, 11 Aug 2026 05:30:00 -0700`), or
    milliseconds since 1970.
    """
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    try:
        time = _iso_or_mail(value.strip()[:60]) if isinstance(value, str) else datetime.fromtimestamp(value / 1000, UTC)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
    return _in_utc(time)


def _iso_or_mail(written: str) -> datetime:
    if written[:4].isdigit():
        return datetime.fromisoformat(written)
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  slow to import, and JSON has no use for it

    return parsedate_to_datetime(written)


def _in_utc(time: datetime) -> datetime | None:
    if time.year not in YEARS:
        return None
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def count(value: object) -> int | None:
    """A number from 0, also as texts have it (`806`, `200+`, `50K+`, `1,000+`), or None."""
    if isinstance(value, str):
        return _written_count(value.strip()[:40])
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LARGEST:
        return None
    return int(value)


def _written_count(text: str) -> int | None:
    found = _COUNT.fullmatch(text)
    if not found:
        return None
    whole, part, unit = found.groups()
    return round(float(re.sub(r"\D", "", whole, flags=re.ASCII) + (part or "")) * _SCALE[unit.upper()])


def reason(title: str, url: object = None, source: object = None, published: object = None) -> tuple[Reason, ...]:
    """One headline (cleaned already), or none if it is empty."""
    return (Reason(title, link(url), clean(source, TERM) or None, moment(published)),) if title else ()


def bounded(observations: Iterable[Observation | None]) -> list[Observation]:
    """The first `MOST` that have a term."""
    return list(islice((each for each in observations if each and each.term), MOST))
