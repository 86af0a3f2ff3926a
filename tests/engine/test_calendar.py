"""Laws of the calendar: neither the order of posts nor who gathered their facts makes a difference."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from readtheroom.engine.engine import Engine, Settings
from readtheroom.findings import Finding
from readtheroom.model import Json
from readtheroom.slots import Slot
from tests.kinds.calendar import at, entries, said
from tests.kinds.check import NOW, judge, rule

RULES = [
    rule("keywords", None, name="sells", label="tone.promotional", terms=["order"]),
    rule("keywords", None, name="grieves", label="tone.condolence", terms=["condolences"]),
    rule("cadence", message="{problem} {other}", max_per_hour=2, min_gap="10m"),
    rule("collision", message="{other}{platforms}"),
    rule("collision", name="near", message="{apart} {other}", labels=["tone.promotional"], beside=["tone.condolence"]),
    rule("duplicates", message="{same} {other}{platforms}", words=2, alike=0.5),
    rule("duplicates", name="robots", message="{accounts} {other}{platforms}", words=2, accounts=2),
    rule("mix", message="{problem}", max_share=0.3, at_least=2),
]
TEXTS = ["order the new lamp", "order the new lamps", "our condolences to all", "the new lamp is here", "who comes?"]


@st.composite
def calendars(draw: st.DrawFn) -> list[dict[str, Json]]:
    minutes = draw(st.lists(st.integers(0, 180), min_size=1, max_size=12))
    return [
        at(
            f"03 {10 + minute // 60}:{minute % 60:02}",
            draw(st.sampled_from(TEXTS)),
            id=f"p{n}",
            account=draw(st.sampled_from(["finch", "alder"])),
            platforms=list(draw(st.sampled_from([("x",), ("x", "mastodon")]))),
        )
        for n, minute in enumerate(minutes)
    ]


def findings(drafts: list[dict[str, Json]], shares: int) -> dict[Slot, list[Finding]]:
    """As found when so many workers gather the facts, and another one judges."""
    parts = [pickle.dumps(entries(RULES, drafts[n::shares])) for n in range(shares)]
    return Engine(RULES, (), Settings()).judge_calendar([each for part in parts for each in pickle.loads(part)], NOW)  # noqa: S301  our own


@given(calendars(), st.integers(2, 4), st.randoms())
def test_order_and_workers_make_no_difference(drafts: list[dict[str, Json]], workers: int, random: object) -> None:
    whole = findings(drafts, 1)
    assert findings(drafts, workers) == whole
    assert findings(drafts[::-1], 1) == whole


def test_a_rule_for_a_platform_looks_at_no_other() -> None:
    only = rule("collision", message="{other}{platforms}", platforms=("mastodon",))
    drafts = [at("03 12:00"), at("03 12:00", id="b")]
    assert said(only, drafts) == {}
    both: list[dict[str, Json]] = [{**each, "platforms": ["x", "mastodon"]} for each in drafts]
    assert said(only, both) == {"b": ["03 12:00 (draft.json:1) on mastodon"]}


def test_a_post_without_a_time_has_no_place() -> None:
    assert entries(RULES, [{"text": "order"}]) == []


def test_what_is_out_is_not_told() -> None:
    drafts = [at("03 12:00"), at("03 12:00", id="b")]
    assert said(rule("collision"), drafts, now=NOW + timedelta(days=30)) == {}


def test_an_allowance_for_a_neighbour_is_not_called_unused() -> None:
    unused = rule("allow", message="{rule}", when="unused")
    allow: list[Json] = [{"rule": "collision", "reason": "meant so", "by": "Ada"}]
    assert judge([unused, rule("collision")], at("03 12:00", allow=allow)).findings == ()
    assert [each.message for each in judge([unused], at("03 12:00", allow=allow)).findings] == ["collision"]


def test_what_is_a_little_late_has_not_gone_out_yet() -> None:
    drafts = [at("03 12:00"), at("03 12:00", id="b")]
    due = datetime(2026, 8, 3, 12, tzinfo=UTC)
    assert list(said(rule("collision"), drafts, now=due + timedelta(minutes=15))) == ["b"]
    assert said(rule("collision"), drafts, now=due + timedelta(minutes=15, seconds=1)) == {}
