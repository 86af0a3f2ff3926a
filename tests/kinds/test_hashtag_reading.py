from __future__ import annotations

import pytest

from readtheroom.errors import PolicyError
from tests.kinds.check import check, judge, rule

RUDE = rule("hashtag-reading", message="{reading}: {word}", terms=["anal", "penis", "crap*"])


def test_what_else_a_tag_can_be_read_as() -> None:
    (found,) = judge(RUDE, "Ask at #susanalbumparty!").findings
    assert (found.start, found.end, found.match) == (7, 23, "#susanalbumparty")
    assert found.message == "sus anal bum party: anal"
    assert [each.title for each in found.evidence] == ["it can be read “sus anal bum party”"]


@pytest.mark.parametrize("text", ["#TitanAllies", "#analysis #canal #anal", "analbum penisland", "#PenIsland"])
def test_capitals_and_whole_words_settle_the_matter(text: str) -> None:
    assert check(RUDE, text) == []


def test_both_signs_prefixes_and_capitals_at_the_start() -> None:
    assert check(RUDE, "＃penisland #Itscrap #itscrappy") == [
        ("hashtag-reading", "warning", "text", 0, 10, "＃penisland"),
        ("hashtag-reading", "warning", "text", 11, 19, "#Itscrap"),
        ("hashtag-reading", "warning", "text", 20, 30, "#itscrappy"),
    ]


def test_terms_of_a_language_count_in_drafts_of_it() -> None:
    by_language = rule("hashtag-reading", terms={"es": ["puta"], "any": ["penis"]})
    found = [("hashtag-reading", "warning", "text", 0, 10, "#putamadre")]
    assert check(by_language, {"text": "#putamadre", "lang": "es"}) == found
    assert check(by_language, {"text": "#putamadre", "lang": "en"}) == []
    assert check(by_language, {"text": "#putamadre"}) == found
    assert check(by_language, {"text": "#penisland", "lang": "de"}) == [
        ("hashtag-reading", "warning", "text", 0, 10, "#penisland")
    ]


def test_known_harmless_tags_and_slack() -> None:
    assert check(rule("hashtag-reading", terms=["penis"], unless=["PenisLand"]), "#penisland") == []
    assert check(rule("hashtag-reading", terms=["anal"], slack=100), "#susanalbumparty") == []


def test_long_tags_are_left_alone() -> None:
    assert check(RUDE, "#" + "penisland" * 20_000) == []


def test_a_term_must_be_one_word() -> None:
    with pytest.raises(PolicyError) as caught:
        judge(rule("hashtag-reading", terms=["two words", "fine"]), "a")
    assert str(caught.value) == (
        "rules.yaml:7: rule 'hashtag-reading': term 'two words' is no single word: parts of a tag are"
    )
