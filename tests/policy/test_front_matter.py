from __future__ import annotations

import pytest

from readtheroom.errors import DraftError
from readtheroom.policy.front_matter import MAX_KEYS, draft_keys, empty, front_matter
from readtheroom.spans import FileText, Place


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("closing", ["---", "...", "---  "])
def test_it_ends_at_its_closing_line(end: str, closing: str) -> None:
    source = end.join(["---", "id: a", "text: '---'", "tags: [b]", closing, "", "Hello"])
    front = front_matter("d.md", FileText(source))
    assert front is not None
    assert (dict(front.data), source[front.end :]) == ({"id": "a", "text": "---", "tags": ["b"]}, end + "Hello")
    assert front.where.place("text") == Place(3, 7)
    assert draft_keys("d.md", front) == {"id": "a", "text": "---"}


@pytest.mark.parametrize("source", ["", "Hello\n---\nid: a\n---\n", "----\n", " ---\nid: a\n---\n", "--- a\n"])
def test_there_may_be_none(source: str) -> None:
    assert front_matter("d.md", FileText(source)) is None


def test_it_may_stand_further_down() -> None:
    source = "One\n---\nid: a\n---\nTwo"
    front = front_matter("d.md", FileText(source), 4)
    assert front is not None
    assert (source[front.end :], front.where.place("id")) == ("Two", Place(3, 5))


def test_other_keys_are_left_alone_unless_they_look_like_ours() -> None:
    front = front_matter("d.md", FileText("---\nlayout: a\nPlatform: b\nschedule: c\nlanguage: d\n---"))
    assert front is not None
    with pytest.raises(DraftError) as caught:
        draft_keys("d.md", front, frozenset({"schedule"}))
    assert str(caught.value) == "d.md:3:11: unknown key 'Platform' – did you mean 'platforms'?"


def test_a_hostile_number_of_keys_is_a_fault() -> None:
    front = front_matter("d.md", FileText("---\n" + "".join(f"k{n}: 1\n" for n in range(MAX_KEYS + 1)) + "---\n"))
    assert front is not None
    with pytest.raises(DraftError, match=r"^d\.md:2:1: front matter of more than 200 keys$"):
        draft_keys("d.md", front)


def test_front_matter_that_is_not_there_is_empty() -> None:
    front = empty(FileText("Hello"))
    assert (dict(front.data), front.end, front.where.place("text")) == ({}, 0, Place(1, 1))
