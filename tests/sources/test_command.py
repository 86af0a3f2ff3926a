from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readtheroom.model import Gap, Json, Observation
from readtheroom.sources import command
from tests.sources.ask import failure, observe

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
    start = time.monotonic()
    assert failure("command", program(code, timeout=0.7)) == "its program took longer than 0.7 seconds"
    assert time.monotonic() - start < 10
