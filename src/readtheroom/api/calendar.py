"""Results that wait for their calendar: posts are judged one by one, and once more beside each other.

Only results from the first post on of which a rule of the calendar may yet have something to say wait: on disk, where
they are many. In memory stays what such rules know of posts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

from readtheroom import registry
from readtheroom.api.desk import Basis, Desk
from readtheroom.api.given import Draft, post
from readtheroom.api.waiting import Waiting, light
from readtheroom.engine.calendar import Entry
from readtheroom.engine.engine import CALENDAR, Engine
from readtheroom.errors import DraftError
from readtheroom.findings import Finding, PostResult
from readtheroom.model import Hold, Post, Room
from readtheroom.policy.values import Policy
from readtheroom.protocols import ReadOptions
from readtheroom.slots import LONGEST, OVERDUE, Slot

if TYPE_CHECKING:
    from readtheroom.api.audit import Audit

Found: TypeAlias = Mapping[Slot, Sequence[Finding]]
"""What is to be said of posts beside each other."""


class Planned(NamedTuple):
    """What a post is by itself, and what a calendar has to know of it; None: it has no place in one.

    `now` and `holds`: those by which it was judged. `to_come`: the calendar may yet have something to say of it.
    """

    result: PostResult
    now: datetime
    holds: tuple[Hold, ...] = ()
    entry: Entry | None = None
    to_come: bool = False


class Planner(ABC):
    """What a linter does with posts that make a calendar."""

    policy: Policy
    reads: ReadOptions
    """How drafts are read."""
    audit: Audit | None

    @property
    @abstractmethod
    def now(self) -> datetime:
        """What stands for the present (aware)."""

    @property
    @abstractmethod
    def room(self) -> Room:
        """What posts are judged by."""

    @abstractmethod
    def desk(self, each: Post) -> Desk:
        """What a post is judged by now."""

    @abstractmethod
    def engine_for(self, path: str) -> Engine:
        """The rules for drafts of a path."""

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the calendar for which facts are made of posts: those of the policy, unless others need more."""
        return _kinds_of(self.policy)

    def lint_calendar(self, drafts: Iterable[Draft]) -> list[PostResult]:
        """The verdicts on posts that make a calendar, in their order: each by itself, and beside the others, where it
        has a time and is still to go out; those of the month before count as neighbours. Raises as `lint` does."""
        planned = [self.plan(post(draft, self.reads, f"post {n}")) for n, draft in enumerate(drafts, 1)]
        found = self.judge_calendar(each.entry for each in planned)
        return [self.settle(each, found) for each in planned]

    def plan(self, each: Post) -> Planned:
        """What a post is by itself, and its entry for `judge_calendar`. No verdict is given before `settle`."""
        desk = self.desk(each)
        result, entry = desk.engine.plan(each, desk.scene, desk.now, desk.holds, desk.approvals, self.kinds)
        near = entry if entry and entry.slot.at > desk.now - LONGEST else None
        waits = near is not None and near.slot.at >= desk.now - OVERDUE
        to_come = waits and desk.engine.has_calendar_for(each.platforms)
        return Planned(result, desk.now, desk.holds, near, to_come)

    def judge_calendar(self, entries: Iterable[Entry | None], beside: Iterable[Entry] = ()) -> Found:
        """What is to be said of posts beside each other, wherever their entries were made, in whatever order; `beside`:
        posts that others judge."""
        now = self.now
        known = [entry for entry in entries if entry and entry.slot.at > now - LONGEST]
        around = [*known, *beside]
        found: dict[Slot, Sequence[Finding]] = {}
        for engine in dict.fromkeys(self.engine_for(entry.slot.path) for entry in known):
            said = engine.judge_calendar(around, now).items()
            found.update((slot, some) for slot, some in said if self.engine_for(slot.path) is engine)
        return found

    def settle(self, planned: Planned, found: Found) -> PostResult:
        """The verdict on a planned post with what was found beside the others; it is added to the audit trail."""
        result, now, holds, entry, _ = planned
        engine, more = self.engine_for(result.post.path), found.get(entry.slot, ()) if entry else ()
        result = engine.joined(result, more, now)
        if self.audit:
            self.audit.add(result, Basis(engine, self.room, now, holds))
        return result


