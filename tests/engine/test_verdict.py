from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.engine.verdict import fill, finding, labels, order, verdict
from readtheroom.findings import Evidence, Finding, Match, Skip, Verdict
from readtheroom.model import Severity
from readtheroom.spans import Place, Span
from tests.kinds.check import post, rule

RULE = rule("keywords", "warning", name="r", label="a.b", message="{match} is {label}, {what}")._replace(
    advice="Drop {match}", confidence="medium"
)
POST = post({"text": "line one\nline two", "account": "acme", "platforms": ["x"]})


def made(severity: Severity = "warning", name: str = "r") -> Finding:
    return finding(Match(RULE._replace(id=name), 0, Span(9, 13)), severity, POST)


def test_a_finding_in_a_field() -> None:
    match = Match(RULE, 0, Span(9, 13), facts={"what": "so"}, evidence=(Evidence("why"),))
    assert finding(match, "error", POST) == Finding(
        rule="r",
        severity="error",
        confidence="medium",
        message="line is a.b, so",
        field="text",
        start=9,
        end=13,
        place=Place(1, 21),
        end_place=Place(1, 25),
        match="line",
        labels=("a.b",),
        advice="Drop line",
        evidence=(Evidence("why"),),
    )


def test_what_a_match_says_instead_of_its_rule() -> None:
    match = Match(RULE, 0, Span(0, 4), label="x.y", message="{label}!", labels=("l",), confidence="low")
    said = finding(match, "info", POST)
    assert (said.message, said.labels, said.confidence) == ("x.y!", ("l",), "low")


def test_findings_about_keys() -> None:
    known = finding(Match(RULE, "account", Span(0, 4)), "error", POST)
    assert (known.field, known.match, known.place, known.end_place) == ("account", "acme", (1, 44), (1, 48))
    several = finding(Match(RULE, "platforms"), "error", POST)
    assert (several.match, several.start, several.end, several.place) == ("", 0, 0, (1, 64))
    absent = finding(Match(RULE, "approved_by"), "error", POST)
    assert (absent.match, absent.place, absent.end_place) == ("", (1, 1), (1, 1))


def test_placeholders_that_nobody_fills_stay() -> None:
    assert fill("{a} {b} {A} {}", {"a": "{b}", "b": "x"}) == "{b} x {A} {}"


def test_labels_by_place_each_once() -> None:
    second = RULE._replace(id="q", severity=None)
    matches = [
        Match(RULE, 0, Span(9, 13)),
        Match(second, 0, Span(0, 4)),
        Match(RULE, 0, Span(9, 13)),
        Match(RULE, "account", Span(0, 4)),
        Match(RULE._replace(label=None), 0, Span(0, 1)),
    ]
    assert [(each.label, each.rule, each.start, each.match) for each in labels(matches, POST)] == [
        ("a.b", "q", 0, "line"),
        ("a.b", "r", 9, "line"),
    ]


def test_order_is_by_place_then_rule() -> None:
    key = finding(Match(RULE, "account", Span(0, 4)), "error", POST)
    early = finding(Match(RULE, 0, Span(0, 4)), "error", POST)
    found = [made(name="b"), made(name="a"), early, key]
    assert sorted(found, key=lambda each: order(each, POST)) == [early, found[1], found[0], key]


def test_order_is_that_of_the_file_and_not_of_the_fields() -> None:
    titled = post({"title": "Hello", "text": "line"})
    found = [finding(Match(RULE, index, Span(0, 4)), "error", titled) for index in range(2)]
    assert [each.field for each in found] == ["text", "title"]
    assert [each.field for each in sorted(found, key=lambda each: order(each, titled))] == ["title", "text"]


@pytest.mark.parametrize(
    ("severities", "skips", "warn", "expected"),
    [
        ([], [], True, "pass"),
        (["info"], [], True, "pass"),
        (["info", "warning"], [], False, "warn"),
        (["warning", "error"], [], False, "block"),
        ([], [Skip("g", "why")], False, "pass"),
        ([], [Skip("g", "why")], True, "warn"),
        ([], [Skip("g", "why", required=True)], False, "unknown"),
        (["warning"], [Skip("g", "why", required=True)], True, "unknown"),
        (["error"], [Skip("g", "why", required=True)], True, "block"),
    ],
)
def test_verdicts(severities: list[Severity], skips: list[Skip], warn: bool, expected: Verdict) -> None:
    assert verdict([made(each) for each in severities], skips, warn_of_skips=warn) == expected


@given(
    st.lists(st.sampled_from(["info", "warning", "error"]), max_size=5).flatmap(
        lambda some: st.tuples(st.just(some), st.permutations(some))
    )
)
def test_order_never_changes_a_verdict(both: tuple[list[Severity], list[Severity]]) -> None:
    first, second = ([made(each) for each in some] for some in both)
    assert verdict(first, [], warn_of_skips=True) == verdict(second, [], warn_of_skips=True)
