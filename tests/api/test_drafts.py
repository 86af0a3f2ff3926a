import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readtheroom.api.drafts import from_stream, gather, parse_time
from readtheroom.errors import DraftError, UsageError
from tests.office import put


def test_texts_come_first_then_standard_input_then_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, {"b.md": "x", "a.md": "y"})
    stdin = from_stream(io.BytesIO(b"z"), None)
    drafts, ignored = gather(["b.md", "a.md"], ["one", "two"], stdin)
    assert [(each.file.path, each.reader, each.file.text()) for each in drafts] == [
        ("text", "text", "one"),
        ("text 2", "text", "two"),
        ("<stdin>", "text", "z"),
        ("b.md", None, "x"),
        ("a.md", None, "y"),
    ]
    assert ignored == ()


def test_what_is_left_out_is_told_and_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, {"a.md": "x", ".readtheroomignore": "a.md"})
    assert gather(["a.md"]) == ((), ("a.md",))


def test_nothing_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d").mkdir()
    with pytest.raises(UsageError, match=r"^name drafts to lint: files, folders, or -$"):
        gather([])
    with pytest.raises(UsageError, match=r"^no drafts in d, \.$"):
        gather(["d", "."])
    with pytest.raises(DraftError, match=r"^none\.md: no such file$"):
        gather(["none.md"], ["text"])


@pytest.mark.parametrize(
    ("name", "path", "reader"),
    [(None, "<stdin>", "text"), ("", "<stdin>", "text"), ("d/a.jsonl", "d/a.jsonl", "jsonl")],
)
def test_its_name_decides_the_format_of_a_stream(name: str | None, path: str, reader: str) -> None:
    draft = from_stream(io.BytesIO(b"x"), name)
    assert (draft.file.path, draft.reader) == (path, reader)


def test_a_name_without_a_format() -> None:
    with pytest.raises(UsageError, match=r"^a\.docx: not a draft by its ending; drafts end in \.csv, "):
        from_stream(io.BytesIO(b"x"), "a.docx")


@pytest.mark.parametrize(
    ("written", "hour"),
    [("2026-03-01T09:00:00Z", 9), ("2026-03-01T09:00+02:00", 7), ("2026-03-01 09:00", 9)],
)
def test_a_moment(written: str, hour: int) -> None:
    time = parse_time(written)
    assert (time, time.tzinfo) == (datetime(2026, 3, 1, hour, tzinfo=UTC), UTC)


@pytest.mark.parametrize("written", ["now", "", "2026-03-01", "2026-02-30 09:00", "9999-12-31T23:00-12:00", "\x1b[2J"])
def test_what_is_no_moment(written: str) -> None:
    with pytest.raises(UsageError, match=r"^--at: "):
        parse_time(written)
