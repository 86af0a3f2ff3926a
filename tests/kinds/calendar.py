"""Several posts judged beside each other by real rules: what the tests of calendar kinds share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from readtheroom.engine.calendar import Entry
from readtheroom.engine.engine import Engine, Settings
from readtheroom.model import Account, Json, Room
from readtheroom.slots import Slot
from tests.kinds.check import NOW, Rules, post, read


def entries(rules: Rules, drafts: Iterable[Mapping[str, Json]], accounts: Iterable[Account] = ()) -> list[Entry]:
    """What a calendar knows of the posts that have a time."""
    known = read(rules)
    engine = Engine(known, tuple(accounts), Settings())
    kinds = sorted({each.kind for each in known} & {"cadence", "collision", "duplicates", "mix"})
    scene = engine.scene(Room())
    planned = (engine.plan(post(draft), scene, NOW, kinds=kinds)[1] for draft in drafts)
    return [each for each in planned if each]


def said(
    rules: Rules, drafts: Sequence[Mapping[str, Json]], accounts: Iterable[Account] = (), now: datetime = NOW
) -> dict[str, list[str]]:
    """By the id of the post: what the findings say."""
    some = tuple(accounts)
    found = Engine(read(rules), some, Settings()).judge_calendar(entries(rules, drafts, some), now)
    return {slot.id: [each.message for each in findings] for slot, findings in sorted(found.items(), key=_by_time)}


def _by_time(item: tuple[Slot, object]) -> tuple[datetime, str]:
    return item[0].at, item[0].id


def at(time: str, text: str = "Some words", **more: Json) -> dict[str, Json]:
    """A draft for a time of 2026-08, as `03 12:30`, called after it."""
    day, clock = time.split()
    when = f"2026-08-{day}T{clock}:00Z"
    return {"id": time, "text": text, "platforms": ["x"], "account": "finch", "scheduled_at": when, **more}
