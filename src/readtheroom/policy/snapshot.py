"""Room snapshots as plain data: from `{observations: […]}` to `model.Room`, and back.

Checked by hand, since histories are long; what is accepted is what `draft_schema.ROOM` and `OBSERVATION` say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from readtheroom.model import Gap, Json, Observation, Reason, Room
from readtheroom.policy.formats import FORMATS
from readtheroom.policy.hold_plain import hold, plain_hold
from readtheroom.policy.times import YEARS

_KINDS = frozenset({"tag", "query", "topic", "headline"})
_KEYS = frozenset({"term", "kind", "region", "rank", "volume", "source", "observed_at", "labels", "reasons"})
_ROOM_KEYS = frozenset({"observations", "gaps", "looked_up", "holds"})
_GAP_KEYS = frozenset({"source", "reason", "note", "region", "required"})
_REASON_KEYS = frozenset({"title", "url", "source", "published_at"})
_is_time = FORMATS["date-time"].accepts
_is_uri = FORMATS["uri"].accepts


def room(data: Json) -> Room:
    """The room of a snapshot, or of one observation alone. Raises ValueError at the first thing that is wrong."""
    if not isinstance(data, dict) or "observations" not in data:
        return Room((observation(data),))
    items, gaps, looked_up = data["observations"], data.get("gaps", []), data.get("looked_up", True)
    holds = data.get("holds", [])
    if not data.keys() <= _ROOM_KEYS or not all(isinstance(each, list) for each in (items, gaps, holds)):
        raise ValueError("a room snapshot has a list `observations`, and maybe `gaps`, `holds` and `looked_up`")
    if not isinstance(looked_up, bool):
        raise ValueError("`looked_up` is true or false")
    return Room(
        tuple(map(observation, _list(items))), tuple(map(_gap, _list(gaps))), looked_up, tuple(map(hold, _list(holds)))
    )


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def plain(seen: Room) -> dict[str, Json]:
    """A room as `room` reads it; what is as by default is left out."""
    written: dict[str, Json] = {"observations": [plain_observation(each) for each in seen.observations]}
    if seen.gaps:
        written["gaps"] = [plain_gap(gap) for gap in seen.gaps]
    if seen.holds:
        written["holds"] = [plain_hold(held) for held in seen.holds]
    return written if seen.looked_up else {**written, "looked_up": False}


def plain_observation(seen: Observation) -> dict[str, Json]:
    """An observation as `observation` reads it; addresses that are none are left out."""
    written: dict[str, Json] = {
        "term": seen.term,
        "kind": seen.kind,
        "source": seen.source,
        "observed_at": _written(seen.observed_at),
        "region": seen.region,
        "rank": seen.rank,
        "volume": seen.volume,
        "labels": list(seen.labels),
        "reasons": [plain_reason(reason) for reason in seen.reasons],
    }
    return {key: value for key, value in written.items() if value not in (None, [])}


def plain_reason(reason: Reason) -> dict[str, Json]:
    """A headline, as part of an observation."""
    written: dict[str, Json] = {
        "title": reason.title,
        "url": reason.url if reason.url and _is_uri(reason.url) else None,
        "source": reason.source,
        "published_at": _written(reason.published_at) if reason.published_at else None,
    }
    return {key: value for key, value in written.items() if value is not None}


def plain_gap(gap: Gap) -> dict[str, Json]:
    """Something that could not be looked up, as part of a room."""
    written: dict[str, Json] = {"source": gap.source, "reason": gap.reason}
    written |= {"note": True} if gap.note else {}
    written |= {"region": gap.region} if gap.region else {}
    return written if gap.required else {**written, "required": False}


def _written(time: datetime) -> str:
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def observation(item: Json) -> Observation:
    """One observation. Raises ValueError likewise; `snapshot_faults.why` tells where, and all of it."""
    if not isinstance(item, dict) or not item.keys() <= _KEYS:
        raise ValueError("an observation is a mapping with `term` and `observed_at`")
    term, region = _needed(item, "term"), _text(item, "region")
    return Observation(
        term,
        _kind(item) or ("tag" if term[0] in "#＃" else "topic"),
        _text(item, "source") or "file",
        _time(_needed(item, "observed_at")),
        region.upper() if region else None,
        _count(item, "rank", 1),
        _count(item, "volume", 0),
        tuple(_reasons(item.get("reasons"))),
        tuple(_labels(item.get("labels"))),
    )


def _reasons(items: Json) -> Iterator[Reason]:
    if items is None:
        return
    if not isinstance(items, list):
        raise ValueError("`reasons` is a list")
    for item in items:
        if not isinstance(item, dict) or not item.keys() <= _REASON_KEYS:
            raise ValueError("a reason is a mapping with `title`")
        url, published = _text(item, "url"), _text(item, "published_at")
        if url is not None and not _is_uri(url):
            raise ValueError("`url` is no address")
        yield Reason(
            _needed(item, "title"), url, _text(item, "source"), None if published is None else _time(published)
        )


def _labels(items: Json) -> Iterator[str]:
    if items is not None and not isinstance(items, list):
        raise ValueError("`labels` is a list")
    for item in items or ():
        if not item or not isinstance(item, str):
            raise ValueError("a label is a text")
        yield item


def _gap(item: Json) -> Gap:
    if not isinstance(item, dict) or not item.keys() <= _GAP_KEYS:
        raise ValueError("a gap is a mapping with `source` and `reason`")
    note, required = item.get("note", False), item.get("required", True)
    if not isinstance(note, bool) or not isinstance(required, bool):
        raise ValueError("`note` and `required` of a gap are true or false")
    return Gap(_needed(item, "source"), _needed(item, "reason"), note, _text(item, "region") or None, required)


def _kind(item: Mapping[str, Json]) -> str | None:
    kind = _text(item, "kind")
    if "kind" in item and kind not in _KINDS:
        raise ValueError("no such kind of term")
    return kind


def _needed(item: Mapping[str, Json], key: str) -> str:
    value = _text(item, key)
    if not value:
        raise ValueError(f"`{key}` is missing")
    return value


def _text(item: Mapping[str, Json], key: str) -> str | None:
    value = item.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"`{key}` is no text")
    return value


def _count(item: Mapping[str, Json], key: str, least: int) -> int | None:
    value = item.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < least):
        raise ValueError(f"`{key}` is no number from {least}")
    return value


def _time(written: str) -> datetime:
    if not _is_time(written):
        raise ValueError(f"{written[:40]!r} is no time with its offset")
    time = datetime.fromisoformat(written.upper())
    if time.year not in YEARS:
        raise ValueError(f"the year {time.year} is not between {YEARS[0]} and {YEARS[-1]}")
    return time.astimezone(UTC)
