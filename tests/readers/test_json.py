from __future__ import annotations

import json as stdlib_json
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.model import Field, Post
from readtheroom.readers import json
from readtheroom.spans import Place

Read = Callable[..., list[Post]]
Faults = Callable[..., list[str]]
Texts = Callable[[Post], list[tuple[str, str, Place]]]
LETTERS = st.text(st.sampled_from("ab é😀&<>\"'\n\\"), min_size=1).map(lambda text: "x" + text + "y")

POSTIZ = """{"type": "draft", "date": "2027-03-04T10:00:00.000Z",
 "posts": [
  {"integration": {"id": "i1"}, "settings": {"__type": "linkedin-page", "title": "Kettles"},
   "value": [{"content": "<p>Tea &amp; <b>toast<\\/b><\\/p><p>at \\u0022Bo's\\u0022</p>",
              "image": [{"id": "1", "path": "k.png", "alt": "A kettle"}]},
             {"content": "Why?<br>\\nBecause.", "image": []}]},
  {"integration": {"id": "i2"}, "value": [{"content": "Plain"}]}]}
"""
MIXPOST = """{"accounts": [4], "date": "2027-03-04", "time": "18:05", "versions": [
 {"account_id": 0, "is_original": true, "content": [{"body": "<div>Pots</div>", "media": [7, 8]}]},
 {"account_id": 4, "is_original": false, "content": [{"body": "<div>Pans</div>", "media": []}, {"body": "Lids"}]}]}
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{"text": "A"}', [("d.json", 1, 11)]),
        ('\n[{"text": "A"},\n {"id": 7, "text": "B"}]', [("d.json#1", 2, 12), ("7", 3, 21)]),
        ('{"drafts": [{"text": "A"}]}', [("d.json#1", 1, 23)]),
        ('{"posts":\r\n [{"text": "A"}]}', [("d.json#1", 2, 13)]),
    ],
)
def test_one_draft_or_several(read: Read, source: str, expected: list[tuple[str, int, int]]) -> None:
    posts = read(json, source, "d.json")
    assert [(post.id, post.line, post.fields[0].origin.place(0).column) for post in posts] == expected


def test_postiz(read: Read, texts: Texts) -> None:
    first, second = read(json, POSTIZ, "p.json")
    assert texts(first) == [
        ("text", 'Tea & toast\nat "Bo\'s"', Place(4, 30)),
        ("title", "Kettles", Place(3, 83)),
        ("media[0].alt", "A kettle", Place(5, 62)),
        ("thread[0]", "Why?\n\nBecause.", Place(6, 27)),
    ]
    body = first.fields[0].origin
    assert [body.place(at) for at in (4, 6, 11, 12, 15, 16, 18)] == [
        Place(4, 34),
        Place(4, 43),
        Place(4, 53),
        Place(4, 61),
        Place(4, 64),
        Place(4, 70),
        Place(4, 72),
    ]
    assert (first.id, first.platforms, first.scheduled_at, first.media) == (
        "p.json#1",
        ("linkedin",),
        datetime(2027, 3, 4, 10, tzinfo=UTC),
        ("k.png",),
    )
    assert first.keys["scheduled_at"].place(0) == Place(1, 28)
    assert (second.id, second.line, texts(second)) == ("p.json#2", 7, [("text", "Plain", Place(7, 56))])


def test_titles_for_subreddits_and_networks_are_published(
    read: Read, texts: Texts, strays: Callable[[Field, str], list[tuple[int, str, str]]]
) -> None:
    postiz = (
        '{"posts": [{"value": [{"content": "Pots"}], "settings": {"__type": "reddit", "subreddit": [\r\n'
        ' {"value": {"subreddit": "pots", "title": "New \\"pots\\"", "type": "self"}},\r\n'
        ' 7, {"value": null}, {"value": {"subreddit": "pans", "title": null}},\r\n'
        ' {"value": {"subreddit": "pans", "title": "Pans, too"}}]}}]}'
    )
    (post,) = read(json, postiz)
    assert texts(post) == [
        ("text", "Pots", Place(1, 36)),
        ("title", 'New "pots"', Place(2, 44)),
        ("title[1]", "Pans, too", Place(4, 44)),
    ]
    assert post.platforms == ("reddit",)
    assert [stray for field in post.fields for stray in strays(field, postiz)] == []
    mixpost = (
        '{"versions": [\n {"content": [{"body": "Pots"}], "options": []},\n'
        ' {"content": [{"body": "Pans"}],\n  "options": {"youtube": {"title": "A film", "status": "public"},'
        ' "mastodon": {"sensitive": false}, "x": null, "pinterest": {"title": "A pin"}}}]}'
    )
    first, second = read(json, mixpost)
    assert texts(first) == [("text", "Pots", Place(2, 25))]
    assert texts(second) == [
        ("text", "Pans", Place(3, 25)),
        ("title", "A film", Place(4, 37)),
        ("title[1]", "A pin", Place(4, 136)),
    ]


def test_every_version_of_mixpost_is_a_post(read: Read, texts: Texts) -> None:
    first, second = read(json, MIXPOST, timezone="Europe/Paris")
    assert texts(first) == [("text", "Pots", Place(2, 68))]
    assert texts(second) == [("text", "Pans", Place(3, 69)), ("thread[0]", "Lids", Place(3, 106))]
    assert first.scheduled_at is not None
    assert first.scheduled_at.astimezone(UTC) == datetime(2027, 3, 4, 17, 5, tzinfo=UTC)
    assert (first.media, second.media, first.line, second.line) == (("7", "8"), (), 2, 3)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ["draft:1:1: not valid JSON: Expecting value"]),
        ('{"text":\r\n\r\n', ["draft:1:9: not valid JSON: Expecting value"]),
        ('{"text": "a\n"}', ["draft:1:12: not valid JSON: Invalid control character"]),
        ('{"text":\n "a",}', ["draft:2:6: not valid JSON: "]),
        ("3", ["draft:1:1: a draft must be a mapping with `text`, not a number"]),
        ('[{"text": "a"},\n {"text": 5}, "b"]', ["draft:2:11: text must be text, not a number", "draft:2:15: a draft"]),
        ('{"text": "a", "media": [{"file": 1}]}', ["draft:1:34: media[0].file must be text, not a number"]),
        ('{"drafts": [],\n "lang": "en"}', ["draft:2:10: beside 'drafts' nothing may stand: put it into each draft"]),
        ('{"rules": []}', ["draft:1:1: is a rules file of readtheroom (it has 'rules'), not a draft: leave it out"]),
        ('{"posts": [{"value": 3}]}', ["draft:1:22: 'value' must be a list of mappings"]),
        ('{"versions": [4]}', ["draft:1:15: 'content' must be a list of mappings"]),
        ('{"versions": [{"content": [{"body": 4}]}]}', ["draft:1:37: text must be text, not a number"]),
        (
            '{"text": "a\\ud800"}',
            ["draft:1:10: text holds half of a surrogate pair (\\ud800 to \\udfff), no character"],
        ),
    ],
)
def test_faults_are_told_at_their_place(faults: Faults, source: str, expected: list[str]) -> None:
    found = faults(json, source)
    assert [fault[: len(start)] for fault, start in zip(found, expected, strict=True)] == expected


def test_a_hostile_body_takes_no_long_time(read: Read) -> None:
    body = "&amp;" * 100_000 + '<a "' * 100_000
    source = stdlib_json.dumps({"versions": [{"content": [{"body": body}]}]}).replace("&a", "&\\u0061")
    (post,) = read(json, source)
    assert post.fields[0].origin.place(len(post.fields[0].text) - 1).line == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(LETTERS, LETTERS, st.booleans(), st.sampled_from([None, 2]))
def test_every_character_is_where_it_is_said_to_be(
    read: Read,
    strays: Callable[[Field, str], list[tuple[int, str, str]]],
    one: str,
    two: str,
    escaped: bool,
    indent: int | None,
) -> None:
    drafts = [{"id": two, "text": one}, {"text": two, "media": [{"file": "f", "alt": one}]}]
    source = stdlib_json.dumps({"drafts": drafts}, ensure_ascii=escaped, indent=indent)
    posts = read(json, source)
    assert [field.text for post in posts for field in post.fields] == [one, two, one]
    assert [stray for post in posts for field in post.fields for stray in strays(field, source)] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=4), st.booleans())
def test_html_in_json_is_found_again(read: Read, paragraphs: list[str], escaped: bool) -> None:
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    source = stdlib_json.dumps({"posts": [{"value": [{"content": body}]}]}, ensure_ascii=escaped)
    (field,) = read(json, source)[0].fields
    assert field.text == "\n".join(paragraphs)
    for offset, char in enumerate(field.text):
        there = source[field.origin.place(offset).column - 1]
        assert there == char or there in "\\&" or (char == "\n" and there == "<")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "postiz_create_post.json",
            [
                [
                    ("text", "Our Aurora dress is back in stock today #Aurora", Place(5, 21)),
                    ("media[0].alt", "White dress on a hanger", Place(5, 147)),
                    ("thread[0]", "Which colour should come next?", Place(6, 21)),
                ]
            ],
        ),
        (
            "mixpost_create_post.SYNTHETIC.json",
            [
                [("text", "Our Aurora dress is back in stock today #Aurora", Place(2, 74))],
                [("text", "Aurora is back. Shop the summer edit.", Place(3, 75))],
            ],
        ),
    ],
)
def test_samples(
    sample: Callable[[ModuleType, str], list[Post]],
    texts: Texts,
    name: str,
    expected: list[list[tuple[str, str, Place]]],
) -> None:
    assert [texts(post) for post in sample(json, name)] == expected
