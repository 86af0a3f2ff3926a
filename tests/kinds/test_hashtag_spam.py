from __future__ import annotations

from readtheroom.findings import Evidence
from tests.kinds.check import NOW, check, judge, messages, room, rule, seen

SELLS = rule("keywords", None, label="tone.promotional", terms=["order"])
DEATH = rule("keywords", None, name="death", label="crisis.death", terms=["dead"])
SPAM = [SELLS, DEATH, rule("hashtag-spam", message="{match} {problem}")]

DERBY = seen("#MidnightDerby", "Harbour Lane beat Hopper Street")
PANCAKES = seen("#PancakeDay", "Shrove Tuesday recipes")
KILTS = seen("#KiltNight", "Dancing in the park")


def test_a_tag_that_has_nothing_to_do_with_what_is_sold() -> None:
    (found,) = judge(SPAM, "Order our sofas #MidnightDerby", room(DERBY)).findings
    assert (found.start, found.end, found.match) == (16, 30, "#MidnightDerby")
    assert found.message == "#MidnightDerby trends, and the post has nothing to do with it"
    assert found.evidence == (Evidence("Harbour Lane beat Hopper Street", "https://news.example/1", observed_at=NOW),)


def test_words_of_the_tag_of_its_headlines_and_of_other_tags_make_it_the_subject() -> None:
    for text in ("Order pancakes", "Order our shrove box", "Order a #PancakeMix", "Order a recipe book"):
        assert check(SPAM, f"{text} #PancakeDay", room(PANCAKES)) == []
    assert check(SPAM, "Order the best day with this #PancakeDay", room(PANCAKES)) == [
        ("hashtag-spam", "warning", "text", 29, 40, "#PancakeDay")
    ]


def test_a_trending_tag_does_not_speak_for_itself_or_another() -> None:
    assert check(SPAM, "Order now #PancakeDay #pancakeday", room(PANCAKES)) == [
        ("hashtag-spam", "warning", "text", 10, 21, "#PancakeDay")
    ]


def test_other_fields_count() -> None:
    draft = {"text": "Order now #PancakeDay", "first_comment": "With every pancake"}
    assert check(SPAM, draft, room(PANCAKES)) == []


def test_drafts_that_sell_nothing_and_tags_that_do_not_trend() -> None:
    assert check(SPAM, "Good night #MidnightDerby", room(DERBY)) == []
    assert check(SPAM, "Order our sofas #NordvikSofas, midnight derby", room(DERBY)) == []


def test_grave_trends_are_left_to_the_gate_and_unexplained_ones_are_not() -> None:
    assert check(SPAM, "Order our sofas #Brookvale", room(seen("#Brookvale", "Nine dead"))) == []
    assert check(SPAM, "Order our sofas #Brookvale", room(seen("#Brookvale"))) == [
        ("hashtag-spam", "warning", "text", 16, 26, "#Brookvale")
    ]


def test_many_trending_tags_are_spam_in_any_draft() -> None:
    text = "Good night #MidnightDerby #PancakeDay #PancakeDay #KiltNight"
    everything = room(DERBY, PANCAKES, KILTS)
    assert check(SPAM, text, everything) == [("hashtag-spam", "warning", "text", 50, 60, "#KiltNight")]
    assert messages(SPAM, text, everything) == ["#KiltNight one of many tags that trend"]
    assert check([rule("hashtag-spam", many=4)], text, everything) == []
    assert check([rule("hashtag-spam", many=2)], text, everything) == [
        ("hashtag-spam", "warning", "text", 26, 37, "#PancakeDay")
    ]


def test_what_sells_and_what_is_grave_are_options() -> None:
    other = [SELLS, DEATH, rule("hashtag-spam", when=["crisis"], grave=["tone"])]
    assert check(other, "Order our sofas #MidnightDerby", room(DERBY)) == []
    assert check(other, "Dead tired #Brookvale", room(seen("#Brookvale", "Nine dead"))) == []
    assert check(other, "Dead tired #MidnightDerby", room(DERBY)) == [
        ("hashtag-spam", "warning", "text", 11, 25, "#MidnightDerby")
    ]
