from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.policy.document import parse_yaml
from readtheroom.policy.yaml_source import YamlSource
from readtheroom.spans import FileText, Place

BREAKS = "\n\r\x85\u2028\u2029"
TEXTS = st.text(
    st.one_of(
        st.sampled_from(" \t\n'\"\\#:-|>&*!%@`,[]{}aé中😀"), st.characters(codec="utf-8", exclude_categories=["Cc"])
    ),
    min_size=1,
    max_size=60,
)


def places(source: str, *keys: str | int) -> tuple[str, list[Place]]:
    node = parse_yaml("d.yaml", FileText(source))
    text = str(node.at(*keys).value)  # type: ignore[union-attr]  # fails where there is none
    origin = YamlSource(node).origin(*keys)
    return text, [origin.place(offset) for offset in range(len(text))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("text: plain words", [(0, 1, 7), (6, 1, 13)]),
        ("text: plain\n  on two lines", [(0, 1, 7), (5, 1, 12), (6, 2, 3), (12, 2, 9)]),
        ("text: 'it''s on'", [(0, 1, 8), (2, 1, 10), (3, 1, 12), (6, 1, 15)]),
        ('text: "a\\u00e9b\\\n  c"', [(0, 1, 8), (1, 1, 9), (2, 1, 15), (3, 2, 3)]),
        ("text: |\n  one\n    two\n", [(0, 2, 3), (3, 2, 6), (4, 3, 3), (5, 3, 4), (6, 3, 5), (9, 3, 8)]),
        ("text: >-  # why\n  one\n  two\n\n  three\n", [(0, 2, 3), (3, 2, 6), (4, 3, 3), (7, 4, 1), (8, 5, 3)]),
        ("text: |+2\n    x\n\n\n", [(0, 2, 3), (2, 2, 5), (3, 2, 6), (4, 3, 1), (5, 4, 1)]),
        ("a: 1\r\ntext: >-\r\n  one\r\n  two\r\n", [(0, 3, 3), (3, 3, 6), (4, 4, 3)]),
        ("text: 'a\n\n\n  b'", [(0, 1, 8), (1, 2, 1), (2, 3, 1), (3, 4, 3)]),
        ('text: &b "zap1"', [(0, 1, 11), (3, 1, 14)]),
        ("text: !!str zap2", [(0, 1, 13), (3, 1, 16)]),
        ("text: &y plain zap3", [(0, 1, 10), (6, 1, 16)]),
        ("text: !!str &b 'zap'", [(0, 1, 17)]),
        ("text: &b !<tag:yaml.org,2002:str> zap", [(0, 1, 35)]),
        ("text: &b # why\r\n  # and why\r\n\r\n  !!str\r\n  'zap'\r\n", [(0, 5, 4)]),
        ("text: &b\n  |-  # why\n  zap\n", [(0, 3, 3)]),
        ("other: &b zap\ntext: *b", [(0, 1, 11)]),
        ("{other: [!!str , a], text: &b zap}", [(0, 1, 31)]),
    ],
)
def test_characters_are_found_in_every_style(source: str, expected: list[tuple[int, int, int]]) -> None:
    _, found = places(source, "text")
    assert [(offset, *found[offset]) for offset, _, _ in expected] == expected


@given(TEXTS, st.sampled_from([None, "'", '"', "|", ">"]), st.integers(10, 100), st.booleans(), st.booleans())
def test_every_character_is_where_it_is_said_to_be(
    text: str, style: str | None, width: int, escaped: bool, crlf: bool
) -> None:
    source = yaml.dump({"k": [{"text": text}]}, default_style=style, width=width, allow_unicode=not escaped)
    if crlf:
        source = source.replace("\n", "\r\n")
    file = FileText(source)
    node = parse_yaml("d.yaml", file)
    value = node.at("k", 0, "text")
    assert value is not None
    origin = YamlSource(node).origin("k", 0, "text")
    for offset, char in enumerate(str(value.value)):
        place = origin.place(offset)
        line = _lines(source)[place.line - 1]
        there = line[place.column - 1 : place.column]
        if char not in BREAKS and there != char:
            assert there == "\\" or (char == " " and there in {"", *BREAKS}), (char, there, place)


def _lines(source: str) -> list[str]:
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def test_a_long_run_of_spaces_takes_no_long_time() -> None:
    text, found = places('text: "a' + " " * 200_000 + 'b"', "text")
    assert found[-1] == Place(1, 200_009)
    assert len(text) == 200_002


def test_a_number_keeps_its_spelling() -> None:
    source = YamlSource(parse_yaml("d.yaml", FileText("text: 2026\nother: '7'\nnamed: &n 3.10\n")))
    assert [source.spelling(key) for key in ("text", "other", "none", "named")] == ["2026", None, None, "3.10"]


def test_a_fault_in_a_list_points_at_its_key() -> None:
    source = YamlSource(parse_yaml("d.yaml", FileText("a: 1\nmedia:\n  - file: x\n")))
    assert (source.place("media"), source.place("a"), source.place("media", 0, "alt")) == (
        Place(2, 1),
        Place(1, 4),
        Place(3, 5),
    )
