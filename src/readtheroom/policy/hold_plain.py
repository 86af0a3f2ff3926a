"""Holds as a room snapshot keeps them: from plain data, checked by hand, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from readtheroom.model import Hold, HoldScope, Json
from readtheroom.policy.formats import FORMATS
from readtheroom.policy.hold_scope import KEYS, lists_of, scope
from readtheroom.policy.times import YEARS

_TIMES = ("start", "end", "ended_at")
_TEXTS = ("id", "reason", "owner", "path", "ended_by")
_is_time = FORMATS["date-time"].accepts


def hold(item: Json) -> Hold:
    """One hold, as `hold_schema.KEPT` says. Raises ValueError at the first thing that is wrong."""
    if not isinstance(item, dict) or not item.keys() <= {*_TIMES, *_TEXTS, "scope"}:
        raise ValueError("a hold is a mapping with `reason` and `start`")
    times = {key: _time(item[key], key) for key in _TIMES if key in item}
    texts = {key: _text(item[key], key) for key in _TEXTS if key in item}
    if not texts.get("reason") or "start" not in times:
        raise ValueError("a hold needs `reason` and `start`")
    return Hold(
        texts.get("id", ""),
        texts["reason"],
        times["start"],
        times.get("end"),
        texts.get("owner", ""),
        tuple(_scopes(item["scope"])) if "scope" in item else (HoldScope(),),
        texts.get("path") or "room",
        texts.get("ended_by", ""),
        times.get("ended_at"),
    )


def plain_hold(held: Hold) -> dict[str, Json]:
    """A hold as `hold` reads it; what is as by default is left out."""
    texts: dict[str, Json] = {key: getattr(held, key) for key in _TEXTS}
    times: dict[str, Json] = {key: _written(getattr(held, key)) for key in _TIMES}
    scopes: list[Json] = [_plain_scope(one) for one in held.scope]
    whole: Json = "all" if scopes == [{"all": True}] else None if held.scope == (HoldScope(),) else scopes
    plain = {**texts, **times, "scope": whole}
    return {key: value for key, value in plain.items() if value not in (None, "", [])}


def _plain_scope(one: HoldScope) -> dict[str, Json]:
    written: dict[str, Json] = {key: list(words) for key, words in zip(KEYS, lists_of(one), strict=True) if words}
    return {**written, "all": one.everything} if one.everything or not written else written


def _scopes(value: Json) -> Iterator[HoldScope]:
    entries: list[Json] = [{"all": True}] if value == "all" else [value]
    for each in value or [None] if isinstance(value, list) else entries:
        if not isinstance(each, dict) or not each or not each.keys() <= {*KEYS, "all"}:
            raise ValueError("a scope is a mapping with `region`, `platform`, `label`, `account` or `all`")
        if not isinstance(each.get("all", False), bool):
            raise ValueError("`all` is true or false")
        yield scope({key: list(_words(each, key)) for key in KEYS}, everything=bool(each.get("all")))


def _words(item: Mapping[str, Json], key: str) -> Iterator[str]:
    if key not in item:
        return
    value = item[key]
    for word in value or [None] if isinstance(value, list) else [value]:
        if not word:
            raise ValueError(f"`{key}` is a text, or a list of texts")
        yield _text(word, key)


def _text(value: Json, key: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"`{key}` is a text")
    return value


def _time(value: Json, key: str) -> datetime:
    if not isinstance(value, str) or not _is_time(value):
        raise ValueError(f"`{key}` is a time with its offset")
    time = datetime.fromisoformat(value.upper())
    if time.year not in YEARS:
        raise ValueError(f"the year {time.year} is not between {YEARS[0]} and {YEARS[-1]}")
    return time.astimezone(UTC)


def _written(time: datetime | None) -> str | None:
    return None if time is None else time.astimezone(UTC).isoformat().replace("+00:00", "Z")
