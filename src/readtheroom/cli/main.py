"""`readtheroom`: a table of commands, and the one place where errors become exit codes.

0: nothing at or above `--fail-on`; 1: findings at or above it; 2: the tool could not do its work; 3: nothing failed,
but a check that policy requires could not be made.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from functools import cache
from time import monotonic
from typing import NoReturn

from readtheroom import __version__
from readtheroom.cli._streams import let_go, ready
from readtheroom.errors import FaultsError, ReadTheRoomError
from readtheroom.reporters._terminal import visible

COMMANDS = {
    "lint": "judge drafts",
    "recheck": "judge again what is still to go out, and tell what has changed",
    "room": "show what people talk about now, and why",
    "why": "tell why something is trending, and since when",
    "hold": "stop posts in a crisis, and list and end what stops them",
    "approve": "write down that somebody approves a post, as it is",
    "audit": "verify the trail of all verdicts",
    "sources": "show who is asked about the room, and how they do",
    "rules": "list the rules that run here",
    "explain": "tell all about a rule",
    "test": "run the examples of rules",
    "init": "write a first config",
    "schema": "print a JSON Schema for editors",
}
"""Command -> what it does; each is the module of that name in this package."""

CANNOT = 2
INTERRUPTED = 130
WIDTH = 80
"""Columns of a terminal that does not say."""
MOST_FAULTS = 100
"""Shown of one run."""
MADE = 50_000
"""Objects between two searches for garbage: what a start makes stays, and each search goes through all of it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    gc.set_threshold(MADE)
    ready()
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  a front door
        return _failed(error)
    if argv is None:
        gc.freeze()  # the process ends: none of it need be searched again
    return code


def _failed(error: Exception) -> int:
    match error:
        case FaultsError():
            return _complain([str(fault) for fault in error.faults])
        case ReadTheRoomError():
            return _complain([f"readtheroom: {error}"])
        case BrokenPipeError():
            return _cannot_write("the output was closed before everything was written")
        case OSError() if error.filename:
            return _complain([f"readtheroom: {error.filename}: {error.strerror}"])
        case OSError():
            return _cannot_write(str(error.strerror or error))
    return _bug(error)


def _run(argv: list[str]) -> int:
    start = monotonic()
    named = {argv[0]} & COMMANDS.keys() if argv else set()
    about = "Checks social-media posts before they are published."
    parser = _Parser(prog="readtheroom", description=about, formatter_class=_Help)
    parser.add_argument("--version", action="version", version=f"readtheroom {__version__}")
    commands = parser.add_subparsers(
        prog=parser.prog, dest="command", metavar="COMMAND", required=True, parser_class=_Parser
    )
    for command in named or COMMANDS:  # all of them only for help, and for those who name none
        about = COMMANDS[command]
        sentence = about[0].upper() + about[1:] + "."
        sub = commands.add_parser(command, help=about, description=sentence, formatter_class=_Help)
        if named or command in argv:
            importlib.import_module(f"readtheroom.cli.{command}").configure(sub)
    args = parser.parse_args(argv, argparse.Namespace(since=start))
    code: int = args.run(args)
    return code


class _Help(argparse.HelpFormatter):
    """As wide as the terminal; it looks itself, since argparse imports `shutil` to do so at every start."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


@cache
def _columns() -> int:
    try:
        return int(os.environ.get("COLUMNS", "0")) or os.get_terminal_size().columns or WIDTH
    except (OSError, ValueError):
        return WIDTH


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(CANNOT, f"readtheroom: {visible(message)}; see `{self.prog} --help`\n")


def _complain(lines: Sequence[str]) -> int:
    rest = [f"readtheroom: and {len(lines) - MOST_FAULTS} more"] if len(lines) > MOST_FAULTS else []
    try:
        for line in (*lines[:MOST_FAULTS], *rest):
            print(visible(line), file=sys.stderr)
    except OSError:
        let_go(sys.stderr)  # the exit code still tells
    return CANNOT


def _cannot_write(why: str) -> int:
    let_go(sys.stdout)
    return _complain([f"readtheroom: {why}"])


def _bug(error: Exception) -> int:
    if os.environ.get("READTHEROOM_DEBUG"):
        raise error
    kind = type(error).__name__
    return _complain([f"readtheroom: internal error ({kind}: {error}); set READTHEROOM_DEBUG=1 for the traceback"])
