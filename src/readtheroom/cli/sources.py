"""`readtheroom sources`: who is asked about the room, and how they do."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from readtheroom.api.rooms import Status, statuses
from readtheroom.cli import _moments
from readtheroom.cli.room import NO_SOURCES
from readtheroom.model import Json
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
    found, now = statuses(args.config, offline=args.offline), datetime.now(UTC)
    if args.format == "json":
        plain = {"version": 1, "sources": [_plain(each, now) for each in found.sources]}
        print(json.dumps({**plain, **_moments.plain_gaps(found.gaps)}, indent=2, ensure_ascii=False))
    else:
        lines = [line for each in found.sources for line in _lines(each, now)] or [NO_SOURCES]
        _moments.show([*lines, *_moments.gaps(found.gaps)])
    return 0 if all(each.told.answered or each.asks_about_drafts for each in found.sources) else INCOMPLETE


def _lines(status: Status, now: datetime) -> Iterator[str]:
    told = status.told
    yield f"{clipped(status.name, MAX_TITLE)}  {_how(status)}"
    if told.answered:
        age = f", as of {_moments.ago(told.of, now)}" if told.of else ""
        fresh = "fresh" if status.is_fresh(now) else "no longer fresh"
        yield f"  {counted(status.observations, 'observation')}{age}: {fresh}"
    if status.seen_before:
        yield f"  and {counted(status.seen_before, 'trend')} of earlier answers"
    yield from (f"  {clipped(gap.reason, MAX_MESSAGE)}" for gap in told.gaps)
    yield "  sends the hashtags of drafts" if status.asks_about_drafts else "  sends nothing of drafts"
    waits = told.again and told.again > now
    yield f"  asked again from {when(told.again)} on" if told.again and waits else "  may be asked at any time"


def _how(status: Status) -> str:
    if status.told.answered:
        return "answers" if status.is_reachable else "does not answer now"
    return "is not asked without drafts" if status.asks_about_drafts else "does not answer"


def _plain(status: Status, now: datetime) -> Json:
    told = status.told
    return {
        "source": status.name,
        "answers": told.answered,
        "reachable": status.is_reachable,
        "fresh": status.is_fresh(now),
        "asks_about_drafts": status.asks_about_drafts,
        "observations": status.observations,
        "seen_before": status.seen_before,
        "answer_of": _time(told.of),
        "next_call": _time(told.again) if told.again and told.again > now else None,
        **_moments.plain_gaps(told.gaps),
    }


def _time(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat().replace("+00:00", "Z")
