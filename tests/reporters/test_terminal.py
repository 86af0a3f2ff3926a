from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from readtheroom.reporters._terminal import WIDTH, Excerpt, clipped, columns, excerpt, visible
from tests.reporters.strategies import ANY_TEXT, LONG_TEXT


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ελλάδα – naïve 🎉 界", "Ελλάδα – naïve 🎉 界"),
        ("\x1b[2J\x07", "\\x1b[2J\\x07"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\x9b31m\x7f", "\\x9b31m\\x7f"),
        ("\u202egnp.exe\u2066", "\\u202egnp.exe\\u2066"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("line\u2028end", "line\\u2028end"),
        ("\ud800", "\\ud800"),
        ("👩\u200d🚒", "👩\u200d🚒"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(ANY_TEXT)
def test_visible_text_has_no_controls_and_stays_as_it_is(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(char) for char in shown} & {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    }
    assert visible(shown) == shown
    shown.encode()


@pytest.mark.parametrize(
    ("text", "most", "shown"), [("abcd", 4, "abcd"), ("abcde", 4, "abc…"), ("\x1b\x1b\x1b", 2, "\\x1b…")]
)
def test_clipped(text: str, most: int, shown: str) -> None:
    assert clipped(text, most) == shown


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("naïve – Ελλάδα…", 15),
        ("界", 2),
        ("e\u0301", 1),
        ("🎉", 2),
        ("👩\u200d🚒", 2),
        ("❤\ufe0f", 2),
        ("🇫🇷", 2),
    ],
)
def test_columns(text: str, width: int) -> None:
    assert columns(text) == width


def test_the_short_cut_of_columns_agrees_with_the_library() -> None:
    every = [chr(code) for code in range(0x20, 0x2100) if unicodedata.category(chr(code)) != "Cn"]
    assert [c for c in every if visible(c) == c and columns(c) != max(wcwidth(c), 0)] == []


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("Buy #Aurora now", 4, 11, Excerpt("Buy #Aurora now", 4, 7)),
        ("one\ntwo three\nfour", 8, 18, Excerpt("two three", 4, 5)),
        ("one\r\ntwo\rthree", 5, 8, Excerpt("two", 0, 3)),
        ("one\r\ntwo\rthree", 9, 14, Excerpt("three", 0, 5)),
        ("\ta\tb", 3, 4, Excerpt("    a    b", 9, 1)),
        ("大安売り #セール", 5, 9, Excerpt("大安売り #セール", 9, 7)),
        ("e\u0301te\u0301 x", 6, 7, Excerpt("e\u0301te\u0301 x", 4, 1)),
        ("\x1b[31mred", 5, 8, Excerpt("\\x1b[31mred", 8, 3)),
        ("empty span", 5, 5, Excerpt("empty span", 5, 1)),
        ("end\nof line", 3, 4, Excerpt("end", 3, 1)),
        ("", 0, 0, Excerpt("", 0, 1)),
        ("a" * 100 + "#tag" + "b" * 100, 100, 104, Excerpt("…" + "a" * 35 + "#tag" + "b" * 35 + "…", 36, 4)),
        ("#tag" + "b" * 100, 0, 4, Excerpt("#tag" + "b" * 70 + "…", 0, 4)),
        ("a" * 100 + "#tag", 100, 104, Excerpt("…" + "a" * 70 + "#tag", 71, 4)),
        ("a" * 9 + "b" * 200, 9, 209, Excerpt("a" * 9 + "b" * 60 + "…", 9, 60)),
        ("界" * 99 + "#tag", 99, 103, Excerpt("…" + "界" * 35 + "#tag", 71, 4)),
    ],
)
def test_excerpt(text: str, start: int, end: int, expected: Excerpt) -> None:
    assert excerpt(text, start, end) == expected


def test_an_excerpt_of_megabytes_is_one_short_line() -> None:
    assert excerpt("a" * 3_000_000, 1_000_000, 2_999_999) == Excerpt("…" + "a" * 74 + "…", 15, 60)


def _shown(text: str) -> str:
    return visible(text.replace("\t", "    "))


@given(LONG_TEXT, st.data())
def test_the_underline_lies_under_the_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    line, column, width = excerpt(text, start, end)
    assert visible(line) == line
    assert wcswidth(line) <= WIDTH
    span = re.split("[\r\n]", text[start:end])[0]
    assert any(
        column + width == max(wcswidth(line[:stop]), column + 1) and (piece == span or line[stop:] == "…")
        for at in range(len(line) + 1)
        if wcswidth(line[:at]) == column
        for piece in (span[:count] for count in range(len(span) + 1))
        if line.startswith(_shown(piece), at)
        for stop in [at + len(_shown(piece))]
    )
