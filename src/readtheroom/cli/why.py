"""`readtheroom why`: is it trending, since when, how much, and why."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from readtheroom.api.linter import Linter
from readtheroom.api.rooms import story
from readtheroom.cli import _moments
from readtheroom.model import Json, Observation, Reason, Trend
from readtheroom.policy.snapshot import plain, plain_observation, plain_reason
from readtheroom.reporters._terminal import clipped
from readtheroom.reporters._words import MAX_TITLE, headlines, when

INCOMPLETE = 3

PAUSE = timedelta(hours=48)
"""After so long without, a trend is a new one."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("term", metavar="TERM", help="a hashtag or a name, as a draft would have it: '#aurora'")
    _moments.configure(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Tell; 3 if it was not found, and not all could be asked."""
    linter, moment = _moments.asked_for(args, [args.term.lstrip("#＃")])
    seen = _latest([each for each in story(args.term, linter.room) if each.observed_at <= moment], moment)
    if args.format == "json":
        print(json.dumps(_plain(args.term, seen, linter), indent=2, ensure_ascii=False))
    else:
        print("\n".join(_lines(args.term, seen, moment, linter)))
    missed = not linter.room.looked_up or any(not gap.note for gap in linter.room.gaps)
    return INCOMPLETE if missed and not seen else 0


def _latest(seen: Sequence[Observation], moment: datetime) -> list[Observation]:
    """From when on it has been seen again and again, up to the moment."""
    run: list[Observation] = []
    for each in seen:
        if run and each.observed_at - run[-1].observed_at > PAUSE:
            run = []
        run.append(each)
    return run if run and moment - run[-1].observed_at <= PAUSE else []


def _reasons(seen: Sequence[Observation], now: Trend | None) -> list[Reason]:
    """Each headline once, the newest first; then those by which other sources explain it now."""
    every = [reason for each in reversed(seen) for reason in each.reasons]
    own = {reason.url or reason.title: reason for reason in every[::-1]}
    others = (reason for reason in (now.reasons if now else ()) if (reason.url or reason.title) not in own)
    return [*[*own.values()][::-1], *others]


def _lines(term: str, seen: Sequence[Observation], moment: datetime, linter: Linter) -> Iterator[str]:
    if seen:
        yield f"{clipped(term, MAX_TITLE)} is trending"
        yield f"  since {when(seen[0].observed_at)}, last seen {_moments.ago(seen[-1].observed_at, moment)}"
        yield f"  told by {clipped(', '.join(dict.fromkeys(each.source for each in seen)), MAX_TITLE)}"
        yield from _course(seen)
        yield from _why(_reasons(seen, linter.trend(term)), seen[-1].observed_at, linter)
    else:
        unsure = "" if linter.room.looked_up else ", but nobody could be asked"
        yield f"{clipped(term, MAX_TITLE)} is not known to be trending{unsure}"
    yield from _moments.gaps(linter.room.gaps)


def _course(seen: Sequence[Observation]) -> Iterator[str]:
    """How volume and rank have changed, each as told by the source that told it last."""
    volumes = [each.volume for each in seen if each.source == seen[-1].source and each.volume is not None]
    ranks = [each.rank for each in seen if each.source == seen[-1].source and each.rank is not None]
    if volumes:
        change = "rising" if volumes[-1] > volumes[0] else "fading" if volumes[-1] < volumes[0] else "steady"
        yield f"  volume {volumes[-1]:,}" + (f", {change} from {volumes[0]:,}" if len(volumes) > 1 else "")
    if ranks:
        yield f"  rank {ranks[-1]}" + (f", from {ranks[0]}" if ranks[0] != ranks[-1] else "")


def _why(reasons: Sequence[Reason], seen: datetime, linter: Linter) -> Iterator[str]:
    if not reasons:
        yield "  no reason known: find out before you use it"
    for reason in reasons:
        labels = _moments.subjects(linter.labels_of(reason.title))
        first, *rest = headlines(_moments.evidence([reason], seen))
        yield f"  {first}" + (f"  [{', '.join(labels)}]" if labels else "")
        yield from (f"  {line}" for line in rest)


def _plain(term: str, seen: Sequence[Observation], linter: Linter) -> Json:
    reasons = _reasons(seen, linter.trend(term))
    room = plain(linter.room)
    return {
        "version": 1,
        "term": term,
        "trending": bool(seen),
        "observations": [plain_observation(each) for each in seen],
        "reasons": [{**plain_reason(each), "labels": [*linter.labels_of(each.title)]} for each in reasons],
        "looked_up": linter.room.looked_up,
        "gaps": room.get("gaps", []),
    }
