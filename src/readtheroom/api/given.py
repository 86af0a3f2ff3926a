"""Drafts that a program hands over, rather than a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias, cast

from readtheroom.errors import DraftError, Fault, UsageError
from readtheroom.model import Json, Post
from readtheroom.policy.draft import build
from readtheroom.protocols import ReadOptions
from readtheroom.spans import MappedOrigin, Place, verbatim

Draft: TypeAlias = "Post | Mapping[str, Json | date | Sequence[object]] | str"
"""A post, a mapping with the keys of a draft file (times may be `datetime`s, lists tuples), or a text alone."""


def post(draft: Draft, options: ReadOptions, name: str = "post") -> Post:
    """The post that a program means; `name` is its id if it has none, and its place in messages.

    Raises `DraftError` for a mapping that is no draft and for an account that is not known, `UsageError` for what is
    none of the three.
    """
    if isinstance(draft, Post):
        return _of_known_account(draft, options)
    if not isinstance(draft, str | Mapping):
        raise UsageError(f"a draft is a text, a mapping or a Post, not {type(draft).__name__}")
    data: dict[str, Json] = {"text": draft} if isinstance(draft, str) else {k: _plain(v) for k, v in draft.items()}
    try:
        return build(data, _InMemory(data), path="", line=1, id_default=name, options=options)
    except DraftError as error:
        raise DraftError(Fault(name, 0, 0, fault.message) for fault in error.faults) from None


def _of_known_account(given: Post, options: ReadOptions) -> Post:
    known = options.accounts
    wrong = known.stranger(given.account, given.platforms) if given.account and known else None
    if wrong:
        raise DraftError([Fault(given.id, 0, 0, wrong)])
    return given


def _plain(value: object) -> Json:
    """The value as a draft file would hold it; what no file can hold stays, and is a fault there."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return cast("Json", value)


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
