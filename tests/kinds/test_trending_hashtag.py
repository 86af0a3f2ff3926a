from __future__ import annotations

from datetime import timedelta

import pytest

from readtheroom.findings import Evidence
from readtheroom.model import NO_ROOM, Confidence, Json, Reason, Room, Rule
from tests.kinds.check import NOW, Found, check, judge, labels, messages, room, rule, seen

CRISIS = rule("keywords", None, name="crisis", label="crisis.violence", terms=["shot dead", "shooting"])
SORRY = rule("keywords", None, name="sorry", label="tone.condolence", terms=["hearts"])
SALE = rule("keywords", None, name="sale", label="tone.promotional", terms=["dress"])
SHOOTING = seen("#Brookvale", "Nine shot dead at a concert in Brookvale", "Vigil tonight")
TAG: Found = ("gate", "error", "text", 0, 10, "#Brookvale")


def of(**options: Json) -> list[Rule]:
    return [
        CRISIS,
        SORRY,
        SALE,
        rule("trending-hashtag", "error", name="gate", message="{trend}: {reason}", options=options),
    ]


def test_a_grave_reason_is_shown() -> None:
    result = judge(of(), "#brookvale dress", room(SHOOTING))
    (found,) = result.findings
    assert (found.rule, found.severity, found.start, found.end, found.match) == ("gate", "error", 0, 10, "#brookvale")
    assert found.message == "#Brookvale: “Nine shot dead at a concert in Brookvale”"
    assert found.labels == ("crisis.violence",)
    assert found.evidence == (
        Evidence("Nine shot dead at a concert in Brookvale", "https://news.example/1", None, None, NOW),
        Evidence("Vigil tonight", "https://news.example/2", None, None, NOW),
    )
    assert result.verdict == "block"


@pytest.mark.parametrize(
    "term", ["#Brookvale", "Brookvale", "brookvale", "＃ＢＲＯＯＫＶＡＬＥ", "#BrookVale", "Brook Vale"]
)
@pytest.mark.parametrize("tag", ["#Brookvale", "#BROOKVALE", "＃brookvale", "#Brook_vale"])
def test_tags_and_trends_are_compared_by_their_letters(term: str, tag: str) -> None:
    found = check(of(), tag + " dress", room(seen(term, "Nine shot dead")))
    assert found == [("gate", "error", "text", 0, len(tag), tag)]


def test_no_reason_known_and_a_harmless_one() -> None:
    unknown, harmless = room(seen("#Brookvale")), room(seen("#Brookvale", "Rose festival opens"))
    assert check(of(), "#Brookvale", unknown) == [("gate", "warning", "text", 0, 10, "#Brookvale")]
    assert check(of(), "#Brookvale", harmless) == [("gate", "info", "text", 0, 10, "#Brookvale")]
    assert check(of(unexplained="error", harmless="off"), "#Brookvale", unknown) == [TAG]
    assert check(of(unexplained="error", harmless="off"), "#Brookvale", harmless) == []


def test_condolence_is_excused_unless_it_sells() -> None:
    gate = of(excused_by=["tone.condolence"], unless_with=["tone.promotional"])
    assert check(gate, "#Brookvale our hearts", room(SHOOTING)) == [("gate", "info", "text", 0, 10, "#Brookvale")]
    assert check(gate, "#Brookvale our hearts, our dress", room(SHOOTING)) == [TAG]
    assert labels(gate, "#Brookvale our hearts", room(SHOOTING))[0] == ("trend.excused", "#Brookvale")


def test_names_only_where_asked() -> None:
    assert check(of(), "Brookvale dress", room(SHOOTING)) == []
    names = of(look_up=["names"])
    assert check(names, "A dress from Brookvale", room(SHOOTING)) == [("gate", "error", "text", 13, 22, "Brookvale")]
    assert check(names, "#Brookvale", room(SHOOTING)) == []
    assert check(names, "a dress on monday", room(seen("Monday", "Nine shot dead"))) == []


def test_long_and_odd_trends_do_no_harm() -> None:
    odd = room(seen("a" * 300, "shooting"), seen("#", "shooting"), seen("*", "shooting"), seen("a*b c", "shooting"))
    assert check(of(look_up=["tags", "names"]), "#dress A dress *", odd) == []


def test_observations_of_the_two_days_before() -> None:
    for hours, found in ((48, [TAG]), (49, []), (-1, [])):
        old = seen("#Brookvale", "Nine shot dead", at=NOW - timedelta(hours=hours))
        assert check(of(), "#Brookvale dress", room(old)) == found
    later = {"text": "#Brookvale dress", "scheduled_at": "2026-07-23T12:00:00Z"}
    assert check(of(), later, room(SHOOTING)) == []


def test_a_room_is_that_of_the_audience() -> None:
    here = room(seen("#Brookvale", "Nine shot dead", region="US"))
    assert check(of(), {"text": "#Brookvale dress", "audience": ["US", "FR"]}, here) == [TAG]
    assert check(of(), {"text": "#Brookvale dress", "audience": ["FR"]}, here) == []
    assert check(of(), "#Brookvale dress", here) == [TAG]


def test_all_that_was_seen_of_a_trend_counts() -> None:
    many = room(seen("#Brookvale", "Rose festival opens"), seen("Brookvale", "Nine shot dead"), seen("brookvale"))
    assert check(of(), "#Brookvale dress", many) == [TAG]


def test_no_room_is_said_and_never_passes() -> None:
    result = judge(of(), "#Brookvale dress", NO_ROOM)
    assert (result.verdict, result.findings) == ("warn", ())
    assert [(skip.rule, skip.reason, skip.required) for skip in result.skipped] == [
        ("gate", "no room was given", False)
    ]
    assert judge(of(), "#Brookvale dress", Room()).skipped == ()


def test_a_tag_that_stands_twice_is_told_once() -> None:
    assert messages(of(), "#Brookvale and #brookvale", room(SHOOTING)) == [
        "#Brookvale: “Nine shot dead at a concert in Brookvale”"
    ]


SHOT = ["Nine people shot dead at Brookvale concert hall", "Gunman kills nine in Brookvale"]


@pytest.mark.parametrize(
    ("own", "sources", "found"),
    [("high", 1, "medium"), ("high", 2, "high"), ("medium", 2, "medium"), ("low", 2, "low")],
)
def test_confidence_is_that_of_the_sources_and_no_more_than_the_rules(
    own: Confidence, sources: int, found: str
) -> None:
    gate = rule("trending-hashtag", "error")._replace(confidence=own)
    shot = rule("keywords", None, name="shot", label="crisis.violence", terms=["shot", "gunman"])
    told = [seen("#Brookvale", source=title[:4])._replace(reasons=(Reason(title),)) for title in SHOT[:sources]]
    (finding,) = judge([gate, shot], "Off to #Brookvale", room(*told)).findings
    assert (finding.severity, finding.confidence) == ("error", found)


def test_words_alone_make_less_sure() -> None:
    gate = rule("trending-hashtag", "error", look_up=["words"])
    shot = rule("keywords", None, name="shot", label="crisis.violence", terms=["shot", "gunman"])
    (finding,) = judge([gate, shot], "A concert hall for all", room(seen("#Brookvale", SHOT[0]))).findings
    assert (finding.rule, finding.confidence) == ("trending-hashtag", "low")
