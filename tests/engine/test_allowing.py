"""What acknowledgements silence, and what they do not."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from readtheroom.engine.allowing import allowed, holds
from readtheroom.engine.engine import Engine, Settings
from readtheroom.findings import Finding, Refusal
from readtheroom.model import Allow, Json, Room, Severity
from readtheroom.policy.values import AllowLimit
from readtheroom.spans import Place
from tests.kinds.check import NOW, judge, post, room, rule, seen

POST = post({"text": "line one\nline two"})


def made(severity: Severity = "warning", name: str = "r") -> Finding:
    return Finding(name, severity, "high", "m", "text", 0, 1, Place(1, 1), Place(1, 2), "l")


@pytest.mark.parametrize(("reason", "hours"), list(product(["ours", " ", ""], [None, -1, 0, 1])))
def test_when_an_allow_holds(reason: str, hours: int | None) -> None:
    until = None if hours is None else NOW + timedelta(hours=hours)
    assert holds(Allow("r", reason, "", until, Place(1, 1)), NOW) == (reason == "ours" and hours != -1)


def test_what_is_allowed() -> None:
    allows = (
        Allow("r", "ours", "", None, Place(2, 1)),
        Allow("r", "twice", "", None, Place(3, 1)),
        Allow("q", "", "", None, Place(4, 1)),
    )
    found = [made(name="r"), made(name="q"), made("error", "r")]
    standing, accepted, unused = allowed(found, POST._replace(allow=allows), NOW)
    assert standing == [found[1]]
    assert accepted == [found[0]._replace(allowed=allows[0]), found[2]._replace(allowed=allows[0])]
    assert unused == {1: Refusal(), 2: Refusal()}


def test_one_that_accepts_something_is_used_whatever_else_it_does_not_name() -> None:
    allow = Allow("r", "ours", "", None, Place(2, 1), ("crisis.fire",))
    found = [made()._replace(grave=("crisis.fire",)), made()._replace(grave=("crisis.violence",))]
    for some in (found, found[::-1]):
        standing, accepted, unused = allowed(some, POST._replace(allow=(allow,)), NOW)
        assert (standing, accepted, unused) == ([found[1]], [found[0]._replace(allowed=allow)], {})


# --- policy limits who, and how long ---

DAY = timedelta(days=1)
SUN = rule("keywords", "error", name="sun", terms=["sun"])
TOLD = [
    rule("allow", name=when, message="{by} {until} {instead}", when=when)
    for when in ("no-reason", "expired", "unused", "not-by", "no-end", "too-long", "other-reason")
]


def told(limits: list[AllowLimit], **allow: Json) -> list[tuple[str, str]]:
    """Rule and message of what stands."""
    draft = post({"text": "sun", "allow": [{"rule": "sun", "reason": "Ours", **allow}]})
    engine = Engine([SUN, *TOLD], settings=Settings(allow=tuple(limits)))
    found = engine.judge(draft, engine.scene(Room()), NOW).findings
    return [(each.rule, each.message) for each in found if each.rule != "sun"]


@pytest.mark.parametrize(
    ("limit", "allow", "expected"),
    [
        (AllowLimit(by=("Ada", "Léa")), {"by": "@lea"}, []),
        (AllowLimit(by=("Ada", "Léa")), {"by": "Bo"}, [("not-by", "Bo  Ada, Léa")]),
        (AllowLimit(by=("Ada",)), {}, [("not-by", "nobody  Ada")]),
        (AllowLimit(("moon", "s*"), ("Ada",)), {"by": "Bo"}, [("not-by", "Bo  Ada")]),
        (AllowLimit(("moon*",), ("Ada",)), {"by": "Bo"}, []),
        (AllowLimit(longest=7 * DAY), {"until": "2026-07-27"}, []),
        (AllowLimit(longest=7 * DAY), {"until": "2026-07-28"}, [("too-long", "nobody 2026-07-28 7 days")]),
        (AllowLimit(longest=7 * DAY), {"until": "2026-07-27T12:00:01Z"}, [("too-long", "nobody 2026-07-27 7 days")]),
        (AllowLimit(longest=DAY), {}, [("no-end", "nobody  24 hours")]),
    ],
)
def test_who_may_accept_and_for_how_long(
    limit: AllowLimit, allow: dict[str, Json], expected: list[tuple[str, str]]
) -> None:
    assert told([limit], **allow) == expected


def test_all_limits_that_fit_count() -> None:
    limits = [AllowLimit(by=("Ada", "Bo")), AllowLimit(("sun",), by=("Ada",), longest=DAY)]
    assert told(limits, by="Bo") == [("not-by", "Bo  Ada")]
    assert told(limits, by="Ada", until="2026-07-21") == []


# --- one reason is not another ---

GATE = rule("trending-hashtag", "error", name="gate", message="{reason}", sensitive=["crisis"])
FIRE = rule("keywords", None, name="fire", label="crisis.fire", terms=["fire"])
SHOOTING = rule("keywords", None, name="shooting", label="crisis.violence", terms=["shooting"])
SELL = rule("keywords", None, name="sell", label="tone.promotional", terms=["buy"])
ON_TRAGEDY = rule("combination", "error", name="on-tragedy", all=["trend.sensitive", "tone.promotional"])
RULES = [GATE, FIRE, SHOOTING, SELL, *TOLD]


def standing(world: Room, rules: list[str], **allow: Json) -> list[tuple[str, str]]:
    entries: list[Json] = [{"rule": name, "reason": "We looked", **allow} for name in rules]
    found = judge([*RULES, ON_TRAGEDY], {"text": "buy at #Lindental", "allow": entries}, world).findings
    return [(each.rule, each.message) for each in found]


QUIET = room(seen("#Lindental"))
HARMLESS = room(seen("#Lindental", "Lindental wins a gardening prize"))
BURNING = room(seen("#Lindental", "A fire in Lindental"))
SHOT = room(seen("#Lindental", "A fire in Lindental", "A shooting in Lindental"))


@pytest.mark.parametrize("world", [QUIET, HARMLESS])
@pytest.mark.parametrize("covers", [None, [], ["crisis.fire"]])
def test_what_is_harmless_or_unexplained_needs_no_label(world: Room, covers: Json) -> None:
    assert standing(world, ["gate"], covers=covers) == []


def test_a_trend_that_has_turned_grave_is_flagged_again() -> None:
    assert standing(BURNING, ["gate", "on-tragedy"]) == [
        ("gate", "“A fire in Lindental”"),
        ("on-tragedy", "#Lindental"),
        ("other-reason", "nobody  crisis.fire"),
        ("other-reason", "nobody  crisis.fire"),
    ]


@pytest.mark.parametrize(
    "covers", ["crisis.fire", "crisis", ["crisis.fire", "crisis.water"], "crisis.water, crisis.fire"]
)
def test_unless_the_allow_says_so(covers: Json) -> None:
    assert standing(BURNING, ["gate", "on-tragedy"], covers=covers) == []


def test_a_second_reason_is_flagged_again_though_the_first_was_known() -> None:
    assert [name for name, _ in standing(SHOT, ["gate"], covers="crisis.fire")] == [
        "gate",
        "on-tragedy",
        "other-reason",
    ]
    assert standing(SHOT, ["gate", "on-tragedy"], covers=["crisis.fire", "crisis.violence"]) == []


def test_of_two_allows_the_one_that_knows_counts_and_the_other_is_told() -> None:
    entries: list[Json] = [
        {"rule": "gate", "reason": "A prize"},
        {"rule": "gate", "reason": "We help", "covers": "crisis"},
    ]
    result = judge(RULES, {"text": "at #Lindental", "allow": entries}, BURNING)
    assert [each.rule for each in result.findings] == ["unused"]
    assert [each.allowed and each.allowed.reason for each in result.suppressed] == ["We help"]
