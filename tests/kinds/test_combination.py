from __future__ import annotations

import pytest

from readtheroom.errors import PolicyError
from readtheroom.findings import Evidence
from readtheroom.model import Json, Reason, Room, Rule
from tests.kinds.check import check, judge, labels, messages, room, rule, seen

FIRE = rule("keywords", None, name="fire", label="crisis.fire", terms=["fire", "burned down"])
WAR = rule("keywords", None, name="war", label="crisis.war", terms=["war"])
SALE = rule("keywords", None, name="sale", label="tone.promotional", terms=["sale"])
SORRY = rule("keywords", None, name="sorry", label="tone.condolence", terms=["sorry"])
LABELS = [FIRE, WAR, SALE, SORRY]


def of(**options: Json) -> list[Rule]:
    return [*LABELS, rule("combination", "error", message="{because}", options=options)]


def test_all() -> None:
    both = of(all=["crisis", "tone.promotional"])
    assert check(both, "Sale after the fire") == [("combination", "error", "text", 15, 19, "fire")]
    assert check(both, "Sale") == []
    assert check(both, "Fire") == []


def test_a_label_is_met_by_those_below_it_only() -> None:
    assert check(of(all=["crisis.fire"]), "war") == []
    assert check(of(all=["crisis.fire.forest"]), "fire") == []
    assert check(of(all=["cris"]), "fire") == []
    assert check(of(all=["crisis.fire"]), "fire") == [("combination", "error", "text", 0, 4, "fire")]


def test_any_and_none() -> None:
    rules = of(any=["crisis.war", "tone.promotional"], none=["tone.condolence"])
    assert check(rules, "war") == [("combination", "error", "text", 0, 3, "war")]
    assert check(rules, "sale") == [("combination", "error", "text", 0, 4, "sale")]
    assert check(rules, "sorry, war sale") == []
    assert check(rules, "fire") == []


def test_expressions_within_expressions() -> None:
    rules = of(all=["crisis", {"any": ["tone.promotional", {"none": ["tone.condolence"]}]}])
    assert check(rules, "fire") == [("combination", "error", "text", 0, 4, "fire")]
    assert check(rules, "sorry, fire") == []
    assert check(rules, "sorry, fire sale") == [("combination", "error", "text", 7, 11, "fire")]


def test_where_it_points() -> None:
    assert check(of(all=["crisis", "tone.promotional"], at="tone"), "fire sale") == [
        ("combination", "error", "text", 5, 9, "sale")
    ]
    assert check(of(all=["crisis", "tone.promotional"]), {"text": "sale", "title": "fire"}) == [
        ("combination", "error", "title", 0, 4, "fire")
    ]


def test_what_it_says_of_the_reasons() -> None:
    (found,) = judge(of(all=["crisis", "tone.promotional"]), "fire and war sale").findings
    assert found.message == "“fire”, “war”, “sale”"
    assert found.labels == ("crisis.fire", "crisis.war", "tone.promotional")


def test_what_goes_on_in_the_room() -> None:
    idiom = of(all=["tone.promotional", "room.crisis.fire"])
    assert check(idiom, "sale", room(seen("Lindental", "Hotel burned down"))) == [
        ("combination", "error", "text", 0, 4, "sale")
    ]
    assert check(idiom, "sale", room(seen("Lindental", "Peace after the war"))) == []


def test_headlines_of_the_room_are_evidence() -> None:
    idiom = of(all=["tone.promotional", "room.crisis.fire"])
    (found,) = judge(idiom, "sale", room(seen("Lindental", "Hotel burned down"), seen("Else", "Nothing much"))).findings
    assert [each.title for each in found.evidence] == ["Hotel burned down"]
    assert check(idiom, "sale", Room()) == []


def test_what_is_not_met_is_no_reason() -> None:
    rules = of(any=[{"all": ["crisis.war", "room.crisis.war"]}, {"all": ["crisis.fire", "room.crisis.fire"]}])
    (found,) = judge(rules, "war and fire", room(seen("Lindental", "Hotel burned down"))).findings
    assert (found.match, found.message, found.labels) == ("fire", "“fire”", ("crisis.fire",))


def test_reasons_of_a_trend_that_the_draft_names() -> None:
    gate = rule("trending-hashtag", None, name="gate", look_up=["tags"])
    rules = [gate, *of(all=["tone.promotional", "trend.crisis.fire"])]
    lindental = room(seen("#Lindental", "Hotel burned down"))
    (found,) = judge(rules, "sale in #Lindental", lindental).findings
    assert (found.rule, found.match) == ("combination", "sale")
    assert found.evidence[0][:2] == ("Hotel burned down", "https://news.example/1")
    assert isinstance(found.evidence[0], Evidence)
    assert check(rules, "sale", lindental) == []


def test_combinations_build_on_each_other_in_any_order() -> None:
    first = rule("combination", None, name="a", label="bad.taste", all=["crisis", "tone.promotional"])
    second = rule("combination", "error", name="b", all=["bad"])
    for rules in ([*LABELS, first, second], [second, first, *LABELS]):
        assert check(rules, "fire sale") == [("b", "error", "text", 0, 4, "fire")]
    assert labels([*LABELS, first], "fire sale") == [
        ("bad.taste", "fire"),
        ("crisis.fire", "fire"),
        ("tone.promotional", "sale"),
    ]


def test_labels_in_a_circle_are_a_fault() -> None:
    rules = [
        rule("combination", None, name="a", label="x.a", all=["y"]),
        rule("combination", None, name="b", label="y.b", any=["z", "x"]),
    ]
    with pytest.raises(PolicyError) as caught:
        check(rules, "a")
    assert str(caught.value) == "rules.yaml:7: rule 'a': labels go in a circle: a (x.a) → b (y.b) → a (x.a)"


def test_nothing_without_labels() -> None:
    assert messages(of(none=["crisis"]), "a quiet day") == []


@pytest.mark.parametrize(("sources", "confidence"), [(1, "medium"), (2, "high")])
def test_it_is_as_sure_as_the_trend_that_it_speaks_of(sources: int, confidence: str) -> None:
    gate = rule("trending-hashtag", "error", name="gate")
    shot = rule("keywords", None, name="shot", label="crisis.violence", terms=["shot", "gunman"])
    sale = rule("keywords", None, name="sale", label="tone.promotional", terms=["dress"])
    both = rule("combination", "error", name="both", all=["tone.promotional", "trend.crisis"])
    titles = ["Nine shot dead in Brookvale", "Gunman kills nine in Brookvale"]
    told = [seen("#Brookvale", source=title[:4])._replace(reasons=(Reason(title),)) for title in titles[:sources]]
    found = judge([gate, shot, sale, both], "#Brookvale dress", room(*told)).findings
    assert [(each.rule, each.confidence) for each in found] == [("gate", confidence), ("both", confidence)]
