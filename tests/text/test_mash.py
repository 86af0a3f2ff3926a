from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.text.mash import SHORTEST, mashes
from readtheroom.text.wordlist import LANGUAGES, costs


@pytest.mark.parametrize(
    "chunk",
    [
        "vj;k;;wqxzfdh",
        "asdfghjkl",
        "lkjhgfd",
        "asdfasdf",
        "hjkhjkhjk",
        "zxcvzxcv",
        "fghjkfgh",
        "gjhdfkgjhdf",
        "bxjsjdjjwjs",
        "qsdfghjklm",
        "ασδφγηξκλ",
        "QWERTYUIO",
        "jkljkl;jkl;",
    ],
)
def test_keys_hit_at_random(chunk: str) -> None:
    text = f"Le menu: {chunk} !"
    assert [text[start:end] for start, end in mashes(text)] == [chunk]


@pytest.mark.parametrize(
    "text",
    [
        "KRVL + STRMBK, out 7.03",
        "qwerty azerty QWERTZ qwertyuiop",
        "Rechtsschutzversicherung, Angstschweiß, Wertzuwachs",
        "hahahahaha jajajaja kkkkkkkk ahhhhhhh muuuuuuuy wowwwwwww zzzzzzzz mlmlmlml",
        "rhythms, strengths, Przemyśl, Krzyzewski, Hrvatska",
        "don't-can't won't'n rock'n'roll; nucléaires;cqfd",
        "地震地震地震地震 Здравствуйте, Взгляд",
        "10.10.2026 +33-1-23-45-67 #50:50 a/b/c/d/e",
        "",
    ],
)
def test_names_words_laughter_and_figures(text: str) -> None:
    assert list(mashes(text)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_our_languages_is_taken_for_it(lang: str) -> None:
    long_words = [word for word in costs(lang) if len(word) >= SHORTEST]
    assert len(long_words) > 3000
    assert [word for word in long_words if list(mashes(word))] == []


@given(st.text(max_size=80))
def test_spans_are_whole_chunks_in_order(text: str) -> None:
    found = list(mashes(text))
    assert found == sorted(set(found))
    assert all(text[start:end].split() == [text[start:end]] for start, end in found)
