from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.engine.engine import Engine, Settings
from readtheroom.engine.scene import Scene
from readtheroom.model import Gap, Observation, Reason, Room, Trend
from tests.engine.test_scene import met, scene
from tests.kinds.check import NOW, post, room, rule, seen

FIRE = "Fire destroys hotel in Lindental"


def trend(world: Scene, text: str) -> Trend:
    (found,) = (each for each in met(world, text) if each.by != "words")
    return found.trend


def test_a_headline_of_another_source_explains_a_bare_tag() -> None:
    bare, told = seen("#Lindental", source="Tags"), seen(FIRE, FIRE, source="News")
    found = trend(scene(bare, told), "#lindental")
    assert (found.term, found.labels, found.source) == ("#Lindental", ("crisis.fire",), "Tags, News")
    assert [reason.title for reason in found.reasons] == [FIRE]
    alone = trend(scene(bare), "#lindental")
    assert (alone.labels, alone.reasons) == ((), ())


def test_a_headline_without_reasons_is_one_itself() -> None:
    found = trend(scene(seen("#Lindental"), seen(FIRE, source="News")), "#lindental")
    assert [(reason.title, reason.source) for reason in found.reasons] == [(FIRE, "News")]


def test_only_what_is_about_it_counts() -> None:
    other = seen("Roses", "Show opens in Lindental", "Fire at the rose show", source="News")
    found = trend(scene(seen("#Lindental"), other), "#lindental")
    assert ([reason.title for reason in found.reasons], found.labels) == (["Show opens in Lindental"], ())


def test_reasons_that_conflict_are_both_told_the_grave_one_first() -> None:
    world = scene(seen("Lindental", "Lindental opens its baths"), seen(FIRE, source="News"))
    assert [reason.title for reason in trend(world, "#lindental").reasons] == [FIRE, "Lindental opens its baths"]


@pytest.mark.parametrize(
    ("term", "headline", "explains"),
    [
        ("#OldMill", "Fire at the Old Mill", True),
        ("old_mill", "Fire at the Old Mill", True),
        ("#OldMill", "Old fire at the paper mill", False),
        ("Lindental", "Fire in Lindentals", False),
        ("#Λίντενταλ", "Φωτιά: fire στο Λίντενταλ", True),
        ("#Monday", "Fire on Monday", False),
        ("#Wednesday", "Fire on Wednesday", False),
        ("#Τετάρτη", "Φωτιά την Τετάρτη: fire", False),
        ("#Miércoles", "Fire: incendio del miércoles", False),
        ("#Boston", "Fire in Boston", True),
        ("#people", "Fire: people flee", False),
        ("#Up", "Fire up in the hills", False),
        ("#NewYork", "Fire in New York: nine people missing", True),
        ("#Paris", "Incendie à Paris : fire, huit blessés graves", True),
        ("#Αθήνα", "Μεγάλη πυρκαγιά έξω από την Αθήνα: fire", True),
        ("#Love", "Fire Kills Man Who Sang Of Love With His Band", False),
        ("#Love", "Fire: Love of candles leaves nine people homeless", False),
        ("#People", "Fire on a ferry: nine people missing", False),
        ("#Ακρόλιμνος", "Fire: φωτιά στο κέντρο της Ακρολίμνου", True),
        ("#Νέστορας", "Fire: κάηκε το σπίτι του Νέστορα", True),
        ("#Χάρης", "Fire: η φωτιά έσβησε χάρη στη βροχή", False),
        ("#Tannfurt", "Großbrand am Rand Tannfurts: fire", True),
        ("#Tannfurt", "Fire among the Tannfurts of this town", False),
        ("#August", "Fire in August leaves the hills black", False),
    ],
)
def test_what_a_headline_names(term: str, headline: str, explains: bool) -> None:
    found = trend(scene(seen(term), seen(headline)), f"#{term.lstrip('#')}")
    assert (found.labels == ("crisis.fire",)) is explains


def test_it_speaks_for_its_own_region_and_time() -> None:
    bare = seen("#Lindental")
    abroad = scene(bare, seen(FIRE, region="FR"))
    assert [each.trend.labels for each in met(abroad, "#lindental", ["US"])] == [()]
    assert [each.trend.labels for each in met(abroad, "#lindental", ["FR"])] == [("crisis.fire",)]
    old = scene(bare, seen(FIRE, at=NOW - timedelta(hours=49)))
    assert trend(old, "#lindental").labels == ()


PRESS = [f"https://{name}.example/1" for name in ("post", "herald", "courier")]


def told(source: str, title: str = FIRE, url: str | None = None, outlet: str | None = None) -> Observation:
    return seen("Lindental", source=source)._replace(reasons=(Reason(title, url, outlet),))


