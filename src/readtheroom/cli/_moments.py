"""Options and words that the commands about the room share."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from readtheroom.api.drafts import parse_time
from readtheroom.api.linter import Linter
from readtheroom.api.rooms import linter_here
from readtheroom.findings import Evidence
from readtheroom.model import Gap, Json, Reason
from readtheroom.reporters._plain import note
from readtheroom.reporters._terminal import clipped, columns
from readtheroom.reporters._words import MAX_MESSAGE


def configure(parser: argparse.ArgumentParser) -> None:
    """Which room, and how it is read."""
    add = parser.add_argument
    add("--config", metavar="FILE", help="policy to use (default: found upward from here)")
    add("--room", metavar="FILE", action="append", default=[], help="a snapshot of the room instead of live sources")
    add("--at", metavar="TIME", help="the moment to look at (default: now)")
    add("--offline", action="store_true", help="ask nobody: only files, and what is kept of earlier answers")
    add("--format", choices=["text", "json"], default="text", help="default: text")


def asked_for(args: argparse.Namespace, tags: Sequence[str] | None = None) -> tuple[Linter, datetime]:
    """The linter whose room is meant, and the moment to look at."""
    at = parse_time(args.at) if args.at else None
    return linter_here(args.config, args.room, at, offline=args.offline, tags=tags), at or datetime.now(UTC)


SUBJECTS = ("crisis.", "topic.")


def subjects(labels: Iterable[str]) -> list[str]:
    """The labels that say what a headline is about, in order; rules for drafts put others on it too."""
    return sorted(label for label in labels if label.startswith(SUBJECTS))


def ago(seen: datetime, now: datetime) -> str:
    """`5 min ago`, `3 h ago`, `2 days ago`."""
    minutes = max(0, int((now - seen).total_seconds() // 60))
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days ago"


def evidence(reasons: Iterable[Reason], seen: datetime) -> tuple[Evidence, ...]:
    """Headlines as findings show them; `seen`: where they do not say themselves when they were."""
    return tuple(
        Evidence(each.title, each.url, each.source, each.published_at, each.seen_at or seen) for each in reasons
    )


def show(lines: Iterable[str]) -> None:
    """Print lines; those that are too long for a terminal go on below, indented. Programs, and who copies a command,
    get them whole."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for line in lines:
        whole = not width or line.lstrip().startswith("readtheroom ")
        print("\n".join([line] if whole else _folded(line, width)))


def _folded(line: str, width: int) -> Iterator[str]:
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    start = ""
    for word in re.findall(r" *[^ ]+", line):
        if start.strip() and columns(start + word) > width:
            yield start
            start = indent + word.lstrip()
        else:
            start += word
    yield start


def plain_gaps(found: Iterable[Gap]) -> dict[str, Json]:
    """What could not be looked up, and what one should know of what was, for programs."""
    every = list(found)
    return {
        "gaps": [note(gap) for gap in every if not gap.note],
        "notes": [note(gap) for gap in every if gap.note],
    }


def gaps(found: Iterable[Gap]) -> Iterator[str]:
    """What could not be looked up, a line each."""
    for gap in found:
        yield f"{'note' if gap.note else 'not looked up'}: {clipped(str(gap), MAX_MESSAGE)}"
