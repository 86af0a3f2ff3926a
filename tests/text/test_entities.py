from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.model import Entity
from readtheroom.spans import Span
from readtheroom.text.entities import cashtags, entities, hashtags

SIGNED = st.lists(st.sampled_from([*"#＃@＠$&_./:a9é中\u0301\ufe0f\u20e3 ½Ⅷ·", ".com", "http://"])).map("".join)


def tags(text: str) -> list[str]:
    return [entity.value for entity in hashtags(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no tag", []),
        ("#Aurora is up, ＃aurora too", ["Aurora", "aurora"]),
        (
            "#καλημέρα #mañana #größe #ação #été #città #niño",
            ["καλημέρα", "mañana", "größe", "ação", "été", "città", "niño"],
        ),
        ("#東京 #안녕 #नमस्ते #سلام #ไทย", ["東京", "안녕", "नमस्ते", "سلام", "ไทย"]),
        ("#cafe\u0301!", ["cafe\u0301"]),
        ("#1 #2027 #_ #1st #a1", ["1st", "a1"]),
        ("#½cup #aⅧ", ["a"]),
        ("a#b é#b 1#b _#b &#b", []),
        ("(#a) .#b !#c 👍#d 👍\ufe0f#e ##f", ["a", "b", "c", "d", "e", "f"]),
        ("#a#b", []),
        ("#\ufe0f\u20e3 #️⃣", []),
        ("#a://x #http://globex.com", []),
        ("http://globex.com/#top globex.com/#x #y", ["y"]),
        ("#il·lusió #a-b #c.d", ["il·lusió", "a", "c"]),
        ("#", []),
        ("#\U00020021x", ["\U00020021x"]),
    ],
)
def test_hashtags(text: str, expected: list[str]) -> None:
    assert tags(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$GLBX up, $INIT.A down", ["GLBX", "INIT.A"]),
        ("$5 US$GLBX $GLBX1 $TOOLONGG $株", []),
        ("$glbx. ($x) $a_b", ["glbx", "a_b"]),
    ],
)
def test_cashtags(text: str, expected: list[str]) -> None:
    assert [entity.value for entity in cashtags(text)] == expected


def test_all_kinds_in_order_with_their_places() -> None:
    text = "🎉 @globex/team sells $GLBX: #GreatDay globex.com/#deal"
    assert entities(text) == (
        Entity("mention", Span(2, 14), "globex/team"),
        Entity("cashtag", Span(21, 26), "GLBX"),
        Entity("hashtag", Span(28, 37), "GreatDay"),
        Entity("url", Span(38, 54), "globex.com/#deal"),
    )


def test_of_two_that_overlap_the_earlier_stays() -> None:
    assert entities("#見てglobex.com") == (Entity("hashtag", Span(0, 9), "見てglobex"),)
    assert entities("https://globex.com/@ann") == (Entity("url", Span(0, 23), "https://globex.com/@ann"),)


@given(SIGNED | st.text())
def test_entities_stand_apart_and_begin_with_their_sign(text: str) -> None:
    signs = {"hashtag": "#＃", "mention": "@＠", "cashtag": "$"}
    end = 0
    for entity in entities(text):
        assert entity.span.start >= end
        end = entity.span.end
        whole = text[entity.span.start : end]
        if entity.kind == "url":
            assert whole == entity.value
        else:
            assert whole[0] in signs[entity.kind]
            assert whole[1:] == entity.value


@given(st.characters(codec="utf-8"))
def test_a_tag_holds_letters_and_marks_of_every_script(char: str) -> None:
    """Against the definition, one character at a time."""
    category = unicodedata.category(char)
    letter = category[0] in "LM" and char not in "\ufe0e\ufe0f"
    held = (
        letter
        or category == "Nd"
        or char in "_\u200c\u200d\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\xb7\ua67e\u05be"
    )
    assert tags(f"#a{char}b") == ([f"a{char}b"] if held or char in "\ufe0e\ufe0f" else [] if char in "#＃" else ["a"])


@pytest.mark.parametrize(
    "unit", ["@", "#", "$", "a.", "a.a", "@a", " @a", "#1", " #1", "#a", "#é", "\u0301", "＃＠", " $a"]
)
def test_time_is_linear(unit: str) -> None:
    """Who looks at each sign from each other one takes hours."""
    entities("#" + unit * (300_000 // len(unit)))
