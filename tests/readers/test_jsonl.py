from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.model import Field, Post
from readtheroom.protocols import ReadOptions
from readtheroom.readers import jsonl
from readtheroom.spans import Place

Read = Callable[..., list[Post]]
Faults = Callable[..., list[str]]
TEXTS = st.text(st.one_of(st.sampled_from(' "\\/\n\t\r\u2028a é中😀'), st.characters(codec="utf-8")), min_size=1)


def test_each_line_is_a_post_and_blank_lines_are_none(read: Read) -> None:
    posts = read(jsonl, '{"id": "a", "text": "One"}\n\n  \n{"text": "Two", "platforms": ["twitter"]}\r\n', "q.jsonl")
    assert [(post.id, post.line, post.platforms, post.fields[0].text) for post in posts] == [
        ("a", 1, (), "One"),
        ("q.jsonl:4", 4, ("x",), "Two"),
    ]
    assert posts[1].fields[0].origin.place(2) == Place(4, 13)
    assert posts[1].keys["platforms"].place(0) == Place(4, 30)


def test_every_faulty_line_is_told_with_its_number(faults: Faults) -> None:
    source = '{"text": "fine"}\n{"text": }\n{"text": "a", "txt": 1}\n[1]\n{"text": NaN}\n{"text": "a", "text": "b"}\n'
    assert faults(jsonl, source) == [
        "draft:2:10: not valid JSON: Expecting value",
        "draft:3:22: unknown key 'txt' – did you mean 'text'?",
        "draft:4:1: a draft must be a mapping with `text`, not a list",
        "draft:5: not valid JSON: NaN is no JSON number",
        "draft:6: not valid JSON: key 'text' is given twice",
    ]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("\n", "draft:2:9: not valid JSON: Expecting value"),
        ("\r\n", "draft:2:9: not valid JSON: Expecting value"),
        (" \r", "draft:2:9: not valid JSON: Expecting value"),
        ("", "draft:2:9: not valid JSON: Expecting value"),
        (' "a"\n', "draft:2:13: not valid JSON: Expecting ',' delimiter"),
        (' "a\n', "draft:2:12: not valid JSON: Invalid control character"),
        (' "a', "draft:2:10: not valid JSON: Unterminated string starting"),
    ],
)
def test_a_line_that_breaks_off_is_told_on_that_line(faults: Faults, end: str, expected: str) -> None:
    assert faults(jsonl, '{"text": "fine"}\n{"text":' + end) == [expected]


def test_a_history_of_the_room_is_no_draft(faults: Faults) -> None:
    line = '{"term": "#Lindental", "observed_at": "2026-03-01T10:00:00Z"}'
    said = (
        "draft:1:1: is an observation of a room file of readtheroom (it has 'observed_at'), not a draft: leave it out"
    )
    assert faults(jsonl, line) == [said]


def test_posts_come_before_the_file_is_read_to_its_end() -> None:
    class Endless:
        path = "-"
        beside: Sequence[str] = ()

        def text(self) -> str:
            raise AssertionError("a stream is not read whole")

        def blocks(self) -> Iterator[str]:
            return self.lines()

        def lines(self) -> Iterator[str]:
            while True:
                yield '{"text": "again"}\n'

    posts = jsonl.read(Endless(), ReadOptions())
    assert [next(posts).line for _ in range(3)] == [1, 2, 3]


def test_deep_nesting_is_a_fault(faults: Faults) -> None:
    assert faults(jsonl, "[" * 100_000) == ["draft:1: not valid JSON: nested too deep"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TEXTS.filter(lambda text: not text.isspace()), st.booleans())
def test_every_character_is_where_it_is_said_to_be(
    read: Read, strays: Callable[[Field, str], list[tuple[int, str, str]]], text: str, escaped: bool
) -> None:
    source = "\n" + json.dumps({"id": "\\", "text": "x", "thread": [text]}, ensure_ascii=escaped) + "\n"
    part = read(jsonl, source)[0].fields[1]
    assert (part.name, part.text) == ("thread[0]", text)
    assert strays(part, source) == []
