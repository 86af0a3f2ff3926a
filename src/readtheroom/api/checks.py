"""What a publishing tool asks: may this post go out now? And the check that answers for a post that a hold stopped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from readtheroom.api.calendar import Planned
from readtheroom.api.check_store import Check, CheckStore
from readtheroom.api.content import content_hash, place_of
from readtheroom.api.desk import Desk
from readtheroom.api.given import Draft, post
from readtheroom.api.linter import Linter
from readtheroom.api.validity import Validity
from readtheroom.engine import unheld
from readtheroom.findings import Finding, PostResult, Skip, Verdict
from readtheroom.model import Hold, Post, Room
from readtheroom.policy.folders import cache_folder
from readtheroom.policy.values import stops_posts
from readtheroom.reporters._words import when

UNSAFE: frozenset[Verdict] = frozenset({"block", "unknown"})
"""Verdicts with which nothing goes out."""

_ALONE = Skip("calendar", "posts beside it stopped it when all were last checked: have all of them rechecked", True)


class Leave(NamedTuple):
    """Whether a post may go out; if not, `why` has a sentence for each reason. `result`: what it was judged now."""

    granted: bool
    why: tuple[str, ...]
    result: PostResult


class Checked(NamedTuple):
    """A check of a post. `valid_until` (UTC): the next moment at which it could come out otherwise by itself."""

    result: PostResult
    valid_until: datetime


class Checks:
    """Checks of posts, remembered in the user's cache, as `readtheroom recheck` does. Safe to use from several threads.

    >>> checks = Checks(Linter.from_config("readtheroom.yaml"))
    >>> checks.may_go_out({"text": "Doors open at nine.", "platforms": ["x"]}).granted
    True
    """

    def __init__(self, linter: Linter) -> None:
        self._linter = linter
        self._store = CheckStore(cache_folder())

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong with what is remembered: a post whose checks were lost needs a fresh one after a hold."""
        return tuple(f"the store of checks {note}" for note in self._store.notes)

    def recheck(self, draft: Draft) -> Checked:
        """Judge a post for the moment at which it goes out, and remember that. Raises as `Linter.lint` does.

        If posts beside it stopped it before, it is `unknown`: whether they still do is told by `recheck_calendar`, or
        `readtheroom recheck`.
        """
        each = post(draft, self._linter.reads)
        plan, result = self._judged(each, each, None)
        return self._remembered([(plan, result)])[0]

    def recheck_calendar(self, drafts: Iterable[Draft]) -> list[Checked]:
        """The same for posts that make a calendar, in their order: each by itself and beside the others, as
        `Linter.lint_calendar` judges them."""
        linter = self._linter
        plans = [linter.plan(post(draft, linter.reads, f"post {n}")) for n, draft in enumerate(drafts, 1)]
        found = linter.judge_calendar(each.entry for each in plans)
        return self._remembered([(each, linter.settle(each, found)) for each in plans])

    def may_go_out(self, draft: Draft, calendar: Iterable[Draft] | None = None) -> Leave:
        """Whether a post may be published now, whatever time it has. Raises as `Linter.lint` does.

        It may not while its verdict is `block` or `unknown`. A post that a hold has stopped, or would have stopped had
        anybody asked, may not either until a check that is newer than the end of the hold has passed: the end of a hold
        releases nothing by itself.

        It is judged beside the posts of `calendar`, those that are out and those to come, where that is given; the post
        itself may be among them. Without one, what its last check found beside others counts: by `recheck_calendar`, or
        `readtheroom recheck`.
        """
        each = post(draft, self._linter.reads)
        now = self._linter.desk(each).now
        due = each._replace(scheduled_at=now)
        _, result = self._judged(each, due, calendar)
        if result.verdict in UNSAFE:
            self._note_holds(each, result)
            return Leave(False, tuple(_reasons(result)), result)
        why = tuple(self._unreleased(each, due, self._linter.desk(due)))
        return Leave(not why, why, result)

    def _judged(self, each: Post, due: Post, calendar: Iterable[Draft] | None) -> tuple[Planned, PostResult]:
        """What a post is by itself when it is `due`, and beside the others; without a calendar, as far as is known."""
        plan = self._linter.plan(due)
        if calendar is not None:
            others = (self._linter.plan(other).entry for other in self._others(each, calendar))
            return plan, self._linter.settle(plan, self._linter.judge_calendar([plan.entry, *others]))
        if any(check.beside for check in self._last(each)):
            whole = plan.result
            verdict: Verdict = "block" if whole.verdict == "block" else "unknown"
            plan = plan._replace(result=whole._replace(verdict=verdict, skipped=(*whole.skipped, _ALONE)))
        return plan, self._linter.settle(plan, {})

    def _others(self, each: Post, calendar: Iterable[Draft]) -> Iterator[Post]:
        """The posts of a calendar, the post itself left out once."""
        met = False
        for number, draft in enumerate(calendar, 1):
            other = post(draft, self._linter.reads, f"post {number}")
            same = not met and other.id in {each.id, f"post {number}"} and other.scheduled_at == each.scheduled_at
            if same and content_hash(other) == content_hash(each):
                met = True
                continue
            yield other

    def _remembered(self, judged: Sequence[tuple[Planned, PostResult]]) -> list[Checked]:
        """What is to be said of posts, and kept in mind."""
        validity, done, checks = Validity(), [], []
        for plan, result in judged:
            desk = self._linter.desk(result.post)._replace(now=plan.now, holds=plan.holds)
            checks.append(check_of(result, desk, self._linter)._replace(beside=stopped_beside(plan, result)))
            done.append(Checked(result, validity.until(result.post, desk)))
        self._store.keep(kept(checks))
        return done

    def _note_holds(self, each: Post, result: PostResult) -> None:
        """Remember that a hold has stopped it."""
        desk = self._linter.desk(each)
        check = check_of(result._replace(post=each), desk, self._linter)
        if check.held:
            beside = any(last.beside for last in self._last(each))
            self._store.keep(kept([check._replace(beside=beside)]))

    def _unreleased(self, each: Post, due: Post, desk: Desk) -> Iterator[str]:
        """For each hold that has stopped it, and since which no check has passed, a sentence."""
        last = self._last(each)
        for check in last:
            if check.held:
                told = f"stopped by the hold “{'”, “'.join(check.held)}” when it was last checked, {when(check.at)}"
                yield f"{told}: have it rechecked"
        passed = (
            None if UNSAFE.intersection(check.verdict for check in last) else min((c.at for c in last), default=None)
        )
        for hold in (*desk.reading.room.holds, *desk.holds):
            ended = ended_at(hold, desk.now)
            if ended and (passed is None or passed < ended) and would_stop(hold, due, desk, self._linter):
                told = f"no check of it is known that passed since the hold “{hold.reason}” ended, {when(ended)}"
                yield f"{told}: have it rechecked"

    def _last(self, each: Post) -> list[Check]:
        """The last checks of this very content: of this post if it is known, else of each that has it.

        One that is given without its file may be that of a file: then whichever was checked last counts.
        """
        found = self._store.of_content(content_hash(each))
        own = [check for check in found if check.id == each.id]
        place = place_of(each)
        if place:
            return [check for check in own if check.place == place] or found
        filed = [check for check in own if check.place]
        given = [check for check in own if not check.place]
        newest = max((check.at for check in filed), default=None)
        return (filed if newest and all(check.at < newest for check in given) else given) or found


