"""How commands speak of holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readtheroom.findings import Proposed
from readtheroom.model import Hold, Json
from readtheroom.policy.hold_plain import plain_hold
from readtheroom.policy.hold_scope import written
from readtheroom.reporters._plain import command
from readtheroom.reporters._terminal import clipped, visible
from readtheroom.reporters._words import MAX_MESSAGE, MAX_TITLE, when

SPARED = "condolences, service notices and apologies"


def told(hold: Hold) -> Iterator[str]:
    """A few lines about one."""
    until = f"until {when(hold.end)}" if hold.end else "with no end"
    yield f"{clipped(hold.reason, MAX_MESSAGE)}  since {when(hold.start)}, {until}"
    yield f"  {clipped(hold.owner, MAX_TITLE) if hold.owner else 'nobody answers for it'}  {visible(hold.path)}"
    yield f"  stops {whom(hold)}"


def whom(hold: Hold) -> str:
    """Which posts it stops: `region=US; or label=tone.promotional, but no condolences …`."""
    mixed = len({one.everything for one in hold.scope}) > 1
    parts = (clipped(written(one if mixed else one._replace(everything=False)), MAX_MESSAGE) for one in hold.scope)
    posts = "; or ".join(part or "all posts" for part in parts)
    if mixed:
        return f"{posts} (`all`: {SPARED} too)"
    return f"{posts}, {SPARED} too" if hold.scope[0].everything else f"{posts}, but no {SPARED}"


def as_json(hold: Hold) -> dict[str, Json]:
    """One, as a saved room has it."""
    return plain_hold(hold)


def proposals(found: Iterable[Proposed], before: str = "") -> Iterator[str]:
    """What policy proposes, with something before it, and the command that does it."""
    for each in found:
        where = ", ".join(each.regions) or "everywhere"
        reason = clipped(each.reason, MAX_TITLE)
        yield f"{before}policy proposes a hold: {', '.join(each.labels)}, {where}: “{reason}”"
        yield f"  {command(each)}"
