from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.model import Entity
from readtheroom.spans import Span
from readtheroom.text.urls import urls

URLISH = st.lists(st.sampled_from([*"ab1.-_/:@#?=()é中ßω $\u200f", "http://", "https://t.co/", ".com", ".中国"])).map(
    "".join
)


def found(text: str) -> list[str]:
    return [entity.value for entity in urls(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no link here", []),
        ("The end.Start again", []),
        ("shop at globex.shop today", ["globex.shop"]),
        ("Globex.COM, initech.co.uk.", ["Globex.COM", "initech.co.uk"]),
        ("(see https://globex.example.com/a_(b))", ["https://globex.example.com/a_(b)"]),
        ("http://globex.com/a_(b_(c))_d!", ["http://globex.com/a_(b_(c))_d"]),
        ("http://globex.com/(open", ["http://globex.com/"]),
        ("http://globex.com:8080/x?y=1&z=(2)#top.", ["http://globex.com:8080/x?y=1&z=(2)#top"]),
        ("globex.com?y=1", ["globex.com"]),
        ("globex.com/?y=1!", ["globex.com/?y=1"]),
        ("見て globex.com だよ", ["globex.com"]),
        ("見てglobex.comだよinitech.jp/売", ["globex.com", "initech.jp/"]),
        ("http://γκλόμπεξ.ελ/σελίδα", ["http://γκλόμπεξ.ελ/"]),
        ("https://кафе.рф/меню", ["https://кафе.рф/меню"]),
        ("https://кафе.xn--p1ai", ["https://кафе.xn--p1ai"]),
        ("me@globex.com and @globex.com and #globex.com", []),
        ("name.com@globex", []),
        ("_globex.com -globex.com /globex.com .globex.com", []),
        ("http://-globex.com http://globex-.com http://glo_bex.com", []),
        ("http://glo_bex.shop.com", ["http://glo_bex.shop.com"]),
        ("glo_bex.com", []),
        ("xhttp://globex.com $http://globex.com", []),
        ("見http://globex.com", ["http://globex.com"]),
        ("HTTPS://GLOBEX.COM/A", ["HTTPS://GLOBEX.COM/A"]),
        ("ftp://globex.com", []),
        ("a.globex.notadomain globex.com.notadomain", ["globex.com"]),
        ("version 1.2.3, file.txt, e.g. this", []),
        ("https://t.co/Ab1?x=1 https://t.co/Ab1-2", ["https://t.co/Ab1?x=1", "https://t.co/Ab1"]),
        ("https://t.co/" + "a" * 41, []),
        (f"https://{'a' * 63}.com https://{'a' * 64}.com", [f"https://{'a' * 63}.com"]),
        (f"https://globex.com/{'a' * 4077}", [f"https://globex.com/{'a' * 4077}"]),
        (f"https://globex.com/{'a' * 4078}", []),
        (f"globex.com/{'a' * 4077}", [f"globex.com/{'a' * 4077}"]),
        (f"globex.com/{'a' * 4078}", []),
        ("\u2066globex.com\u2069", ["globex.com"]),
        ("http://globex.com\nhttp://initech.com", ["http://globex.com", "http://initech.com"]),
        ("a.com/b.com/c", ["a.com/b.com/c"]),
        ("épicerie.com", ["épicerie.com"]),
    ],
)
def test_what_is_a_url(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_url_has_its_place_in_code_points() -> None:
    text = "🎉 é https://globex.com/x, globex.shop"
    assert urls(text) == (
        Entity("url", Span(4, 24), "https://globex.com/x"),
        Entity("url", Span(26, 37), "globex.shop"),
    )


@given(URLISH | st.text())
def test_urls_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for entity in urls(text):
        assert entity.span.start >= end
        assert text[entity.span.start : entity.span.end] == entity.value
        assert "." in entity.value
        end = entity.span.end


@given(URLISH)
def test_what_is_found_is_found_alone(text: str) -> None:
    """A URL does not lean on its surroundings: alone in a text, it is the same URL."""
    for entity in urls(text):
        if "://" in entity.value:
            assert urls(entity.value) == (Entity("url", Span(0, len(entity.value)), entity.value),)


@pytest.mark.parametrize(
    "unit",
    [
        "a.",
        "é.",
        "あ.",
        "a.a/",
        "http://",
        "www.",
        "a.co/(",
        "(a.co/",
        "a.com",
        "a.comあ",
        "_a.",
        "a_",
        "-a",
        ".com",
        "a.co?",
        "a.co/.,",
    ],
)
def test_time_is_linear(unit: str) -> None:
    """Who looks at each sign from each other one takes hours."""
    urls("a.co/" + unit * (300_000 // len(unit)) + ".com")
