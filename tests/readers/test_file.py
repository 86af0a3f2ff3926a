from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from readtheroom.errors import DraftError
from readtheroom.protocols import DraftFile
from readtheroom.readers import _file
from readtheroom.readers._file import MAX_FILE, MAX_LINE, PathFile, StdinFile, TextFile

UTF16 = "is UTF-16: save it as UTF-8"


def files(folder: Path, data: bytes) -> list[DraftFile]:
    path = folder / "draft"
    path.write_bytes(data)
    return [PathFile(str(path)), StdinFile(io.BytesIO(data), str(path))]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"\xef\xbb\xbfcaf\xc3\xa9\r\nb\rc\n\n d", ["café\r\n", "b\r", "c\n", "\n", " d"]),
        (b"a\x0bb\xe2\x80\xa8c\n", ["a\x0bb\u2028c\n"]),
        (b"a\r\r\n\rb\r", ["a\r", "\r\n", "\r", "b\r"]),
    ],
)
def test_lines_are_those_of_the_text(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    for file in [*files(tmp_path, data), TextFile(data.decode(), "text")]:
        assert list(file.lines()) == expected
    for file in [*files(tmp_path, data), TextFile(data.decode(), "text")]:
        assert "".join(file.blocks()) == "".join(expected)
    for file in [*files(tmp_path, data), TextFile(data.decode(), "text")]:
        assert file.text() == "".join(expected)


def test_blocks_are_of_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_file, "BLOCK", 4)
    for file in files(tmp_path, b"\xef\xbb\xbfa\ncaf\xc3\xa9 au lait\n\nb\r\nc"):
        assert list(file.blocks()) == ["a\n", "café au lait\n\n", "b\r\n", "c"]


@pytest.mark.parametrize(
    ("data", "line"), [(b"a\nb\rc\n\nde\xff", 5), (b"a\nbcd\nef\x00g\n", 3), (b"abcdefg\nhi\xffjk", 2)]
)
def test_a_fault_of_a_block_is_told_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, line: int
) -> None:
    monkeypatch.setattr(_file, "BLOCK", 3)
    for file in files(tmp_path, data):
        with pytest.raises(DraftError) as caught:
            list(file.blocks())
        assert [fault.line for fault in caught.value.faults] == [line]


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"one\ntwo\nthr\xe9e\n", 3, "not UTF-8: byte 0xe9 cannot be read; save the file as UTF-8"),
        (b"\xe9", 1, "not UTF-8: byte 0xe9 cannot be read; save the file as UTF-8"),
        (b"one\nt\x00o\n", 2, "a binary file, not text"),
        ("one\n".encode("utf-16"), 0, UTF16),
        (b"\xfe\xff\x00o", 0, UTF16),
    ],
)
def test_what_is_no_text_is_one_plain_fault(tmp_path: Path, data: bytes, line: int, message: str) -> None:
    for whole in (True, False):
        for file in files(tmp_path, data):
            with pytest.raises(DraftError) as caught:
                file.text() if whole else list(file.lines())
            assert [(fault.path, fault.line, fault.message) for fault in caught.value.faults] == [
                (file.path, line, message)
            ]


@pytest.mark.parametrize("whole", [True, False])
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, whole: bool) -> None:
    for path, message in ((tmp_path / "none", "no such file"), (tmp_path, "is a folder, not a file")):
        file = PathFile(str(path))
        with pytest.raises(DraftError) as caught:
            file.text() if whole else list(file.lines())
        assert str(caught.value) == f"{path}: {message}"


@pytest.mark.parametrize("whole", [True, False])
def test_a_pipe_is_not_waited_for(tmp_path: Path, whole: bool) -> None:
    path = tmp_path / "queue.md"
    os.mkfifo(path)
    file = PathFile(str(path))
    with pytest.raises(DraftError) as caught:
        file.text() if whole else list(file.lines())
    said = f"{path}: a pipe or a device, not a file: lead it to standard input, and write - for it"
    assert str(caught.value) == said


class Endless(io.RawIOBase):
    """A stream of one letter that notes how much was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # a writable buffer
        view[:] = b"a" * len(view)
        self.given += len(view)
        return len(view)


class Broken(io.RawIOBase):
    """A stream that cannot be read, as standard input is when a folder is put there."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        del buffer
        raise IsADirectoryError(21, "Is a directory")


@pytest.mark.parametrize("whole", [True, False])
def test_a_stream_that_breaks_is_a_fault(whole: bool) -> None:
    file = StdinFile(io.BufferedReader(Broken()), "-")
    with pytest.raises(DraftError) as caught:
        file.text() if whole else list(file.lines())
    assert str(caught.value) == "-: cannot be read: Is a directory"


@pytest.mark.parametrize("read", [StdinFile.lines, StdinFile.blocks])
def test_a_line_without_end_is_not_held(read: Callable[[StdinFile], Iterator[str]]) -> None:
    raw = Endless()
    with pytest.raises(DraftError) as caught:
        list(read(StdinFile(io.BufferedReader(raw), "-")))
    assert str(caught.value) == "-:1: a line of more than 16 MiB"
    assert raw.given < MAX_LINE + (1 << 20)


def test_a_file_without_end_is_not_held() -> None:
    raw = Endless()
    with pytest.raises(DraftError) as caught:
        StdinFile(io.BufferedReader(raw), "-").text()
    assert str(caught.value) == "-: larger than 64 MiB: split it"
    assert raw.given < MAX_FILE + (1 << 20)
