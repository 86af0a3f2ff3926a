"""`readtheroom recheck`: the queue, judged again and again until each post is out."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from readtheroom.api.check_store import CheckStore
from readtheroom.api.drafts import Drafts, gather, parse_time
from readtheroom.api.looking import Looking
from readtheroom.api.recheck import Round, recheck
from readtheroom.api.run import Run
from readtheroom.cli import _rechecks
from readtheroom.errors import UsageError
from readtheroom.findings import SEVERITIES
from readtheroom.policy.folders import cache_folder
from readtheroom.reporters._terminal import visible

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
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Recheck; returns the exit code, as of `lint`."""
    at = parse_time(args.at) if args.at else None
    run = Run(args.config, args.room, at, args.fail_on, Looking(args.offline, args.require_room))
    drafts = _drafts(args, run)
    run.prepare(drafts.drafts)
    store = CheckStore(cache_folder())
    try:
        done = recheck(run, args.paths, drafts.drafts, store)
        notes = _notes(store, at)
        _print(done, run.now, notes, args)
        store.keep(done.checks, done.dropped)
        for note in _notes(store, at)[len(notes) :]:
            print(f"readtheroom: {note}", file=sys.stderr)
    finally:
        store.close()
    return _code(done, run)


def _drafts(args: argparse.Namespace, run: Run) -> Drafts:
    if "-" in args.paths:
        raise UsageError("standard input cannot be rechecked: name files or folders")
    found = gather(args.paths, no_draft=run.keeps, is_hold=run.is_hold)
    for path in found.ignored:
        print(f"readtheroom: {visible(path)} is left out by .readtheroomignore", file=sys.stderr)
    return found


def _notes(store: CheckStore, at: datetime | None) -> list[str]:
    ahead = at is not None and at > datetime.now(UTC)
    notes = [f"the store of checks {note}" for note in store.notes]
    return [*(["--at is still to come: nothing is remembered of this check"] if ahead else []), *notes]


def _print(done: Round, now: datetime, notes: list[str], args: argparse.Namespace) -> None:
    if args.format == "json":
        print(json.dumps(_rechecks.as_json(done, now, notes), indent=2))
    else:
        print("\n".join(_rechecks.lines(done, notes, quiet=args.quiet)))
    sys.stdout.flush()
    for fault in done.broken:
        print(visible(str(fault)), file=sys.stderr)


def _code(done: Round, run: Run) -> int:
    faults = run.audited()
    for fault in faults:
        print(f"readtheroom: {visible(fault)}", file=sys.stderr)
    if done.broken or faults:
        return CANNOT
    if run.failed:
        return FOUND
    return INCOMPLETE if done.summary.unknown else 0
