"""What the exports of Facebook and Instagram share: damaged text, and times as seconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime

from readtheroom.model import Json
from readtheroom.policy.json_source import Keys
from readtheroom.readers._export import Export, Record
from readtheroom.text.mojibake import repair


def put_text(export: Export, value: Json, ours: Keys, keys: Keys) -> Json:
    """A text of the draft, with what was UTF-8 set right."""
    return export.text(value, ours, keys, repair)


def published(export: Export, seconds: Json, *keys: str | int) -> Record | None:
    """The draft, as `Export.published` gives it. Raises `DraftError` for what is no time."""
    if seconds is None:
        return export.published(None, *keys)
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        raise export.fault(f"{keys[-1]!r} must be seconds since 1970, a whole number", *keys)
    try:
        return export.published(datetime.fromtimestamp(seconds, UTC).isoformat(), *keys)
    except (OverflowError, ValueError, OSError):
        raise export.fault(
            f"{keys[-1]!r} is no time that we know: {str(seconds)[:20]} seconds after 1970", *keys
        ) from None
