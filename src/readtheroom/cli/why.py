"""`readtheroom why`: is it trending, since when, how much, and why."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from readtheroom.api.linter import Linter
from readtheroom.api.why import Why, why
from readtheroom.cli import _moments
from readtheroom.model import Json, Observation, Reason
from readtheroom.policy.snapshot import plain_observation, plain_reason
from readtheroom.reporters._terminal import clipped
from readtheroom.reporters._words import MAX_TITLE, headlines, when

INCOMPLETE = 3

_HOW = {
    "same": "{term} is trending",
    "form": "{term} is trending, as {trend}: another form of the name",
    "part": "{term} is not trending as a whole; {trend}, a part of it, is",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("term", metavar="TERM", help="a hashtag or a name, as a draft would have it: '#aurora'")
    _moments.configure(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Tell; 3 if it was not found, and not all could be asked."""
    linter, moment = _moments.asked_for(args, [args.term.lstrip("#＃")])
    found = why(args.term, linter, moment)
    if args.format == "json":
        print(json.dumps(_plain(args.term, found, linter), indent=2, ensure_ascii=False))
    else:
        _moments.show(_lines(args.term, found, moment, linter))
    missed = not linter.room.looked_up or any(not gap.note for gap in found.gaps)
    return INCOMPLETE if missed and not found.trends else 0


def _lines(term: str, found: Why, moment: datetime, linter: Linter) -> Iterator[str]:
    asked = clipped(term, MAX_TITLE)
    for each in found.trends:
        yield _HOW[each.how].format(term=asked, trend=clipped(each.term, MAX_TITLE))
        yield f"  since {when(each.seen[0].observed_at)}, last seen {_moments.ago(each.seen[-1].observed_at, moment)}"
        yield f"  told by {clipped(', '.join(dict.fromkeys(seen.source for seen in each.seen)), MAX_TITLE)}"
        yield from _course(each.seen)
        if not each.reasons:
            yield "  no reason known: find out before you use it"
        yield from _headlines(each.reasons, each.seen[-1].observed_at, linter)
    if not found.trends:
        unsure = "" if linter.room.looked_up else ", but nobody could be asked"
        named = "; headlines name it:" if found.headlines else ""
        yield f"{asked} is not known to be trending{unsure}{named}"
        yield from _headlines(found.headlines, moment, linter)
    yield from _moments.gaps(found.gaps)


def _course(seen: Sequence[Observation]) -> Iterator[str]:
    """How volume and rank have changed, each as told by the source that told it last."""
    volumes = [each.volume for each in seen if each.source == seen[-1].source and each.volume is not None]
    ranks = [each.rank for each in seen if each.source == seen[-1].source and each.rank is not None]
    if volumes:
        change = "rising" if volumes[-1] > volumes[0] else "fading" if volumes[-1] < volumes[0] else "steady"
        yield f"  volume {volumes[-1]:,}" + (f", {change} from {volumes[0]:,}" if len(volumes) > 1 else "")
    if ranks:
        yield f"  rank {ranks[-1]}" + (f", from {ranks[0]}" if ranks[0] != ranks[-1] else "")


def _headlines(reasons: Sequence[Reason], seen: datetime, linter: Linter) -> Iterator[str]:
    for reason in reasons:
        labels = _moments.subjects(linter.labels_of(reason.title))
        first, *rest = headlines(_moments.evidence([reason], seen))
        yield f"  {first}" + (f"  [{', '.join(labels)}]" if labels else "")
        yield from (f"  {line}" for line in rest)


def _plain(term: str, found: Why, linter: Linter) -> Json:
    reasons = {
        reason.url or reason.title: reason
        for reason in (*(one for each in found.trends for one in each.reasons), *found.headlines)
    }
    return {
        "version": 1,
        "term": term,
        "trending": bool(found.trends),
        "trends": [{"term": each.term, "how": each.how} for each in found.trends],
        "observations": [plain_observation(seen) for each in found.trends for seen in each.seen],
        "reasons": [{**plain_reason(one), "labels": [*linter.labels_of(one.title)]} for one in reasons.values()],
        "looked_up": linter.room.looked_up,
        **_moments.plain_gaps(found.gaps),
    }
