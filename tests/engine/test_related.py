from __future__ import annotations

import pytest

from readtheroom.engine.related import MOST_WORDS
from readtheroom.spans import Span
from tests.engine.test_scene import met, scene
from tests.kinds.check import seen


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Fire: φωτιά σε υπόστεγο στον Βόλο, κινδυνεύει η Μίρνα", "Από του Βόλου και τις παραλίες της Μίρνας"),
        ("Fire: φωτιά σε υπόστεγο του Νίκου Ράλλη", "Γεια σου, Νίκο, ωραίο το υπόστεγο"),
        ("Fire in Bonn, Kran stürzt auf Schleuse", "Der schönste Kran Bonns"),
    ],
)
def test_words_in_another_case(headline: str, text: str) -> None:
    assert [each.by for each in met(scene(seen("Lindental", headline)), text)] == ["words"]


def test_one_word_in_two_cases_is_one() -> None:
    world = scene(seen("Lindental", "Fire: φωτιά σε υπόστεγο στον Βόλο"))
    assert met(world, "Ο Βόλος του Βόλου") == []
    assert [each.span for each in met(world, "Υπόστεγο: ο Βόλος του Βόλου")] == [Span(0, 8)]


def test_a_word_that_stands_for_two_of_a_story_is_one() -> None:
    world = scene(seen("Lindental", "Fire: Brannik, then Brannika, at Zorvel"))
    assert met(world, "a brannik") == []
    assert [each.by for each in met(world, "a brannik of zorvel")] == ["words"]


def test_of_a_trend_that_is_told_at_length_the_first_words_count() -> None:
    names = [f"z{chr(97 + n // 26)}{chr(97 + n % 26)}uq" for n in range(2 * MOST_WORDS)]
    world = scene(seen("#blaze", "Fire: " + " ".join(names)))
    assert [each.by for each in met(world, " ".join(names[:2]))] == ["words"]
    assert met(world, " ".join(names[-2:])) == []


@pytest.mark.parametrize(
    ("term", "headline", "text", "by"),
    [
        ("Fire Lindental", "Fire: nine dead in Lindental", "Good wishes to Lindental", ["name"]),
        ("Mathilda Korvel", "Fire: Mathilda Korvel found dead", "Korvel wore our glasses", ["name"]),
        ("Mathilda Korvel", "Fire: Mathilda Korvel found dead", "A korvel of sorts", []),
        ("Korvel wins at last", "Fire: nine dead after Korvel wins", "Korvel wore our glasses", ["words"]),
        ("#blaze", "Fire in Lindental, nine dead\nLindental fire: what is known", "Off to Lindental we go", ["words"]),
        ("#blaze", "Fire in Lindental, nine dead", "Off to Lindental we go", []),
        ("Fire Lindental", "Fire: nine dead in Lindental", "a lindental of sorts", []),
        ("Lindental", "Fire, nine dead", "Lindentaler with butter", []),
        ("Fire London", "Fire: nine dead in London", "Good wishes to London", []),
    ],
)
def test_a_rare_name_tells_a_story_by_itself(term: str, headline: str, text: str, by: list[str]) -> None:
    reasons = tuple(headline.split("\n"))
    assert [each.by for each in met(scene(seen(term, *reasons)), text)] == by
