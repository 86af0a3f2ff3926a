from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.errors import DraftError
from readtheroom.model import Json
from readtheroom.policy.json_stream import MAX_ENTRY, JsonStream
from readtheroom.spans import FileText

OPENING = re.compile(r"list = \[")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def entries(*blocks: str) -> list[tuple[FileText, Json]]:
    stream = JsonStream("f.js", iter(blocks))
    assert stream.match(OPENING)
    found = list(stream.entries())
    assert stream.peek() == ""
    return found


def fault(*blocks: str) -> str:
    with pytest.raises(DraftError) as caught:
        entries(*blocks)
    return str(caught.value)


@given(st.lists(VALUES, max_size=6), st.sampled_from([None, 1]), st.randoms(use_true_random=False), st.booleans())
def test_entries_come_whole_and_with_their_place_however_a_file_is_cut(
    values: list[Json], indent: int | None, cuts: Random, windows: bool
) -> None:
    source = "\n list = [" + json.dumps(values, indent=indent)[1:] + "\n"
    source = source.replace("\n", "\r\n") if windows else source
    lines = re.findall(r".*\n|.+", source)
    blocks: list[str] = []
    for line in lines:
        if blocks and cuts.random() < 0.5:
            blocks[-1] += line
        else:
            blocks.append(line)
    found = entries(*blocks)
    assert [value for _, value in found] == values
    whole = FileText(source)
    at = source.index("[") + 1
    for part, value in found:
        at = source.index(part.text, at)
        assert json.loads(part.text) == value
        assert [part.place(n) for n in range(len(part.text) + 1)] == [
            whole.place(at + n) for n in range(len(part.text) + 1)
        ]
        at += len(part.text)


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        (['list = [{"a":\n', " 1},\n", '{"a": 1 2}]'], "3:9: not valid JSON: Expecting ',' delimiter"),
        (['list = [{"a": 1}\n', ' {"a": 1}]'], "2:2: not valid JSON: Expecting ',' delimiter"),
        (["list = [1,\n", "  ]"], "2:3: not valid JSON: Expecting value"),
        (['list = [{"a": 1,\n', '"a": 2}]'], "1:9: not valid JSON: key 'a' is given twice"),
        (["list = [" + "[" * 100_000], "1:9: not valid JSON: nested too deep"),
        (
            ['list = [\n {"a":\n', ' "b'],
            "2:2: the file ends in the middle of this list: it was cut short, fetch it again",
        ),
        (['list = [\n {"a": 1},\n'], "3:1: the file ends in the middle of this list: it was cut short, fetch it again"),
        (['list = [\n {"a": 1}'], "2:10: the file ends in the middle of this list: it was cut short, fetch it again"),
        (["list = ["], "1:9: the file ends in the middle of this list: it was cut short, fetch it again"),
    ],
)
def test_faults_are_told_at_their_place(blocks: list[str], said: str) -> None:
    assert fault(*blocks) == f"f.js:{said}"


def test_what_is_wrong_is_told_before_the_rest_is_read() -> None:
    def blocks() -> Iterator[str]:
        yield 'list = [\n{"a" 1},\n'
        raise AssertionError("nobody reads on")

    stream = JsonStream("f.js", blocks())
    stream.match(OPENING)
    with pytest.raises(DraftError, match=r"^f.js:2:6: not valid JSON: Expecting ':' delimiter$"):
        list(stream.entries())


def test_an_entry_without_end_is_not_held() -> None:
    endless = JsonStream("f.js", _endless())
    endless.match(OPENING)
    with pytest.raises(DraftError, match=r"^f.js:1:9: an entry of more than 16 MiB$"):
        list(endless.entries())


def _endless() -> Iterator[str]:
    yield "list = [[\n"
    given = 0
    while given < 4 * MAX_ENTRY:
        block = '"a",\n' * 50_000
        given += len(block)
        yield block
    raise AssertionError("too much was read")
