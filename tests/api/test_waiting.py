from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readtheroom.api import waiting
from readtheroom.api.waiting import Places, Waiting, light
from readtheroom.findings import Label, PostResult
from readtheroom.model import Field, Post
from readtheroom.spans import FileText, MappedOrigin, Place, Run


@given(st.integers(0, 3 * waiting.IN_MEMORY + 2))
def test_values_come_back_in_their_order(count: int) -> None:
    values: Waiting[int] = Waiting(lambda each: each)
    for each in range(count):
        values.add(each)
    assert list(values) == list(range(count))
    values.close()


def test_a_result_lets_go_of_its_file() -> None:
    file = FileText("---\nid: a\n---\nOne two\nthree\n")
    field = Field("text", "One two\nthree", MappedOrigin(file, [Run(0, 14, 13)]))
    result = PostResult(
        Post("a", "a.md", 1, (field, Field("title", "No", MappedOrigin(file, []))), keys={"id": field.origin}),
        "pass",
        labels=(Label("tone.odd", "odd", "text", 4, 7, "two"), Label("tone.odd", "odd", "text", 8, 13, "three")),
    )
    post = light(result).post
    assert post.fields[0].origin == Places(((4, Place(4, 5)), (8, Place(5, 1))))
    assert [post.fields[0].origin.place(at) for at in (0, 4, 6, 8, 9)] == [
        Place(0, 0),
        Place(4, 5),
        Place(4, 5),
        Place(5, 1),
        Place(5, 1),
    ]
    assert (post.fields[1].origin, post.keys) == (Places(), {})
    assert post._replace(fields=result.post.fields, keys=result.post.keys) == result.post
