from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.text.normalise import IGNORABLE, fold
from readtheroom.text.tokens import Token, fold_token, tokens, typed, word_spans, words

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.text(
    st.sampled_from("aZ9_ -'’#＃.\n\u200b\u0301éßΣςİабо地カ🔥❤\ufe0f\u200d👍🏽①Ⓐ"), max_size=12
)


def spelt(text: str) -> list[tuple[str, str]]:
    return [(token.folded, text[token.start : token.end]) for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't stop_it", [("don", "Don"), ("'", "'"), ("t", "t"), ("stop", "stop"), ("_", "_"), ("it", "it")]),
        ("Don`t", [("don", "Don"), ("'", "`"), ("t", "t")]),
        ("⼀", [("一", "⼀")]),
        ("Don’t", [("don", "Don"), ("'", "’"), ("t", "t")]),
        ("cafe\u0301 noir", [("cafe", "cafe\u0301"), ("noir", "noir")]),
        ("b\u200bomb\u200b!", [("bomb", "b\u200bomb"), ("!", "!")]),
        ("Straße 5€", [("strasse", "Straße"), ("5", "5"), ("€", "€")]),
        ("＃ｓａｌｅ！", [("#", "＃"), ("sale", "ｓａｌｅ"), ("!", "！")]),
        ("昨日地震", [("昨", "昨"), ("日", "日"), ("地", "地"), ("震", "震")]),
        ("on 🔥👍🏽❤\ufe0f", [("on", "on"), ("🔥", "🔥"), ("👍", "👍"), ("❤", "❤")]),
        ("हिंदी में", [("हिंदी", "हिंदी"), ("में", "में")]),
        ("ⒻⒾⓇⒺ", [("fire", "ⒻⒾⓇⒺ")]),
        ("Ⓐ Acme™", [("a", "Ⓐ"), ("acme", "Acme"), ("™", "™")]),
        ("20–30 %", [("20", "20"), ("-", "–"), ("30", "30"), ("%", "%")]),
        (" \n\u200b\u2060", []),
    ],
)
def test_words_and_signs(text: str, expected: list[tuple[str, str]]) -> None:
    assert spelt(text) == expected


@given(ANY)
def test_tokens_stand_where_they_say_in_order(text: str) -> None:
    found = tokens(text)
    assert all(token.folded == fold_token(text[token.start : token.end]) for token in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= token.start < token.end <= len(text) for token in found)


@given(ANY)
def test_what_no_token_holds_is_not_seen(text: str) -> None:
    held = {at for token in tokens(text) for at in range(token.start, token.end)}
    assert not [char for at, char in enumerate(text) if at not in held and char.isalnum() and fold(char)]


@given(ANY)
def test_words_are_the_tokens_that_are_no_signs(text: str) -> None:
    found = [Token(word, *span) for word, span in zip(words(text), word_spans(text), strict=True)]
    assert {token for token in found if token.folded} <= set(tokens(text))


def test_signs_however_they_are_typed() -> None:
    assert typed({"'", "#", "🔥"}) == sorted(["'", "’", "‘", "`", "´", "ʼ", "#", "＃", "＇", "｀", "🔥"])
    assert typed(()) == []


def test_ignorable_characters_are_a_class_of_a_pattern() -> None:
    assert IGNORABLE.count("-") == 5
