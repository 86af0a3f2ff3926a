from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.spans import FileText, MappedOrigin, Run
from readtheroom.text.markup import MAX_HTML, reduce_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<div>One<br/>Two<br>\n</div> ", "One\nTwo"),
        ("Plain < and <3 & more", "Plain < and <3 & more"),
        ("a&amp;b &#x1F600; &#233;&eacute &nope;", "a&b 😀 éé &nope;"),
        ("<style>p {}</style>x<SCRIPT>1 <b>2</b></script>y<!-- z -->", "xy"),
        ("<a href=\"?a>b\" title='<i>'>Go</a> <b>now", "Go now"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("<p></p>", ""),
        ("x<!-- never closed", "x"),
    ],
)
def test_the_text_that_readers_see(html: str, text: str) -> None:
    assert reduce_html(html).text == text


def test_where_it_stands() -> None:
    assert reduce_html("\n<p> A&amp;b</p><p>c") == (
        "A&b\nc",
        (Run(0, 5, 1), Run(1, 6, 0), Run(2, 11, 1), Run(3, 12, 0), Run(4, 19, 1)),
    )


def test_letters_after_an_entity_without_its_end_stand_where_they_are() -> None:
    assert reduce_html("x &ltab &ab &amp;") == (
        "x <ab &ab &",
        (Run(0, 0, 2), Run(2, 2, 0), Run(3, 5, 2), Run(5, 7, 1), Run(6, 8, 3), Run(9, 11, 1), Run(10, 12, 0)),
    )


@given(
    st.lists(st.sampled_from(["ab", " ", "\n", "<p>", "</p>", "<br>", "&lt;", "&", "<!--", "-->", "<b", '"', ">", "é"]))
)
def test_every_character_is_where_it_is_said_to_be(parts: list[str]) -> None:
    html = "".join(parts)
    text, runs = reduce_html(html)
    origin = MappedOrigin(FileText(html.replace("\n", "\v")), runs)
    for offset, char in enumerate(text):
        there = html[origin.place(offset).column - 1]
        assert there == char or (there == "&" and char == "<") or (there == "<" and char == "\n")


@pytest.mark.parametrize("unit", ["<a ", '<a "', "<a '\"", "<!--", "&", "<p>", "</", "<script>"])
def test_hostile_bodies_take_no_long_time(unit: str) -> None:
    assert len(reduce_html(unit * (MAX_HTML // len(unit))).text) <= MAX_HTML


def test_an_endless_body_is_refused() -> None:
    with pytest.raises(ValueError, match="an HTML body of more than 1,048,576 characters"):
        reduce_html("a" * (MAX_HTML + 1))
