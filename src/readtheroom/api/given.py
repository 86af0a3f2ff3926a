"""Drafts that a program hands over, rather than a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from readtheroom.model import Json, Post
from readtheroom.policy.draft import build
from readtheroom.protocols import ReadOptions
from readtheroom.spans import MappedOrigin, Place, verbatim

Draft: TypeAlias = "Post | Mapping[str, Json | datetime] | str"
"""A post, a mapping with the keys of a draft file (`scheduled_at` may be a datetime), or a text alone."""


def post(draft: Draft, options: ReadOptions, name: str = "post") -> Post:
    """The post that a program means; `name` is its id if it has none. Raises `DraftError` for what is no draft."""
    if isinstance(draft, Post):
        return draft
    data: dict[str, Json] = {"text": draft} if isinstance(draft, str) else _plain(draft)
    return build(data, _InMemory(data), path="", line=1, id_default=name, options=options)


def _plain(draft: Mapping[str, Json | datetime]) -> dict[str, Json]:
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in draft.items()}


class _InMemory:
    """Positions where there is no file: each text is its own."""

    def __init__(self, data: Mapping[str, Json]) -> None:
        self._data = data

    def origin(self, *keys: str | int) -> MappedOrigin:
        value: Json | Mapping[str, Json] = self._data
        for key in keys:
            if isinstance(value, Mapping) and isinstance(key, str):
                value = value.get(key)
            elif isinstance(value, list) and isinstance(key, int):
                value = value[key]
        return verbatim(value if isinstance(value, str) else "")

    def place(self, *_: str | int) -> Place:
        return Place(1, 1)

    def spelling(self, *_: str | int) -> str | None:
        return None
