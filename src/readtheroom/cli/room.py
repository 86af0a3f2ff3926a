"""`readtheroom room`: what people talk about now, and why."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import datetime

from readtheroom.api.linter import Linter
from readtheroom.api.rooms import append
from readtheroom.cli import _holds, _moments
from readtheroom.errors import UsageError
from readtheroom.model import Hold, Json, Trend
from readtheroom.policy.hold_scope import holds_in
from readtheroom.policy.snapshot import plain_reason
from readtheroom.reporters._plain import proposal
from readtheroom.reporters._terminal import clipped
from readtheroom.reporters._words import MAX_TITLE, counted, headlines, utc

INCOMPLETE = 3

NO_SOURCES = "no source is configured: add some to `room: sources:` in readtheroom.yaml, or give --room FILE"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    add = parser.add_argument
    add("action", nargs="?", choices=["record"], help="add the room to a history, a line of JSON; for cron")
    add("file", nargs="?", metavar="FILE", help="the history, for --room: its name ends in .jsonl")
    add("--region", metavar="CODE", action="append", default=[], help="whose room (default: the config's audience)")
    _moments.configure(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show or record it; 3 if nobody could be asked."""
    if bool(args.action) != bool(args.file):
        raise UsageError("write `readtheroom room record FILE`")
    if args.file and not args.file.endswith((".jsonl", ".ndjson")):
        raise UsageError(f"{args.file}: a history is a line of JSON for each moment: call it .jsonl")
    linter, moment = _moments.asked_for(args)
    if args.file:
        append(args.file, linter.room)
        print(f"{counted(len(linter.room.observations), 'observation')} added to {args.file}")
        for line in _moments.gaps(linter.room.gaps):
            print(line)
    else:
        regions = tuple(code.upper() for code in args.region)
        if args.format == "json":
            print(_as_json(linter, moment, regions))
        else:
            _moments.show(_lines(linter, moment, regions))
    return 0 if linter.room.looked_up else INCOMPLETE


def _lines(linter: Linter, moment: datetime, regions: tuple[str, ...]) -> Iterator[str]:
    for hold in _standing(linter, moment, regions):
        first, *rest = _holds.told(hold)
        yield f"on hold: {first}"
        yield from rest
    yield from _holds.proposals(linter.proposals(regions))
    trends = linter.trends(regions)
    crises = [trend for trend in trends if _is_crisis(trend)]
    yield from _section("crises", [line for trend in crises for line in _told(trend, moment)])
    others = [trend for trend in trends if not _is_crisis(trend)]
    yield from _section("trends", [line for trend in others for line in _told(trend, moment)])
    days = linter.days(regions)
    yield from _section("days", [f"{clipped(day.evidence[0].title, MAX_TITLE)}  [{day.says}]" for day in days])
    if linter.room.looked_up:
        where = ", ".join(regions or linter.policy.config.audience) or "everywhere"
        grave = f", {len(crises)} about a crisis" if crises else ""
        yield f"{counted(len(trends), 'trend')}{grave}, {where}, {moment:%F %R} UTC"
    elif not linter.policy.config.room.sources:
        yield NO_SOURCES
    yield from _moments.gaps(gap for gap in linter.room.gaps if gap.source != "room")


def _is_crisis(trend: Trend) -> bool:
    return any(label == "crisis" or label.startswith("crisis.") for label in trend.labels)


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"{title}:", *(f"  {line}" for line in lines)] if lines else []


def _told(trend: Trend, moment: datetime) -> Iterator[str]:
    yield "  ".join(_facts(trend, moment))
    for line in headlines(_moments.evidence(trend.reasons, trend.observed_at)):
        yield f"  {line}"


def _standing(linter: Linter, moment: datetime, regions: tuple[str, ...]) -> list[Hold]:
    """The holds at a moment for an audience, the oldest first; one that names no region holds in each."""
    audience = regions or linter.policy.config.audience
    standing = (hold for hold in linter.holds if hold.stands(moment) and holds_in(hold, audience))
    return sorted(dict.fromkeys(standing), key=lambda hold: (hold.start, hold.id))


def _facts(trend: Trend, moment: datetime) -> Iterator[str]:
    yield clipped(trend.term, MAX_TITLE)
    about = _moments.subjects(trend.labels)
    if about:
        yield f"[{', '.join(about)}]"
    if trend.volume is not None:
        yield f"{trend.volume:,}"
    yield f"{clipped(trend.source, MAX_TITLE)}, {_moments.ago(trend.observed_at, moment)}"
    if not trend.reasons and not about:
        yield "no reason known"


def _as_json(linter: Linter, moment: datetime, regions: tuple[str, ...]) -> str:
    shown: dict[str, Json] = {
        "version": 1,
        "at": utc(moment).isoformat().replace("+00:00", "Z"),
        "audience": [*(regions or linter.policy.config.audience)],
        "looked_up": linter.room.looked_up,
        "holds": [_holds.as_json(hold) for hold in _standing(linter, moment, regions)],
        "proposals": [proposal(each) for each in linter.proposals(regions)],
        "crises": [trend.term for trend in linter.trends(regions) if _is_crisis(trend)],
        "trends": [_trend(trend) for trend in linter.trends(regions)],
        "days": [{"day": day.evidence[0].title, "label": day.says} for day in linter.days(regions)],
        **_moments.plain_gaps(linter.room.gaps),
    }
    return json.dumps(shown, indent=2, ensure_ascii=False)


def _trend(trend: Trend) -> Json:
    return {
        "term": trend.term,
        "labels": [*trend.labels],
        "source": trend.source,
        "observed_at": utc(trend.observed_at).isoformat().replace("+00:00", "Z"),
        "rank": trend.rank,
        "volume": trend.volume,
        "confidence": trend.confidence,
        "reasons": [plain_reason(reason) for reason in trend.reasons],
    }
