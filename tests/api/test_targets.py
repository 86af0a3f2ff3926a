import os
from pathlib import Path

import pytest

from readtheroom.api.targets import refuse_inputs
from readtheroom.errors import UsageError

TARGETS = ["new.json", "old.json", "away/new.json"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "old.json"):
        Path(name).write_text(name)


@pytest.mark.parametrize("path", TARGETS)
def test_what_is_not_read_may_be_written(path: str) -> None:
    refuse_inputs([("--output", path)], ["a.md", "none.md", "", "https://feed.example/\0"])


def test_what_is_read_may_not() -> None:
    os.symlink("a.md", "soft.md")
    os.link("a.md", "hard.md")
    Path("in").mkdir()
    for path in ("a.md", "./a.md", os.path.abspath("a.md"), "in/../a.md", "soft.md", "hard.md"):
        with pytest.raises(UsageError) as caught:
            refuse_inputs([("--output text=", path)], ["b.md", "a.md"])
        assert str(caught.value) == f"--output text={path}: this run reads that file: write to another one"


def test_what_is_read_through_a_link_may_not() -> None:
    os.symlink("a.md", "soft.md")
    with pytest.raises(UsageError, match="this run reads that file"):
        refuse_inputs([("--save-room ", "a.md")], ["soft.md"])


@pytest.mark.parametrize("second", ["new.json", "./new.json"])
def test_two_writers_need_two_files(second: str) -> None:
    with pytest.raises(UsageError) as caught:
        refuse_inputs([("--output text=", "new.json"), ("--save-room ", second)], [])
    assert str(caught.value) == f"--save-room {second}: the file is named twice"
