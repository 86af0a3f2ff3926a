from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.engine.engine import Engine, Settings
from readtheroom.errors import PolicyError, UsageError
from readtheroom.findings import PostResult, Skip
from readtheroom.model import NO_ROOM, Gap, Json, Observation, Post, Room, Rule
from tests.kinds.check import NOW, post, room, rule, seen

RULES = [
    rule("keywords", None, name="crisis", label="crisis.violence", terms=["shot dead", "attack*"]),
    rule("keywords", None, name="fire", label="crisis.fire", terms=["fire", "burned down"]),
    rule("keywords", None, name="sale", label="tone.promotional", terms={"any": ["sale"], "fr": ["promo"]}),
    rule("keywords", None, name="sorry", label="tone.condolence", terms=["hearts", "condolences"]),
    rule("pattern", "info", name="price", label="tone.promotional", pattern=r"\d+ ?€"),
    rule("trending-hashtag", "error", name="gate", excused_by=["tone.condolence"], unless_with=["tone.promotional"]),
    rule("combination", "error", name="on-crisis", message="{because}", all=["crisis", "tone.promotional"]),
    rule("combination", None, name="taste", label="bad.taste", all=["room.crisis", "tone.promotional"]),
    rule("combination", "warning", name="idiom", message="{because}", all=["bad"]),
    rule("allow", name="unused", when="unused"),
    rule("limits", "warning", limits={"x": {"length": {"most": 40}, "hashtags": {"most": 1}}}),
    rule("template", "error", checks=["merge-fields", "mash", "mash-only"]),
]
TRENDS = [
    seen("#Brookvale", "Nine shot dead at a concert", "Vigil tonight"),
    seen("Brookvale", "Mayor speaks", source="other"),
    seen("#Roses", "Festival opens", at=NOW - timedelta(hours=3)),
    seen("Lindental"),
]
DRAFTS: list[dict[str, Json]] = [
    {"id": "a", "text": "Sale at #Brookvale, 5 € a piece", "platforms": ["x"]},
    {"id": "b", "text": "Hearts and hands to #brookvale"},
    {"id": "c", "text": "A quiet day in #Roses and #Lindental, and a rather long text", "platforms": ["x"]},
    {"id": "d", "text": "Fire sale! {{name}}", "allow": [{"rule": "on-crisis", "reason": "ours"}]},
    {
        "id": "e",
        "text": "asdfghjkl",
        "title": "La promo du jour",
        "lang": "fr",
        "allow": [{"rule": "x", "reason": "y"}],
    },
    {"id": "f", "text": "Nothing to see", "scheduled_at": "2027-01-01T00:00:00Z"},
]
POSTS = [post(draft) for draft in DRAFTS]


def run(
    rules: Sequence[Rule] = RULES, posts: Sequence[Post] = POSTS, world: Room | None = None
) -> dict[str, PostResult]:
    engine = Engine(rules)
    scene = engine.scene(room(*TRENDS) if world is None else world)
    return {each.id: engine.judge(each, scene, NOW) for each in posts}


EXPECTED = run()


def test_the_sample_says_all_there_is_to_say() -> None:
    assert {name: result.verdict for name, result in EXPECTED.items()} == {
        "a": "block",
        "b": "pass",
        "c": "warn",
        "d": "block",
        "e": "block",
        "f": "pass",
    }
    said = {each.rule for result in EXPECTED.values() for each in (*result.findings, *result.suppressed)}
    assert said == {each.id for each in RULES if each.severity}


@given(st.permutations(RULES), st.permutations(POSTS), st.permutations(TRENDS))
def test_no_order_changes_a_verdict(rules: list[Rule], posts: list[Post], trends: list[Observation]) -> None:
    found = run(rules, posts, room(*trends))
    assert {name: result.verdict for name, result in found.items()} == {
        name: result.verdict for name, result in EXPECTED.items()
    }


@given(st.permutations(RULES), st.permutations(POSTS))
def test_no_order_of_rules_or_posts_changes_what_is_found(rules: list[Rule], posts: list[Post]) -> None:
    assert run(rules, posts) == EXPECTED


def test_threads_share_an_engine() -> None:
    engine = Engine(RULES)
    scene = engine.scene(room(*TRENDS))
    many = POSTS * 25
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda each: engine.judge(each, scene, NOW), many))
    assert found == [EXPECTED[each.id] for each in many]


def test_findings_come_by_their_place_in_the_file() -> None:
    places = [(each.field, each.start) for each in EXPECTED["e"].findings]
    assert places == [("text", 0), ("title", 3), ("allow[0]", 0)]


