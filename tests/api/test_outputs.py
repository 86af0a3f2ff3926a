import io
import json
import os
import stat
import sys
from contextlib import ExitStack, redirect_stdout, suppress
from pathlib import Path

import pytest

from readtheroom.api.outputs import outputs
from readtheroom.errors import UsageError
from readtheroom.findings import PostResult, Summary
from readtheroom.model import Field, Post
from readtheroom.protocols import RunInfo
from readtheroom.spans import verbatim

INFO = RunInfo((), "0", color=True)
RESULT = PostResult(Post("\ud800", "a.txt", 1, (Field("text", "\ud800", verbatim("\ud800")),)), "pass")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(*others: str, fail: bool = False) -> None:
    with ExitStack() as stack:
        output = outputs("jsonl", others, INFO, stack)
        output.add(RESULT)
        if fail:
            raise KeyboardInterrupt
        output.finish(Summary(posts=1))


def names() -> list[str]:
    return sorted(os.listdir())


def test_each_format_goes_to_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    write("json=a.json", "jsonl=b=c.jsonl", "sarif=out.sarif")
    assert names() == ["a.json", "b=c.jsonl", "out.sarif"]
    assert json.loads(Path("a.json").read_text())["summary"]["posts"] == 1
    assert Path("b=c.jsonl").read_text("utf-8") == capsys.readouterr().out
    assert json.loads(Path("out.sarif").read_text())["version"] == "2.1.0"


def test_standard_output_gets_everything_or_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readtheroom.api.outputs.IN_MEMORY", 100)
    with ExitStack() as stack:
        output = outputs("json", ["json=kept.json"], INFO, stack)
        for _ in range(50):
            output.add(RESULT)
        assert capsys.readouterr().out == ""
        output.finish(Summary(posts=50))
    written = capsys.readouterr().out
    assert written == Path("kept.json").read_text("utf-8")
    assert len(json.loads(written)["posts"]) == 50


def test_json_lines_are_written_as_they_go(capsys: pytest.CaptureFixture[str]) -> None:
    with ExitStack() as stack:
        output = outputs("jsonl", (), INFO, stack)
        output.add(RESULT)
        assert json.loads(capsys.readouterr().out)["path"] == "a.txt"


def test_files_are_left_as_they_were_when_the_run_fails() -> None:
    Path("old.json").write_text("as it was")
    with pytest.raises(KeyboardInterrupt):
        write("json=old.json", "sarif=new.sarif", fail=True)
    assert names() == ["old.json"]
    assert Path("old.json").read_text() == "as it was"


def test_files_are_not_touched_before_standard_output_has_everything() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    closed = io.TextIOWrapper(io.FileIO(writing, "w"))
    with redirect_stdout(closed), pytest.raises(BrokenPipeError):
        write("json=new.json")
    with suppress(BrokenPipeError):
        closed.close()
    assert names() == []


def test_older_files_are_replaced_and_links_followed() -> None:
    os.mkdir("kept")
    Path("kept/report.json").write_text("old")
    os.symlink("kept/report.json", "link.json")
    write("json=link.json")
    assert os.path.islink("link.json")
    assert json.loads(Path("kept/report.json").read_text())["version"] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_files_have_the_mode_of_any_new_file(umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write("json=a.json")
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat("a.json").st_mode) == mode


def test_files_have_no_colour() -> None:
    write("text=a.txt")
    assert Path("a.txt").read_text("utf-8") == "0 blocked, 0 warned, 0 passed – 0 rules on 1 post\n"


@pytest.mark.parametrize(
    ("others", "message"),
    [
        (["a.json"], "--output a.json: write FORMAT=FILE, as in sarif=report.sarif"),
        (["json="], "--output json=: write FORMAT=FILE, as in sarif=report.sarif"),
        (["json=-"], "--output json=-: what goes to standard output is told by --format json"),
        (["jsn=a.json"], "no reporter is called 'jsn'; known: "),
        (["json=none/a.json"], "--output none/a.json: cannot be written: No such file or directory"),
        (["json=a.json", "sarif=./a.json"], "--output sarif=./a.json: the file is named twice"),
        (["json=folder"], "--output folder: is there already, and is no file"),
        (["json=/dev/null"], "--output /dev/null: is there already, and is no file"),
    ],
)
def test_what_cannot_be_written(others: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkdir("folder")
    with pytest.raises(UsageError) as caught:
        write("sarif=fine.sarif", *others)
    assert str(caught.value).startswith(message)
    assert (names(), capsys.readouterr().out) == (["folder"], "")


def test_an_unknown_format_for_standard_output() -> None:
    with pytest.raises(UsageError, match=r"^no reporter is called 'xml'"), ExitStack() as stack:
        outputs("xml", [], INFO, stack)
