import os
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from readtheroom.cli.main import main
from tests.checkout import environment


class Done(NamedTuple):
    """What came of a command."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]
LIMIT = 60
"""Seconds for a run, which takes less than one."""


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process, which is fast."""

    def run(*args: str) -> Done:
        try:
            code = main(args)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        return Done(code, *capsys.readouterr())

    return run


@pytest.fixture
def tool(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The command as users have it: a process of its own, in the current folder."""
    env = environment(tmp_path_factory.mktemp("home"))

    def run(*args: str, stdin: bytes = b"", **more: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "readtheroom", *args],
            cwd=os.getcwd(),
            env=env | more,
            input=stdin,
            capture_output=True,
            timeout=LIMIT,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
