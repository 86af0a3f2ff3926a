"""An approval that stands in the draft itself, under `approved_by`: who, when, until when, and the hash of what was
approved, as one line that any draft format can hold.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from readtheroom.model import Approval

_LINE: Final = re.compile(r"(\S.*?)(?: at (\S+))?(?: until (\S+))? sha256:([0-9a-f]{64})")


def line(approval: Approval) -> str:
    """`Joan at 2026-07-20T12:00:00Z until 2026-07-27T12:00:00Z sha256:…`."""
    until = f" until {_written(approval.until)}" if approval.until else ""
    return f"{approval.by} at {_written(approval.at)}{until} sha256:{approval.hash}"


def read_line(written: str) -> Approval | None:
    """The approval in a line; None for a name alone, which does not say what was approved, or a time that is none."""
    found = _LINE.fullmatch(written.strip())
    if found is None:
        return None
    by, at, until, mark = found.groups()
    try:
        return Approval(
            by, _moment(at) if at else datetime.min.replace(tzinfo=UTC), _moment(until) if until else None, mark
        )
    except ValueError:
        return None


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _moment(written: str) -> datetime:
    found = datetime.fromisoformat(written)
    if found.tzinfo is None:
        raise ValueError("no offset")
    return found.astimezone(UTC)
