"""How far what is said of a trend can be relied on: more where sources say so that do not repeat each other.

It changes no verdict: a false alarm costs less than a post that should not have gone out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, islice
from typing import NamedTuple

from readtheroom.model import Confidence, Observation
from readtheroom.text.tokens import words

MOST_VOICES = 30
"""Compared with each other; of so many, two are independent or all are copies."""

_A_HEADLINE = 5
"""Words of a term that is a headline itself, not a name."""


class _Voice(NamedTuple):
    """Who says something: the source, the headline, its address, its outlet by address and by name. "": not known."""

    source: str
    title: str = ""
    url: str = ""
    host: str = ""
    outlet: str = ""


def confidence(seen: Iterable[Observation]) -> Confidence:
    """`high` if two of the observations are independent, else `medium`.

    The same source at another time is not, nor a headline that has the title, the address or the outlet of the other.
    """
    voices = list(islice(dict.fromkeys(voice for each in seen for voice in _voices(each)), MOST_VOICES))
    return "high" if any(_independent(one, other) for one, other in combinations(voices, 2)) else "medium"


def _independent(one: _Voice, other: _Voice) -> bool:
    return not any(mine and mine == theirs for mine, theirs in zip(one, other, strict=True))


def _voices(seen: Observation) -> Iterator[_Voice]:
    source = seen.source.casefold()
    for reason in seen.reasons:
        outlet = " ".join(words(reason.source or ""))
        yield _Voice(source, " ".join(words(reason.title)), reason.url or "", _host(reason.url), outlet)
    if not seen.reasons:
        told = words(seen.term)
        yield _Voice(source, " ".join(told) if len(told) >= _A_HEADLINE else "")


def _host(url: str | None) -> str:
    from urllib.parse import urlsplit  # noqa: PLC0415  slow to import, and most drafts meet no trend

    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
