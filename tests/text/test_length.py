from __future__ import annotations

import subprocess
import sys

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.text.length import METHODS, V2, V3, Weight, count, graphemes, weigh, weighted

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
KNOTTY = st.lists(
    st.sampled_from(
        [
            *"aé中👍🏽\u0301\ufe0f\u200d\u20e3🇬🇷\r\n1#\u0e33\u1100\u1161\u0600©\xad",
            FAMILY,
            "https://globex.com/x ",
            " globex.com",
        ]
    )
).map("".join)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("", [0, 0, 0, 0, 0, 0, 0]),
        ("Hello, world", [12, 12, 12, 12, 12, 12, 12]),
        ("Καλημέρα", [8, 8, 8, 8, 16, 8, 8]),
        ("cafe\u0301", [4, 4, 5, 5, 6, 4, 5]),
        ("東京", [4, 2, 2, 2, 6, 2, 2]),
        (f"Hi {FAMILY}!", [6, 5, 11, 15, 29, 5, 29]),
        ("❤️👍🏽🇬🇷", [6, 3, 6, 10, 22, 3, 22]),
        ("1️⃣ ©", [4, 3, 5, 5, 10, 3, 9]),
        ("a https://globex.com/a-long-path-to-somewhere", [25, 45, 45, 45, 45, 25, 45]),
        ("at globex.com, @ann@globex.social", [46, 33, 33, 33, 33, 19, 33]),
        ("a\r\nb", [4, 3, 4, 4, 4, 3, 4]),
    ],
)
def test_each_platform_counts_its_own_way(text: str, lengths: list[int]) -> None:
    methods = ("weighted", "graphemes", "code_points", "utf16", "utf8_bytes", "mastodon", "threads")
    assert methods == METHODS
    assert [count(text, method) for method in methods] == lengths


def test_an_unknown_method_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="furlongs"):
        count("x", "furlongs")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Weight(0, 280, False, 0)),
        ("x" * 280, Weight(280, 280, True, 280)),
        ("x" * 281, Weight(281, 280, False, 280)),
        ("中" * 141, Weight(282, 280, False, 140)),
        ("x" * 270 + " https://globex.com", Weight(294, 280, False, 271)),
        ("e\u0301" * 281, Weight(281, 280, False, 561)),
        ("ok\ufeff no", Weight(7, 280, False, 2)),
    ],
)
def test_what_x_says_of_a_text(text: str, found: Weight) -> None:
    assert weigh(text) == found


def test_the_share_of_the_limit_is_in_thousandths() -> None:
    assert weigh("x" * 139).permillage == 496


def test_the_older_scale_weighs_each_part_of_an_emoji() -> None:
    assert (weigh(FAMILY, V2).weight, weigh(FAMILY, V3).weight) == (11, 2)


@given(KNOTTY | st.text())
def test_the_fast_way_to_weigh_agrees_with_the_thorough_one(text: str) -> None:
    assert weighted(text) == weigh(text).weight


@given(KNOTTY | st.text())
def test_graphemes_are_those_of_unicode(text: str) -> None:
    assert graphemes(text) == len(regex.findall(r"\X", text))


@given(st.text(st.characters()))
def test_any_text_has_a_length(text: str) -> None:
    """Lone surrogates too: a reader may pass them on."""
    assert all(count(text, method) >= 0 for method in METHODS)


def test_plain_texts_do_not_import_regex() -> None:
    code = (
        "import sys; from readtheroom.text.length import METHODS, count\n"
        "for method in METHODS: count('Καλημέρα, été ❤️👍🏽 東京', method)\n"
        "sys.exit('regex' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
