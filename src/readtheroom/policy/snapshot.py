"""Room snapshots as plain data: from `{observations: […]}` to `model.Observation`s."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json, Observation, Reason
from readtheroom.policy.document import parse_yaml
from readtheroom.policy.draft_schema import OBSERVATION, ROOM
from readtheroom.policy.schema import check
from readtheroom.spans import FileText

_KEYS = frozenset({"term", "kind", "region", "rank", "volume", "source", "observed_at", "reasons"})
_REASON_KEYS = frozenset({"title", "url", "source", "published_at"})


def observations(data: Json) -> Iterator[Observation]:
    """The observations of a snapshot, or of one alone. Raises ValueError at the first thing that is wrong."""
    if isinstance(data, dict) and "observations" in data:
        items = data["observations"]
        if len(data) > 1 or not isinstance(items, list):
            raise ValueError
        for item in items:
            yield observation(item)
    else:
        yield observation(data)


def observation(item: Json) -> Observation:
    """One observation. Raises ValueError likewise; `why` tells what is wrong."""
    if not isinstance(item, dict) or not item.keys() <= _KEYS:
        raise ValueError
    term = _text(item, "term")
    if not term:
        raise ValueError
    return Observation(
        term,
        _text(item, "kind") or ("tag" if term[0] in "#＃" else "topic"),
        _text(item, "source") or "file",
        _time(_text(item, "observed_at") or ""),
        (_text(item, "region") or "").upper() or None,
        _count(item, "rank"),
        _count(item, "volume"),
        tuple(_reasons(item.get("reasons"))),
    )


def _reasons(items: Json) -> Iterator[Reason]:
    if items is None:
        return
    if not isinstance(items, list):
        raise ValueError
    for item in items:
        if not isinstance(item, dict) or not item.keys() <= _REASON_KEYS:
            raise ValueError
        title, published = _text(item, "title"), _text(item, "published_at")
        if not title:
            raise ValueError
        yield Reason(title, _text(item, "url"), _text(item, "source"), _time(published) if published else None)


def _text(item: Mapping[str, Json], key: str) -> str | None:
    value = item.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError
    return value


def _count(item: Mapping[str, Json], key: str) -> int | None:
    value = item.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise ValueError
    return value


def _time(written: str) -> datetime:
    time = datetime.fromisoformat(written)
    if time.tzinfo is None:
        raise ValueError
    return time.astimezone(UTC)


def why(path: str, file: FileText) -> DraftError:
    """What is wrong with a snapshot that `observations` refused, each fault at its place."""
    node = parse_yaml(path, file, DraftError)
    single = isinstance(node.value, dict) and "term" in node.value
    faults = list(check(node, OBSERVATION if single else ROOM, path, "an observation" if single else "a room snapshot"))
    return DraftError(faults or [Fault(path, *node.place, "is no room snapshot: it needs `observations`")])
