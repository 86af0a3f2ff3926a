from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.text.normalise import fold, skeleton

FORMS = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Fire", "fire"),
        ("CAFÉ", "cafe"),
        ("cafe\u0301", "cafe"),
        ("Straße", "strasse"),
        ("ΛΟΓΟΣ", "λογοσ"),
        ("λόγος", "λογοσ"),
        ("Ἀθῆναι", "αθηναι"),
        ("İSTANBUL", "istanbul"),
        ("ﬁre", "fire"),
        ("ｆｉｒｅ", "fire"),
        ("𝐟𝐢𝐫𝐞", "fire"),
        ("𝓕𝓲𝓻𝓮", "fire"),
        ("Ⓕⓘⓡⓔ", "fire"),
        ("f\u200bi\u00adr\u2060e\ufeff", "fire"),
        ("firе", "fire"),  # Cyrillic е
        ("ΒOΜΒΑ", "βομβα"),  # Latin O
        ("bоmb", "bomb"),  # Cyrillic о
        ("вoмба", "вомба"),  # Latin o
        ("ёлка", "елка"),
        ("سَلَام", "سلام"),
        ("が", "が"),
        ("ｶﾞ", "ガ"),
        ("한국", "한국"),
        ("②", "2"),
        ("\u200b", ""),
        ("", ""),
    ],
)
def test_what_does_not_count(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ANY)
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(ANY, FORMS)
def test_normal_forms_do_not_count(word: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> None:
    assert fold(unicodedata.normalize(form, word)) == fold(word)


@given(ANY, ANY, st.sampled_from("\u00ad\u200b\u200d\u2060\ufe0f\ufeff"))
def test_invisible_characters_do_not_count(left: str, right: str, unseen: str) -> None:
    assert fold(left + unseen) == fold(left)
    assert fold(left + unseen + right) == fold(left + right)


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_is_only_lowered(word: str) -> None:
    assert fold(word) == word.lower()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("acme", "аcme"),
        ("modern", "modem"),
        ("vv_inter", "winter"),
        ("g00gle", "google"),
        ("Nord.vik", "nordvlk"),
        ("a5", "as"),
    ],
)
def test_names_that_look_alike(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("acme", "acne"), ("nordvik", "nordviks"), ("ana", "anna"), ("", "a")])
def test_names_that_do_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)