def check_of(result: PostResult, desk: Desk, linter: Linter) -> Check:
    """What is to be remembered of a verdict."""
    each = result.post
    held = tuple(dict.fromkeys(holds_in(result.findings, linter)))
    at, goes_at = desk.now.astimezone(UTC), each.scheduled_at.astimezone(UTC) if each.scheduled_at else None
    last = Check(place_of(each), each.id, content_hash(each), result.verdict, at, held, goes_at, each.path)
    return last._replace(approved=approved_by(desk))


def stopped_beside(plan: Planned, result: PostResult) -> bool:
    """Whether posts around it stop one that was planned, whatever else does; or did, and nobody could tell."""
    alone = [each for each in plan.result.findings if each.severity == "error"]
    return _ALONE in result.skipped or sum(each.severity == "error" for each in result.findings) > len(alone)


def approved_by(desk: Desk) -> tuple[str, ...]:
    """The names of those whose approval of a post counts, sorted."""
    return tuple(sorted({names[0] for names in desk.approvals.by})) if desk.approvals else ()


def kept(checks: Iterable[Check]) -> list[Check]:
    """Those that were made for no later than now: a look ahead is no check of what will be."""
    now = datetime.now(UTC)
    return [check for check in checks if check.at <= now]


def holds_in(findings: Iterable[Finding], linter: Linter) -> Iterator[str]:
    """The reasons of the holds for which findings stop a post."""
    rules = hold_rules(linter)
    stopping = (finding for finding in findings if finding.rule in rules and finding.severity == "error")
    return (each.title for finding in stopping for each in finding.evidence)


def hold_rules(linter: Linter) -> frozenset[str]:
    """The rules by which holds stop posts."""
    every = (*linter.policy.rules, *(setting.rule for setting in linter.policy.settings))
    return frozenset(rule.id for rule in every if stops_posts(rule))


def ended_at(hold: Hold, now: datetime) -> datetime | None:
    """When a hold that did stand was over; None if it never stood, or is not over."""
    if hold.end is None or hold.end > now:
        return None
    over = max(hold.end, hold.ended_at or hold.end)  # the one is to the second: it may be that of the start
    return over if over > hold.start else None


def would_stop(hold: Hold, each: Post, desk: Desk, linter: Linter) -> bool:
    """Whether a post would be stopped if a hold stood still."""
    standing = hold._replace(end=None, ended_at=None, ended_by="")
    result = desk.engine.judge(each, desk.engine.scene(Room()), desk.now, (standing,))
    rules = {unheld.RULE, *hold_rules(linter)}
    unsure = any(skip.rule in rules and skip.required for skip in result.skipped)
    return unsure or any(holds_in(result.findings, linter))


def _reasons(result: PostResult) -> Iterator[str]:
    yield from (finding.message for finding in result.findings if finding.severity == "error")
    yield from dict.fromkeys(f"not checked: {skip.reason}" for skip in result.skipped if skip.required)
