"""Whether a whole text is one mention, list, hashtag or URL: for handles, tags and links that stand in data."""

from __future__ import annotations

import re
from functools import cache

from readtheroom.model import Entity
from readtheroom.text.charsets import CYRILLIC, DASHES
from readtheroom.text.entities import hashtags
from readtheroom.text.mentions import mentions, mentions_and_lists


def is_mention(text: str) -> bool:
    """Whether the text is a mention of a user on X, sign included."""
    return _is_one(text, mentions(text))


def is_list(text: str) -> bool:
    """Whether the text is a list on X, `@user/list`."""
    return _is_one(text, mentions_and_lists(text)) and "/" in text


def is_hashtag(text: str) -> bool:
    """Whether the text is a hashtag, sign included."""
    return _is_one(text, hashtags(text))


def is_url(text: str, *, scheme: bool = True) -> bool:
    """Whether the text is a URL by RFC 3986 as twitter-text narrows it: http or https, no fewer than two labels.

    `scheme` False: it may stand without. Hosts may be in any script; addresses in numbers are allowed.
    """
    found = _url().fullmatch(text)
    return found is not None and (found["scheme"] is not None or not scheme)


def _is_one(text: str, found: tuple[Entity, ...]) -> bool:
    return len(found) == 1 and found[0].span == (0, len(text))


@cache
def _url() -> re.Pattern[str]:
    octet = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
    letter = r"(?:[A-Za-z0-9]|[^\x00-\x7f])"
    subdomain = rf"{letter}(?:[_\-]*{letter})*+"
    domain = rf"{letter}(?:-*{letter})*+"
    top = r"(?:[A-Za-z]|[^\x00-\x7f])" + rf"(?:-*{letter})*+"
    char = rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=:|@{CYRILLIC}{DASHES}]|%[0-9A-Fa-f]{{2}})"
    user = rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=:{CYRILLIC}{DASHES}]|%[0-9A-Fa-f]{{2}})"
    host = rf"(?:{octet}(?:\.{octet}){{3}}|\[[A-Fa-f0-9:.]+\]|(?:{subdomain}\.)*{domain}\.{top})"
    return re.compile(
        rf"(?P<scheme>[hH][tT][tT][pP][sS]?://)?(?:{user}*+@)?{host}(?::[0-9]{{1,5}})?"
        rf"(?:/{char}*+)*+(?:\?(?:{char}|[/?])*+)?(?:#(?:{char}|[/?])*+)?"
    )
