import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.errors import DraftError
from readtheroom.model import Json
from readtheroom.policy.document import Node
from readtheroom.policy.json_tree import MAX_DEPTH, tree
from readtheroom.spans import FileText

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3))
)


def nodes(node: Node) -> list[Node]:
    children: list[Node] = []
    if isinstance(node.value, dict):
        children = list(node.value.values())
    elif isinstance(node.value, list):
        children = node.value
    return [node, *(each for child in children for each in nodes(child))]


@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_each_node_stands_where_its_value_is_written(value: Json, indent: str | int | None, ascii_only: bool) -> None:
    file = FileText(json.dumps(value, indent=indent, ensure_ascii=ascii_only))
    root = tree("x.json", file)
    if depth(value) <= MAX_DEPTH:
        assert root.plain() == value
    for node in nodes(root):
        written = json.loads(file.text[node.start : node.end])
        assert written == node.plain() or depth(written) > 0
        assert node.key_start <= node.start


def depth(value: Json) -> int:
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


def test_keys_have_their_places() -> None:
    node = tree("x.json", FileText('{\n "a": {"b": 1}}', 7)).at("a", "b")
    assert node is not None
    assert (node.key_place, node.place) == ((8, 8), (8, 13))


def test_deep_nesting_ends() -> None:
    found = tree("x.json", FileText("[" * 400 + "]" * 400))
    assert depth(found.plain()) == MAX_DEPTH + 1


def test_what_is_no_json() -> None:
    with pytest.raises(DraftError, match=r"^x.json:1:2: not valid JSON: Expecting value$"):
        tree("x.json", FileText("[", 1))
