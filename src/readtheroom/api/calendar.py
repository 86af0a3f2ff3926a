"""Results that wait for their calendar: posts are judged one by one, and once more beside each other.

Only results from the first post on that is still to go out wait, and only where a rule of the calendar is in use.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

from readtheroom import registry
from readtheroom.api.desk import Desk
from readtheroom.api.given import Draft, post
from readtheroom.engine.calendar import Entry
from readtheroom.engine.engine import CALENDAR, Engine
from readtheroom.errors import DraftError
from readtheroom.findings import Finding, PostResult
from readtheroom.model import Post
from readtheroom.policy.values import Policy
from readtheroom.protocols import ReadOptions
from readtheroom.slots import LONGEST, Slot

if TYPE_CHECKING:
    from readtheroom.api.audit import Audit

Found: TypeAlias = Mapping[Slot, Sequence[Finding]]
"""What is to be said of posts beside each other."""


class Planned(NamedTuple):
    """What a post is by itself, and what a calendar has to know of it; None: it has no place in one.

    `to_come`: it is still to go out, so that the calendar may have something to say of it.
    """

    result: PostResult
    desk: Desk
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

    @abstractmethod
    def desk(self, each: Post) -> Desk:
        """What a post is judged by now."""

    @abstractmethod
    def engine_for(self, path: str) -> Engine:
        """The rules for drafts of a path."""

    @cached_property
    def _kinds(self) -> tuple[str, ...]:
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
        result, entry = desk.engine.plan(each, desk.scene, desk.now, desk.holds, desk.approvals, self._kinds)
        near = entry if entry and entry.slot.at > desk.now - LONGEST else None
        return Planned(result, desk, near, near is not None and near.slot.at >= desk.now)

    def judge_calendar(self, entries: Iterable[Entry | None]) -> Found:
        """What is to be said of posts beside each other, wherever their entries were made, in whatever order."""
        now = self.now
        known = [entry for entry in entries if entry and entry.slot.at > now - LONGEST]
        found: dict[Slot, Sequence[Finding]] = {}
        for engine in dict.fromkeys(self.engine_for(entry.slot.path) for entry in known):
            said = engine.judge_calendar(known, now).items()
            found.update((slot, some) for slot, some in said if self.engine_for(slot.path) is engine)
        return found

    def settle(self, planned: Planned, found: Found) -> PostResult:
        """The verdict on a planned post with what was found beside the others; it is added to the audit trail."""
        result, desk, entry, _ = planned
        more = found.get(entry.slot, ()) if entry else ()
        result = desk.engine.joined(result, more, desk.now)
        if self.audit:
            self.audit.add(result, desk)
        return result


SomePlanner = TypeVar("SomePlanner", bound=Planner)


def settled(posts: Iterable[tuple[SomePlanner, Post]]) -> Iterator[tuple[SomePlanner, PostResult]]:
    """The verdicts on posts, in order; from the first on that a calendar may have something to say of, at the end.

    A `DraftError` of the posts comes after the verdicts on those before it.
    """
    queue: _Queue[SomePlanner] = _Queue()
    try:
        for planner, each in posts:
            planned = planner.plan(each)
            if not queue.takes(planner, planned):
                yield planner, planner.settle(planned, {})
    except DraftError:
        yield from queue.settled()
        raise
    yield from queue.settled()


class _Queue(Generic[SomePlanner]):
    """Posts that wait for the end, and what their calendars know by then."""

    def __init__(self) -> None:
        self._waiting: list[tuple[SomePlanner, Planned]] = []
        self._entries: dict[SomePlanner, list[Entry]] = {}

    def takes(self, planner: SomePlanner, planned: Planned) -> bool:
        """Note a post as a neighbour of others; whether it has to wait."""
        if planned.entry:
            self._entries.setdefault(planner, []).append(planned.entry)
        if self._waiting or planned.to_come:
            self._waiting.append((planner, planned))
            return True
        return False

    def settled(self) -> Iterator[tuple[SomePlanner, PostResult]]:
        """The verdicts on those that wait."""
        if self._waiting:
            found = {planner: planner.judge_calendar(some) for planner, some in self._entries.items()}
            for planner, planned in self._waiting:
                yield planner, planner.settle(planned, found.get(planner, {}))


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
