from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readtheroom.spans import Span
from readtheroom.text.hashtags import MAX_READINGS, cased, readings, split


def shown(tag: str, parts: tuple[Span, ...]) -> str:
    return " ".join(tag[start:end] for start, end in parts)


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("aurora", "aurora"),
        ("LahoreBlast", "Lahore Blast"),
        ("NBCPolitics", "NBC Politics"),
        ("OurNBC", "Our NBC"),
        ("MPsExpenses", "MPs Expenses"),
        ("iPhoneDay", "iPhone Day"),
        ("nowPlaying", "now Playing"),
        ("pray_for_paris", "pray for paris"),
        ("covid19Update", "covid 19 Update"),
        ("2027", "2027"),
        ("ÉtéIndien", "Été Indien"),
        ("E\u0301te\u0301Indien", "E\u0301te\u0301 Indien"),
        ("ΚαλήΜέρα", "Καλή Μέρα"),
        ("GroßeStraße", "Große Straße"),
        ("il·lusió", "il lusió"),
        ("東京オリンピック2020", "東京オリンピック 2020"),
        ("नमस्ते", "नमस्ते"),
        ("_", ""),
    ],
)
def test_capitals_digits_and_signs_show_the_words(tag: str, parts: str) -> None:
    assert shown(tag, cased(tag)) == parts


def test_parts_have_their_places_in_the_tag() -> None:
    assert split("_pray_forparis2027") == (Span(1, 5), Span(6, 9), Span(9, 14), Span(14, 18))


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("lahoreblast", "lahore blast"),
        ("susanalbumparty", "susan album party"),
        ("Susanalbumparty", "Susan album party"),
        ("PRAYFORPARIS", "PRAY FOR PARIS"),
        ("therapist", "therapist"),
        ("bonneannée", "bonne année"),
        ("bonneanne\u0301e", "bonne anne\u0301e"),
        ("καλημέρακόσμε", "καλημέρα κόσμε"),
        ("felizdomingo", "feliz domingo"),
        ("guterstart", "guter start"),
        ("straßenfest", "straßen fest"),
        ("buongiornoatutti", "buongiorno a tutti"),
        ("bomdiabrasil", "bom dia brasil"),
        ("globexdeals", "globex deals"),
        ("WhoRepresents", "Who Represents"),
        ("JonasAlbumParty", "Jonas Album Party"),
        ("prayforParis", "pray for Paris"),
        ("ff", "ff"),
    ],
)
def test_word_lists_cut_what_shows_no_words(tag: str, parts: str) -> None:
    assert shown(tag, split(tag)) == parts


def test_a_language_may_be_named() -> None:
    assert shown("guterstart", split("guterstart", ("de",))) == "guter start"
    assert shown("καλημέρακόσμε", split("καλημέρακόσμε", ("de",))) == "καλημέρακόσμε"


@pytest.mark.parametrize(
    ("tag", "hidden"),
    [
        ("susanalbumparty", "sus anal bum party"),
        ("whorepresents", "whore presents"),
        ("expertsexchange", "expert sex change"),
    ],
)
def test_other_readings_are_found_behind_the_best(tag: str, hidden: str) -> None:
    found = {shown(tag, reading.parts): reading for reading in readings(tag)}
    assert not found[hidden].cuts
    assert found[hidden].cost > readings(tag)[0].cost


@pytest.mark.parametrize(("tag", "cut"), [("therapist", "the rapist"), ("mytherapist", "my the rapist")])
def test_to_cut_a_dictionary_word_is_told_apart(tag: str, cut: str) -> None:
    first, *others = readings(tag)
    assert "therapist" in shown(tag, first.parts)
    assert not first.cuts
    assert next(reading for reading in others if shown(tag, reading.parts) == cut).cuts


@pytest.mark.parametrize("tag", ["WhoRepresents", "JonasAlbumParty", "who_is_2027", "TheRapist"])
def test_capitals_and_signs_leave_one_reading(tag: str) -> None:
    assert [reading.parts for reading in readings(tag)] == [cased(tag)]


TAGS = st.text(st.sampled_from("theandisabcdßéω_1AÉ\u0301中ﬁİ"), max_size=30)


@given(TAGS)
@example("ﬁnance")
@example("ßßßß")
@example("\u0301\u0301\u0301\u0301abcde")
def test_parts_are_in_order_and_lose_no_letter(tag: str) -> None:
    for parts in (cased(tag), split(tag), *(reading.parts for reading in readings(tag))):
        kept = "".join(tag[start:end] for start, end in parts)
        assert [char for char in kept if char.isalnum()] == [char for char in tag if char.isalnum()]
        assert all(start < end for start, end in parts)
        assert all(left.end <= right.start for left, right in pairwise(parts))


@given(TAGS)
def test_readings_are_few_different_and_likeliest_first(tag: str) -> None:
    found = readings(tag)
    assert 1 <= len(found) <= MAX_READINGS
    assert len({reading.parts for reading in found}) == len(found)
    assert [reading.cost for reading in found] == sorted(reading.cost for reading in found)
    assert not found[0].cuts


@given(TAGS)
@example("been\u0301b\u0301ﬁn")
def test_the_split_is_the_likeliest_reading(tag: str) -> None:
    cost = {reading.parts: reading.cost for reading in readings(tag)}
    assert cost[split(tag)] == min(cost.values())


@pytest.mark.parametrize("unit", ["a", "an", "the", "x", "is", "ß", "a_"])
def test_long_tags_take_no_long(unit: str) -> None:
    """Who tries all ways to cut them never ends."""
    tag = unit * (100 // len(unit))
    assert split(tag)
    assert len(readings(tag)) <= MAX_READINGS


def test_over_long_tags_are_left_whole() -> None:
    tag = "the" * 34
    assert split(tag) == (Span(0, 102),)
    assert [reading.parts for reading in readings(tag)] == [(Span(0, 102),)]


def test_capitals_need_no_word_list() -> None:
    code = (
        "from readtheroom.text import hashtags, wordlist\n"
        "hashtags.cased('lahoreblast'), hashtags.split('LahoreBlast'), hashtags.readings('LahoreBlast')\n"
        "raise SystemExit(wordlist.costs.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
