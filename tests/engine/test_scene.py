from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.engine.scene import Scene
from readtheroom.model import Observation, Reason, Sighting
from readtheroom.spans import Span
from readtheroom.text.analysis import AnalysedText
from readtheroom.text.lexicon import LexiconBuilder
from tests.kinds.check import NOW, post, room, seen

WINDOW = timedelta(hours=48)
EMPTY = LexiconBuilder().build()


def label(headline: str) -> frozenset[str]:
    return frozenset({"crisis.fire"} if "fire" in headline.lower() else ())


def scene(*observations: Observation) -> Scene:
    return Scene(room(*observations), label, WINDOW)


def met(
    world: Scene, text: str, audience: Sequence[str] = (), hours: float = 0, lang: str | None = None
) -> list[Sighting]:
    texts = [AnalysedText(field, n, EMPTY) for n, field in enumerate(post(text).fields)]
    return list(world.sightings(texts, NOW + timedelta(hours=hours), tuple(audience), lambda: lang))


def test_a_trend_by_tag_and_by_name() -> None:
    world = scene(seen("Lindental", "Hotel opens"))
    found = met(world, "#lindental! To Lindental, not to lindental")
    assert [(each.span, each.by, each.trend.term) for each in found] == [
        (Span(0, 10), "tag", "Lindental"),
        (Span(15, 24), "name", "Lindental"),
    ]


def test_names_of_several_words_in_any_spelling() -> None:
    world = scene(seen("#LahoreBlast"), seen("Grand Hotel Lindental"))
    found = met(world, "the lahore blast, the GRAND  Hotel\nLindental and #grandhotel_lindental")
    assert [(each.span, each.by) for each in found] == [
        (Span(4, 16), "name"),
        (Span(22, 44), "name"),
        (Span(49, 70), "tag"),
    ]


def test_a_name_inside_a_split_hashtag() -> None:
    world = scene(seen("Lindental", "Hotel opens"), seen("#LuxurySpa"))
    found = met(world, "#LindentalLuxury and #LuxurySpaDays")
    assert [(each.span, each.by, each.trend.term) for each in found] == [
        (Span(1, 10), "name", "Lindental"),
        (Span(22, 31), "name", "#LuxurySpa"),
    ]


def test_headlines_of_what_goes_on_besides() -> None:
    early, late = NOW - timedelta(hours=3), NOW - timedelta(hours=1)
    world = scene(
        seen("A", at=early)._replace(reasons=(Reason("Fire in a barn", "https://news.example/barn"),)),
        seen("B", "Fire in a hotel", at=late),
        seen("C", "A hotel opens", at=NOW),
        seen("D", "Fire in a mill", at=NOW + timedelta(hours=1)),
    )
    told = world.headlines("crisis", NOW, ())
    assert [(reason.title, at) for reason, at in told] == [("Fire in a hotel", late), ("Fire in a barn", early)]
    assert world.headlines("crisis.water", NOW, ()) == []


@given(st.lists(st.integers(-60, 60), max_size=8), st.integers(-100, 100))
def test_labels_that_are_kept_are_those_of_the_moment(hours: list[int], at: int) -> None:
    world = scene(*(seen("T", f"fire {n}", at=NOW + timedelta(hours=hour)) for n, hour in enumerate(hours)))
    for moment in (at - 1, at, at + 1, at):
        near = any(moment - 48 <= hour <= moment for hour in hours)
        assert world.labels(NOW + timedelta(hours=moment), ()) == frozenset({"crisis.fire"} if near else ())


def test_a_headline_is_told_as_of_when_it_was_seen() -> None:
    earlier = seen("lindental", at=NOW - timedelta(hours=1))._replace(reasons=(Reason("Old mill"),))
    world = scene(seen("#Lindental", "Hotel opens", at=NOW), earlier)
    (found,) = met(world, "#Lindental")
    assert {each.title: each.seen_at for each in found.trend.reasons} == {
        "Hotel opens": NOW,
        "Old mill": NOW - timedelta(hours=1),
    }


def test_headlines_and_letters_are_no_names() -> None:
    world = scene(seen("A hotel burned down in the old town"), seen("Up"), seen("#X"))
    assert met(world, "A hotel burned down in the old town. Up X") == []
    assert [each.by for each in met(world, "#up #x")] == ["tag", "tag"]


def test_what_was_seen_of_a_trend_is_one() -> None:
    first = seen("#Lindental", "Hotel opens", at=NOW - timedelta(hours=2))._replace(rank=3, volume=7)
    second = Observation(
        "lindental",
        "topic",
        "other",
        NOW,
        None,
        1,
        None,
        (Reason("Fire in hotel"), Reason("Hotel opens again", "https://news.example/1")),
    )
    (found,) = met(scene(second, first), "#Lindental")
    trend = found.trend
    assert (trend.term, trend.source, trend.observed_at, trend.rank, trend.volume) == (
        "lindental",
        "other, test",
        NOW,
        1,
        None,
    )
    assert [each.title for each in trend.reasons] == ["Fire in hotel", "Hotel opens again"]
    assert trend.labels == ("crisis.fire",)


@pytest.mark.parametrize(("hours", "speaks"), [(0, True), (48, True), (48.01, False), (-0.01, False), (24, True)])
def test_the_window(hours: float, speaks: bool) -> None:
    world = scene(seen("#Lindental", "Fire"))
    assert bool(met(world, "#Lindental", hours=hours)) is speaks
    assert world.labels(NOW + timedelta(hours=hours), ()) == (frozenset({"crisis.fire"}) if speaks else frozenset())
    assert (world.coverage.gap(NOW + timedelta(hours=hours)) is None) is speaks


@pytest.mark.parametrize(
    ("region", "audience", "speaks"),
    [
        (None, (), True),
        (None, ("US",), True),
        ("US", (), True),
        ("US", ("US", "FR"), True),
        ("us", ("US",), True),
        ("US", ("FR",), False),
    ],
)
def test_regions(region: str | None, audience: tuple[str, ...], speaks: bool) -> None:
    world = scene(seen("#Lindental", "Fire", region=region))
    assert bool(met(world, "#Lindental", audience)) is speaks
    assert bool(world.labels(NOW, audience)) is speaks


def test_headlines_are_labelled_once() -> None:
    asked: list[str] = []

    def count(headline: str) -> frozenset[str]:
        asked.append(headline)
        return frozenset()

    Scene(room(seen("a", "One", "Two"), seen("b", "One"), seen("a", "Two")), count, WINDOW)
    assert sorted(asked) == ["One", "Two", "a", "b"]


OBSERVED = st.builds(
    lambda term, title, hours, region: seen(term, title, at=NOW - timedelta(hours=hours), region=region),
    st.sampled_from(["#Lindental", "Valmont", "＃Lindental", "valmont"]),
    st.sampled_from(["Fire", "Fair", "Feast"]),
    st.integers(-5, 60),
    st.sampled_from([None, "US", "FR"]),
)


@given(st.lists(OBSERVED, max_size=6).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_observations_changes_no_label(both: tuple[list[Observation], list[Observation]]) -> None:
    one, other = (scene(*some) for some in both)
    for audience in ((), ("US",)):
        assert one.labels(NOW, audience) == other.labels(NOW, audience)
        said = [
            [(each.span, each.by, each.trend.labels) for each in met(world, "#Lindental, Valmont", audience)]
            for world in (one, other)
        ]
        assert said[0] == said[1]
