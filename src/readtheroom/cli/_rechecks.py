"""How `recheck` tells what has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import uuid4

from readtheroom.api.check_store import Check
from readtheroom.api.recheck import Change, Rechecked, Round
from readtheroom.model import Json
from readtheroom.reporters import _plain
from readtheroom.reporters._terminal import clipped, visible
from readtheroom.reporters._words import MAX_MESSAGE, all_not_checked, all_notes, counted, verdicts, when

VERSION = 1
"""Of the JSON output. Keys may be added within a version."""

WORDS: dict[Change, str] = {
    "unsafe": "newly unsafe",
    "expired": "expired approval",
    "void": "void approval",
    "safe": "safe again",
    "new": "new",
    "gone": "gone",
}


def lines(done: Round, notes: Sequence[str], *, quiet: bool) -> Iterator[str]:
    """For people: what has changed, and the sum of it."""
    yield from news(done, quiet=quiet)
    if not quiet:
        yield from incomplete(done)
        yield _sum(done)
        yield verdicts(done.summary, sum(len(each.result.suppressed) for each in done.posts))
    yield from all_not_checked(done.summary.skips)
    yield from () if quiet else all_notes(done.summary.notes)
    yield from map(visible, notes)


def news(done: Round, *, quiet: bool) -> Iterator[str]:
    """What has become unsafe first; posts that are new and pass are left out."""
    order = list(WORDS)
    changed = [each for each in done.posts if each.changes and ("unsafe" in each.changes or not quiet)]
    for each in sorted(changed, key=lambda each: order.index(each.changes[0])):
        if each.changes != ("new",) or each.result.verdict != "pass":
            yield from _told(each)
    if not quiet:
        yield from (f"{WORDS['gone']:<12}  {visible(_name(check))}" for check in done.gone)


def incomplete(done: Round) -> Iterator[str]:
    """Holds that lack something, a line for each thing."""
    for each in done.holds:
        for finding in each.findings:
            told = f"{finding.severity}  {visible(finding.rule)}  {clipped(finding.message, MAX_MESSAGE)}"
            yield f"{visible(each.post.path)}  {told}"


def messages(done: Round, now: datetime) -> Iterator[dict[str, Json]]:
    """One for each change, for commands and webhooks. `id` tells one that comes twice."""
    at = _plain.time(now)
    for each in done.posts:
        for change in each.changes:
            yield {"version": VERSION, "id": uuid4().hex, "at": at, "change": change, "post": _post(each)}
    for check in done.gone:
        post: Json = {"id": check.id, "path": check.path, "hash": check.hash, "before": check.verdict}
        yield {"version": VERSION, "id": uuid4().hex, "at": at, "change": "gone", "post": post}


def as_json(done: Round, now: datetime, notes: Sequence[str]) -> Json:
    """For programs: every post that is to go out, with its verdict, until when that holds, and what has changed."""
    counts = _counts(done)
    total = _plain.summary(done.summary, statistics=False)
    summary = {**total, **counts, "past": done.past} if isinstance(total, dict) else total
    return {
        "version": VERSION,
        "at": _plain.time(now),
        "posts": [_post(each) for each in done.posts],
        "holds": [_plain.post(each, labels=False) for each in done.holds],
        "proposals": [_plain.proposal(each) for each in done.summary.proposals],
        "gone": [{"id": check.id, "path": check.path, "before": check.verdict} for check in done.gone],
        "notes": list(notes),
        "not_read": [str(fault) for fault in done.broken],
        "summary": summary,
    }


def _post(each: Rechecked) -> Json:
    plain = _plain.post(each.result, labels=False)
    own: dict[str, Json] = {
        "hash": each.hash,
        "scheduled_at": _plain.time(each.result.post.scheduled_at),
        "valid_until": _plain.time(each.valid_until),
        "changes": [*each.changes],
        "before": each.before,
        "lapsed": [*each.lapsed],
    }
    return {**plain, **own} if isinstance(plain, dict) else own


def _told(each: Rechecked) -> Iterator[str]:
    post = each.result.post
    goes = f"goes out {when(post.scheduled_at)}" if post.scheduled_at else "has no time"
    place = f"{visible(post.path)}:{post.line}"
    named = "" if post.id in {post.path, place} else f"  {clipped(post.id, 100)}"
    words = ", ".join(WORDS[change] for change in each.changes)
    yield f"{words:<12}  {place}{named}  {each.result.verdict}, {goes}; holds until {when(each.valid_until)}"
    if each.lapsed:
        yield f"  no longer approved by {clipped(', '.join(each.lapsed), MAX_MESSAGE)}"
    for finding in each.result.findings:
        if finding.severity != "info":
            yield f"  {finding.severity}  {visible(finding.rule)}  {clipped(finding.message, MAX_MESSAGE)}"


def _name(check: Check) -> str:
    return check.id if check.path in check.id else f"{check.path}  {check.id}"


def _counts(done: Round) -> dict[str, Json]:
    counts = Counter(change for each in done.posts for change in each.changes)
    told: dict[str, Json] = {change: counts[change] for change in WORDS}
    return {**told, "gone": len(done.gone)}


def _sum(done: Round) -> str:
    counts = _counts(done)
    always = ("unsafe", "safe", "new", "gone")
    told = ", ".join(f"{counts[change]} {word}" for change, word in WORDS.items() if counts[change] or change in always)
    return f"{told} – {counted(len(done.posts), 'post')} still to go out, {done.past} past"
