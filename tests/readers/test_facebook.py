from __future__ import annotations

import json as stdlib_json
from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType

import pytest

from readtheroom.model import Post
from readtheroom.readers import json
from readtheroom.spans import Place
from tests.readers.meta import damaged, facebook

Read = Callable[..., list[Post]]
Faults = Callable[..., list[str]]
Texts = Callable[[Post], list[tuple[str, str, Place]]]

POSTS = """\
[{"timestamp": 1342800000, "title": "Finch updated their status.",
  "data": [{"post": "Th\\u00c3\\u00a9 \\u00f0\\u009f\\u0098\\u0080 \\u0026 toast"}, {"update_timestamp": 1342800001}],
  "attachments": [{"data": [{"media": {"description": "Th\\u00c3\\u00a9 \\u00f0\\u009f\\u0098\\u0080 & toast"}},
                            {"media": {"uri": "b.jpg", "description": "A caf\\u00c3\\u00a9"}},
                            {"media": {"uri": "c.jpg", "description": ""}}, {"place": {"name": "Home"}}]}]},
 {"timestamp": 1342800002, "title": "Finch shared a link.", "attachments": [{"data": [{"external_context": {}}]}]},
 {"timestamp": 1342886400, "data": [{"post": "Proper caf\\u00e9"}]}]
"""

BROKEN = (
    '[{"timestamp": 1, "data": [{"post": 5}]},\n 5,\n {"data": [{"post": "A"}]},\n'
    ' {"timestamp": "1", "data": [{"post": "A"}]},\n {"timestamp": 99999999999999, "data": [{"post": "A"}]},\n'
    ' {"timestamp": -99999999, "data": [{"post": "A"}]}]'
)


def test_what_was_said(read: Read, texts: Texts) -> None:
    first, last = read(json, POSTS, "your_posts_1.json")
    assert texts(first) == [("text", "Thé 😀 & toast", Place(2, 22)), ("media[0].alt", "A café", Place(4, 72))]
    assert [first.fields[0].origin.place(at).column for at in range(9)] == [22, 23, 24, 36, 37, 61, 62, 68, 69]
    assert (first.id, first.line, first.platforms, first.account, first.lang) == (
        *("your_posts_1.json#1", 1, ("facebook",), None, None),
    )
    assert first.scheduled_at == datetime(2012, 7, 20, 16, tzinfo=UTC)
    assert first.keys["scheduled_at"].place(0) == Place(1, 16)
    assert (last.id, texts(last)) == ("your_posts_1.json#3", [("text", "Proper café", Place(7, 47))])


def test_one_post_without_brackets(read: Read) -> None:
    (post,) = read(json, stdlib_json.dumps(facebook("A")), "p.json")
    assert (post.id, post.fields[0].text) == ("p.json", "A")


def test_every_text_of_an_entry_is_read(read: Read, texts: Texts) -> None:
    (post,) = read(json, stdlib_json.dumps([{"timestamp": 1, "data": [{"post": "A"}, {}, {"post": damaged("é")}]}]))
    assert [(name, text) for name, text, _ in texts(post)] == [("text", "A"), ("thread[0]", "é")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            BROKEN,
            [
                "1:37: text must be text, not a number",
                "2:2: an entry of this file must be a mapping, not a number",
                "3:2: a post without 'timestamp': when it went out must be known",
                "4:16: 'timestamp' must be seconds since 1970, a whole number",
                "5:16: 'timestamp' is no time that we know: 99999999999999 seconds after 1970",
                "6:16: the year 1966 is not between 1970 and 2200",
            ],
        ),
        ('[{"timestamp": 1, "data": [{"post": "A', ["1:37: not valid JSON: Unterminated string starting"]),
    ],
)
def test_faults_are_told_at_their_place(faults: Faults, source: str, expected: list[str]) -> None:
    assert faults(json, source, "p.json") == [f"p.json:{each}" for each in expected]


def test_sample(sample: Callable[[ModuleType, str], list[Post]], texts: Texts) -> None:
    (post,) = sample(json, "meta_facebook_your_posts.SYNTHETIC.json")
    assert texts(post) == [
        ("text", "Dresses are back at the café #Aurora", Place(1, 43)),
        ("media[0].alt", "White dress", Place(1, 281)),
    ]
