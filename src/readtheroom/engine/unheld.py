"""What is told of holds that stand where no rule stops posts for them: a crisis switch must not fail in silence."""

from __future__ import annotations

from typing import Literal

from readtheroom.engine.case import PostCase
from readtheroom.findings import Skip
from readtheroom.policy.hold_scope import concerns

Stopping = Literal["used", "off", "missing"]
"""What becomes of the rule that stops posts: policy uses it, has turned it off, or has none."""

RULE = "hold"
"""What was not checked."""

_WHY = {
    "off": "policy has turned off the rule that would stop the post",
    "missing": "no rule of this policy stops posts: extend `core`",
}


def unheld(case: PostCase, stopping: Stopping) -> tuple[Skip, ...]:
    """One skip, if a hold may mean the post and nobody looks. Where policy did not turn that off, it is required:
    nobody knows whether the post may go out. Labels and accounts of a scope count as met."""
    if stopping == "used" or not case.holds:
        return ()
    standing = {hold.path or hold.id: hold for hold in case.holds if hold.stands(case.moment)}
    meant = [
        hold
        for hold in standing.values()
        if any(concerns(one, case.audience, case.post.platforms) for one in hold.scope)
    ]
    if not meant:
        return ()
    more = f" and {len(meant) - 1} more" if len(meant) > 1 else ""
    told = f"the hold “{meant[0].reason}”{more} stands, and {_WHY[stopping]}"
    return (Skip(RULE, told, required=stopping == "missing"),)
