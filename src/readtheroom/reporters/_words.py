"""What the outputs for people say in the same words. English, whatever the locale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from readtheroom.findings import Evidence, Skip, Summary
from readtheroom.model import Gap
from readtheroom.reporters._terminal import clipped, visible

MAX_TITLE = 200
"""Code points shown of a headline; news agencies keep theirs under 100, hostile feeds do not."""

MAX_MESSAGE = 500
"""Code points shown of a message (which may hold a piece of the draft), of advice, of a link."""

MAX_UNCHECKED = 20_000
"""Code points shown of why something was not checked: all sources that are silent, each with its reason."""

MAX_HEADLINES = 3
"""Headlines shown for one finding; the machine formats have them all."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def utc(time: datetime) -> datetime:
    """The same moment in UTC; at the very ends of the calendar, where there is none, `time` itself."""
    try:
        return time.astimezone(UTC)
    except OverflowError:
        return time


def when(time: datetime) -> str:
    """`20 Jul 2012 09:00 UTC`."""
    at = utc(time)
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year} {at.hour:02}:{at.minute:02} {at.tzname()}"


def headline(evidence: Evidence) -> str:
    """`"12 dead in …", Example News, 20 Jul 2012 09:00 UTC`, as far as known; words of a rule stand without quotes."""
    title = clipped(evidence.title, MAX_TITLE)
    parts = [f'"{title}"' if any(evidence[1:]) else title]
    if evidence.source:
        parts.append(clipped(evidence.source, MAX_TITLE))
    if evidence.published_at:
        parts.append(when(evidence.published_at))
    elif evidence.observed_at:
        parts.append(f"seen {when(evidence.observed_at)}")
    return ", ".join(parts)


def headlines(evidence: tuple[Evidence, ...]) -> Iterator[str]:
    """The first few headlines, each followed by its link, and how many are left."""
    for one in evidence[:MAX_HEADLINES]:
        yield headline(one)
        if one.url:
            yield "  " + clipped(one.url, MAX_MESSAGE)
    if len(evidence) > MAX_HEADLINES:
        yield f"and {len(evidence) - MAX_HEADLINES} more"


def counted(count: int, noun: str) -> str:
    """`1 rule`, `42 rules`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def verdicts(summary: Summary, allowed: int) -> str:
    """`1 blocked, 0 warned, 3 passed – 42 rules on 4 posts`."""
    parts = [f"{summary.block} blocked", f"{summary.warn} warned", f"{summary.passed} passed"]
    if summary.unknown:
        parts.append(f"{summary.unknown} unknown")
    ran = f"{counted(summary.rules, 'rule')} on {counted(summary.posts, 'post')}"
    return f"{', '.join(parts)} – {ran}" + (f"; {counted(allowed, 'finding')} allowed" if allowed else "")


def not_checked(rules: Iterable[str], reason: str, posts: int) -> str:
    """`not checked: trending-hashtag: no room was given (4 posts)`."""
    named = ", ".join(map(visible, rules))
    return f"not checked: {named}: {clipped(reason, MAX_UNCHECKED)} ({counted(posts, 'post')})"


def all_notes(notes: Iterable[tuple[Gap, int]]) -> Iterator[str]:
    """`note: usgs: timeout; an answer of 2026-03-01 07:00 UTC is used, 3 h 5 min old (4 posts)`."""
    return (f"note: {clipped(str(note), MAX_MESSAGE)} ({counted(posts, 'post')})" for note, posts in notes)


def all_not_checked(skips: Iterable[tuple[Skip, int]]) -> Iterator[str]:
    """A line for each reason, with all the rules that it kept from running."""
    by_reason: dict[tuple[str, int], list[str]] = {}
    for skip, posts in skips:
        by_reason.setdefault((skip.reason, posts), []).append(skip.rule)
    return (not_checked(rules, reason, posts) for (reason, posts), rules in by_reason.items())
