from __future__ import annotations

import json as stdlib_json
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.model import Account, Post
from readtheroom.policy.register import Register
from readtheroom.readers import json
from readtheroom.spans import Place

Read = Callable[..., list[Post]]
Faults = Callable[..., list[str]]
Texts = Callable[[Post], list[tuple[str, str, Place]]]
Strays = Callable[..., list[tuple[int, str, str]]]
LETTERS = st.text(st.sampled_from("ab é😀&<>\"'\n\\"), min_size=1).map(lambda text: "x" + text + "y")

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
OUTBOX = """\
{"@context": "https://www.w3.org/ns/activitystreams", "type": "OrderedCollection", "orderedItems": [
 {"type": "Create", "actor": "https://kettles.example/users/finch", "published": "2012-07-20T16:00:00Z",
  "object": {"id": "https://kettles.example/1", "type": "Note", "summary": "Tea, \\u00e9ven",
   "published": "2012-07-20T16:00:01Z", "to": ["https://www.w3.org/ns/activitystreams#Public"],
   "content": "<p>Tea &amp; <b>toast</b></p><p>at \\"Bo's\\" #<span>Tea</span></p>", "contentMap": {"pt-BR": "…"},
   "attachment": [{"type": "Document", "url": "/a.jpg", "name": "A kettle"}, {"url": "/b.jpg", "name": null}]}},
 {"type": "Announce", "published": "2012-07-20T16:00:00Z", "object": "https://other.example/2"},
 {"type": "Create", "actor": "https://kettles.example/ap/users/1155", "object": {"type": "Question",
   "content": "Which?", "oneOf": [{"type": "Note", "name": "Red"}, {"type": "Note", "name": "Blue"}],
   "published": "2012-07-21T16:00:00Z"}},
 {"type": "Create", "to": ["https://other.example/users/b"], "cc": [], "object": {"type": "Note", "content": "psst"}},
 {"type": "Create", "object": {"type": "Note", "content": "<p></p>", "attachment": [{"name": " "}]}}
]}
"""

BROKEN = (
    '{"orderedItems": [{"type": "Create", "object": {"type": "Note", "content": "A"}},\n 5,\n'
    ' {"type": "Create", "object": {"type": "Note", "content": 5, "published": "2012-07-20T16:00:00Z"}},\n'
    ' {"type": "Create", "object": {"type": "Note", "content": "A", "published": "today"}},\n'
    ' {"type": "Create", "object": {"type": "Note", "attachment": ["a"]}}]}'
)


def outbox(*contents: str, **more: object) -> dict[str, object]:
    note = {"type": "Note", "published": "2012-07-20T16:00:00Z", **more}
    notes = [{**note, "id": f"https://k.example/{at}", "content": text} for at, text in enumerate(contents)]
    return {"orderedItems": [{"type": "Create", "object": each} for each in notes]}


def test_what_was_said(read: Read, texts: Texts) -> None:
    first, poll = read(json, OUTBOX, "outbox.json")
    assert texts(first) == [
        ("text", 'Tea & toast\nat "Bo\'s" #Tea', Place(5, 19)),
        ("title", "Tea, éven", Place(3, 77)),
        ("media[0].alt", "A kettle", Place(6, 66)),
    ]
    text = first.fields[0]
    assert [
        text.origin.place(text.text.index(part)).column for part in ("&", "toast", "\n", '"', "#", "Tea", "#Tea")
    ] == [*(23, 32, 41, 51, 60, 19, 60)]
    assert (first.id, first.line, first.platforms, first.account, first.lang, first.media) == (
        *("https://kettles.example/1", 2, ("mastodon",), "@finch@kettles.example", "pt", ("/a.jpg", "/b.jpg")),
    )
    assert first.scheduled_at == datetime(2012, 7, 20, 16, 0, 1, tzinfo=UTC)
    assert first.keys["scheduled_at"].place(0) == Place(4, 18)
    assert texts(poll) == [
        ("text", "Which?", Place(9, 16)),
        ("poll[0]", "Red", Place(9, 61)),
        ("poll[1]", "Blue", Place(9, 94)),
    ]
    assert (poll.id, poll.account, poll.lang) == ("outbox.json#3", None, None)


