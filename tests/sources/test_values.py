from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.policy.times import YEARS
from readtheroom.sources._values import clean, count, link, moment, plain

ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=80), st.lists(st.integers(), max_size=2)
)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("200+", 200),
        ("1000+", 1000),
        ("50K+", 50_000),
        ("2M+", 2_000_000),
        ("1.5M+", 1_500_000),
        ("1,000+", 1000),
        ("12,345,678", 12_345_678),
        ("2 b", 2_000_000_000),
        (" 806 ", 806),
        ("0", 0),
        (17, 17),
        (17.9, 17),
        ("", None),
        ("many", None),
        ("-3", None),
        ("1,00", None),
        ("٣", None),
        ("9" * 50, None),
        (-1, None),
        (float("inf"), None),
        (float("nan"), None),
        (10**16, None),
        (True, None),
        (None, None),
        (["1"], None),
    ],
)
def test_counts(value: object, number: int | None) -> None:
    assert count(value) == number


@pytest.mark.parametrize(
    "written",
    [
        "2026-04-08T06:30:00Z",
        "2026-04-08T06:30:00.000Z",
        "20260408T063000Z",
        "2026-04-08T08:30:00+02:00",
        "2026-04-08 06:30",
        "Wed, 08 Apr 2026 06:30:00 GMT",
        "Tue, 07 Apr 2026 23:30:00 -0700",
        "8 Apr 2026 06:30:00 -0000",
        1775629800000,
        1775629800000.0,
    ],
)
def test_times(written: object) -> None:
    found = moment(written)
    assert found == datetime(2026, 4, 8, 6, 30, tzinfo=UTC)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "written",
    [
        *("", "soon", "2026", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
        *("Mon, 32 Foo 99999999999999999999 00:00:00 GMT", "1 Jan 2026 00:00:00 +9999999", " ", ",", "1 Jan"),
        *(True, None, float("nan"), float("inf"), 10**400, -1, ["2026-04-08T06:30:00Z"], "９９９９"),
    ],
)
def test_what_is_no_time(written: object) -> None:
    assert moment(written) is None


@given(ANYTHING)
def test_whatever_stands_for_a_time(value: object) -> None:
    found = moment(value)
    assert found is None or (found.tzinfo is UTC and found.year in YEARS)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" Two\nlines\t here ", "Two lines here"),
        ("\x1b[31mred\x07", "[31mred"),
        ("a\u202eb\ufeff \ud83dc", "a b c"),
        ("👩\u200d🚒 क्\u200dष", "👩\u200d🚒 क्\u200dष"),
        (None, ""),
        (7, ""),
    ],
)
def test_texts(value: object, text: str) -> None:
    assert clean(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x" * 10, "x" * 10),
        ("x" * 11, "x" * 9 + "…"),
        ("abc def g hi jkl", "abc def g…"),
        ("abc defg   hi", "abc defg…"),
        ("\n" * 100 + "x", ""),
    ],
)
def test_long_texts_are_cut(value: str, text: str) -> None:
    assert clean(value, 10) == text


def test_html_is_reduced() -> None:
    assert plain("<p>Tom &amp; <b>Jerry</b><br/>5 &lt; 6</p><script>x()</script>") == "Tom & Jerry 5 < 6"
    assert plain("5 < 6 & 7") == "5 < 6 & 7"
    assert plain(None) == ""


@pytest.mark.parametrize("value", ["https://news.example/1", "HTTP://news.example", "https://news.example/ένα?x=1#y"])
def test_links(value: str) -> None:
    assert link(f" {value}\n") == value


@pytest.mark.parametrize(
    "value",
    [
        *("", "news.example", "//news.example", "ftp://news.example/", "javascript:alert(1)", "https://", "https:// x"),
        *("https://a/<b>", 'https://a/"', "https://a/\x1b", "https://a/\u202e", f"https://a/{'b' * 3000}", None, 7),
    ],
)
def test_what_is_no_link(value: object) -> None:
    assert link(value) is None


def test_what_nobody_can_see_goes_and_what_joins_stays() -> None:
    assert clean("a\ue000b\U0010fffdc\u0378d\u00ade") == "a b c d e"
    assert clean("👩\u200d🚒 نمی\u200cدانم") == "👩\u200d🚒 نمی\u200cدانم"
