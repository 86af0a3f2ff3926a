from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.kinds.campaign_tag import distance
from readtheroom.model import Account, Json
from tests.kinds.check import check, messages, rule

OURS = rule(
    "campaign-tag", message="{match}: {meant}?", tags=["#OurSpring", "CountdownToNordvik"], unless=["OurSprint"]
)


def test_a_near_miss_is_told_with_the_tag_that_was_meant() -> None:
    text = "See you! ＃ourspting #CuntdownToNordvik"
    assert check(OURS, text) == [
        ("campaign-tag", "warning", "text", 9, 19, "＃ourspting"),
        ("campaign-tag", "warning", "text", 20, 38, "#CuntdownToNordvik"),
    ]
    assert messages(OURS, text) == ["＃ourspting: #OurSpring?", "#CuntdownToNordvik: #CountdownToNordvik?"]


@pytest.mark.parametrize(
    "text",
    [
        "#OurSpring #ourspring #Our_Spring #OÚRSPRING",
        "#OurSprint",
        "#OurString2 #Spring #YourSprings",
        "OurSpting",
        "#",
    ],
)
def test_right_tags_and_other_tags_pass(text: str) -> None:
    assert check(OURS, text) == []


def test_long_tags_may_have_two_slips_and_short_ones_are_left_alone() -> None:
    assert [found[-1] for found in check(OURS, "#CountdwnToNordvk #OurSrpign")] == ["#CountdwnToNordvk"]
    assert check(rule("campaign-tag", tags=["#Autun"]), "#Autum #Autuns") == []
    assert check(rule("campaign-tag", tags=["#Autumn"]), "#Autum #Autmun") == [
        ("campaign-tag", "warning", "text", 7, 14, "#Autmun")
    ]


def test_every_field_is_read_and_each_rule_speaks_for_itself() -> None:
    rules = [OURS, rule("campaign-tag", "error", name="theirs", tags=["OurSprung"])]
    assert check(rules, {"text": "Hello", "first_comment": "#OurSprng"}) == [
        ("campaign-tag", "warning", "first_comment", 0, 9, "#OurSprng"),
        ("theirs", "error", "first_comment", 0, 9, "#OurSprng"),
    ]


def test_a_rule_without_tags_has_nothing_to_say() -> None:
    assert check(rule("campaign-tag", tags=[]), "#OurSpting") == []


WORDS = st.text("abcd", max_size=7)


@given(WORDS, WORDS)
def test_distance_is_symmetric_and_zero_only_for_the_same(one: str, other: str) -> None:
    there = distance(one, other, 9)
    assert there == distance(other, one, 9)
    assert (there == 0) == (one == other)
    assert distance(one, other, 2) == (there if there is not None and there <= 2 else None)


@given(WORDS, st.integers(0, 6), st.sampled_from("abcd"))
def test_one_slip_is_one(word: str, at: int, letter: str) -> None:
    assert distance(word, word[:at] + letter + word[at:], 1) == 1
    assert distance(word, word[:at] + letter + word[at + 1 :], 1) in ({0, 1} if at < len(word) else {1})


def test_neighbours_swapped_are_one_slip() -> None:
    assert distance("spring", "sprnig", 1) == 1
    assert distance("spring", "psrnig", 1) is None


def test_tags_of_the_accounts_file_join_those_of_the_rule() -> None:
    own = Account("Nordvik", {"x": "nordvik"}, campaign_tags=("#NordvikDays",))
    tell = rule("campaign-tag", message="{meant}", tags=[])
    assert messages(tell, "#NordvikDay #NordvikDays", accounts=[own]) == ["#NordvikDays"]


@pytest.mark.parametrize(
    ("account", "told"),
    [
        ("Nordvik", ["#NordvikDays", "#SharedDays"]),
        ("@kiosk", ["#KioskNights", "#SharedDays"]),
        ("nobody", ["#SharedDays"]),
        (None, ["#SharedDays"]),
    ],
)
def test_an_account_answers_for_its_own_tags(account: str | None, told: list[str]) -> None:
    both = [
        Account("Nordvik", {"x": "nordvik"}, campaign_tags=("#NordvikDays", "#SharedDays")),
        Account("Kiosk", {"x": "kiosk"}, campaign_tags=("#KioskNights", "＃shareddays")),
    ]
    tell = rule("campaign-tag", message="{meant}", tags=[])
    draft: dict[str, Json] = {
        "text": "#NordvikDay #KioskNight #SharedDay",
        "platforms": ["x"],
        **({"account": account} if account else {}),
    }
    assert [each.casefold() for each in messages(tell, draft, accounts=both)] == [each.casefold() for each in told]


def test_the_very_tag_of_another_account_is_no_slip() -> None:
    both = [
        Account("Nordvik", {"x": "nordvik"}, campaign_tags=("#NordvikDays",)),
        Account("Kiosk", {"x": "kiosk"}, campaign_tags=("#NordvikDay",)),
    ]
    draft: dict[str, Json] = {"text": "#NordvikDay", "account": "Nordvik", "platforms": ["x"]}
    assert check(rule("campaign-tag", tags=[]), draft, accounts=both) == []
