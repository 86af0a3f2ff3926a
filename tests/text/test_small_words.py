from __future__ import annotations

import pytest

from readtheroom.text.small_words import language_of

ALL = ("de", "el", "en", "es", "fr", "it", "pt")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("the kettle and the cup", "en"),
        ("une tasse pour vous", "fr"),
        ("hoy hay pan", "es"),
        ("brot und nicht kuchen", "de"),
        ("il pane della nonna", "it"),
        ("pao com uma faca", "pt"),
        ("the kettle", None),
        ("the cup and une tasse", None),
        ("ψωμι και τσαι", None),
        ("", None),
    ],
)
def test_two_small_words_of_one_language(text: str, lang: str | None) -> None:
    assert language_of(set(text.split()), ALL) == lang


def test_a_language_that_nobody_asks_for() -> None:
    assert language_of({"und", "nicht"}, ("en", "fr")) is None
