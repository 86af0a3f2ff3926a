"""When policy proposes a hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from readtheroom.api.proposals import proposed
from readtheroom.findings import Proposed
from readtheroom.model import Hold, HoldScope, Reason, Trend
from readtheroom.policy.values import Proposal

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
VIOLENCE = ("crisis.violence",)
DAY = timedelta(days=1)


def trend(term: str, *labels: str, source: str = "Talk", title: str = "") -> Trend:
    return Trend(term, (Reason(title),) if title else (), labels, source, NOW)


ATTACK = trend("#Lindental", "crisis.death", "crisis.violence", source="Talk, News", title="Shooting in Lindental")
FLOOD = trend("Flood", "crisis.water")
ROSES = trend("Roses")
SEEN = {(): [ROSES, FLOOD, ATTACK], ("US",): [ATTACK], ("FR",): [ROSES, FLOOD, ATTACK], ("GR",): [ROSES]}


def propose(*entries: Proposal, holds: tuple[Hold, ...] = (), audience: tuple[str, ...] = ()) -> tuple[Proposed, ...]:
    return proposed(entries, lambda regions: SEEN[regions], holds, NOW, audience)


@pytest.mark.parametrize(
    ("entry", "audience", "expected"),
    [
        (Proposal(VIOLENCE), (), [Proposed(VIOLENCE, (), DAY, ATTACK)]),
        (Proposal(("crisis",)), (), [Proposed(("crisis.water",), (), DAY, FLOOD)]),
        (Proposal(("crisis",), sources=2), (), [Proposed(("crisis.death", "crisis.violence"), (), DAY, ATTACK)]),
        (Proposal(("crisis",), sources=3), (), []),
        (Proposal(("crisis.war", "topic")), (), []),
        (
            Proposal(VIOLENCE),
            ("US", "FR", "GR"),
            [Proposed(VIOLENCE, ("US", "FR"), DAY, ATTACK)],
        ),
        (Proposal(VIOLENCE, ("FR",)), ("US", "FR"), [Proposed(VIOLENCE, ("FR",), DAY, ATTACK)]),
        (Proposal(VIOLENCE, ("FR",)), ("US",), []),
        (Proposal(VIOLENCE, ("US",)), (), [Proposed(VIOLENCE, ("US",), DAY, ATTACK)]),
    ],
)
def test_what_is_proposed(entry: Proposal, audience: tuple[str, ...], expected: list[Proposed]) -> None:
    assert list(propose(entry, audience=audience)) == expected


def test_a_story_is_proposed_once() -> None:
    found = propose(Proposal(VIOLENCE), Proposal(("crisis.death",)), audience=("US", "FR"))
    assert [(each.reason, each.regions) for each in found] == [("Shooting in Lindental", ("US", "FR"))]


def test_without_a_headline_the_term_is_the_reason() -> None:
    assert propose(Proposal(("crisis.water",)))[0].reason == "Flood"


@pytest.mark.parametrize(
    ("scope", "regions"),
    [
        (HoldScope(), []),
        (HoldScope(everything=True), []),
        (HoldScope(("US",)), [("FR",)]),
        (HoldScope(("US", "FR")), []),
        (HoldScope(("US",), ("x",)), [("US", "FR")]),
        (HoldScope(labels=("tone.promotional",)), [("US", "FR")]),
    ],
)
def test_where_a_hold_stands_none_is_proposed(scope: HoldScope, regions: list[tuple[str, ...]]) -> None:
    held = Hold("fire", "Fire", NOW - DAY, NOW + DAY, scope=(scope,))
    violence = Proposal(VIOLENCE)
    assert [each.regions for each in propose(violence, holds=(held,), audience=("US", "FR"))] == regions
    over = held._replace(end=NOW)
    assert len(propose(violence, holds=(over,), audience=("US", "FR"))) == 1
