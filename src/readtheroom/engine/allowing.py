"""Which findings somebody accepts, and which acknowledgements do not count.

An acknowledgement is made for a reason: one that names nothing grave does not cover a trend that has turned grave
since, nor one that names a fire a shooting.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import NamedTuple

from readtheroom.findings import Finding, Refusal
from readtheroom.kinds._labels import any_is
from readtheroom.model import Allow, Post
from readtheroom.policy.values import AllowLimit
from readtheroom.text.normalise import fold


class Allowed(NamedTuple):
    """Findings that stand, findings that somebody accepts, and the indexes of `post.allow` that accept nothing."""

    standing: list[Finding]
    accepted: list[Finding]
    unused: dict[int, Refusal]


def allowed(
    found: Sequence[Finding],
    post: Post,
    moment: datetime,
    limits: Sequence[AllowLimit] = (),
    now: datetime | None = None,
) -> Allowed:
    """What comes of a post's acknowledgements at the moment at which it goes out; `limits` are looked at `now`."""
    if not post.allow:
        return Allowed(list(found), [], {})
    refused = {n: why for n, allow in enumerate(post.allow) if (why := _refused(allow, limits, now or moment))}
    counting = {n: a for n, a in enumerate(post.allow) if n not in refused and holds(a, moment)}
    result = Allowed([], [], {n: refused.get(n, Refusal()) for n in range(len(post.allow))})
    for each in found:
        own = [n for n, allow in counting.items() if allow.rule == each.rule]
        at = next((n for n in own if covers(post.allow[n], each)), None)
        if at is not None:
            result.unused.pop(at, None)
            result.accepted.append(each._replace(allowed=post.allow[at]))
            continue
        result.standing.append(each)
        for n in own:
            if n in result.unused:
                result.unused[n] = Refusal("other-reason", ", ".join(each.grave))
    return result


def holds(allow: Allow, moment: datetime) -> bool:
    """Whether an acknowledgement counts: it has a reason, and the post goes out before it ends."""
    return bool(allow.reason.strip()) and (allow.until is None or moment <= allow.until)


def covers(allow: Allow, found: Finding) -> bool:
    """Whether it names all that is grave about a finding."""
    return all(any_is([label], allow.covers) for label in found.grave)


def _refused(allow: Allow, limits: Sequence[AllowLimit], now: datetime) -> Refusal | None:
    """What policy has against an acknowledgement."""
    for limit in limits:
        if limit.rules and not any(fnmatchcase(allow.rule, each) for each in limit.rules):
            continue
        if limit.by and _plain(allow.by) not in map(_plain, limit.by):
            return Refusal("not-by", ", ".join(limit.by))
        if limit.longest:
            days = f"{limit.longest // timedelta(hours=1)} hours" if limit.longest.days < 2 else _days(limit.longest)
            if allow.until is None:
                return Refusal("no-end", days)
            if _start(allow.until) - now > limit.longest:
                return Refusal("too-long", days)
    return None


def _start(until: datetime) -> datetime:
    """Of its day, where an end is the end of a day."""
    is_day = (until.hour, until.minute, until.second) == (23, 59, 59)
    return until.replace(hour=0, minute=0, second=0) if is_day else until


def _days(length: timedelta) -> str:
    return f"{length.days} days"


def _plain(name: str) -> str:
    return fold(name.strip().lstrip("@＠"))
