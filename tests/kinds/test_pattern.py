from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.errors import PolicyError
from readtheroom.kinds.pattern import MOST_MATCHES
from tests.kinds.check import check, judge, messages, rule


def test_where_it_matches() -> None:
    found = check(rule("pattern", pattern=r"\d+\s?€"), {"text": "Για 20 € μόνο, 5€!", "title": "10 €"})
    assert found == [
        ("pattern", "warning", "text", 4, 8, "20 €"),
        ("pattern", "warning", "text", 15, 17, "5€"),
        ("pattern", "warning", "title", 0, 4, "10 €"),
    ]


def test_several_patterns_and_the_first_group() -> None:
    two = rule("pattern", pattern=[r"code: (\w+)", r"(never)?ever"])
    assert check(two, "Code: SUN, forever") == [
        ("pattern", "warning", "text", 6, 9, "SUN"),
        ("pattern", "warning", "text", 14, 18, "ever"),
    ]


def test_case_counts_only_where_asked() -> None:
    assert check(rule("pattern", pattern="straße"), "STRASSE") == [("pattern", "warning", "text", 0, 7, "STRASSE")]
    assert check(rule("pattern", pattern="sun", case_sensitive=True), "Sun SUN sun") == [
        ("pattern", "warning", "text", 8, 11, "sun")
    ]


def test_unless_and_needs() -> None:
    assert check(
        rule("pattern", pattern=r"fire\w*", unless=["fire ?sale", "fireworks"]), "fire sale fireworks fires"
    ) == [("pattern", "warning", "text", 20, 25, "fires")]
    needs = rule("pattern", pattern="s.n", needs=["SUN", "moon"])
    assert check(needs, "son") == []
    assert check(needs, "son sun") == [
        ("pattern", "warning", "text", 0, 3, "son"),
        ("pattern", "warning", "text", 4, 7, "sun"),
    ]


def test_empty_matches_and_endless_ones() -> None:
    assert check(rule("pattern", pattern="a*"), "bbb a") == [("pattern", "warning", "text", 4, 5, "a")]
    assert len(check(rule("pattern", pattern="a"), "a " * 100)) == MOST_MATCHES


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(", "pattern '(' is not valid: missing )"),
        (r"(a|aa)+$", "takes over 0.1 s on a short text: avoid repeats inside repeats"),
        (r"(0|0)+$", "takes over 0.1 s on a short text: avoid repeats inside repeats"),
        (r"(a+)+$", "takes over 0.1 s on a short text: avoid repeats inside repeats"),
        (r"(x+x+)+y", "takes over 0.1 s on a short text: avoid repeats inside repeats"),
        ("(" * 2000 + ")" * 2000, "is nested too deep"),
    ],
)
def test_patterns_that_cannot_be_used(pattern: str, said: str) -> None:
    with pytest.raises(PolicyError) as caught:
        judge(rule("pattern", pattern=["fine", pattern]), "a")
    assert len(caught.value.faults) == 1
    assert str(caught.value).startswith("rules.yaml:7: rule 'pattern': pattern ")
    assert said in str(caught.value)


def test_a_pattern_that_is_slow_on_a_draft_says_so() -> None:
    slow = rule("pattern", pattern=r"\s+$")
    assert messages(slow, "a" + " " * 60_000 + "b") == [
        "Not checked: the pattern of this rule took over 0.1 s here. Simplify the pattern."
    ]


def test_a_pattern_that_is_slow_on_a_draft_gives_no_label() -> None:
    slow = rule("pattern", None, name="slow", label="x.y", pattern=r"\s+$")
    told = rule("combination", "error", name="told", all=["x.y"])
    result = judge([slow, told], "a" + " " * 60_000 + "b")
    assert [(each.rule, each.severity, each.labels) for each in result.findings] == [("slow", "warning", ())]
    assert result.labels == ()
    remark = rule("pattern", "info", pattern=r"\s+$")
    assert judge(remark, "a" + " " * 60_000 + "b").verdict == "warn"


def test_texts_over_a_length_are_not_searched() -> None:
    short = rule("pattern", pattern=r"\w", longest=3)
    assert check(short, "abc") == check(rule("pattern", pattern=r"\w"), "abc")
    assert check(short, "abcd") == []


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_the_span_is_the_match(text: str) -> None:
    for _, _, _, start, end, match in check(rule("pattern", pattern=r"\w+"), text):
        assert text[start:end] == match
        assert match.isalnum() or "_" in match or not match.isascii()
