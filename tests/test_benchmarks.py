"""The benchmark runs to its end; what it measures is nobody's promise here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.checkout import ROOT, environment

FIGURES = (
    r"python -c pass +\d+ ms +median of 1",
    r"cold start, one draft +\d+ ms +\d+\.\d × python -c pass",
    r"cold start, with a room of 500 trends +\d+ ms +\d+\.\d × python -c pass",
    r"3 Markdown drafts +\d+ posts/s +\d+\.\d s, \d+ MiB at most",
    r"20 posts, JSONL to jsonl +\d+ posts/s +\d+\.\d s, \d+ MiB at most",
    r"20 posts of an archive, one worker +\d+ posts/s +\d+\.\d s, \d+ MiB at most",
    r"20 posts of an archive, two workers +\d+ posts/s +\d+\.\d\d × one; \d+\.\d s, \d+ MiB at most",
    r"20 posts, two workers +\d+ posts/s +\d+\.\d\d × one; \d+\.\d s, \d+ MiB at most",
    r"3 Markdown drafts, two workers +\d+ posts/s +\d+\.\d\d × one; \d+\.\d s, \d+ MiB at most",
    r"library, one post, warm +[\d,]+ µs +p50; p99 [\d,]+ µs",
)


def test_it_runs(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "run.py"), "--posts=20", "--drafts=3", "--runs=1"]
    done = subprocess.run(
        command,
        env=environment(tmp_path / "home", PYTHONUTF8="1"),
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    for figure in FIGURES:
        assert re.search(f"^{figure}$", done.stdout, re.MULTILINE), done.stdout
