"""Approvals are written down: a file each, beside the config, so that git keeps them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from readtheroom.api.approvals import SUFFIX, ApprovalFolder
from readtheroom.api.pictures import contents
from readtheroom.api.put import put_new
from readtheroom.errors import UsageError
from readtheroom.model import Approval, Post
from readtheroom.policy.approval_file import compose
from readtheroom.policy.hold_schema import NAME_LIMIT
from readtheroom.policy.published import digest, parts, published
from readtheroom.policy.register import Register
from readtheroom.policy.suggest import did_you_mean
from readtheroom.policy.times import duration, last_moment
from readtheroom.policy.values import Policy
from readtheroom.text.normalise import fold

_DURATION = re.compile(r"[1-9][0-9]{0,3}[mhdw]")

LONGEST_NAME = 40
"""Characters of a draft's name, and of a person's, in the name of a record."""


def approve(
    policy: Policy,
    folder: ApprovalFolder,
    post: Post,
    by: str,
    until: datetime | None,
    now: datetime,
    *,
    keep: bool = True,
) -> Approval:
    """Write a record, if it is to be kept; nothing is overwritten. See `Linter.approve`."""
    if keep and folder.path is None:
        raise UsageError("no readtheroom.yaml here or above, and approvals are kept beside one: run `readtheroom init`")
    name, now = _name(by), now.astimezone(UTC).replace(microsecond=0)
    _check(policy, post, name, until, now)
    whole = published(post, contents(post, policy.config.folder or "."))
    path, known_as = folder.place(post)
    made = Approval(name, now, until and until.astimezone(UTC), digest(whole), parts(whole), known_as, path)
    if not keep or folder.path is None:
        return made
    same = (each for each in _here(folder) if _says_the_same(each, made))
    return next(same, None) or _write(folder.path, made)


def until_of(written: str, now: datetime, zone: str) -> datetime:
    """Until when: a time, a last day, or how long: `4h`, `2d`. Raises `UsageError`."""
    try:
        if _DURATION.fullmatch(written.strip()):
            return (now + duration(written.strip())).replace(microsecond=0)
        return last_moment(written, zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--until: {error}") from None


def _name(written: str) -> str:
    name = " ".join(written.split())
    if not name or len(name) > NAME_LIMIT or not name.isprintable():
        raise UsageError(f"whoever approves needs a name of 1 to {NAME_LIMIT} letters that can be shown")
    return name


def _check(policy: Policy, post: Post, name: str, until: datetime | None, now: datetime) -> None:
    """Raises `UsageError` for an approval that could not count."""
    if until and until.tzinfo is None:
        raise UsageError("`until` needs a time zone: write datetime(…, tzinfo=UTC)")
    if until and until <= now:
        raise UsageError(f"an approval until {until:%Y-%m-%d %H:%M} would be over already")
    account = Register(policy.accounts).find(post.account, post.platforms) if post.account else None
    if account and account.approvers and _plain(name) not in map(_plain, account.approvers):
        guess = did_you_mean(name, account.approvers)
        raise UsageError(f"{name!r} may not approve for {account.name}{guess}")


def _plain(name: str) -> str:
    return fold(name.strip().lstrip("@＠"))


def _here(folder: ApprovalFolder) -> tuple[Approval, ...]:
    """The records that can be read; what is wrong with others is told where posts are judged."""
    return folder.read()[0]


def _says_the_same(one: Approval, other: Approval) -> bool:
    """Whether it approves the same of the same post for as long; when, it need not say."""
    return one._replace(at=other.at, file="") == other


def _write(folder: str, approval: Approval) -> Approval:
    body = compose(approval).encode()
    os.makedirs(folder, exist_ok=True)
    taken = {name.casefold() for name in os.listdir(folder)}
    for name in _names(approval):
        path = os.path.join(folder, name)
        if name.casefold() not in taken and put_new(path, body):
            return approval._replace(file=path)
    raise UsageError(f"{folder}: too many approvals are called like this one: remove those of posts that are out")


def _names(approval: Approval) -> Iterator[str]:
    """`spring-sale-ada-1f2e3d4c.json`: the draft, who, and the beginning of the hash."""
    stem = os.path.splitext(os.path.basename(approval.path))[0] or approval.post
    words = [_slug(stem), _slug(approval.by), approval.hash[:8]]
    first = "-".join(filter(None, words))
    yield first + SUFFIX
    yield from (f"{first}-{number}{SUFFIX}" for number in range(2, 1000))


def _slug(written: str) -> str:
    return re.sub(r"[\W_]+", "-", fold(written))[:LONGEST_NAME].strip("-")
