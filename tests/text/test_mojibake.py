from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.spans import FileText, MappedOrigin, Run
from readtheroom.text.mojibake import repair


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("cafÃ©", "café"),
        ("plain", "plain"),
        ("", ""),
        ("café", "café"),
        ("Ã© and €", "Ã© and €"),
        ("Ã©Ã", "Ã©Ã"),
        ("\xce\x9a\xce\xb1\xce\xbb\xce\xb7", "Καλη"),
        ("\xf0\x9f\x98\x80!", "😀!"),
    ],
)
def test_only_what_was_damaged_is_repaired(damaged: str, meant: str) -> None:
    assert repair(damaged).text == meant


def test_where_it_stands() -> None:
    assert repair("a\xc3\xa9\xc3\xa8b").runs == (Run(0, 0, 1), Run(1, 1, 0), Run(2, 3, 0), Run(3, 5, 1), Run(4, 6, 0))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")))
def test_every_character_is_where_its_first_byte_is(meant: str) -> None:
    damaged = meant.encode().decode("latin-1")
    text, runs = repair(damaged)
    assert text == meant
    origin = MappedOrigin(FileText(damaged), runs)
    for offset in range(len(text) + 1):
        assert origin.place(offset).column == len(text[:offset].encode()) + 1
