import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.policy.document import parse_yaml
from readtheroom.policy.jsontypes import NAMES, either, is_of, key_shown, same, shown
from readtheroom.spans import FileText


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        ("a", ["string"]),
        (1, ["integer", "number"]),
        (1.0, ["number"]),
        (True, ["boolean"]),
        ([], ["array"]),
        ({}, ["object"]),
        (None, ["null"]),
    ],
)
def test_types(value: object, kinds: list[str]) -> None:
    assert [kind for kind in NAMES if is_of(value, kind)] == kinds


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(1, True, False), (0, False, False), (1, 1.0, True), ([1], [True], False), ({"a": [0]}, {"a": [False]}, False)],
)
def test_true_is_not_one(one: object, other: object, expected: bool) -> None:
    assert same(one, other) is expected


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_everything_is_the_same_as_itself(value: object) -> None:
    assert same(value, value)
    assert not same(value, [value])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("off", "off"),
        ("1.50", "1.50"),
        ("'a b'", "'a b'"),
        ('"\\e[0m"', r"'\x1b[0m'"),
        ("[1]", "a list"),
        ("{a: 1}", "a mapping of keys to values"),
        ("~", "empty"),
        ("x" * 61, repr("x" * 59 + "…")),
    ],
)
def test_values_are_shown_as_they_were_written(text: str, said: str) -> None:
    assert shown(parse_yaml("a", FileText(text))) == said


@given(st.text())
def test_keys_are_shown_on_one_short_line(key: str) -> None:
    assert len(key_shown(key)) <= 2 + 60 * 10
    assert key_shown(key).isprintable()


def test_lists_in_words() -> None:
    assert [either("a"), either("ab"), either("abc")] == ["a", "a or b", "a, b or c"]
