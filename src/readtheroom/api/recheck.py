"""What is still to go out, judged once more, and what has changed since it was judged last."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Literal, NamedTuple, TypeAlias, get_args

from readtheroom.api.calendar import Found, Planned, judged
from readtheroom.api.check_store import Check, CheckStore
from readtheroom.api.checks import UNSAFE, check_of, kept, stopped_beside
from readtheroom.api.content import content_hash, place_of
from readtheroom.api.desk import Desk
from readtheroom.api.drafts import Draft
from readtheroom.api.linter import Linter
from readtheroom.api.run import Run
from readtheroom.api.tally import Tally
from readtheroom.api.validity import Validity
from readtheroom.engine.calendar import Entry
from readtheroom.errors import DraftError, Fault
from readtheroom.findings import PostResult, Skip, Summary, Verdict
from readtheroom.model import Post
from readtheroom.slots import LONGEST, OVERDUE

Change: TypeAlias = Literal["unsafe", "expired", "void", "safe", "new", "gone"]
"""What may have become of a post: it could go out and no longer can, or the other way round; an approval of it has run
out (`expired`), or counts no longer for another reason (`void`): other words, other hands; it is there for the first
time, or no longer."""

Key: TypeAlias = tuple[str, str, str]
"""A post's place, id and hash."""


class Rechecked(NamedTuple):
    """A post that is still to go out. `before`: the verdict of its last check; None: there was none.

    `changes`: the gravest first; `lapsed`: who had approved it when it was checked last, and no longer counts.
    """

    result: PostResult
    hash: str
    valid_until: datetime
    changes: tuple[Change, ...]
    before: Verdict | None
    lapsed: tuple[str, ...] = ()


class Round(NamedTuple):
    """All that came of one recheck. `past`: posts whose time has come; `broken`: faults of files that were not judged.

    `checks` are to be kept, and those that others replace to be `dropped`, once all is told: what was not told is told
    again then. `holds`: one for each hold that lacks something.
    """

    posts: tuple[Rechecked, ...]
    gone: tuple[Check, ...]
    past: int
    summary: Summary
    broken: tuple[Fault, ...]
    checks: tuple[Check, ...]
    dropped: tuple[Check, ...]
    holds: tuple[PostResult, ...] = ()


def recheck(run: Run, paths: Sequence[str], drafts: Sequence[Draft], store: CheckStore) -> Round:
    """Judge what is still to go out of some drafts, found at `paths`, by a run that is prepared.

    Each post is judged by itself and beside the others, those of the month before among them. A file that cannot be
    read costs nobody else a check: its posts stay as they were. Raises `FaultsError` for what is wrong with policies
    and rooms.
    """
    queue = _Queue(run, drafts)
    here = (each for each in store.every() if each.place and queue.had(each, paths))
    known = {(each.place, each.id, each.hash): each for each in here}
    matched = _match(list(queue.keys), known)
    judged = list(_judged(run, queue, matched))
    there = {(check.place, check.id, check.hash) for check in matched.values()}
    gone = [each for key, each in known.items() if key not in there and not each.gone]
    now = run.now
    lost = [each for each in gone if each.goes_at is None or each.goes_at > now]
    run.audited()
    tally = Tally()
    for each, _ in judged:
        tally.add(each.result)
    moved = (check._replace(place=key[0], id=key[1]) for key, check in matched.items() if key in queue.past)
    checks = [*(each._replace(gone=True) for each in gone), *moved, *kept(check for _, check in judged)]
    posts = tuple(each for each, _ in judged)
    summary = tally.summary(len(run.rules))._replace(proposals=run.proposals())
    replaced = tuple(check for key, check in matched.items() if key != (check.place, check.id, check.hash))
    faults, holds = tuple(queue.faults), tuple(run.lint_holds())
    return Round(posts, tuple(lost), len(queue.past), summary, faults, tuple(checks), replaced, holds)


