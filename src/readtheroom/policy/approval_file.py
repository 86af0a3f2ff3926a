"""Records of approvals: a JSON file each, which `readtheroom approve` writes and git keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from readtheroom.errors import Fault
from readtheroom.model import Approval, Json
from readtheroom.policy.hold_schema import NAME_LIMIT

if TYPE_CHECKING:
    from readtheroom.policy.reading import Reading

LIMIT: Final = 1 << 20
"""Bytes of a record: a thread of many parts has a line for each."""

_HASH: dict[str, Json] = {
    "type": "string",
    "pattern": "^[0-9a-f]{64}$",
    "patternErrorMessage": "must be a hash of 64 hexadecimal digits: approve the draft again",
}
_TIME: dict[str, Json] = {"type": "string", "minLength": 1, "maxLength": 40}

APPROVAL: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "by": {"type": "string", "minLength": 1, "maxLength": NAME_LIMIT, "description": "Who approved."},
        "at": {**_TIME, "description": "When, with an offset."},
        "until": {**_TIME, "description": "The last moment at which the post may go out, with an offset."},
        "draft": {"type": "string", "description": "The file of the draft, from the config's folder."},
        "post": {"type": "string", "description": "The id of the post in it."},
        "hash": {**_HASH, "description": "Of what would be published: SHA-256."},
        "parts": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "Of each part of it, to tell what changed.",
        },
    },
    "required": ["by", "at", "hash"],
    "patternProperties": {"^x-": {"description": "Yours to use; not read."}},
    "additionalProperties": False,
}

_KNOWN: Final = frozenset({"by", "at", "until", "draft", "post", "hash", "parts"})


def compose(approval: Approval) -> str:
    """The file of a record."""
    plain: dict[str, Json] = {
        "by": approval.by,
        "at": approval.at.isoformat(),
        "until": approval.until.isoformat() if approval.until else None,
        "draft": approval.path,
        "post": approval.post,
        "hash": approval.hash,
        "parts": dict(approval.parts),
    }
    kept = {key: value for key, value in plain.items() if value not in (None, "")}
    return json.dumps(kept, indent=2, ensure_ascii=False) + "\n"


def read_record(path: str, data: bytes) -> Approval | tuple[Fault, ...]:
    """The approval in a file, or all that is wrong with it."""
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError):
        return _faults(path)
    if not isinstance(plain, dict) or not _is_sound(plain):
        return _faults(path)
    try:
        at, until = _moment(plain["at"]), _moment(plain["until"]) if "until" in plain else None
    except ValueError as error:
        return (Fault(path, 0, 0, str(error)),)
    return Approval(
        plain["by"],
        at,
        until,
        plain["hash"],
        plain.get("parts", {}),
        plain.get("post", ""),
        plain.get("draft", ""),
        path,
    )


def _is_sound(plain: Mapping[str, Json]) -> bool:
    """Whether it needs no closer look, which takes YAML and time."""
    texts = (value for key, value in plain.items() if key != "parts" and not key.startswith("x-"))
    marks = plain.get("parts", {})
    return (
        all(key in _KNOWN or key.startswith("x-") for key in plain)
        and {"by", "at", "hash"} <= plain.keys()
        and all(isinstance(each, str) for each in texts)
        and 0 < len(str(plain["by"]).strip()) <= NAME_LIMIT
        and re.fullmatch("[0-9a-f]{64}", str(plain["hash"])) is not None
        and isinstance(marks, dict)
        and all(isinstance(each, str) for each in marks.values())
    )


def _moment(written: str) -> datetime:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError(f"{written[:40]!r} is no time with an offset: approve the draft again")
    return found.astimezone(UTC)


def _faults(path: str) -> tuple[Fault, ...]:
    from readtheroom.policy.reading import Reading  # noqa: PLC0415  takes YAML, and few records have faults

    reading = Reading()
    return tuple(_told(path, reading))


def _told(path: str, reading: Reading) -> Iterator[Fault]:
    root = reading.tree(path, limit=LIMIT)
    sound = root is not None and reading.check(root, APPROVAL, "an approval")
    yield from reading.faults
    if sound:
        yield Fault(path, 0, 0, "is no record of an approval: `readtheroom approve` writes one, in JSON")
