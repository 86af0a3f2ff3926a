from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readtheroom.errors import UnavailableError
from readtheroom.model import Gap, Json, Observation
from readtheroom.sources import command
from tests.office import GATE, RULES, put
from tests.sources.ask import failure, observe
from tests.sources.server import LoopbackClient

WHEN = datetime(2026, 3, 1, 9, tzinfo=UTC)
ONE = '{"term": "#Lindental", "source": "Ours", "observed_at": "2026-03-01T09:00:00Z"}'
GAP = '{"source": "X", "reason": "timeout"}'
SEEN = Observation("#Lindental", "tag", "Ours", WHEN)


def program(code: str, **more: Json) -> dict[str, Json]:
    return {"argv": [sys.executable, "-c", code], **more}


@pytest.mark.parametrize(
    ("printed", "observations"),
    [
        (ONE, [SEEN]),
        (f'{{"observations": [{ONE}]}}', [SEEN]),
        (f"{ONE}\n\n{ONE}\n", [SEEN, SEEN]),
        (
            f'\ufeff{{"observations": [{ONE}],\n "gaps": [{GAP}]}}',
            [SEEN, Gap("X", "timeout")],
        ),
        ('{"observations": []}', []),
        ('observations:\n  - {term: "#Lindental", source: Ours, observed_at: 2026-03-01T09:00:00Z}\n', [SEEN]),
        (f"---\nobservations: [{ONE}]\n", [SEEN]),
    ],
)
def test_what_a_program_prints(printed: str, observations: list[Observation | Gap]) -> None:
    assert observe("command", program(f"import sys; sys.stdout.buffer.write({printed!r}.encode())")) == observations


def test_where_it_runs_and_what_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "room.json").write_text(ONE, "utf-8")
    show = "import sys; print(open(sys.argv[1]).read() if sys.argv[2] == '$HOME; x' else '')"
    options: dict[str, Json] = {"argv": [sys.executable, "-c", show, "room.json", "$HOME; x"], "folder": str(tmp_path)}
    assert observe("command", options) == [SEEN]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("print('{')", "answered in another shape: not valid JSON: "),
        ("pass", "answered in another shape: not valid JSON: "),
        (f"print({ONE!r}); print('oops')", "answered in another shape: not valid JSON: "),
        ("print('oops')", "answered in another shape: "),
        ("print('observations: [')", "answered in another shape: not valid YAML: "),
        ("print('a: &a [x]\\nobservations: [*a, *a]')", "answered in another shape: "),
        ('print(\'{"term": "x"}\')', "answered in another shape: `observed_at` is missing"),
        ("import sys; sys.stdout.buffer.write(b'\\xff')", "answered in another shape: not UTF-8"),
        ("import sys; sys.exit(3)", "its program failed (exit 3)"),
        ("import sys; sys.exit('no\\nlicence')", "its program failed (exit 1): no licence"),
        ('print(\'{"observations": [], "looked_up": false}\')', "nobody looked"),
    ],
)
def test_a_program_that_does_not_do_its_work(code: str, why: str) -> None:
    said = failure("command", program(code))
    assert said.startswith(why)
    assert "\n" not in said


def test_a_program_that_cannot_be_started(tmp_path: Path) -> None:
    said = failure("command", {"argv": [str(tmp_path / "none"), "x"]})
    assert said.endswith("none cannot be started: No such file or directory")
    assert "cannot be started" in failure("command", {"argv": [sys.executable], "folder": str(tmp_path / "none")})


def test_a_program_that_prints_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "LIMIT", 1 << 20)
    code = "while True: print('x' * 10000)"
    assert failure("command", program(code)) == "its program printed more than 1 MiB"


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(60)",
        "import os, time; os.close(1); time.sleep(60)",
        "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])",
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="groups of processes are of POSIX")
def test_a_program_that_takes_too_long_is_stopped(code: str) -> None:
    """Also one that no longer prints, and one that leaves another behind."""
    assert failure("command", program(code, timeout=0.7)) == "its program took longer than 0.7 seconds"


# --- what it leaves behind ---

FAMILY = """\
import pathlib, subprocess, sys, time

child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdout=subprocess.DEVNULL)
here = pathlib.Path(sys.argv[1])
(here / "writing").write_text(f"{os.getpid()} {child.pid}")
(here / "writing").rename(here / "running")
"""
"""A program that starts another and tells the numbers of both."""

