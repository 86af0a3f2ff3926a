"""Standard streams that are closed from the start, as daemons and some schedulers leave them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import environment
from tests.cli.conftest import Done
from tests.office import put

NO_OUTPUT = "readtheroom: standard output is closed: open it, or send it to a file\n"


@pytest.fixture(autouse=True)
def _desk(office: Path) -> None:
    put(office, {"bad.txt": "Better than Globex!\n", "good.txt": "Doors open at nine.\n"})


def closed(streams: str, *args: str) -> Done:
    """The command with some streams closed by the shell."""
    command = ["sh", "-c", f'exec "$@" {streams}', "sh", sys.executable, "-m", "readtheroom", *args]
    env = environment(Path("home"))
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("name", ["text", "json", "jsonl", "github", "sarif"])
def test_what_nobody_could_read_is_no_result(name: str) -> None:
    assert closed(">&-", "lint", "good.txt", "--format", name) == (2, "", NO_OUTPUT)


def test_other_commands_have_nowhere_to_write_either() -> None:
    assert closed(">&-", "rules") == (2, "", NO_OUTPUT)
    assert closed(">&-", "schema", "config") == (2, "", NO_OUTPUT)


def test_results_that_go_to_a_file_alone(office: Path) -> None:
    assert closed(">&-", "lint", "bad.txt", "--output", "github=report") == (1, "", "")
    assert (office / "report").read_text().startswith("::error file=bad.txt,")


def test_nothing_to_say_needs_no_output() -> None:
    assert closed(">&-", "lint", "good.txt", "--quiet") == (0, "", "")


def test_without_standard_error_the_exit_code_tells() -> None:
    assert closed("2>&-", "lint", "good.txt") == (0, "0 blocked, 0 warned, 1 passed – 4 rules on 1 post\n", "")
    assert closed("2>&-", "lint", "bad.txt").code == 1
    assert closed("2>&-", "lint", "none.txt") == (2, "", "")
    assert closed("2>/dev/full", "lint", "none.txt") == (2, "", "")


def test_no_standard_input_to_read() -> None:
    said = "readtheroom: standard input is closed: pipe a draft to it, or name a file instead of -\n"
    assert closed("<&-", "lint", "-") == (2, "", said)
    assert closed("<&-", "lint", "good.txt").code == 0


def test_none_of_them() -> None:
    assert closed("<&- >&- 2>&-", "lint", "good.txt").code == 2
    assert closed("<&- >&- 2>&-", "lint", "bad.txt", "--output", "text=report").code == 1
