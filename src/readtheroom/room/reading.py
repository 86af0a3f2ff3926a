"""The sources of a room, read once more: with what they said before where they are silent now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from readtheroom.errors import ReadTheRoomError
from readtheroom.model import Gap, Room
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.room.current import Reading
from readtheroom.room.dropped import dropped
from readtheroom.room.load import from_each, together
from readtheroom.room.told import Told, asks_about_drafts, fresh_for, hours, name

LEAST = timedelta(minutes=1)
"""How long who did not answer is left alone, and what can be asked at any time, such as a file."""

SOONEST = timedelta(seconds=1)
"""No room is read more often, whatever its sources call fresh."""


def read(
    config: RoomConfig,
    now: datetime,
    tags: Sequence[str] | None,
    before: Reading | None,
    *,
    offline: bool = False,
    since: float | None = None,
) -> Reading:
    """What the sources of a config say now, and from when on they are to be asked again; `before`: the last reading.

    Raises `DraftError` for files that cannot be read, unless there is one.
    """
    try:
        heard, notes = from_each(config, offline=offline, at=now, tags=tags, since=since)
    except ReadTheRoomError as error:
        if before is None:
            raise
        return _held_over(before, error, config, now)
    due, fresh_until = _until(config.sources, heard, now)
    answers = [told._replace(of=told.of or now) if told.answered else told for told in heard]
    if before:
        each = zip(config.sources, heard, before.answers, strict=True)
        heard = [_stood_in(entry, new, old, config, now) for entry, new, old in each]
        answers = [new if new.answered else old for new, old in zip(answers, before.answers, strict=True)]
    by_list = (told.answered for entry, told in zip(config.sources, heard, strict=True) if not asks_about_drafts(entry))
    rooms = [Room(told.seen, told.gaps, told.answered) for told in heard]
    room = together([*rooms, Room(gaps=(*notes, *dropped(config, heard)), looked_up=False)])
    if before and before.room == room:
        room = before.room  # known by its identity to those who have made it ready
    return Reading(room, now, due, tuple(answers), any(by_list), fresh_until)


def _stood_in(entry: SourceEntry, new: Told, old: Told, config: RoomConfig, now: datetime) -> Told:
    """What a source says, or while it is silent its last answer, as long as policy lets that count."""
    if new.answered or old.of is None or now - old.of > config.max_age:
        return new
    note = f"{new.gaps[0].reason}; an answer of {old.of:%F %R} UTC is used, {hours(now - old.of)} old"
    return old._replace(gaps=(Gap(name(entry), note, note=True), *old.gaps))


def _held_over(before: Reading, error: ReadTheRoomError, config: RoomConfig, now: datetime) -> Reading:
    """The room that was, for want of another."""
    fits = now - before.at <= config.max_age
    which = "is used" if fits else "is too old"
    told = f"{str(error).splitlines()[0]}; the room of {before.at:%F %R} UTC {which}, {hours(now - before.at)} old"
    gaps = (*(gap for gap in before.room.gaps if gap.source != "room"), Gap("room", told, note=fits))
    return before._replace(room=before.room._replace(gaps=gaps), due=now + LEAST, fresh_until=now + LEAST)


def _until(sources: Sequence[SourceEntry], heard: Sequence[Told], now: datetime) -> tuple[datetime, datetime | None]:
    """`due` and `fresh_until` of a reading whose sources said this."""
    left = list(map(_left, sources, heard))
    asked = [time for entry, time in zip(sources, left, strict=True) if entry.kind != "file"]
    return now + max(min(left), SOONEST), now + max(min(asked), SOONEST) if asked else None


def _left(entry: SourceEntry, told: Told) -> timedelta:
    """How long a source need not be asked again."""
    if told.again:
        return told.again - datetime.now(UTC)
    fresh = fresh_for(entry)
    return min(fresh, LEAST) if fresh else LEAST