def test_the_same_said_twice_counts_once() -> None:
    twice = rule("pattern", "info", pattern=["sun", "s.n"])
    (found,) = run([twice], [post({"id": "s", "text": "sun"})])["s"].findings
    assert (found.start, found.end) == (0, 3)


def test_every_fault_of_every_kind_is_told_at_once() -> None:
    with pytest.raises(PolicyError) as caught:
        Engine([rule("keywords", terms=["a*"]), rule("pattern", pattern="("), rule("keywords", name="k", terms=[])])
    told = str(caught.value).splitlines()
    assert [line.split("rule ")[1].split(":")[0] for line in told] == ["'keywords'", "'k'", "'pattern'"]


def test_an_unknown_kind_is_told() -> None:
    with pytest.raises(UsageError, match=r"no kind is called 'keyword'; known: .*keywords"):
        Engine([rule("keyword", terms=["a"])])


def test_a_post_is_judged_for_the_moment_it_goes_out() -> None:
    engine = Engine(RULES)
    scene = engine.scene(room(*TRENDS))
    draft = post("A song for #Brookvale")
    assert engine.judge(draft, scene, NOW).verdict == "block"
    assert engine.judge(draft, scene, NOW + timedelta(hours=48)).verdict == "block"
    assert engine.judge(draft, scene, NOW + timedelta(hours=49)).findings == ()
    scheduled = draft._replace(scheduled_at=NOW + timedelta(days=5))
    assert engine.judge(scheduled, scene, NOW).findings == ()


def test_a_post_that_was_due_a_moment_ago_goes_out_now() -> None:
    engine = Engine(RULES)
    scene = engine.scene(room(*TRENDS))
    draft = post("A song for #Brookvale")
    late = draft._replace(scheduled_at=TRENDS[0].observed_at - timedelta(seconds=2))
    now = TRENDS[0].observed_at + timedelta(minutes=5)
    assert engine.judge(late, scene, now).verdict == "block"
    assert engine.judge(late, scene, now + timedelta(hours=1)).findings == ()


def test_what_asks_for_the_room_is_not_checked_without_it() -> None:
    turned = rule("combination", "error", name="turned", all=["crisis.fire", "room.crisis.fire"])
    engine = Engine([*RULES[:2], turned], settings=Settings(when_unavailable="block"))
    result = engine.judge(post("Our sale is on fire"), engine.scene(), NOW)
    assert result.verdict == "unknown"
    assert result.skipped == (Skip("turned", "no room was given", required=True),)


def test_all_that_could_not_be_looked_up_is_told() -> None:
    us = Room((seen("#Brookvale", region="US"),), (Gap("google-trends", "answered 500"),))
    engine = Engine(RULES, settings=Settings(audience=("US", "FR")))
    skipped = engine.judge(post("#Brookvale"), engine.scene(us), NOW).skipped
    assert [skip.rule for skip in skipped] == ["gate", "taste"]
    assert skipped[0].reason == "the room speaks of US alone, and not of FR; google-trends: answered 500"


def test_the_window_and_the_audience_are_settings() -> None:
    engine = Engine(RULES, settings=Settings(audience=("FR",), window=timedelta(hours=1)))
    us = engine.scene(room(seen("#Brookvale", "Nine shot dead", region="US")))
    old = engine.scene(room(seen("#Brookvale", "Nine shot dead", at=NOW - timedelta(hours=2))))
    elsewhere = engine.judge(post("#Brookvale"), us, NOW)
    assert (elsewhere.verdict, elsewhere.findings) == ("warn", ())
    assert {each.reason for each in elsewhere.skipped} == {"the room speaks of US alone, and not of FR"}
    assert engine.judge(post({"text": "#Brookvale", "audience": ["US"]}), us, NOW).verdict == "block"
    assert engine.judge(post("#Brookvale"), old, NOW).findings == ()


@pytest.mark.parametrize(
    ("when", "verdict", "required"), [("ignore", "pass", False), ("warn", "warn", False), ("block", "unknown", True)]
)
def test_a_room_that_nobody_read(when: Literal["ignore", "warn", "block"], verdict: str, required: bool) -> None:
    engine = Engine(RULES, settings=Settings(when_unavailable=when))
    result = engine.judge(post("A quiet day"), engine.scene(NO_ROOM), NOW)
    assert result.verdict == verdict
    assert [(skip.rule, skip.reason, skip.required) for skip in result.skipped] == [
        ("gate", "no room was given", required),
        ("taste", "no room was given", required),
    ]
    blocked = engine.judge(post("{{name}}"), engine.scene(NO_ROOM), NOW)
    assert blocked.verdict == "block"