@pytest.mark.parametrize(
    ("others", "confidence"),
    [
        ([], "medium"),
        ([told("News", "Hotel fire in Lindental: nine dead", PRESS[1])], "medium"),  # the same source
        ([told("Feed", FIRE, PRESS[1])], "medium"),  # the same text, from an agency
        ([told("Feed", "Hotel fire in Lindental", PRESS[0])], "medium"),  # the same page
        ([told("Feed", "Hotel fire in Lindental", "https://www.post.example/2")], "medium"),  # the same outlet
        ([told("Feed", "Hotel fire in Lindental", PRESS[1], "The Post")], "medium"),
        ([seen("Lindental", source="Tags")], "medium"),  # tells nothing of a fire
        ([told("Feed", "Lindental opens its baths", PRESS[1])], "medium"),
        ([told("Feed", "Hotel fire in Lindental", PRESS[1])], "high"),
        ([seen("Lindental hotel on fire, nine missing", source="Feed")], "high"),
    ],
)
def test_confidence_grows_with_independent_sources(others: list[Observation], confidence: str) -> None:
    world = scene(told("News", FIRE, PRESS[0], "The Post"), *others)
    found = [each.trend for each in met(world, "#lindental") if each.by == "tag"]
    assert [each.confidence for each in found] == [confidence]


def test_of_bare_tags_two_sources_are_independent() -> None:
    assert trend(scene(seen("#Lindental", source="a")), "#lindental").confidence == "medium"
    assert (
        trend(scene(seen("#Lindental", source="a"), seen("Lindental", source="b")), "#lindental").confidence == "high"
    )


def test_a_headline_of_several_outlets_is_shown_once() -> None:
    found = trend(scene(told("News", FIRE, PRESS[0]), told("Feed", FIRE.upper(), PRESS[1])), "#lindental")
    assert len(found.reasons) == 1


def test_a_story_with_a_name_is_listed_once() -> None:
    other = "Roses in bloom in the gardens of Valmont"
    first = "Hotel on fire in Lindental, nine missing"
    world = scene(seen("#Lindental", source="a"), *(seen(title, source="b") for title in (first, FIRE, other)))
    found = {each.term: [reason.title for reason in each.reasons] for each in world.trends(NOW, ())}
    assert found == {"#Lindental": [FIRE, first], other: []}
    alone = scene(seen(first, source="b"), seen(FIRE, source="b"))
    assert {each.term for each in alone.trends(NOW, ())} == {first, FIRE}


VOICES = st.builds(
    told,
    st.sampled_from(["News", "Feed", "Tags"]),
    st.sampled_from([FIRE, "Hotel fire in Lindental", "Lindental on fire"]),
    st.sampled_from([None, *PRESS]),
    st.sampled_from([None, "The Post", "The Herald"]),
)


@given(st.lists(VOICES, min_size=1, max_size=5), VOICES)
def test_another_source_makes_nobody_less_confident(voices: list[Observation], more: Observation) -> None:
    before, after = (trend(scene(*some), "#lindental").confidence for some in (voices, [*voices, more]))
    assert (before, after) != ("high", "medium")


TERMS = st.sampled_from(["#Lindental", "Lindental", "Roses", FIRE, "Show opens in Lindental"])
HEADLINES = st.lists(st.sampled_from([FIRE, "Show opens in Lindental", "Roses in bloom"]), max_size=2, unique=True)
SEEN = st.builds(
    lambda term, titles, source: seen(term, *titles, source=source), TERMS, HEADLINES, st.sampled_from(["a", "b"])
)
ENGINE = Engine(
    [
        rule("trending-hashtag", "error", name="gate"),
        rule("keywords", None, name="fire", label="crisis.fire", terms=["fire"]),
    ],
    settings=Settings(when_unavailable="block"),
)
DRAFT = post("Off to #Lindental with #roses")


def verdict(of: Room) -> str:
    return ENGINE.judge(DRAFT, ENGINE.scene(of), NOW).verdict


@given(
    st.lists(st.tuples(SEEN, st.booleans(), st.integers(0, 47)), max_size=5),
    st.sampled_from([(), (Gap("x", "timeout"),), (Gap("x", "old", note=True),)]),
)
def test_a_source_that_repeats_what_others_say_changes_no_verdict(
    told: list[tuple[Observation, bool, int]], gaps: tuple[Gap, ...]
) -> None:
    once = [each for each, _, _ in told]
    repeated = [
        each._replace(source="c", observed_at=NOW - timedelta(hours=ago))
        for each, is_repeated, ago in told
        if is_repeated
    ]
    for some in ([*once, *repeated], [*repeated, *once]):
        assert verdict(Room(tuple(some), gaps)) == verdict(Room(tuple(once), gaps))


@given(st.lists(SEEN, max_size=5))
def test_a_source_that_is_gone_turns_no_block_into_pass(told: list[Observation]) -> None:
    before = verdict(room(*told))
    left = tuple(each for each in told if each.source != "a")
    after = verdict(Room(left, (Gap("a", "timeout"),), looked_up=bool(left)))
    assert after in ({"block", "unknown"} if before == "block" else {"unknown"})
