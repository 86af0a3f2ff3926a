"""Every command and block of code in the README, run as it stands there, in a copy of examples/."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from readtheroom import registry
from readtheroom.registry import Group
from tests.checkout import BIN, ROOT, environment

README = (ROOT / "README.md").read_text("utf-8")
LIMIT = 120
COUNT = re.compile(r"\b\d+ (?=rules)")
"""Left out in transcripts: the core pack grows."""
KNOWN = {"sh", "console", "yaml", "markdown", "pycon"}


class Block(NamedTuple):
    """A fenced block: its language, its text, and its line in the README."""

    language: str
    text: str
    line: int


def all_blocks() -> list[Block]:
    fences = re.finditer(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [Block(each[1], each[2], README.count("\n", 0, each.start()) + 1) for each in fences]


def blocks(language: str) -> list[Block]:
    return [block for block in all_blocks() if block.language == language]


def named(language: str) -> pytest.MarkDecorator:
    found = blocks(language)
    return pytest.mark.parametrize("block", found, ids=[f"line {block.line}" for block in found])


def files() -> dict[str, str]:
    """The YAML blocks, by the name of the file in their first line."""
    return {block.text.splitlines()[0].removeprefix("# "): block.text for block in blocks("yaml")}


class Desk:
    """A copy of examples/, with the rules of the README beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "examples"
        shutil.copytree(ROOT / "examples", self.folder, ignore=shutil.ignore_patterns("__pycache__"))
        self.env = environment(folder / "home", PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}", COLUMNS="120")

    def run(self, command: str) -> tuple[int, str]:
        """The exit code, and all that is said."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.env,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LIMIT,
            text=True,
            encoding="utf-8",
        )
        return done.returncode, done.stdout


def new_desk(folder: Path) -> Desk:
    made = Desk(folder)
    (made.folder / "house.yaml").write_text(files()["house.yaml"], "utf-8")
    return made


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One for all, so that the policy is read and proven once."""
    return new_desk(tmp_path_factory.mktemp("readme"))


def test_every_block_is_of_a_language_that_is_tested() -> None:
    assert {block.language for block in all_blocks()} == KNOWN
    assert README.count("\n```") == 2 * len(all_blocks())


@named("console")
def test_a_transcript_is_what_one_sees(desk: Desk, block: Block, tmp_path: Path) -> None:
    seen, code = "", 0
    desk = new_desk(tmp_path) if "recheck" in block.text else desk  # other blocks have their checks remembered
    for command in re.findall(r"^\$ (.*)$", block.text, re.MULTILINE):
        if command == "echo $?":
            seen += f"$ {command}\n{code}\n"
        else:
            code, said = desk.run(command)
            seen += f"$ {command}\n{said}"
    assert COUNT.sub("… ", seen) == block.text


@named("sh")
def test_commands_succeed(desk: Desk, block: Block) -> None:
    for command in block.text.splitlines():
        if command.startswith("make "):
            done = subprocess.run(["make", "--dry-run", command.removeprefix("make ")], cwd=ROOT, check=False)
            assert done.returncode == 0
        else:
            assert desk.run(command)[0] == 0, command


@pytest.mark.parametrize(("name", "text"), files().items(), ids=files())
def test_a_file_is_one_that_serves(tmp_path: Path, name: str, text: str) -> None:
    desk = new_desk(tmp_path)
    (desk.folder / name).parent.mkdir(exist_ok=True)
    (desk.folder / name).write_text(text, "utf-8")
    if name == ".pre-commit-config.yaml":
        assert desk.run("python -m pre_commit validate-config .pre-commit-config.yaml") == (0, "")
        (hook,) = re.findall(r"- id: (.*)", text)
        assert f"- id: {hook}\n" in (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    else:
        code, said = desk.run("readtheroom lint --quiet drafts/aurora.md")
        assert code == 1, said
        assert "drafts/aurora.md:6:1  error  trending-hashtag" in said


def test_the_config_for_calendars(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    (desk.folder / "calendar").mkdir()
    (desk.folder / "calendar" / "readtheroom.yaml").write_text(files()["calendar/readtheroom.yaml"], "utf-8")
    code, said = desk.run("readtheroom explain quiet-hours --config calendar/readtheroom.yaml")
    assert code == 0, said
    assert said.startswith("quiet-hours  (cadence; severity info")


@named("markdown")
def test_a_draft_passes(desk: Desk, block: Block) -> None:
    (desk.folder / "readme.md").write_text(block.text, "utf-8")
    code, said = desk.run("readtheroom lint --fail-on info readme.md")
    assert code == 0, said


def test_the_library_call(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.folder)
    (block,) = blocks("pycon")
    test = doctest.DocTestParser().get_doctest(block.text, {}, "README.md", "README.md", block.line)
    said: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert results.failed == 0, "".join(said)
    assert results.attempted > 5


@pytest.mark.parametrize("group", ["readers", "reporters"])
def test_every_format_is_named(group: Group) -> None:
    for name in registry.names(group):
        for word in getattr(registry.load(group, name), "SUFFIXES", (name,)):
            assert f"`{word}`" in README


def test_the_hook_takes_every_format_that_is_read(tmp_path: Path) -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    (left_out,) = re.findall(r"exclude: '(.*)'", hooks)
    suffixes = [end for name in registry.names("readers") for end in registry.load("readers", name).SUFFIXES]
    assert [end for end in suffixes if end != ".js" and re.search(left_out, f"drafts/a{end}")] == []
    for archive in ("tweets.js", "a/tweet.js", "a/note-tweet-part12.js", "community-tweet.js"):
        assert not re.search(left_out, archive)
    for other in ("drafts/a.png", "a.js", "a/my-tweets.js", "account.js"):
        assert re.search(left_out, other)
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    assert subprocess.run(command, cwd=ROOT, env=environment(tmp_path / "home"), check=False).returncode == 0


def test_the_demo(tmp_path: Path) -> None:
    """With what is installed beside this interpreter, and nothing made anew."""
    stamps = [f"--assume-old={BIN.parent}/.{name}" for name in ("created", "installed")]
    command = ["make", "demo", f"VENV={BIN.parent}", *stamps]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(tmp_path / "home"),
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LIMIT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 dead in Aurora cinema shooting" in done.stdout
    assert done.stdout.count("(exit code 1)") == done.stdout.count("(exit code 0)") == 1