@pytest.mark.parametrize(
    ("when", "verdict", "required"), [("ignore", "pass", False), ("warn", "warn", False), ("block", "unknown", True)]
)
def test_a_room_of_another_time(when: Literal["ignore", "warn", "block"], verdict: str, required: bool) -> None:
    engine = Engine(RULES, settings=Settings(when_unavailable=when))
    old = engine.scene(room(seen("#Brookvale", "Nine shot dead", at=NOW - timedelta(days=9))))
    result = engine.judge(post("A quiet day"), old, NOW)
    assert result.verdict == verdict
    assert [(skip.rule, skip.required) for skip in result.skipped] == [("gate", required), ("taste", required)]


@pytest.mark.parametrize(
    ("when", "verdict", "required"), [("ignore", "pass", False), ("warn", "warn", False), ("block", "unknown", True)]
)
def test_a_room_that_was_read_in_part(when: Literal["ignore", "warn", "block"], verdict: str, required: bool) -> None:
    engine = Engine(RULES, settings=Settings(when_unavailable=when))
    part = Room((seen("#Brookvale", "Nine shot dead"),), (Gap("a", "timeout"), Gap("b", "old", note=True)))
    result = engine.judge(post("A quiet day"), engine.scene(part), NOW)
    assert result.verdict == verdict
    assert result.skipped == (Skip("gate", "a: timeout", required), Skip("taste", "a: timeout", required))
    assert result.notes == (Gap("b", "old", note=True),)
    assert engine.judge(post("#Brookvale"), engine.scene(part), NOW).verdict == "block"


def test_a_note_alone_leaves_nothing_unchecked() -> None:
    engine = Engine(RULES, settings=Settings(when_unavailable="block"))
    result = engine.judge(post("A quiet day"), engine.scene(Room(gaps=(Gap("b", "old", note=True),))), NOW)
    assert (result.verdict, result.skipped, result.notes) == ("pass", (), (Gap("b", "old", note=True),))


@pytest.mark.parametrize("when", ["warn", "block"])
@pytest.mark.parametrize(
    ("gap", "audience", "is_missed"),
    [
        (Gap("a", "timeout", region="FR"), ["US"], False),
        (Gap("a", "timeout", region="FR"), ["US", "FR"], True),
        (Gap("a", "timeout", region="FR"), [], True),
        (Gap("a", "timeout"), ["US"], True),
        (Gap("a", "no longer in the config", required=False), ["US"], False),
    ],
)
def test_who_could_not_have_told_of_the_audience_is_not_missed(
    when: Literal["warn", "block"], gap: Gap, audience: list[str], is_missed: bool
) -> None:
    engine = Engine(RULES, settings=Settings(when_unavailable=when))
    part = engine.scene(Room((seen("#Brookvale", "Nine shot dead"),), (gap,)))
    result = engine.judge(post({"text": "A quiet day", "audience": [*audience]}), part, NOW)
    missed = "warn" if when == "warn" else "unknown"
    assert result.verdict == (missed if is_missed else "pass")
    required = is_missed and when == "block"
    assert result.skipped == tuple(Skip(rule, str(gap), required) for rule in ("gate", "taste"))


def test_rules_that_need_no_room_miss_nothing_without_one() -> None:
    engine = Engine([rule("keywords", terms=["sun"])], settings=Settings(when_unavailable="block"))
    assert engine.judge(post("moon"), engine.scene(NO_ROOM), NOW)[1:] == ("pass", (), (), (), (), ())


def test_labels_of_headlines_are_combined_as_those_of_drafts() -> None:
    rules = [
        rule("keywords", None, name="fire", label="event.fire", terms=["fire"]),
        rule("keywords", None, name="toll", label="crisis.death", terms=["nine dead"]),
        rule("combination", None, name="both", label="crisis.fire", all=["event.fire", "crisis.death"]),
    ]
    engine = Engine(rules)
    assert engine.labels_of("Fire in Brookvale") == {"event.fire"}
    assert engine.labels_of("Fire in Brookvale, nine dead") == {"event.fire", "crisis.death", "crisis.fire"}


def test_headlines_are_read_by_the_same_rules() -> None:
    engine = Engine(RULES)
    grave = engine.scene(room(seen("#Roses", "Fire at the festival")))
    assert [each.labels for each in engine.judge(post("#Roses"), grave, NOW).findings] == [("crisis.fire",)]
