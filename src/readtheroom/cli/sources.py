"""`readtheroom sources`: who is asked about the room, and how they do."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from readtheroom.api.rooms import Status, statuses
from readtheroom.cli._moments import ago
from readtheroom.cli.room import NO_SOURCES
from readtheroom.model import Json
from readtheroom.policy.snapshot import plain_gap
from readtheroom.reporters._terminal import clipped
from readtheroom.reporters._words import MAX_MESSAGE, MAX_TITLE, counted, when

INCOMPLETE = 3


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    add = parser.add_argument
    add("--config", metavar="FILE", help="policy to use (default: found upward from here)")
    add("--offline", action="store_true", help="ask nobody: tell what is kept")
    add("--format", choices=["text", "json"], default="text", help="default: text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask each; 3 if one does not answer."""
    found = statuses(args.config, offline=args.offline)
    if args.format == "json":
        print(json.dumps({"version": 1, "sources": [_plain(each) for each in found]}, indent=2, ensure_ascii=False))
    else:
        print("\n".join(_lines(found)) if found else NO_SOURCES)
    return 0 if all(each.told.answered or each.asks_about_drafts for each in found) else INCOMPLETE


def _lines(found: Sequence[Status]) -> Iterator[str]:
    now = datetime.now(UTC)
    for status in found:
        told = status.told
        silent = "is not asked without drafts" if status.asks_about_drafts else "does not answer"
        yield f"{clipped(status.name, MAX_TITLE)}  {'answers' if told.answered else silent}"
        if told.answered:
            age = f", as of {ago(told.of, now)}" if told.of else ""
            yield f"  {counted(len(told.seen), 'observation')}{age}"
        yield from (f"  {clipped(gap.reason, MAX_MESSAGE)}" for gap in told.gaps)
        if told.again and told.again > now:
            yield f"  asked again from {when(told.again)} on"
        if status.asks_about_drafts:
            yield "  sends the hashtags of drafts"


def _plain(status: Status) -> Json:
    told = status.told
    return {
        "source": status.name,
        "answers": told.answered,
        "asks_about_drafts": status.asks_about_drafts,
        "observations": len(told.seen),
        "answer_of": _time(told.of),
        "next_call": _time(told.again),
        "gaps": [plain_gap(gap) for gap in told.gaps],
    }


def _time(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat().replace("+00:00", "Z")
