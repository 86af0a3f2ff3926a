from __future__ import annotations

import pytest

from readtheroom.model import Json
from readtheroom.spans import Place
from tests.kinds.check import check, judge, messages, rule

SUN = rule("keywords", "error", name="sun", terms=["sun"])
RULES = [
    SUN,
    *(rule("allow", name=when, message="{rule} {until}", when=when) for when in ("no-reason", "expired", "unused")),
]


def draft(**allow: Json) -> dict[str, Json]:
    return {"text": "sun", "scheduled_at": "2026-07-20T12:00:00Z", "allow": [{"rule": "sun", **allow}]}


@pytest.mark.parametrize("until", [None, "2026-07-20", "2026-07-20T12:00:00Z", "2026-12-31"])
def test_a_finding_that_somebody_accepts(until: str | None) -> None:
    result = judge(RULES, draft(reason="Ours", by="Ana", until=until))
    assert (result.verdict, result.findings) == ("pass", ())
    (accepted,) = result.suppressed
    assert (accepted.rule, accepted.match) == ("sun", "sun")
    assert accepted.allowed == result.post.allow[0]


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_without_a_reason_it_does_not_count(reason: str | None) -> None:
    assert check(RULES, draft(reason=reason)) == [
        ("sun", "error", "text", 0, 3, "sun"),
        ("no-reason", "warning", "allow[0]", 0, 0, ""),
    ]


@pytest.mark.parametrize("until", ["2026-07-19", "2026-07-20T11:59:59Z"])
def test_expired_it_does_not_count(until: str) -> None:
    found = check(RULES, draft(reason="Ours", until=until))
    assert found == [("sun", "error", "text", 0, 3, "sun"), ("expired", "warning", "allow[0]", 0, 0, "")]
    assert messages(RULES, draft(reason="Ours", until=until))[1] == f"sun {until[:10]}"


@pytest.mark.parametrize("until", [None, "2026-07-20T12:00:00Z"])
def test_one_that_silences_nothing(until: str | None) -> None:
    quiet: dict[str, Json] = {**draft(reason="Ours", until=until), "text": "moon"}
    assert check(RULES, quiet) == [("unused", "warning", "allow[0]", 0, 0, "")]
    assert messages(RULES, quiet) == [f"sun {(until or '')[:10]}"]


def test_the_second_of_two_for_the_same_rule_is_unused() -> None:
    two: dict[str, Json] = {"text": "sun", "allow": [{"rule": "sun", "reason": "a"}, {"rule": "sun", "reason": "b"}]}
    assert check(RULES, two) == [("unused", "warning", "allow[1]", 0, 0, "")]


def test_it_points_at_the_entry() -> None:
    two: dict[str, Json] = {"text": "moon", "allow": [{"rule": "a", "reason": "a"}, {"rule": "b", "reason": "b"}]}
    assert [each.place for each in judge(RULES, two).findings] == [each.place for each in judge(RULES, two).post.allow]
    assert judge(RULES, two).post.allow[1].place == Place(1, 58)


def test_several_rules_may_look_for_the_same() -> None:
    both = [rule("allow", name="a", when="unused"), rule("allow", "error", name="b", when="unused")]
    assert check(both, draft(reason="Ours")) == [
        ("a", "warning", "allow[0]", 0, 0, ""),
        ("b", "error", "allow[0]", 0, 0, ""),
    ]
