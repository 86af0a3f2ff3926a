from __future__ import annotations

import pytest

from readtheroom.spans import Span
from tests.engine.test_scene import met, scene
from tests.kinds.check import seen


@pytest.mark.parametrize(
    ("term", "text", "span"),
    [
        ("Νέστορας Βλαχάκης", "Αντίο, Νέστορα Βλαχάκη.", Span(7, 22)),
        ("#Αλέξανδρος", "Καλό ταξίδι, Αλέξανδρε", Span(13, 22)),
        ("Αλεξάνδρου", "Ο Αλέξανδρος λείπει", Span(2, 12)),
        ("Θεσσαλονίκη", "Στην καρδιά της Θεσσαλονίκης", Span(16, 28)),
        ("Δρυοχώρι", "Μέλι Δρυοχωρίου", Span(5, 15)),
    ],
)
def test_a_greek_name_in_another_case(term: str, text: str, span: Span) -> None:
    found = met(scene(seen(term)), text, lang="el")
    assert [(each.span, each.by, each.trend.term) for each in found] == [(span, "name", term)]


def test_a_greek_tag_in_another_case() -> None:
    found = met(scene(seen("Νέστορας Βλαχάκης"), seen("Λάρισα")), "#ΝέστοραΒλαχάκη #λαρισας", lang="el")
    assert [(each.span, each.by, each.trend.term) for each in found] == [
        (Span(0, 15), "tag", "Νέστορας Βλαχάκης"),
        (Span(16, 24), "tag", "Λάρισα"),
    ]


@pytest.mark.parametrize(("lang", "times"), [("de", 1), ("en", 0), (None, 0)])
def test_a_genitive_counts_in_german(lang: str | None, times: int) -> None:
    found = met(scene(seen("Brookvale"), seen("#HannoSeiler")), "Brookvales", lang=lang)
    assert [(each.span, each.by) for each in found] == [(Span(0, 10), "name")] * times
    found = met(scene(seen("#HannoSeiler")), "Die Filme Hanno Seilers", lang=lang)
    assert [(each.span, each.by) for each in found] == [(Span(10, 23), "name")] * times


def test_a_german_tag_is_another_one() -> None:
    assert met(scene(seen("#Brookvale")), "#Brookvales", lang="de") == []


@pytest.mark.parametrize(
    ("term", "text", "lang"),
    [
        ("Χάρης", "Χάρη σε εσάς γεμίσαμε", "el"),
        ("Link", "Links und rechts vom Markt", "de"),
        ("Monday", "See you on Monday", "en"),
        ("August", "Im August geschlossen", "de"),
        ("Δευτέρα", "Κάθε Δευτέρα σούπα", "el"),
        ("People", "People love our soup", "en"),
        ("Love", "Love our soup", "en"),
        ("Tutti", "Tutti a tavola", "it"),
        ("Jetzt", "Jetzt gibt es Suppe", "de"),
        ("Vous", "Vous aimez la soupe", "fr"),
        ("Todo", "Todo listo para la sopa", "es"),
        ("Você", "Você gosta de sopa", "pt"),
    ],
)
def test_common_words_are_no_names(term: str, text: str, lang: str) -> None:
    world = scene(seen(term))
    assert met(world, text, lang=lang) == []
    assert [each.by for each in met(world, f"#{term}", lang=lang)] == ["tag"]


@pytest.mark.parametrize(
    ("term", "text", "lang"),
    [
        ("Monday", "Soup on #Monday", "en"),
        ("#monday", "Soup on #Monday", "en"),
        ("Δευτέρα", "Σούπα τη #Δευτέρα", "el"),
        ("Love", "All the #love", None),
        ("Amor", "Con #amor", "es"),
        ("Weekend", "Ab ins #Weekend", "de"),
        ("Segunda-feira", "Sopa na #SegundaFeira", "pt"),
        ("#BlackFriday", "Soup for #BlackFriday", "en"),
    ],
)
def test_a_common_word_as_a_tag_is_no_more_than_a_word_of_a_grave_story(term: str, text: str, lang: str | None) -> None:
    assert [each.by for each in met(scene(seen(term, "Fire: nine dead in Lindental")), text, lang=lang)] == ["words"]
    assert [each.by for each in met(scene(seen(term, "Soup for everybody")), text, lang=lang)] == ["tag"]


@pytest.mark.parametrize("term", ["#Brookvale", "#Paris", "#StayStrong", "#MondayInBrookvale"])
def test_a_name_as_a_tag_is_the_trend_itself(term: str) -> None:
    assert [each.by for each in met(scene(seen(term, "Fire: nine dead in Lindental")), f"See {term}")] == ["tag"]


@pytest.mark.parametrize(
    ("term", "text", "lang"),
    [
        ("Paris", "Paris en trois jours", "fr"),
        ("Berlin", "Berlin im Regen", "de"),
        ("Αθήνα", "Αθήνα με θέα", "el"),
        ("Roma", "Roma in tre giorni", "it"),
        ("Brasil", "Brasil em três dias", "pt"),
        ("Rio", "Rio em três dias", "pt"),
        ("Friday Reads", "friday reads for all", "en"),
    ],
)
def test_common_names_are(term: str, text: str, lang: str) -> None:
    assert [each.by for each in met(scene(seen(term)), text, lang=lang)] == ["name"]


def test_a_name_that_all_drafts_of_a_day_have_is_no_more_than_words_either() -> None:
    world = scene(seen("Black Friday", "Fire: nine dead in Lindental"))
    assert [each.by for each in met(world, "Black Friday: soup for two", lang="en")] == ["words"]
