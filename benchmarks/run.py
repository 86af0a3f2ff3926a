"""How fast it is, and how much memory it takes.

    python benchmarks/run.py [--posts 100000] [--drafts 1000] [--runs 9]

Each figure is of a whole process, unless it says "library". Ratios are to `python -c pass` of the same interpreter, or
to one worker, measured in turns with it, so that they compare across machines. "At most" is the memory of the largest
process of a run.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from synthetic import MOMENT, TRENDS, posts, write_jsonl, write_markdown, write_room

import readtheroom

FOUND = 1
"""Exit code of a run that has findings to tell, which is no failure here."""


ARCHIVE = timedelta(days=400)
"""How old an archive is."""

TURNS = 3
"""Of one worker and two."""


class Cost(NamedTuple):
    """Of one process: wall clock in seconds, and the most memory that it held, in MiB."""

    seconds: float
    peak: float


class Row(NamedTuple):
    """A line of the table."""

    what: str
    figure: str
    more: str = ""


def main() -> None:
    """Measure and print."""
    options = _options()
    print(_machine())
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder)
        (desk / "readtheroom.yaml").write_text("extends: [core]\n", "utf-8")
        write_room(desk / "room.json")
        for row in _rows(desk, options):
            print(f"{row.what:<44}{row.figure:>18}   {row.more}".rstrip(), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure speed and memory.")
    parser.add_argument("--posts", type=int, default=100_000, help="posts in the JSONL file (default: 100000)")
    parser.add_argument("--drafts", type=int, default=1000, help="Markdown files (default: 1000)")
    parser.add_argument("--runs", type=int, default=9, help="cold starts to take the median of (default: 9)")
    return parser.parse_args()


def _machine() -> str:
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs"
    return f"readtheroom {readtheroom.__version__}, Python {platform.python_version()}, {system}\n"


def _rows(desk: Path, options: argparse.Namespace) -> Iterator[Row]:
    yield from _cold(desk, options.runs)
    yield from _markdown(desk, options.drafts)
    yield from _jsonl(desk, options.posts)
    yield from _workers(desk, options)
    yield from _vale(desk, options.drafts)
    yield from _library(desk)  # last: Linux counts the memory of who starts a process as the process's


def _cold(desk: Path, runs: int) -> Iterator[Row]:
    draft = desk / "draft.txt"
    draft.write_text("The kettle is back on the shelf, we open at nine.\n", "utf-8")
    commands = [[sys.executable, "-c", "pass"], _lint(str(draft)), _lint(str(draft), *_room(desk))]
    for command in commands:
        _run(command, desk)  # what is made once and kept, is made
    turns = [[_run(command, desk).seconds for command in commands] for _ in range(runs)]
    python, alone, in_room = (statistics.median(times) for times in zip(*turns, strict=True))
    yield Row("python -c pass", f"{python * 1000:.0f} ms", f"median of {runs}")
    yield Row("cold start, one draft", f"{alone * 1000:.0f} ms", f"{alone / python:.1f} × python -c pass")
    what = f"cold start, with a room of {TRENDS} trends"
    yield Row(what, f"{in_room * 1000:.0f} ms", f"{in_room / python:.1f} × python -c pass")


def _markdown(desk: Path, count: int) -> Iterator[Row]:
    write_markdown(desk / "drafts", count)
    cost = _run(_lint(str(desk / "drafts"), *_room(desk)), desk)
    yield _throughput(f"{count:,} Markdown drafts", count, cost)


def _jsonl(desk: Path, count: int) -> Iterator[Row]:
    path = desk / "posts.jsonl"
    write_jsonl(path, count)
    cost = _run(_lint(str(path), "--format", "jsonl", *_room(desk)), desk)
    yield _throughput(f"{count:,} posts, JSONL to jsonl", count, cost)


def _workers(desk: Path, options: argparse.Namespace) -> Iterator[Row]:
    """One and two, in turns: what else goes on counts for both."""
    write_jsonl(desk / "archive.jsonl", options.posts, ARCHIVE)
    rows = (
        (desk / "archive.jsonl", options.posts, "posts of an archive"),
        (desk / "posts.jsonl", options.posts, "posts"),
    )
    for path, count, what in (*rows, (desk / "drafts", options.drafts, "Markdown drafts")):
        command = _lint(str(path), "--format", "jsonl", *_room(desk))
        turns = [(_run(command, desk), _run([*command, "--jobs", "2"], desk)) for _ in range(min(options.runs, TURNS))]
        one, two = (min(costs) for costs in zip(*turns, strict=True))
        yield _throughput(f"{count:,} {what}, one worker", count, one)
        ratio = statistics.median(alone.seconds / both.seconds for alone, both in turns)
        row = _throughput(f"{count:,} {what}, two workers", count, two)
        yield row._replace(more=f"{ratio:.2f} × one; {row.more}")


def _throughput(what: str, count: int, cost: Cost) -> Row:
    return Row(what, f"{count / cost.seconds:,.0f} posts/s", f"{cost.seconds:.1f} s, {cost.peak:.0f} MiB at most")


def _library(desk: Path) -> Iterator[Row]:
    linter = readtheroom.Linter.from_config(str(desk / "readtheroom.yaml"), room=str(desk / "room.json"))
    drafts = [{**post._asdict(), "platforms": ["x"]} for post in posts(1200, seed=2)]
    times = []
    for draft in drafts:
        begun = time.perf_counter()
        linter.lint(draft)
        times.append(time.perf_counter() - begun)
    cuts = statistics.quantiles(times[200:], n=100)  # the first ones warm up
    yield Row("library, one post, warm", f"{cuts[49] * 1e6:,.0f} µs", f"p50; p99 {cuts[98] * 1e6:,.0f} µs")


def _vale(desk: Path, count: int) -> Iterator[Row]:
    """For comparison: a linter of prose, in Go, with its built-in style."""
    vale = shutil.which("vale")
    if vale is None:
        yield Row("vale, the same Markdown drafts", "not measured", "there is no vale on the PATH")
        return
    (desk / ".vale.ini").write_text("MinAlertLevel = error\n[*.md]\nBasedOnStyles = Vale\n", "utf-8")
    cost = _run([vale, "--no-exit", f"--config={desk / '.vale.ini'}", str(desk / "drafts")], desk)
    yield _throughput("vale, the same Markdown drafts", count, cost)


def _lint(*args: str) -> list[str]:
    ours = Path(sys.executable).with_name("readtheroom")
    return [*([str(ours)] if ours.exists() else [sys.executable, "-m", "readtheroom"]), "lint", "--quiet", *args]


def _room(desk: Path) -> list[str]:
    return ["--room", str(desk / "room.json"), "--at", MOMENT.isoformat()]


def _run(command: Sequence[str], desk: Path) -> Cost:
    """Run to the end, output to a file. Raises SystemExit with what a run that fails has to say."""
    with (desk / "out").open("wb") as out, (desk / "err").open("wb") as err:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, cwd=desk)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, FOUND}:
        sys.exit(f"{' '.join(command)}\nexit code {process.returncode}: {(desk / 'err').read_text('utf-8')}")
    return Cost(seconds, _mebibytes(usage))


def _mebibytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    main()
