from __future__ import annotations

import json as stdlib_json
from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.model import Post
from readtheroom.readers import json
from readtheroom.spans import Place

Read = Callable[..., list[Post]]
Faults = Callable[..., list[str]]
Texts = Callable[[Post], list[tuple[str, str, Place]]]
Strays = Callable[..., list[tuple[int, str, str]]]
LETTERS = st.text(st.sampled_from("ab é😀<&\"'\n\\/"), min_size=1).map(lambda text: "x" + text + "y")

URI = "at://did:plc:kettle/app.bsky.feed.post/"
LISTED = """\
{"records": [
 {"uri": "at://did:plc:kettle/app.bsky.feed.post/1", "cid": "b1", "value": {"$type": "app.bsky.feed.post",
  "text": "Tea \\ud83d\\ude00 #Tea", "langs": ["en-GB"], "createdAt": "2012-07-20T16:00:00.000Z",
  "reply": {"parent": {"uri": "at://did:plc:other/app.bsky.feed.post/9"}},
  "embed": {"$type": "app.bsky.embed.recordWithMedia", "record": {"record": {"uri": "at://x"}},
   "media": {"$type": "app.bsky.embed.images", "images": [{"alt": ""}, {"alt": "A kettle"}]}}}},
 {"uri": "at://did:plc:kettle/app.bsky.feed.repost/1", "value": {"$type": "app.bsky.feed.repost"}},
 {"uri": "at://did:plc:kettle/app.bsky.feed.post/2", "value": {"$type": "app.bsky.feed.post", "text": "",
  "langs": ["en", "fr"], "createdAt": "2012-07-21T16:00:00+02:00", "embed": {"$type": "app.bsky.embed.external",
   "external": {"uri": "https://kettles.example", "title": "Kettles", "description": "All of them"}}}},
 {"value": {"$type": "app.bsky.feed.post", "text": "", "createdAt": "2012-07-21T16:00:00Z",
  "embed": {"$type": "app.bsky.embed.images", "images": [{"alt": ""}]}}}
], "cursor": "3"}
"""

BROKEN = (
    '[{"$type": "app.bsky.feed.post", "text": "A"},\n 5, {"text": "A"},\n'
    ' {"$type": "app.bsky.feed.post", "text": 5, "createdAt": "2012-07-20T16:00:00Z"},\n'
    ' {"$type": "app.bsky.feed.post", "text": "A", "createdAt": "2012", "embed": []},\n'
    ' {"$type": "app.bsky.feed.post", "text": "A", "createdAt": "2012-07-20"}]'
)


def post(text: str, **more: object) -> dict[str, object]:
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2012-07-20T16:00:00Z", **more}


def test_what_was_said(read: Read, texts: Texts) -> None:
    first, card = read(json, LISTED, "posts.json")
    assert texts(first) == [("text", "Tea 😀 #Tea", Place(3, 12)), ("media[1].alt", "A kettle", Place(6, 81))]
    assert [first.fields[0].origin.place(at).column for at in (4, 5, 6)] == [16, 28, 29]
    assert (first.id, first.line, first.platforms, first.account, first.lang, first.media) == (
        *(f"{URI}1", 2, ("bluesky",), None, "en", ("", "")),
    )
    assert first.scheduled_at == datetime(2012, 7, 20, 16, tzinfo=UTC)
    assert first.keys["scheduled_at"].place(0) == Place(3, 70)
    assert first.keys["id"].place(0) == Place(2, 11)
    assert texts(card) == [("title", "Kettles", Place(10, 61)), ("title[1]", "All of them", Place(10, 87))]
    assert (card.id, card.lang) == (f"{URI}2", None)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (post("A"), ["p.json"]),
        ([post("A"), post("B")], ["p.json#1", "p.json#2"]),
        ([{"uri": URI + "1", "value": post("A")}], [URI + "1"]),
        ({"records": [{"uri": URI + "1", "value": post("A")}, post("B")]}, [URI + "1", "p.json#2"]),
        ({"app.bsky.feed.post": [post("A")], "app.bsky.feed.like": [{"$type": "app.bsky.feed.like"}]}, ["p.json#1"]),
        ({"app.bsky.feed.post/1": post("A"), "app.bsky.actor.profile/self": {"$type": "a.b.c"}}, ["p.json#1"]),
        ({"did": "did:plc:a", "records": {"app.bsky.feed.post/1": post("A")}}, ["p.json#1"]),
    ],
)
def test_every_form_in_which_records_come(read: Read, data: object, expected: list[str]) -> None:
    assert [post.id for post in read(json, stdlib_json.dumps(data), "p.json")] == expected


def test_films(read: Read, texts: Texts) -> None:
    (film,) = read(json, stdlib_json.dumps(post("A", embed={"$type": "app.bsky.embed.video", "video": {}, "alt": "B"})))
    assert [(name, text) for name, text, _ in texts(film)] == [("text", "A"), ("media[0].alt", "B")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            '\n[{"uri": "a", "value": {"$type": "app.bsky.feed.like"}}, {"$type": "a.b.c"}]',
            ["2:1: holds no posts of Bluesky (app.bsky.feed.post), but a.b.c, app.bsky.feed.like: leave it out"],
        ),
        (
            BROKEN,
            [
                "1:2: a post without 'createdAt': when it went out must be known",
                "2:2: an entry of this file must be a mapping, not a number",
                "2:5: a record without `$type`: a post of Bluesky has app.bsky.feed.post there",
                "3:42: text must be text, not a number",
                "4:68: 'embed' must be a mapping, not a list",
                "5:61: '2012-07-20' names no time of day: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00",
            ],
        ),
    ],
)
def test_faults_are_told_at_their_place(faults: Faults, source: str, expected: list[str]) -> None:
    assert faults(json, source, "p.json") == [f"p.json:{each}" for each in expected]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(LETTERS, min_size=4, max_size=4), st.booleans(), st.sampled_from([None, 1]))
def test_every_character_is_where_it_is_said_to_be(
    read: Read, strays: Strays, parts: list[str], escaped: bool, indent: int | None
) -> None:
    text, title, description, alt = parts
    card = {"external": {"title": title, "description": description}}
    records = [post(text, embed=card), post(text, embed={"media": {"images": [{"alt": alt}]}})]
    source = stdlib_json.dumps(records, ensure_ascii=escaped, indent=indent)
    posts = read(json, source)
    assert [[field.text for field in post.fields] for post in posts] == [[text, title, description], [text, alt]]
    assert [stray for post in posts for field in post.fields for stray in strays(field, source)] == []


def test_the_order_of_posts_changes_none(read: Read) -> None:
    records = [{"uri": f"{URI}{at}", "value": post(f"Kettle {at}")} for at in range(9)]

    def said(data: object) -> set[tuple[str, str]]:
        return {(post.id, post.fields[0].text) for post in read(json, stdlib_json.dumps(data))}

    assert said({"records": records}) == said({"records": records[::-1]})


def test_embeds_in_embeds_end(read: Read) -> None:
    embed: dict[str, object] = {"images": [{"alt": "deep"}]}
    for _ in range(50):
        embed = {"media": embed}
    (found,) = read(json, stdlib_json.dumps(post("A", embed=embed)))
    assert [field.name for field in found.fields] == ["text"]


def test_sample(sample: Callable[[ModuleType, str], list[Post]], texts: Texts) -> None:
    (found,) = sample(json, "bluesky_feed_post_record.SYNTHETIC.json")
    assert texts(found) == [
        ("text", "Dresses are back #Aurora", Place(1, 39)),
        ("media[0].alt", "White dress on a hanger", Place(3, 61)),
    ]
