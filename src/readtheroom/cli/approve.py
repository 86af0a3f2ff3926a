"""`readtheroom approve`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, datetime

from readtheroom.api.approve import until_of
from readtheroom.api.linter import Linter
from readtheroom.api.looking import Looking
from readtheroom.errors import UsageError
from readtheroom.model import Approval, Post
from readtheroom.policy.approval_line import line
from readtheroom.policy.discovery import find_config
from readtheroom.policy.hold_text import quoted
from readtheroom.policy.suggest import listed
from readtheroom.readers._file import PathFile
from readtheroom.reporters._terminal import visible
from readtheroom.reporters._words import when


def configure(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    add = parser.add_argument
    add("path", metavar="FILE", help="the draft")
    add("--as", metavar="NAME", required=True, dest="by", help="who approves, as the accounts file has it")
    add("--until", metavar="TIME", help="how long it counts: a time, a last day, or 4h, 2d (default: for good)")
    add("--post", metavar="ID", action="append", default=[], help="of a file with several posts: which of them")
    add("--all", action="store_true", help="of a file with several posts: all of them")
    add("--print", action="store_true", help="write no record, and print what to put into the draft")
    add("--config", metavar="FILE", help="policy to use (default: found upward from the draft)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write a record for each post; returns the exit code."""
    now = datetime.now(UTC)
    config = args.config or find_config(os.path.dirname(args.path))
    linter = Linter.from_path(config, how=Looking(offline=True), now=now)
    until = until_of(args.until, now, linter.policy.config.drafts.timezone) if args.until else None
    posts = _chosen(list(linter.read(PathFile(args.path))), args.post, everything=args.all)
    for post in posts:
        made = linter.approve(post, args.by, until, keep=not args.print)
        if args.print:
            print(f"# {visible(post.id)}\napproved_by: [{quoted(line(made))}]")
        else:
            _tell(made, post, now)
    proofs = linter.policy.config.approvals.proofs
    wanted, what = ("draft", "approvals in drafts") if args.print else ("records", "records")
    if wanted not in proofs:
        print(f"note: policy takes no {what} here (approvals: {{from: [{', '.join(proofs)}]}})")
    return 0


def _chosen(posts: Sequence[Post], named: Sequence[str], *, everything: bool) -> Sequence[Post]:
    ids = [post.id for post in posts]
    for name in named:
        if name not in ids:
            raise UsageError(f"no post here is called {name[:60]!r}; there are {listed(ids)}")
    if not named and not everything and len(posts) > 1:
        raise UsageError(
            f"{len(posts)} posts are in it: name those to approve with --post ({listed(ids)}), or say --all"
        )
    return [post for post in posts if not named or post.id in named]


def _tell(approval: Approval, post: Post, now: datetime) -> None:
    new = approval.at == now.replace(microsecond=0)
    until = f", until {when(approval.until)}" if approval.until else ""
    print(f"{'written' if new else 'approved already'}  {visible(approval.file)}")
    print(f"  {visible(approval.by)} approves {visible(post.id)} as it is{until}")
