"""`readtheroom hold`: the crisis switch."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from readtheroom.api.drafts import parse_time
from readtheroom.api.hold_files import Holds
from readtheroom.cli import _holds
from readtheroom.model import Hold
from readtheroom.policy.hold_asked import Asked
from readtheroom.reporters._terminal import visible
from readtheroom.reporters._words import when

BROKEN = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Its three actions, and their options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _configure_start(actions.add_parser("start", help="stop posts from now on"))
    listed = actions.add_parser("list", help="show the holds that stand, that are to come and that have ended")
    listed.add_argument("--at", metavar="TIME", help="the moment to look at (default: now)")
    listed.add_argument("--format", choices=["text", "json"], default="text", help="default: text")
    listed.set_defaults(run=show)
    end = actions.add_parser("end", help="end a hold; its file stays, and says when and who")
    end.add_argument("id", metavar="ID", help="as `readtheroom hold list` has it, or its file")
    end.add_argument("--by", metavar="NAME", default="", help="who ends it (default: the user of this computer)")
    end.set_defaults(run=stop)
    for each in actions.choices.values():
        each.add_argument("--config", metavar="FILE", help="policy to use (default: found upward from here)")


def _configure_start(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--reason", required=True, metavar="TEXT", help="why nothing may go out")
    add("--owner", default="", metavar="NAME", help="who decides when it ends")
    add(
        "--scope",
        action="append",
        default=[],
        metavar="SCOPE",
        help="which posts: region=US,platform=x,label=tone.promotional,account=NAME (each must fit; of several scopes, "
        "one), and all for condolences, service notices and apologies too (default: all but these)",
    )
    add("--start", metavar="TIME", help="from when on (default: now)")
    add("--until", metavar="TIME", help="a time, a last day, or how long: 4h, 2d")
    parser.set_defaults(run=start)


def start(args: argparse.Namespace) -> int:
    """Write the file of a new hold."""
    asked = Asked(args.reason, args.owner, args.scope, args.start, args.until)
    holds = Holds(args.config)
    hold = holds.start(asked, datetime.now(UTC))
    print(f"written  {visible(hold.path)}")
    print("\n".join(_holds.told(hold)))
    for option, missing in (("--until", not hold.end), ("--owner", not hold.owner)):
        if missing:
            print(f"  without {option}, each run warns of it")
    above = holds.policy.config.holds.above
    if above:
        here = visible(holds.policy.config.folder or ".")
        print(f"  it stops posts below {here} alone; one in {visible(above[-1].folder)} would stop more")
    print(f"next: commit it where the drafts are; `readtheroom hold end {visible(hold.id)}` ends it")
    return 0


def show(args: argparse.Namespace) -> int:
    """List them; 2 if one cannot be read."""
    at = parse_time(args.at) if args.at else datetime.now(UTC)
    holds, faults = Holds(args.config).all()
    if args.format == "json":
        plain = [{**_holds.as_json(hold), "state": _state(hold, at)} for hold in holds]
        print(json.dumps({"version": 1, "holds": plain}, indent=2, ensure_ascii=False))
    else:
        print("\n".join(_lines(holds, at)))
    for fault in faults:
        print(visible(str(fault)), file=sys.stderr)
    return BROKEN if faults else 0


def stop(args: argparse.Namespace) -> int:
    """End one."""
    now = datetime.now(UTC)
    holds = Holds(args.config)
    hold = holds.end(args.id, args.by or _user(), now)
    if hold.end and (hold.ended_at is None or hold.ended_at < now):
        print(f"ended already, {when(hold.end)}: {visible(hold.path)}")
        return 0
    by = f", by {visible(hold.ended_by)}" if hold.ended_by else ""
    print(f"ended    {visible(hold.path)}{by}")
    print("This releases nothing: each post that it stopped needs a fresh check, made after now:")
    print("`readtheroom recheck PATH`")
    return 0


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody has such a number
        return ""


def _lines(holds: tuple[Hold, ...], at: datetime) -> Iterator[str]:
    counts = dict.fromkeys(("standing", "to come", "ended"), 0)
    for hold in sorted(holds, key=lambda each: list(counts).index(_state(each, at))):
        state = _state(hold, at)
        counts[state] += 1
        first, *rest = _holds.told(hold)
        yield f"{state:8}  {visible(hold.id)}"
        yield f"  {first}"
        yield from rest
        if hold.ended_by:
            yield f"  ended by {visible(hold.ended_by)}"
    yield ", ".join(f"{count} {state}" for state, count in counts.items())


def _state(hold: Hold, at: datetime) -> str:
    if hold.is_over(at):
        return "ended"
    return "standing" if hold.start <= at else "to come"