SomePlanner = TypeVar("SomePlanner", bound=Planner)


def settled(posts: Iterable[tuple[SomePlanner, Post]]) -> Iterator[tuple[SomePlanner, PostResult]]:
    """The verdicts on posts, in order; from the first on that a calendar may have something to say of, at the end.

    A `DraftError` of the posts comes after the verdicts on those before it.
    """
    return settled_plans((planner, planner.plan(each)) for planner, each in posts)


def settled_plans(plans: Iterable[tuple[SomePlanner, Planned]]) -> Iterator[tuple[SomePlanner, PostResult]]:
    """The same for posts that were planned, wherever that was done."""
    with _Queue[SomePlanner]() as queue:
        try:
            for planner, planned in plans:
                if not queue.takes(planner, planned):
                    yield planner, planner.settle(planned, {})
        except DraftError:
            yield from queue.settled()
            raise
        yield from queue.settled()


def judged(entries: Mapping[SomePlanner, Sequence[Entry]]) -> dict[SomePlanner, Found]:
    """What is to be said of posts beside each other, by who judges them; those of one account, wherever they stand."""
    if len(entries) < 2:
        return {planner: planner.judge_calendar(some) for planner, some in entries.items()}
    from readtheroom.api.neighbours import Neighbours  # noqa: PLC0415  most runs have one config

    others = Neighbours((planner.policy, some) for planner, some in entries.items())
    return {each: each.judge_calendar(entries[each], others.of(number)) for number, each in enumerate(entries)}


class _Queue(Generic[SomePlanner]):
    """Posts that wait for the end, and what their calendars know by then."""

    def __init__(self) -> None:
        self._waiting: Waiting[tuple[int, Planned]] = Waiting(_light)
        self._entries: dict[SomePlanner, list[Entry]] = {}
        self._numbers: dict[SomePlanner, int] = {}

    def __enter__(self) -> _Queue[SomePlanner]:
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.close()

    def takes(self, planner: SomePlanner, planned: Planned) -> bool:
        """Note a post as a neighbour of others; whether it has to wait."""
        if planned.entry:
            self._entries.setdefault(planner, []).append(planned.entry)
        if self._numbers or planned.to_come:
            self._waiting.add((self._numbers.setdefault(planner, len(self._numbers)), planned))
            return True
        return False

    def settled(self) -> Iterator[tuple[SomePlanner, PostResult]]:
        """The verdicts on those that wait."""
        if self._numbers:
            found = judged(self._entries)
            self._entries.clear()
            planners = tuple(self._numbers)
            for number, planned in self._waiting:
                yield planners[number], planners[number].settle(planned, found.get(planners[number], {}))


def _light(waiting: tuple[int, Planned]) -> tuple[int, Planned]:
    """What has to wait of a post: its facts are kept beside the others'."""
    number, planned = waiting
    entry = planned.entry and planned.entry._replace(facts=())
    return number, planned._replace(result=light(planned.result), entry=entry)


def _kinds_of(policy: Policy) -> tuple[str, ...]:
    """The kinds of the calendar that some draft's rules are of, whatever overrides hold for it."""
    turned_on = {rule for override in policy.overrides for rule, change in override.changes.items() if not change.off}
    used = {rule.kind for rule in policy.rules}
    used |= {setting.rule.kind for setting in policy.settings if setting.rule.id in turned_on}
    return tuple(sorted(filter(_is_of_calendar, used)))


@cache
def _is_of_calendar(kind: str) -> bool:
    reads: str = registry.load("kinds", kind).READS
    return reads == CALENDAR
