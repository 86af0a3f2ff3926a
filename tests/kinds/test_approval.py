from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readtheroom.engine.engine import Engine
from readtheroom.findings import PostResult, Skip
from readtheroom.model import Account, Approval, Approvals, Json, Lapsed, Room, Rule
from tests.kinds.check import NOW, check, post, rule

AT = datetime(2026, 7, 19, 9, tzinfo=UTC)
END = datetime(2026, 7, 20, 9, tzinfo=UTC)
CHANGED = rule("approval", name="changed", message="{by} {at} {changed}", check="changed")
EXPIRED = rule("approval", name="expired", message="{by} {until}", check="expired")
AUTHOR = rule("approval", name="author", message="{by}", check="author")
NEEDED = rule("accounts", "error", name="needed", message="{approvers}: {value}", check="approver")
RULES = [CHANGED, EXPIRED, AUTHOR, NEEDED]
CAREFUL = Account("Nordvik", {"x": "nordvik"}, approvers=("Joan", "ben@nordvik.example"), approvals_needed=2)
DRAFT: dict[str, Json] = {"text": "Doors open at nine.", "account": "Nordvik", "author": "Ána"}


def judge(approvals: Approvals, rules: list[Rule] = RULES, account: Account = CAREFUL) -> PostResult:
    engine = Engine(rules, (account,))
    return engine.judge(post(DRAFT), engine.scene(Room()), NOW, (), approvals)


def told(approvals: Approvals) -> list[tuple[str, str]]:
    return [(each.rule, each.message) for each in judge(approvals, [CHANGED, EXPIRED, AUTHOR]).findings]


def test_what_has_lapsed_is_told_with_who_when_and_what() -> None:
    lapsed = (
        Lapsed(Approval("Joan", AT), ("text", "title")),
        Lapsed(Approval("Bo", AT, END)),
        Lapsed(Approval("Cy", AT), tuple(f"thread[{n}]" for n in range(7))),
    )
    assert told(Approvals((), lapsed)) == [
        ("changed", "Joan 2026-07-19 09:00 UTC text, title"),
        ("changed", "Cy 2026-07-19 09:00 UTC thread[0], thread[1], thread[2], thread[3], thread[4] and 2 more"),
        ("expired", "Bo 2026-07-20 09:00 UTC"),
    ]


@pytest.mark.parametrize(("by", "own"), [("ana", True), ("@ANA", True), ("Ana Berg", False), ("Joan", False)])
def test_whoever_wrote_it_is_no_second_pair_of_eyes(by: str, own: bool) -> None:
    assert told(Approvals(((by,),))) == ([("author", by)] if own else [])
    assert told(Approvals(((by, "a@b.example"), ("Li",)))) == ([("author", by)] if own else [])


@pytest.mark.parametrize(
    ("by", "value"),
    [
        ((), "nobody"),
        ((("joan",),), "joan"),
        ((("joan",), ("@Joan",)), "joan, @Joan"),
        ((("joan",), ("Somebody",)), "joan, Somebody"),
        ((("joan",), ("Ben", "BEN@nordvik.example")), None),
    ],
)
def test_two_approvers_where_the_account_needs_two(by: tuple[tuple[str, ...], ...], value: str | None) -> None:
    found = [each.message for each in judge(Approvals(by), [NEEDED]).findings]
    assert found == ([f"2 of Joan, ben@nordvik.example: {value}"] if value else [])


def test_a_rule_may_ask_for_more_than_the_account_does() -> None:
    one = CAREFUL._replace(approvals_needed=1)
    approved = Approvals((("joan",),))
    assert judge(approved, [NEEDED], one).verdict == "pass"
    assert judge(approved, [NEEDED._replace(options={"check": "approver", "least": 2})], one).verdict == "block"


def test_where_nobody_can_tell_the_post_is_neither_approved_nor_blocked() -> None:
    result = judge(Approvals((("joan",),), gap="git is not installed"), [NEEDED])
    assert (result.verdict, result.findings) == ("unknown", ())
    assert result.skipped == (Skip("needed", "approvals: git is not installed", required=True),)


def test_a_gap_does_not_matter_where_others_approve_or_nobody_must() -> None:
    enough = Approvals((("joan",), ("ben@nordvik.example",)), gap="git is not installed")
    assert judge(enough, [NEEDED]).verdict == "pass"
    assert judge(Approvals(gap="git"), [NEEDED], CAREFUL._replace(approvers=())).verdict == "pass"


def test_without_any_word_from_elsewhere_the_draft_is_asked() -> None:
    draft: dict[str, Json] = {**DRAFT, "approved_by": ["Ana"]}
    assert check(AUTHOR, draft) == [("author", "warning", "approved_by", 0, 0, "")]
