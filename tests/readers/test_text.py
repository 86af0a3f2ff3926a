from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.model import Field, Post
from readtheroom.readers import text
from readtheroom.spans import Place

Read = Callable[..., list[Post]]


def test_the_whole_file_is_one_post(read: Read) -> None:
    (post,) = read(text, "Good morning\r\n\r\n  all\r\n\n", "hello.txt", platforms=("x",))
    assert (post.id, post.line, post.platforms) == ("hello.txt", 1, ("x",))
    assert [(field.name, field.text) for field in post.fields] == [("text", "Good morning\n\n  all")]
    assert [post.fields[0].origin.place(at) for at in (0, 12, 13, 16, 19)] == [
        Place(1, 1),
        Place(1, 13),
        Place(2, 1),
        Place(3, 3),
        Place(3, 6),
    ]


def test_an_empty_file_is_a_fault(faults: Callable[..., list[str]]) -> None:
    assert faults(text, " \n") == [
        "draft:1:1: there is nothing to publish: a draft needs `text`, or another text that readers will see"
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.sampled_from("ab é😀\n\r\t\u2028\x0b"), min_size=1).filter(lambda written: not written.isspace()))
def test_every_character_is_where_it_is_said_to_be(
    read: Read, strays: Callable[[Field, str], list[tuple[int, str, str]]], written: str
) -> None:
    (post,) = read(text, written)
    assert post.fields[0].text == written.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    assert strays(post.fields[0], written) == []
