import os
from pathlib import Path

import pytest

from readtheroom.errors import DraftError, PolicyError
from readtheroom.policy.files import POLICY_LIMIT, read_text


def fault(path: Path, limit: int = POLICY_LIMIT) -> str:
    with pytest.raises(PolicyError) as caught:
        read_text(str(path), limit)
    return str(caught.value).removeprefix(str(path))


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "a.yaml"
    path.write_bytes(data)
    return path


def test_a_mark_at_the_start_is_no_text(tmp_path: Path) -> None:
    assert read_text(str(written(tmp_path, b"\xef\xbb\xbfa: \xc3\xa9\r\n"))).text == "a: é\r\n"


def test_a_file_of_the_limit_is_read(tmp_path: Path) -> None:
    assert read_text(str(written(tmp_path, b"abcd")), 4).text == "abcd"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"abcde", ": larger than 4 bytes: split it, or give a smaller file"),
        (b"a\n\x00", ":2: a binary file, not text"),
        (b"\xff\xfea", ": is UTF-16: save it as UTF-8"),
        (b"\r\n\xe9\n", ":2:1: not UTF-8: byte 0xe9 cannot be read; save the file as UTF-8"),
        (b"\xc3\xa9\xe9", ":1:2: not UTF-8: byte 0xe9 cannot be read; save the file as UTF-8"),
    ],
)
def test_what_cannot_be_text(tmp_path: Path, data: bytes, said: str) -> None:
    assert fault(written(tmp_path, data), 4) == said


def test_a_huge_file_is_refused_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(100 * 1024**2)
    assert fault(path) == ": larger than 8 MiB: split it, or give a smaller file"


def test_missing_folder_and_odd_names(tmp_path: Path) -> None:
    assert fault(tmp_path / "none.yaml") == ": no such file"
    assert fault(written(tmp_path, b"") / "b.yaml") == ": no such file"
    assert fault(tmp_path) == ": is a folder, not a file"
    assert fault(tmp_path / "a\x00b") == ": cannot be read: embedded null byte"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="file modes do not bind this user")
def test_forbidden(tmp_path: Path) -> None:
    path = written(tmp_path, b"a")
    path.chmod(0)
    assert fault(path) == ": cannot be read: Permission denied"


def test_a_name_too_long_is_a_plain_fault(tmp_path: Path) -> None:
    assert fault(tmp_path / ("x" * 5000)) == ": cannot be read: File name too long"


def test_the_caller_chooses_the_error(tmp_path: Path) -> None:
    with pytest.raises(DraftError):
        read_text(str(tmp_path / "none.md"), error=DraftError)
