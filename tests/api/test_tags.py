from __future__ import annotations

import io
from pathlib import Path

from readtheroom.api.drafts import Draft, from_stream
from readtheroom.api.linter import Linter
from readtheroom.api.tags import MOST_TAGS, tags_of
from readtheroom.model import Room
from readtheroom.readers._file import PathFile, TextFile
from tests.office import put


def linter() -> Linter:
    return Linter.from_config(room=Room())


def test_each_tag_of_all_drafts_once(office: Path) -> None:
    put(office, {"a.jsonl": '{"text": "#one", "title": "#two"}\n{"text": "#one ＃tres"}\n', "b.txt": "no tag#none"})
    drafts = [Draft(PathFile("a.jsonl")), Draft(PathFile("b.txt")), Draft(TextFile("#four", "text"), "text")]
    assert tags_of(linter(), drafts) == ("one", "two", "tres", "four")


def test_drafts_with_faults_are_told_of_later(office: Path) -> None:
    put(office, {"a.jsonl": '{"text": "#one"}\n{"txt": 1}\n', "b.txt": "#two"})
    assert tags_of(linter(), [Draft(PathFile("a.jsonl")), Draft(PathFile("b.txt"))]) == ("one", "two")


def test_what_can_be_read_but_once_is_not_read_for_its_tags(office: Path) -> None:
    stream = io.BytesIO(b"#one")
    assert tags_of(linter(), [from_stream(stream, None)]) is None
    assert stream.read() == b"#one"


def test_no_more_than_anybody_would_ask_about(office: Path) -> None:
    many = Draft(TextFile(" ".join(f"#tag{number}x" for number in range(MOST_TAGS + 50)), "text"), "text")
    assert len(tags_of(linter(), [many]) or ()) == MOST_TAGS
