from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.model import Entity
from readtheroom.spans import Span
from readtheroom.text.mentions import mentions, mentions_and_lists, reply

MENTIONISH = st.text(st.sampled_from("@＠aZ9_-./:! rtRTé"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello @globex and ＠Initech_1!", ["globex", "Initech_1"]),
        ("a@globex.com a_@b ab!@globex #@globex", []),
        ("RT@globex rt:@initech xrt@no", ["globex", "initech"]),
        ("@globex@initech @globexé @globex://x", []),
        ("é@globex", ["globex"]),
        ("@" + "a" * 20 + " @" + "b" * 21, ["a" * 20, "b" * 20]),
        ("@globex/team @globex/1", ["globex"]),
        ("@ @- @.", []),
    ],
)
def test_mentions_on_x(text: str, expected: list[str]) -> None:
    assert [entity.value for entity in mentions(text)] == expected
    assert mentions(text, "x") == mentions(text, "linkedin") == mentions(text)


@pytest.mark.parametrize(
    ("platform", "text", "expected"),
    [
        ("mastodon", "@ann and @ann@globex.social. @a.b-c!", ["ann", "ann@globex.social", "a.b-c"]),
        ("mastodon", "ann@globex.social /@ann =@ann", []),
        ("mastodon", "@ann@ @ann-", ["ann", "ann"]),
        ("bluesky", "(@ann.globex.example) @bob.example. @ann", ["ann.globex.example", "bob.example"]),
        ("bluesky", "x@ann.example @-ann.example @ann.1", []),
        ("threads", "@ann.b_c. and @ann", ["ann.b_c", "ann"]),
        ("instagram", "@.ann ann@globex @" + "a" * 31, []),
    ],
)
def test_mentions_elsewhere(platform: str, text: str, expected: list[str]) -> None:
    assert [entity.value for entity in mentions(text, platform)] == expected


def test_a_list_is_told_from_a_user() -> None:
    assert mentions_and_lists("Hi @globex/our-team, @ann") == (
        Entity("mention", Span(3, 19), "globex/our-team"),
        Entity("mention", Span(21, 25), "ann"),
    )


@pytest.mark.parametrize(
    ("text", "user"),
    [
        ("@globex hello", "globex"),
        (" \u3000＠globex", "globex"),
        ("\u200e@globex", "globex"),
        ("Hi @globex", None),
        ("line\n@globex", None),
        ("@globexé", None),
        ("", None),
    ],
)
def test_whom_a_text_answers(text: str, user: str | None) -> None:
    assert reply(text) == user


@pytest.mark.parametrize("platform", [None, "mastodon", "bluesky", "threads"])
@given(text=MENTIONISH | st.text())
def test_mentions_begin_with_a_sign_and_stand_apart(platform: str | None, text: str) -> None:
    end = 0
    for entity in mentions(text, platform):
        assert entity.span.start >= end
        assert text[entity.span.start] in "@＠"
        assert text[entity.span.start + 1 : entity.span.end] == entity.value
        end = entity.span.end
