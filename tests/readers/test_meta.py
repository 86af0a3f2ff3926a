"""What holds for the exports of Facebook and Instagram alike."""

from __future__ import annotations

import json as stdlib_json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.model import Field, Post
from readtheroom.readers import json
from tests.readers.meta import damaged, facebook, instagram

Read = Callable[..., list[Post]]
Entry = Callable[..., dict[str, object]]
LETTERS = st.text(st.sampled_from("ab é😀κ<&\"'\n\\/"), min_size=1).map(lambda text: "x" + text + "y")
CAPTION = "attachments", [{"data": [{"media": {"description": damaged("cé")}}]}]
TITLE = "title", damaged("cé")


@pytest.mark.parametrize(
    ("entry", "more", "last"), [(facebook, CAPTION, ["two", "cé"]), (instagram, TITLE, ["cé", "two"])]
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(LETTERS, LETTERS, st.booleans(), st.sampled_from([None, 1]))
def test_every_character_is_where_it_is_said_to_be(
    read: Read,
    entry: Entry,
    more: tuple[str, object],
    last: list[str],
    one: str,
    two: str,
    escaped: bool,
    indent: int | None,
) -> None:
    data = [entry(one), {**entry(two), more[0]: more[1]}]
    source = stdlib_json.dumps(data, ensure_ascii=escaped, indent=indent)
    fields = [field for post in read(json, source) for field in post.fields]
    assert [field.text for field in fields] == [one, *(two if text == "two" else text for text in last)]
    assert [stray for field in fields for stray in _strays(field, source)] == []


def _strays(field: Field, source: str) -> list[tuple[str, str]]:
    """As the fixture, where a character stands as the first of the bytes that it was."""
    lines = source.split("\n")
    places = [(char, field.origin.place(at)) for at, char in enumerate(field.text)]
    there = [(char, lines[place.line - 1][place.column - 1]) for char, place in places]
    return [(char, found) for char, found in there if found not in {damaged(char)[0], "\\"}]


@pytest.mark.parametrize("entry", [facebook, instagram])
def test_the_order_of_posts_changes_none(read: Read, entry: Entry) -> None:
    entries = [entry(f"Kettle {at}", at) for at in range(9)]

    def said(data: object) -> set[tuple[str, str]]:
        return {(str(post.scheduled_at), post.fields[0].text) for post in read(json, stdlib_json.dumps(data))}

    assert said(entries) == said(entries[::-1])