@pytest.mark.parametrize("to", [[PUBLIC], ["as:Public"], ["https://k.example/users/a/followers"], PUBLIC])
def test_what_all_or_followers_may_read_is_a_post(read: Read, to: object) -> None:
    assert len(read(json, stdlib_json.dumps(outbox("Tea", to=to)))) == 1


@pytest.mark.parametrize("to", [[], ["https://k.example/users/a"], "https://k.example/users/a", None])
def test_direct_messages_are_none(read: Read, to: object) -> None:
    assert read(json, stdlib_json.dumps(outbox("Tea", to=to, cc=[]))) == []


@pytest.mark.parametrize(
    ("languages", "content", "lang", "text"),
    [
        ({"en": "<p>Tea</p>"}, None, "en", "Tea"),
        ({"en": "Tea", "fr": "Thé"}, "Tea", None, "Tea"),
        ({"i-klingon": "Tea"}, "Tea", None, "Tea"),
        ({}, "Tea", None, "Tea"),
    ],
)
def test_its_language(read: Read, languages: object, content: str | None, lang: str | None, text: str) -> None:
    note = {"type": "Note", "published": "2012-07-20T16:00:00Z", "content": content, "contentMap": languages}
    (post,) = read(json, stdlib_json.dumps({"orderedItems": [{"type": "Create", "object": note}]}))
    assert (post.lang, post.fields[0].text) == (lang, text)


def test_an_account_that_nobody_knows_is_told(faults: Faults) -> None:
    known = Register([Account("shop", {"mastodon": "@finch@kettles.exampel"})], "accounts.yaml")
    said = "“@finch@kettles.example” is no account in accounts.yaml – did you mean @finch@kettles.exampel?"
    assert faults(json, OUTBOX, "outbox.json", accounts=known) == [f"outbox.json:2:31: {said}"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            '{"@context": "a",\n "type": "Person"}',
            ["1:1: holds no posts: those of a Mastodon archive are in its outbox.json"],
        ),
        (
            '{"type": "OrderedCollection", "orderedItems": ["https://a.example/1"]}',
            ["1:31: holds no posts: those of a Mastodon archive are in its outbox.json"],
        ),
        (
            BROKEN,
            [
                "1:38: a post without 'published': when it went out must be known",
                "2:2: an entry of this file must be a mapping, not a number",
                "3:59: text must be text, not a number",
                "4:78: 'today' is no date and time: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00",
                "5:63: an entry of this file must be a mapping, not text",
            ],
        ),
        (OUTBOX[:-90], ["12:11: not valid JSON: Unterminated string starting"]),
    ],
)
def test_faults_are_told_at_their_place(faults: Faults, source: str, expected: list[str]) -> None:
    assert faults(json, source, "o.json") == [f"o.json:{each}" for each in expected]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=3), LETTERS, st.booleans(), st.sampled_from([None, 1]))
def test_every_character_is_where_it_is_said_to_be(
    read: Read, strays: Strays, paragraphs: list[str], plain: str, escaped: bool, indent: int | None
) -> None:
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    source = stdlib_json.dumps(
        outbox(body, body, summary=plain, attachment=[{"name": plain}]), ensure_ascii=escaped, indent=indent
    )
    for post in read(json, source):
        assert [field.text for field in post.fields] == ["\n".join(paragraphs), plain, plain]
        assert {(char, there) for _, char, there in strays(post.fields[0], source, "\\&")} <= {("\n", "<")}
        assert strays(post.fields[1], source) == strays(post.fields[2], source) == []


def test_the_order_of_posts_changes_none(read: Read) -> None:
    whole = outbox(*(f"<p>Kettle {at}</p>" for at in range(9)))
    turned = {"orderedItems": list(reversed(whole["orderedItems"]))}  # type: ignore[call-overload]  # a list

    def said(data: object) -> set[tuple[str, str]]:
        return {(post.id, post.fields[0].text) for post in read(json, stdlib_json.dumps(data))}

    assert said(whole) == said(turned)


def test_sample(sample: Callable[[ModuleType, str], list[Post]], texts: Texts) -> None:
    (post,) = sample(json, "mastodon_outbox.SYNTHETIC.json")
    assert texts(post) == [
        ("text", "Dresses & jackets are back #Aurora", Place(5, 19)),
        ("media[0].alt", "White dress on a hanger", Place(6, 121)),
    ]
