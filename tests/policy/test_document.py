import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.errors import DraftError, PolicyError
from readtheroom.policy.document import Node, parse_yaml
from readtheroom.spans import FileText, Place


def parse(text: str, first_line: int = 1) -> Node:
    return parse_yaml("a.yaml", FileText(text, first_line))


def fault(text: str) -> str:
    with pytest.raises(PolicyError) as caught:
        parse(text)
    return str(caught.value)


def node_at(root: Node, *path: str | int) -> Node:
    found = root.at(*path)
    assert found is not None
    return found


def test_values_are_what_a_writer_means() -> None:
    text = "a: off\nb: NO\nc: 09:30\nd: 0123\ne: 2026-07-20\nf: 1.5\ng: 7\nh:\ni: 'on'\nj: '😀'"
    assert parse(text).plain() == {
        "a": False,
        "b": "NO",
        "c": "09:30",
        "d": "0123",
        "e": "2026-07-20",
        "f": 1.5,
        "g": 7,
        "h": None,
        "i": "on",
        "j": "😀",
    }


def test_places_of_keys_and_values() -> None:
    root = parse("😀: x\nrules:\n  - id:  acme\n", first_line=3)
    value = node_at(root, "rules", 0, "id")
    assert (value.key_place, value.place) == (Place(5, 5), Place(5, 10))
    assert root.at("rules", 1) is None
    assert root.at("rules", "id") is None


def test_empty_is_none() -> None:
    assert parse("").plain() is None
    assert parse("# nothing\n").plain() is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2\n", "a.yaml:2:1: key 'a' is given twice"),
        ("? [a]\n: 1\n", "a.yaml:1:3: a key must be a single word or text"),
        ("a: &x {b: 1}\nc: {<<: *x}\n", "a.yaml:2:5: merge keys (<<) are not supported: write the keys out"),
        ("a: !!python/name:os.system x\n", "a.yaml:1:4: tag tag:yaml.org,2002:python/name:os.system is not supported"),
        ("a: [1, 2\nb: 3\n", "a.yaml:2:2: not valid YAML: while parsing a flow sequence"),
        ("a: @acme\n", "a.yaml:1:4: not valid YAML: "),
        ("a: 1\n---\nb: 2\n", "a.yaml:2:1: not valid YAML: expected a single document"),
        ("a: \x00\n", "a.yaml:1: not valid YAML: "),
    ],
)
def test_faults_name_their_place(text: str, said: str) -> None:
    assert fault(text).startswith(said)


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("times", [41, 600, 200_000])
def test_deep_nesting_is_a_fault_and_no_crash(opener: str, times: int) -> None:
    closer = {"[": "]", "{a: ": "}"}.get(opener, "")
    message = fault(opener * times + "1" + closer * times)
    assert "nested deeper than 40" in message or "must be a single word" in message


def test_an_alias_bomb_is_a_fault() -> None:
    bomb = 'a0: &a0 ["x", "x", "x", "x", "x", "x", "x", "x", "x", "x"]\n' + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
    )
    assert "too large once its aliases are expanded" in fault(bomb)


def test_an_alias_to_itself_is_a_fault() -> None:
    assert "nested deeper than 40" in fault("a: &a [*a]\n") or "alias" in fault("a: &a [*a]\n")


def test_the_caller_chooses_the_error() -> None:
    with pytest.raises(DraftError, match=r"^d\.md:1:1: not valid YAML"):
        parse_yaml("d.md", FileText("]"), DraftError)


SCALARS = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.integers(-999, 999).map(lambda n: n / 8)
VALUES = st.recursive(
    SCALARS | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_json_is_read_as_it_was_written(value: object) -> None:
    assert parse(json.dumps(value, ensure_ascii=False)).plain() == value
