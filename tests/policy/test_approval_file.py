from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readtheroom.errors import Fault
from readtheroom.model import Approval
from readtheroom.policy.approval_file import compose, read_record

AT = datetime(2026, 7, 20, 12, tzinfo=UTC)
MADE = Approval("Joan Ünal", AT, AT.replace(day=27), "ab" * 32, {"text": "0123456789abcdef"}, "7", "drafts/a.csv")


def told(folder: Path, text: str) -> list[str]:
    path = folder / "a.json"
    path.write_text(text, encoding="utf-8")
    found = read_record(str(path), path.read_bytes())
    assert not isinstance(found, Approval)
    return [str(fault).removeprefix(str(path)) for fault in found]


@pytest.mark.parametrize("made", [MADE, Approval("Bo", AT, hash="0" * 64)])
def test_a_record_comes_back_as_it_was_written(made: Approval) -> None:
    assert read_record("a.json", compose(made).encode()) == made._replace(file="a.json")


def test_own_keys_are_left_alone() -> None:
    plain = {**json.loads(compose(MADE)), "x-ticket": 7}
    assert read_record("a.json", json.dumps(plain).encode()) == MADE._replace(file="a.json")


def test_times_are_utc_whatever_their_offset() -> None:
    plain = {**json.loads(compose(MADE)), "at": "2026-07-20T14:00:00+02:00"}
    assert read_record("a.json", json.dumps(plain).encode()) == MADE._replace(file="a.json")


def test_each_fault_has_its_place(tmp_path: Path) -> None:
    text = '{"by": "Bo",\n "att": "2026-07-20T12:00:00Z",\n "hash": "x"}'
    found = told(tmp_path, text)
    assert [each.partition(": ")[0] for each in found] == [":1:1", ":2:2", ":3:10"]
    assert "did you mean 'at'" in found[1]


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '{"by": 3}', "\x00", '{"by": " ", "at": "x"}'])
def test_what_is_no_record_is_told(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text)


@pytest.mark.parametrize("at", ["yesterday", "2026-07-20T12:00:00", "2026-07-20"])
def test_a_time_without_an_offset_is_told(tmp_path: Path, at: str) -> None:
    text = json.dumps({"by": "Bo", "at": at, "hash": "0" * 64})
    assert told(tmp_path, text) == [f": {at!r} is no time with an offset: approve the draft again"]


def test_not_utf_8() -> None:
    found = read_record("nowhere.json", b"\xff")
    assert isinstance(found, tuple)
    assert isinstance(found[0], Fault)
