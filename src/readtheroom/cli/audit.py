"""`readtheroom audit`: whether the trail of verdicts is as it was written."""

from __future__ import annotations

import argparse
import os
import sys

from readtheroom.api.linter import Linter
from readtheroom.api.trail import verify
from readtheroom.errors import UsageError
from readtheroom.policy.discovery import find_config
from readtheroom.reporters._terminal import visible
from readtheroom.reporters._words import counted

TAMPERED = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Its action, and the options of that."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("verify", help="find every edit, gap, cut and move in an audit trail")
    check.add_argument("file", nargs="?", metavar="FILE", help="the trail (default: the one that the config names)")
    check.add_argument("--config", metavar="FILE", help="policy to use (default: found upward from here)")
    check.add_argument(
        "--known", metavar="HASH", action="append", default=[], help="a hash printed earlier, which must be in it"
    )
    check.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Verify; 1 if anything is wrong."""
    path = args.file or _configured(args.config)
    done = verify(path, args.known)
    for fault in done.faults:
        print(visible(str(fault)), file=sys.stderr)
    for note in done.notes:
        print(f"{visible(path)}: {note}", file=sys.stderr)
    state = "as they were written" if not done.faults else "not to be trusted"
    print(f"{visible(path)}: {counted(done.end.number, 'verdict')}, {state}")
    if not done.faults and done.end.number:
        print(f"the last has the hash {done.end.hash}")
    return TAMPERED if done.faults else 0


def _configured(config: str | None) -> str:
    found = Linter.from_path(config or find_config(os.getcwd())).policy.config.audit
    if found is None:
        raise UsageError("no audit trail is named here: write `audit: FILE` into the config, or name a file")
    return found
