from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.model import Allow, Field, Post
from readtheroom.readers import markdown
from readtheroom.spans import Place

Read = Callable[..., list[Post]]
Faults = Callable[..., list[str]]
SHAPE = "write <!-- readtheroom-allow: RULE until=2026-12-31 by=NAME because REASON -->"


def test_front_matter_holds_keys_and_the_body_is_the_text(read: Read) -> None:
    source = "---\nlayout: post\nid: drop\ntitle: 'It''s here'\nplatforms: [x]\n---\n\nThe **new** range.\n\nSoon.\n\n"
    (post,) = read(markdown, source)
    assert [(field.name, field.text, field.origin.place(0)) for field in post.fields] == [
        ("text", "The **new** range.\n\nSoon.", Place(8, 1)),
        ("title", "It's here", Place(4, 9)),
    ]
    assert post.fields[0].origin.place(20) == Place(10, 1)
    assert post.fields[1].origin.place(3) == Place(4, 13)
    assert (post.id, post.platforms, post.keys["platforms"].place(0)) == ("drop", ("x",), Place(5, 12))


@pytest.mark.parametrize("source", ["Hello", "\n\nHello\n", "---\n---\nHello", "---\r\n# none\r\n...\r\nHello\r\n"])
def test_front_matter_may_be_absent_or_empty(read: Read, source: str) -> None:
    (post,) = read(markdown, source)
    assert [(field.name, field.text) for field in post.fields] == [("text", "Hello")]


def test_comments_are_not_published_and_allows_are_read(read: Read) -> None:
    source = (
        "One <!-- note to Ann --> two\n"
        "<!-- readtheroom-allow: acme/tone until=2026-12-31 by='Ann Lee' because it is\n  a quotation -->\n"
        "three\n"
        "<!--readtheroom-allow: limits-->\n"
    )
    (post,) = read(markdown, source)
    field = post.fields[0]
    assert field.text == "One  two\nthree"
    assert [field.origin.place(at) for at in (3, 4, 5, 9, 13)] == [
        Place(1, 4),
        Place(1, 25),
        Place(1, 26),
        Place(4, 1),
        Place(4, 5),
    ]
    assert post.allow == (
        Allow("acme/tone", "it is a quotation", "Ann Lee", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), Place(2, 1)),
        Allow("limits", "", "", None, Place(5, 1)),
    )


def test_allows_of_front_matter_come_first(read: Read) -> None:
    source = "---\nallow:\n  - {rule: a, reason: agreed}\n---\nHi <!-- readtheroom-allow: b because fine -->"
    (post,) = read(markdown, source)
    assert [(allow.rule, allow.reason, allow.place) for allow in post.allow] == [
        ("a", "agreed", Place(3, 5)),
        ("b", "fine", Place(5, 4)),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "Hi\n <!-- readtheroom-allow: a til=2026-12-31 -->",
            f"2:2: 'til=2026-12-31' is not understood in a readtheroom-allow comment: {SHAPE}",
        ),
        (
            "<!-- readtheroom-allow: a since I say so -->",
            f"1:1: 'since' is not understood in a readtheroom-allow comment: {SHAPE}",
        ),
        ("<!-- readtheroom-allow: because -->", f"1:1: a readtheroom-allow comment that names no rule: {SHAPE}"),
        ("<!-- readtheroom-disable: a -->", f"1:1: a comment for readtheroom that is not understood: {SHAPE}"),
        (
            "Hi <!-- oops",
            "1:4: a comment that is never closed hides the rest of the file: end it with -->",
        ),
        ("Hi <!-- readtheroom-allow: a until=soon -->", "1:4: 'soon' is no date and time: write 2026-07-20 15:00, or"),
        ("---\ntext: A\n---\nB", "2:7: there is a `text` here and a text below: keep one of them"),
        ("---\nid: a\nB", "1:1: front matter is never closed: end it with a line ---"),
        ("---\n- a\n---\nB", "2:1: front matter must be a mapping: `key: value`, a key a line"),
        ("---\nlayout: a\nschedule_at: b\n---\nB", "3:14: unknown key 'schedule_at' – did you mean 'scheduled_at'?"),
        ("---\nid: a\nlang: [\n---\nB", "4:1: not valid YAML: "),
        ("---\nlang: 1 2\nscheduled_at: 2026-02-30 10:00\n---\nB", "2:7: '1 2' is no language code"),
    ],
)
def test_faults_are_told_at_their_place(faults: Faults, source: str, expected: str) -> None:
    assert faults(markdown, source)[0].startswith(f"draft:{expected}")


def test_a_long_comment_takes_no_long_time(faults: Faults) -> None:
    source = "<!-- readtheroom-allow: " + " " * 300_000 + "x y -->" + "<!-- a -->" * 10_000
    assert faults(markdown, source) == [f"draft:1:1: 'y' is not understood in a readtheroom-allow comment: {SHAPE}"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.sampled_from(["a", "é😀", " ", "\n", "\r\n", "\t", "<!-- x -->", "<!--\n-->", "b-"])),
    st.sampled_from(["", "---\nid: é\n---\n", "---\r\ntitle: |\r\n  T\r\n---\r\n"]),
)
def test_every_character_is_where_it_is_said_to_be(
    read: Read, strays: Callable[[Field, str], list[tuple[int, str, str]]], parts: list[str], front: str
) -> None:
    source = front + "Start" + "".join(parts)
    (post,) = read(markdown, source)
    assert post.fields[0].text.startswith("Start")
    assert "".join(post.fields[0].text.split()) == "Start" + "".join("".join(p for p in parts if "<" not in p).split())
    assert [stray for field in post.fields for stray in strays(field, source)] == []
