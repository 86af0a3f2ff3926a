from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.errors import DraftError
from readtheroom.model import Json
from readtheroom.policy.json_source import JsonSource, parse_json
from readtheroom.spans import FileText, Place

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=12,
)


def parts(value: Json, *keys: str | int) -> list[tuple[tuple[str | int, ...], Json]]:
    found: list[tuple[tuple[str | int, ...], Json]] = [(keys, value)]
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in pairs:
        found += parts(child, *keys, key)
    return found


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_every_value_is_found_again(value: Json, indent: int | None, escaped: bool) -> None:
    text = " \r\n" + json.dumps(value, indent=indent, ensure_ascii=escaped)
    source = JsonSource(FileText(text))
    assert parse_json("d.json", source.file) == value
    for keys, part in parts(value):
        assert json.JSONDecoder().raw_decode(text, source.find(*keys)[1])[0] == part
        assert source.under(*keys[:1]).find(*keys[1:]) == source.find(*keys)


def test_places() -> None:
    source = JsonSource(FileText('{"a": [\n  "x"],\n "b": {"c": 1}}', 5))
    assert [source.place(*keys) for keys in [(), ("a",), ("a", 0), ("b",), ("b", "c"), ("b", "none"), ("none", 3)]] == [
        Place(5, 1),
        Place(5, 2),
        Place(6, 3),
        Place(7, 2),
        Place(7, 13),
        Place(7, 2),
        Place(5, 1),
    ]
    assert source.origin("a", 0).place(0) == Place(6, 4)
    assert source.origin("b", "c").place(9) == Place(7, 13)


@given(st.text(st.sampled_from('{}[]",:\\u0d81 trenuf\n')))
def test_anything_is_json_or_a_plain_fault(text: str) -> None:
    try:
        parse_json("d.json", FileText(text))
    except DraftError as error:
        (fault,) = error.faults
        message = fault.message
    else:
        message = ""
        json.loads(text)
    assert "\n" not in message


@pytest.mark.parametrize("text", ["1" * 5000, "[" * 5000])
def test_what_python_cannot_hold_is_a_fault(text: str) -> None:
    with pytest.raises(DraftError, match=r"^d\.json:1(:\d+)?: not valid JSON: "):
        parse_json("d.json", FileText(text))
