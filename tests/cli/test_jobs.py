"""`lint --jobs`, as users have it: real processes, real signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from readtheroom.api.shares import MOST_DRAFTS
from readtheroom.cli.main import main
from tests.checkout import environment
from tests.cli.conftest import LIMIT, Run
from tests.office import put

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
children = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="nobody tells which processes there are")
MANY = [f"{number:02}.txt" for number in range(50)]
CALENDAR = """\
  - id: minute
    kind: collision
    severity: error
    message: "same minute as {other}"
    why: One takes the other's readers.
"""


@pytest.fixture(autouse=True)
def _desk(office: Path) -> None:
    put(office, {each: f"{each}: better than Globex, perhaps. Hurry!\n" for each in MANY})
    put(office, {"house.yaml": (office / "house.yaml").read_text("utf-8") + CALENDAR})
    at = "2031-03-02T12:00:00Z"
    posts = (json.dumps({"id": f"p{n}", "text": f"Fine {n} " * 30, "scheduled_at": at}) for n in range(700))
    put(office, {"queue.jsonl": "\n".join(posts)})


# --- the outcome is that of one ---


@forks
@pytest.mark.parametrize("form", ["text", "json", "jsonl", "github", "sarif"])
def test_every_format_has_the_same_bytes(tool: Run, form: str) -> None:
    args = ("lint", *MANY, "queue.jsonl", "--format", form, "--labels", "--statistics", "--at", "2031-03-01T12:00Z")
    alone = tool(*args)
    assert alone.code == 1
    assert "same minute as p0" in alone.out
    for jobs in (("--jobs", "2"), ("-j3",), ("--jobs", "auto"), ("-j", "0")):
        assert tool(*args, *jobs) == alone


@forks
def test_exit_codes_are_those_of_one(tool: Run) -> None:
    put(Path(), dict.fromkeys(MANY, "Doors open at nine.\n"))
    assert tool("lint", *MANY, "-j2").code == 0
    put(Path(), {"readtheroom.yaml": "extends: [house.yaml, gate.yaml]\n"})
    assert tool("lint", *MANY, "-j2", "--require-room", "--offline").code == 3
    put(Path(), {MANY[30]: ""})
    done = tool("lint", *MANY, "-j2")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done == tool("lint", *MANY)
    put(Path(), {"readtheroom.yaml": "extends: [no-such]\n"})
    assert tool("lint", *MANY, "-j2") == tool("lint", *MANY)


@forks
def test_drafts_on_standard_input(tool: Run) -> None:
    posts = Path("queue.jsonl").read_bytes()
    args = ("lint", "-", *MANY, "--stdin-filename", "q.jsonl", "--format", "json", "--at", "2031-03-01T12:00Z")
    alone = tool(*args, stdin=posts)
    assert len(json.loads(alone.out)["posts"]) == 750
    assert tool(*args, "-j2", stdin=posts) == alone


# --- how many ---


@forks
def test_the_environment_may_say_how_many(tool: Run) -> None:
    assert tool("lint", *MANY, READTHEROOM_JOBS="2") == tool("lint", *MANY)
    done = tool("lint", *MANY, READTHEROOM_JOBS="two")
    told = "readtheroom: READTHEROOM_JOBS: 'two' is no number from 1 to 256, nor auto\n"
    assert (done.code, done.out, done.err) == (2, "", told)
    assert tool("lint", *MANY, "-j1", READTHEROOM_JOBS="two").code == 1


@pytest.mark.parametrize("count", ["-1", "257", "2.5", "", "many", "٣", "9" * 50])
def test_what_is_no_number_of_workers(here: Run, count: str) -> None:
    done = here("lint", MANY[0], f"--jobs={count}")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"readtheroom: --jobs: {count[:40]!r} is no number from 1 to 256, nor auto\n"


def test_a_system_that_cannot_fork_says_so_and_goes_on(here: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = here("lint", *MANY)
    monkeypatch.delattr(os, "fork", raising=False)
    done = here("lint", *MANY, "--jobs", "4")
    assert (done.code, done.out) == (alone.code, alone.out)
    assert done.err == "readtheroom: --jobs: this system cannot fork processes: one does it all\n"


def test_help_tells_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["lint", "--help"])
    assert "--jobs N, -j N" in capsys.readouterr().out


# --- when something ends it ---


@contextmanager
def waiting(home: Path, *args: str) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """A run with two workers, the first of which waits for standard input, and those workers.

    Without standard input the drafts are a single parcel: to read them through beforehand takes no workers.
    """
    command = [sys.executable, "-m", "readtheroom", "lint", "-", *MANY[:MOST_DRAFTS], "-j2", *args]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment(home), start_new_session=True
    ) as process:
        try:
            yield process, _children(process.pid)
        finally:
            process.kill()


def _children(pid: int) -> list[int]:
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        found = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
        if len(found) == 2:
            return found
        time.sleep(0.01)
    raise AssertionError("no workers came")


def _are_gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + LIMIT
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


@children
@pytest.mark.parametrize("to_all", [True, False])
def test_who_interrupts_it_ends_all(tmp_path: Path, to_all: bool) -> None:
    with waiting(tmp_path / "home") as (process, workers):
        (os.killpg if to_all else os.kill)(process.pid, signal.SIGINT)
        assert process.wait(LIMIT) == 130
        assert _are_gone(workers)
        assert process.stderr
        assert process.stdout
        assert (process.stdout.read(), process.stderr.read()) == (b"", b"")


@children
def test_a_worker_that_is_killed_is_one_line(tmp_path: Path) -> None:
    with waiting(tmp_path / "home", "--format", "jsonl") as (process, workers):
        os.kill(workers[0], signal.SIGKILL)
        out, err = process.communicate(timeout=LIMIT)
    told = b"readtheroom: worker 1 of 2 was killed, perhaps since memory ran out: try fewer --jobs\n"
    assert (process.returncode, err) == (2, told)
    assert b'"summary"' not in out
    assert _are_gone(workers)


@children
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_workers_do_not_outlive_who_started_them(tmp_path: Path, end: int) -> None:
    with waiting(tmp_path / "home") as (process, workers):
        os.kill(process.pid, end)
        process.wait(LIMIT)
        assert process.stdin
        process.stdin.close()
        assert _are_gone(workers)