posix = pytest.mark.skipif(os.name != "posix", reason="groups of processes are of POSIX")


def family(folder: Path, then: str, **more: Json) -> dict[str, Json]:
    return {"argv": [sys.executable, "-c", f"import os\n{FAMILY}{then}", str(folder)], **more}


def numbers(folder: Path) -> list[int]:
    """Those of the programs, once they run."""
    give_up = time.monotonic() + 30
    while not (folder / "running").exists() and time.monotonic() < give_up:
        time.sleep(0.01)
    assert (folder / "running").exists()
    return [int(number) for number in (folder / "running").read_text().split()]


def survivors(folder: Path) -> list[int]:
    """Those that still run after a while; who has ended, and is not yet waited for by `init`, does not."""
    give_up = time.monotonic() + 30
    left = numbers(folder)
    while left and time.monotonic() < give_up:
        time.sleep(0.01)
        left = [number for number in left if _runs(number)]
    return left


def survivors_if_any(folder: Path) -> list[int]:
    """The same; on a busy machine the time may be over before the programs could tell of themselves."""
    return survivors(folder) if (folder / "running").exists() else []


def _runs(number: int) -> bool:
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False)
    return bool(shown.stdout.strip()) and not shown.stdout.startswith("Z")


class Hurried(LoopbackClient):
    """A client of a run that is soon over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """See `protocols.Client`."""
        return max(0.0, self._end - time.monotonic())


@posix
@pytest.mark.parametrize("then", ["time.sleep(60)", "", "sys.exit(3)", "os.close(1); time.sleep(60)"])
def test_nothing_that_it_started_survives(tmp_path: Path, then: str) -> None:
    with pytest.raises(UnavailableError):
        observe("command", family(tmp_path, then, timeout=30), client=Hurried(2))
    assert survivors_if_any(tmp_path) == []


def test_no_time_left_and_it_is_not_started(tmp_path: Path) -> None:
    assert failure("command", family(tmp_path, ""), client=Hurried(0)) == "timeout"
    assert not (tmp_path / "running").exists()


def lint(folder: Path, budget: float) -> subprocess.Popen[str]:
    """`readtheroom lint` with the program as its source."""
    source = {"kind": "command", **family(folder, "time.sleep(60)", timeout=60)}
    config = {"extends": ["house.yaml", "gate.yaml"], "room": {"budget": budget, "sources": [source]}}
    put(folder, {"readtheroom.yaml": json.dumps(config), "house.yaml": RULES, "gate.yaml": GATE})
    command = [sys.executable, "-m", "readtheroom", "lint", "--text", "Doors open at nine."]
    env = {**os.environ, "READTHEROOM_CACHE_DIR": str(folder / "kept")}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, env=env, stdout=pipe, stderr=pipe, text=True)


@posix
def test_the_run_ends_and_nothing_survives_it(tmp_path: Path) -> None:
    out, _ = lint(tmp_path, 2.5).communicate(timeout=60)
    assert "not checked" in out
    assert "command: " in out
    assert survivors_if_any(tmp_path) == []


@posix
@pytest.mark.parametrize("by", ["SIGKILL", "SIGTERM", "SIGHUP"])
def test_the_run_is_killed_and_nothing_survives_it(tmp_path: Path, by: str) -> None:
    run = lint(tmp_path, 60)
    numbers(tmp_path)
    run.send_signal(getattr(signal, by))
    run.communicate(timeout=60)
    assert run.returncode < 0
    assert survivors(tmp_path) == []


@posix
def test_who_looks_after_a_program_ends_with_it(tmp_path: Path) -> None:
    (tmp_path / "room.json").write_text(ONE, "utf-8")
    code = "import os; print(os.getppid(), file=open('parent', 'w')); print(open('room.json').read())"
    assert observe("command", program(code, folder=str(tmp_path))) == [SEEN]
    assert (tmp_path / "parent").read_text() == f"{os.getpid()}\n"
    shown = subprocess.run(["ps", "-A", "-o", "ppid=,args="], capture_output=True, text=True, check=True).stdout
    assert not [line for line in shown.splitlines() if line.split()[0] == str(os.getpid()) and command.WATCH in line]


@posix
def test_the_run_is_interrupted_and_nothing_survives_it(tmp_path: Path) -> None:
    run = lint(tmp_path, 60)
    numbers(tmp_path)
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=60)
    assert run.returncode == 130
    assert survivors(tmp_path) == []
