"""What exactly would be published of a post, and a hash of it: what an approval is given for.

Every published text, the media files, by name and by what is in them, platforms and account count; notes, times,
allowances and approvals do not. The hash is SHA-256 over JSON (RFC 8785's way: keys sorted, no spaces, UTF-8).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readtheroom.model import Json, Post

NO_FILES: Mapping[str, str] = MappingProxyType({})

SHORT = 16
"""Hexadecimal digits of the hash of a part: enough to tell that it changed."""


def published(post: Post, contents: Mapping[str, str] = NO_FILES) -> dict[str, Json]:
    """All of it, part by part; parts that are empty are left out. `contents`: a hash of each media file."""
    texts: dict[str, list[Json]] = {}
    for field in post.fields:
        texts.setdefault(field.name, []).append(field.text)
    whole: dict[str, Json] = {
        **{name: list(some) for name, some in texts.items()},
        "platforms": [*sorted(set(post.platforms))],
        "account": post.account,
        "media": [*post.media],
        "media of the thread": [[*pair] for pair in post.part_media],
        **{f"what is in {name}": mark for name, mark in contents.items()},
    }
    return {name: value for name, value in whole.items() if value}


def digest(whole: Mapping[str, Json]) -> str:
    """The hash of what would be published: 64 hexadecimal digits."""
    return _hash(dict(whole))


def parts(whole: Mapping[str, Json]) -> dict[str, str]:
    """A shorter hash of each part."""
    return {name: _hash(value)[:SHORT] for name, value in sorted(whole.items())}


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The parts that are others, new or gone, by name."""
    names: Iterable[str] = sorted({*before, *now})
    return tuple(name for name in names if before.get(name) != now.get(name))


def _hash(value: Json) -> str:
    plain = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()
