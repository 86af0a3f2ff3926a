import os
import subprocess
import sys

import pytest

from readtheroom import __version__
from readtheroom.cli.main import COMMANDS, main
from tests.cli.conftest import Run


def test_its_version(tool: Run) -> None:
    assert tool("--version") == (0, f"readtheroom {__version__}\n", "")


def test_help_names_every_command(here: Run) -> None:
    done = here("--help")
    assert (done.code, done.err) == (0, "")
    assert [name for name in COMMANDS if f"    {name} " not in done.out] == []


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(here: Run, command: str) -> None:
    done = here(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"usage: readtheroom {command} ")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "the following arguments are required: COMMAND; see `readtheroom --help`"),
        (["lnt"], "argument COMMAND: invalid choice: 'lnt'"),
        (["explain"], "the following arguments are required: RULE; see `readtheroom explain --help`"),
    ],
)
def test_what_is_no_command(here: Run, args: list[str], message: str) -> None:
    done = here(*args)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith(f"readtheroom: {message}")


@pytest.mark.usefixtures("office")
def test_a_closed_pipe_is_one_line() -> None:
    command = [sys.executable, "-m", "readtheroom", "schema", "config"]
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(command, stdout=writing, stderr=subprocess.PIPE, text=True) as process:
        os.close(writing)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (2, "readtheroom: the output was closed before everything was written\n")


@pytest.mark.usefixtures("office")
def test_a_bug_is_one_line_unless_one_asks(here: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("by \x1b[0m")

    monkeypatch.setattr("readtheroom.cli.rules._print", broken)
    monkeypatch.delenv("READTHEROOM_DEBUG", raising=False)
    assert here("rules") == (
        2,
        "",
        "readtheroom: internal error (ZeroDivisionError: by \\x1b[0m); set READTHEROOM_DEBUG=1 for the traceback\n",
    )
    monkeypatch.setenv("READTHEROOM_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["rules"])


@pytest.mark.usefixtures("office")
def test_to_interrupt_is_no_fault(here: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("readtheroom.cli.rules._print", interrupted)
    assert here("rules") == (130, "", "")
