"""`readtheroom recheck`: the queue, judged again and again until each post is out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from readtheroom.api.check_store import CheckStore, Message
from readtheroom.api.drafts import Drafts, gather, parse_time
from readtheroom.api.looking import Looking
from readtheroom.api.recheck import Round, recheck
from readtheroom.api.run import Run
from readtheroom.cli import _holds, _rechecks
from readtheroom.errors import UsageError
from readtheroom.findings import SEVERITIES
from readtheroom.policy.folders import cache_folder
from readtheroom.reporters._terminal import visible

if TYPE_CHECKING:
    from readtheroom.api.outbox import Receiver

FOUND, CANNOT, INCOMPLETE = 1, 2, 3


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    add = parser.add_argument
    add("paths", nargs="+", metavar="PATH", help="files, folders or globs of scheduled posts")
    add("--config", metavar="FILE", help="policy to use (default: readtheroom.yaml found upward from each draft)")
    add("--room", metavar="FILE", action="append", default=[], help="a snapshot of the room instead of live sources")
    add("--offline", action="store_true", help="ask nobody: only files, and what is kept of earlier answers")
    add("--require-room", action="store_true", help="a post whose room could not be looked up is unknown (exit 3)")
    add("--at", metavar="TIME", help="take this for now; nothing is remembered of a time to come")
    add("--format", choices=["text", "json"], default="text", help="default: text")
    add("--fail-on", metavar="SEVERITY", choices=[*SEVERITIES, "never"], help="exit 1 from here on (default: error)")
    add("--quiet", "-q", action="store_true", help="print only what has become unsafe and what was not checked")
    add("--watch", action="store_true", help="go on until SIGINT or SIGTERM, and print only what changes")
    add("--interval", metavar="TIME", help="how often: 30s, 5m, 2h (default: 5m)")
    add("--exec", metavar="COMMAND", action="append", default=[], help="run this for each change: JSON on its stdin")
    add("--webhook", metavar="URL", action="append", default=[], help="post each change there, signed, as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Recheck; returns the exit code, as of `lint`."""
    receivers = _receivers(args)
    if not args.watch and args.interval:
        raise UsageError("--interval is for --watch")
    if args.watch and args.at:
        raise UsageError("--watch goes on from now: leave out --at")
    store = CheckStore(cache_folder())
    try:
        if args.watch:
            return _watch(args, store, receivers)
        run, done, notes = _once(args, store)
        _print(done, run.now, notes, args)
        if not args.quiet:
            _tell(list(_holds.proposals(done.summary.proposals, "readtheroom: ")))
        _tell([*map(str, done.broken), *_keep(args, store, run, done, receivers)])
        _deliver(store, receivers)
    finally:
        store.close()
    return _code(done, run)


def _once(args: argparse.Namespace, store: CheckStore) -> tuple[Run, Round, list[str]]:
    """One recheck, by policy and room as they are now, and what is to be said of the store."""
    at = parse_time(args.at) if args.at else None
    run = Run(args.config, args.room, at, args.fail_on, Looking(args.offline, args.require_room, ahead=True))
    drafts = _drafts(args, run)
    run.prepare(drafts.drafts)
    done = recheck(run, args.paths, drafts.drafts, store)
    ahead = at is not None and at > datetime.now(UTC)
    notes = ["--at is still to come: nothing is remembered of this check"] if ahead else []
    return run, done, [*notes, *_notes(store)]


def _keep(
    args: argparse.Namespace, store: CheckStore, run: Run, done: Round, receivers: Sequence[Receiver]
) -> list[str]:
    """Remember what was found, and what is to be told of it; what went wrong with that."""
    if args.at and run.now > datetime.now(UTC):
        return []
    before = len(store.notes)
    bodies = [json.dumps(each) for each in _rechecks.messages(done, run.now)] if receivers else []
    messages = [Message(receiver.key, body) for receiver in receivers for body in bodies]
    store.keep(done.checks, done.dropped, messages)
    return [f"readtheroom: {note}" for note in _notes(store)[before:]]


def _watch(args: argparse.Namespace, store: CheckStore, receivers: Sequence[Receiver]) -> int:
    from readtheroom.cli import _watch as watching  # noqa: PLC0415  slow to import, and only --watch needs it

    def once() -> tuple[Round, list[str]]:
        run, done, notes = _once(args, store)
        told = list(_rechecks.news(done, quiet=args.quiet))
        if args.format == "json":
            print(json.dumps(_rechecks.as_json(done, run.now, notes)), flush=True)
        elif told:
            print("\n".join(told), flush=True)
        problems = _keep(args, store, run, done, receivers)
        skips = (f"not checked: {skip.rule}: {skip.reason}" for skip, _ in done.summary.skips)
        told_of = (f"note: {note}" for note, _ in done.summary.notes)
        wanting = () if args.quiet else (*_rechecks.incomplete(done), *_holds.proposals(done.summary.proposals))
        return done, [*notes, *problems, *run.audited(), *skips, *told_of, *wanting]

    watching.watch(once, watching.interval(args.interval or "5m"), store, receivers)
    return 0


def _receivers(args: argparse.Namespace) -> list[Receiver]:
    if not args.exec and not args.webhook:
        return []
    from readtheroom.api.outbox import Command, Webhook  # noqa: PLC0415  slow to import, and few want it

    return [*map(Command, args.exec), *map(Webhook, args.webhook)]


def _deliver(store: CheckStore, receivers: Sequence[Receiver]) -> None:
    """What cannot be delivered now waits for the next recheck."""
    for receiver in receivers:
        _tell([f"readtheroom: {line} by the next recheck" for line in _undelivered(store, receiver)])


def _undelivered(store: CheckStore, receiver: Receiver) -> list[str]:
    """What is to be said of messages that were let go, and of the first that a receiver did not take."""
    from readtheroom.api.outbox import deliver  # noqa: PLC0415  as above

    said: list[str] = []
    deliver(store, receiver, said.append, lambda: bool(said))
    return said


def _tell(lines: Sequence[str]) -> None:
    for line in lines:
        print(visible(line), file=sys.stderr)


def _drafts(args: argparse.Namespace, run: Run) -> Drafts:
    if "-" in args.paths:
        raise UsageError("standard input cannot be rechecked: name files or folders")
    found = gather(args.paths, no_draft=run.keeps, is_hold=run.is_hold)
    for path in found.ignored:
        print(f"readtheroom: {visible(path)} is left out by .readtheroomignore", file=sys.stderr)
    return found


def _notes(store: CheckStore) -> list[str]:
    return [f"the store of checks {note}" for note in store.notes]


def _print(done: Round, now: datetime, notes: list[str], args: argparse.Namespace) -> None:
    if args.format == "json":
        print(json.dumps(_rechecks.as_json(done, now, notes), indent=2))
    else:
        for line in _rechecks.lines(done, notes, quiet=args.quiet):
            print(line)
    sys.stdout.flush()


def _code(done: Round, run: Run) -> int:
    faults = run.audited()
    for fault in faults:
        print(f"readtheroom: {visible(fault)}", file=sys.stderr)
    if done.broken or faults:
        return CANNOT
    if run.failed:
        return FOUND
    return INCOMPLETE if done.summary.unknown else 0
