"""What messages call the sources of a room, so that one can be told from another."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import urlsplit

from readtheroom.policy.values import SourceEntry

_LONGEST: Final = 60
"""Code points of what tells one from another."""


def named(entries: Iterable[SourceEntry]) -> tuple[SourceEntry, ...]:
    """The sources, in their order; where several would be called the same, with names that have what tells them apart,
    and at worst their numbers. Never what comes after `?` in an address, which may hold a secret."""
    known = list(entries)
    alike: dict[str, list[int]] = {}
    for number, entry in enumerate(known):
        alike.setdefault(called(entry), []).append(number)
    for numbers in alike.values():
        for number, detail in zip(numbers, _details([known[number] for number in numbers]), strict=True):
            known[number] = known[number]._replace(name=called(known[number], detail) if detail else "")
    return tuple(known)


def called(entry: SourceEntry, detail: str = "") -> str:
    """`rss (news.example/world)`: the kind, the host, and what tells it from another one on that host."""
    host = _host(entry)
    sign = "" if not (host and detail) or detail[0] in "/:" else ", "
    return f"{entry.kind} ({host}{sign}{detail})" if host or detail else entry.kind


def _details(same: list[SourceEntry]) -> list[str]:
    """What each of them has that the others have not."""
    if len(same) == 1:
        return [""]
    for tell in _WAYS:
        details = [tell(entry)[:_LONGEST] for entry in same]
        if len(set(details)) == len(same):
            return details
    return [f"no. {number}" for number in range(1, len(same) + 1)]


def _host(entry: SourceEntry) -> str:
    try:
        return urlsplit(_option("url")(entry)).hostname or ""
    except ValueError:
        return ""


def _page(entry: SourceEntry) -> str:
    return urlsplit(_option("url")(entry)).path if _host(entry) else ""


def _port(entry: SourceEntry) -> str:
    try:
        port = urlsplit(_option("url")(entry)).port if _host(entry) else None
    except ValueError:
        return ""
    return f":{port}" if port else ""


def _program(entry: SourceEntry) -> str:
    argv = entry.options.get("argv")
    return os.path.basename(str(argv[0])) if isinstance(argv, list) and argv else ""


def _option(key: str) -> Callable[[SourceEntry], str]:
    def find(entry: SourceEntry) -> str:
        value = entry.options.get(key)
        return str(value) if isinstance(value, str | int) else ""

    return find


def _file(entry: SourceEntry) -> str:
    return os.path.basename(_option("path")(entry))


_WAYS = (
    _option("name"),
    _page,
    _port,
    lambda entry: _port(entry) + _page(entry),
    lambda entry: entry.region or _option("region")(entry),
    _option("language"),
    _option("woeid"),
    _file,
    _program,
)
