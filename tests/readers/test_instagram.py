from __future__ import annotations

import json as stdlib_json
from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType

import pytest

from readtheroom.model import Post
from readtheroom.readers import json
from readtheroom.spans import Place
from tests.readers.meta import damaged, instagram

Read = Callable[..., list[Post]]
Faults = Callable[..., list[str]]
Texts = Callable[[Post], list[tuple[str, str, Place]]]

POSTS = """\
[{"media": [{"uri": "a.jpg", "creation_timestamp": 1342800000, "title": "Th\\u00c3\\u00a9 #Tea"}]},
 {"title": "Kettles", "creation_timestamp": 1342800001,
  "media": [{"uri": "b.jpg", "creation_timestamp": 5, "title": ""}, {"uri": "c.jpg", "title": "The red one"}]},
 {"media": [{"uri": "d.jpg", "creation_timestamp": 1342800002, "title": ""}]}]
"""


def test_what_was_said(read: Read, texts: Texts) -> None:
    first, carousel = read(json, POSTS, "posts_1.json")
    assert texts(first) == [("text", "Thé #Tea", Place(1, 74))]
    assert [first.fields[0].origin.place(at).column for at in (2, 3, 4)] == [76, 88, 89]
    assert (first.id, first.line, first.platforms, first.account) == ("posts_1.json#1", 1, ("instagram",), None)
    assert first.scheduled_at == datetime(2012, 7, 20, 16, tzinfo=UTC)
    assert first.keys["scheduled_at"].place(0) == Place(1, 52)
    assert texts(carousel) == [("text", "Kettles", Place(2, 13)), ("media[0].alt", "The red one", Place(3, 96))]
    assert carousel.scheduled_at == datetime(2012, 7, 20, 16, 0, 1, tzinfo=UTC)
    assert (carousel.id, carousel.line) == ("posts_1.json#2", 2)


@pytest.mark.parametrize(
    ("key", "item"),
    [
        ("ig_reels_media", instagram("Caf\u00e9")),
        ("ig_igtv_media", instagram("Caf\u00e9")),
        ("ig_stories", {"uri": "a.jpg", "creation_timestamp": 1342800000, "title": damaged("Caf\u00e9")}),
    ],
)
def test_reels_and_stories(read: Read, key: str, item: object) -> None:
    (post,) = read(json, stdlib_json.dumps({key: [item]}), "reels.json")
    assert (post.id, post.fields[0].text) == ("reels.json#1", "Café")
    assert post.scheduled_at == datetime(2012, 7, 20, 16, tzinfo=UTC)


def test_faults_are_told_at_their_place(faults: Faults) -> None:
    source = (
        '[{"media": [{"title": "A", "creation_timestamp": "now"}]},\n {"media": [{"title": "A"}]},\n 5,\n'
        ' {"media": [5]},\n {"media": [{"title": 5, "creation_timestamp": 1}]}]'
    )
    assert faults(json, source, "p.json") == [
        "p.json:1:50: 'creation_timestamp' must be seconds since 1970, a whole number",
        "p.json:2:2: a post without 'creation_timestamp': when it went out must be known",
        "p.json:3:2: an entry of this file must be a mapping, not a number",
        "p.json:4:13: an entry of this file must be a mapping, not a number",
        "p.json:5:23: text must be text, not a number",
    ]


def test_sample(sample: Callable[[ModuleType, str], list[Post]], texts: Texts) -> None:
    assert [texts(post) for post in sample(json, "meta_instagram_posts_1.SYNTHETIC.json")] == [
        [("text", "Café look #Aurora #summer", Place(1, 87))],
        [("text", "Carousel caption lives here #Aurora", Place(2, 12))],
    ]