class _Queue:
    """The posts of all files that can be read, read twice: to know them again, and to judge them."""

    def __init__(self, run: Run, drafts: Sequence[Draft]) -> None:
        self.faults: dict[Fault, None] = {}
        self.past: set[Key] = set()
        """Those whose time has come."""
        self._run = run
        self._now = run.now
        self._broken: dict[str, str] = {}
        """By its place: a file as it was named."""
        self._drafts = drafts
        self._places = {os.path.abspath(draft.file.path) for draft in drafts}
        self.keys = [self._key(post) for _, post in self.posts()]

    @property
    def gap(self) -> Skip | None:
        """What a calendar does not know, as long as a file cannot be read."""
        names = ", ".join(sorted(self._broken.values()))
        return (
            Skip("calendar", f"posts were not judged beside those of {names}, which cannot be read") if names else None
        )

    def had(self, check: Check, paths: Sequence[str]) -> bool:
        """Whether a post that is not there would have to be: its file was read, or would be by these paths."""
        if check.place in self._broken:
            return False
        return check.place in self._places or any(_leads_to(path, check.place) for path in paths)

    def posts(self) -> Iterator[tuple[Linter, Post]]:
        """All of them, those that are out too."""
        for draft in self._drafts:
            place = os.path.abspath(draft.file.path)
            linter = self._run.linter(draft.file.path)
            try:
                if place not in self._broken:
                    yield from [(linter, post) for post in linter.read(draft.file, draft.reader)]
            except DraftError as error:
                self._broken[place] = draft.file.path
                self.faults.update(dict.fromkeys(error.faults))

    def is_out(self, post: Post) -> bool:
        """Whether its time has come. One that is a little late may not be out, and is judged as if it went out now."""
        return post.scheduled_at is not None and post.scheduled_at < self._now - OVERDUE

    def is_forgotten(self, post: Post) -> bool:
        """Whether it is out for so long that it is no neighbour of any other."""
        return post.scheduled_at is not None and post.scheduled_at <= self._now - LONGEST

    def _key(self, post: Post) -> Key:
        key = key_of(post)
        if self.is_out(post):
            self.past.add(key)
        return key


def key_of(post: Post) -> Key:
    """By what a post is known again."""
    return place_of(post), post.id, content_hash(post)


def _leads_to(path: str, place: str) -> bool:
    absolute = os.path.abspath(path)
    return place.startswith(os.path.join(absolute, "")) or fnmatchcase(place, absolute)


def _match(keys: Sequence[Key], known: Mapping[Key, Check]) -> dict[Key, Check]:
    """The last check of each post: of itself, else of the same content elsewhere, else of what it said before."""
    found = {key: known[key] for key in keys if key in known}
    left = {key: check for key, check in known.items() if key not in found}
    for same in (_content, _name):
        by: dict[tuple[str, ...], list[Key]] = {}
        for key in left:
            by.setdefault(same(key), []).append(key)
        for key in keys:
            if key not in found and by.get(same(key)):
                found[key] = left.pop(by[same(key)].pop(0))
    return found


def _content(key: Key) -> tuple[str, ...]:
    return key[2:]


def _name(key: Key) -> tuple[str, ...]:
    return key[:2]


def _judged(run: Run, queue: _Queue, matched: Mapping[Key, Check]) -> Iterator[tuple[Rechecked, Check]]:
    validity = Validity()
    planned = [(linter, linter.plan(post)) for linter, post in queue.posts() if not queue.is_forgotten(post)]
    found, gap = _beside(planned), queue.gap
    for linter, plan in planned:
        post = plan.result.post
        if queue.is_out(post):
            continue
        result = run.settle(linter, plan, found.get(linter, {}))
        if gap and plan.entry:
            result = result._replace(skipped=(*result.skipped, gap))
        desk = linter.desk(post)._replace(now=plan.now, holds=plan.holds)
        check = check_of(result, desk, linter)._replace(beside=stopped_beside(plan, result))
        last = matched.get((check.place, check.id, check.hash))
        if last and desk.approvals and desk.approvals.gap:
            check = check._replace(approved=last.approved)
        if gap and last and last.beside:  # by posts, it may be, of a file that cannot be read now
            check = check._replace(verdict=check.verdict if check.verdict in UNSAFE else last.verdict, beside=True)
        yield _compared(desk, result, last, check, validity), check


def _compared(desk: Desk, result: PostResult, last: Check | None, check: Check, validity: Validity) -> Rechecked:
    """What has become of a post since its last check."""
    known = last if last and not last.gone else None
    lapsed = tuple(name for name in known.approved if name not in check.approved) if known else ()
    before = known.verdict if known else None
    found = (change(before, check.verdict), *_of_approvals(lapsed, desk))
    changes = tuple(each for each in get_args(Change) if each in found)
    return Rechecked(result, check.hash, validity.until(result.post, desk), changes, before, lapsed)


def _of_approvals(lapsed: Iterable[str], desk: Desk) -> Iterator[Change]:
    """What has become of the approvals by some people that count no longer."""
    expired = {each.approval.by for each in desk.approvals.lapsed if not each.changed} if desk.approvals else set()
    for name in lapsed:
        yield "expired" if name in expired else "void"


def _beside(planned: Iterable[tuple[Linter, Planned]]) -> dict[Linter, Found]:
    """What is to be said of posts beside each other, by their linters."""
    entries: dict[Linter, list[Entry]] = {}
    for linter, plan in planned:
        if plan.entry:
            entries.setdefault(linter, []).append(plan.entry)
    return judged(entries)


def change(before: Verdict | None, now: Verdict) -> Change | None:
    """What has become of a post that is there."""
    if before is None:
        return "new"
    if (before in UNSAFE) == (now in UNSAFE):
        return None
    return "unsafe" if now in UNSAFE else "safe"
