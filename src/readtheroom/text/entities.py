"""Hashtags, cashtags, and all entities of a text, by the rules of twitter-text.

Positions are code points. Full-width signs and all scripts count. Each kind costs nothing where its sign is absent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from readtheroom.model import Entity
from readtheroom.spans import Span
from readtheroom.text.charsets import DIRECTIONAL, PUNCTUATION, SPACES
from readtheroom.text.mentions import mentions_and_lists
from readtheroom.text.urls import urls

_SIGNS = re.compile(r"[#＃]")
_WORD = re.compile(r"\w+")
_TAG_SPECIAL = frozenset(
    "_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\xb7"
)
"""What a tag may hold besides letters, marks and decimal digits."""


def entities(text: str) -> tuple[Entity, ...]:
    """All hashtags, mentions, URLs and cashtags: in order, none overlapping; of two that would, the earlier stays.

    A list of X is a mention whose value is `user/list`.
    """
    found = urls(text) + _tags(text) + mentions_and_lists(text) + cashtags(text)
    return _disjoint(found) if len(found) > 1 else found


def hashtags(text: str) -> tuple[Entity, ...]:
    """The hashtags of a text, in order; `value` is without the sign. None inside a URL."""
    tags = _tags(text)
    if not tags:
        return ()
    return tuple(entity for entity in _disjoint(urls(text) + tags) if entity.kind == "hashtag")


def cashtags(text: str) -> tuple[Entity, ...]:
    """The cashtags of a text (`$ACME`, `$ACME.B`), in order; `value` is without the sign."""
    if "$" not in text:
        return ()
    return tuple(Entity("cashtag", Span(*found.span()), found[1]) for found in _cashtag().finditer(text))


def _disjoint(found: Iterable[Entity]) -> tuple[Entity, ...]:
    kept: list[Entity] = []
    for entity in sorted(found, key=lambda each: each.span):
        if not kept or entity.span.start >= kept[-1].span.end:
            kept.append(entity)
    return tuple(kept)


@cache
def _cashtag() -> re.Pattern[str]:
    edge = SPACES + DIRECTIONAL
    return re.compile(rf"(?<![^{edge}])\$([A-Za-z]{{1,6}}(?:[._][A-Za-z]{{1,2}})?)(?=\Z|\s|[{PUNCTUATION}])")


def _tags(text: str) -> tuple[Entity, ...]:
    if "#" not in text and "＃" not in text:
        return ()
    tags: list[Entity] = []
    floor = -1
    for sign in _SIGNS.finditer(text):
        start = sign.start()
        if start and (start == floor or not _may_precede(text[start - 1])):
            continue
        end = _tag_end(text, start + 1)
        if end > start + 1 and _has_letter(text[start + 1 : end]):
            floor = end
            if not text.startswith(("#", "＃", "://"), end):
                tags.append(Entity("hashtag", Span(start, end), text[start + 1 : end]))
    return tuple(tags)


def _may_precede(char: str) -> bool:
    """Neither `&` (an HTML entity would follow) nor what a tag holds, but for the selectors of an emoji's style."""
    return char in "\ufe0e\ufe0f" or not (char == "&" or _in_tag(char))


def _in_tag(char: str) -> bool:
    if char.isascii():
        return char.isalnum() or char == "_"
    return char in _TAG_SPECIAL or unicodedata.category(char)[0] in "LM" or char.isdecimal()


def _tag_end(text: str, start: int) -> int:
    """The end of the run of characters that a tag may hold; `start` where an emoji's keycap begins."""
    if text.startswith(("\ufe0f", "\u20e3"), start):
        return start
    end = start
    while end < len(text):
        word = _WORD.match(text, end)
        if word and word[0].isascii():
            end = word.end()
        elif _in_tag(text[end]):
            end += 1
        else:
            break
    return end


def _has_letter(tag: str) -> bool:
    return any(char.isalpha() or unicodedata.category(char)[0] == "M" for char in tag)
