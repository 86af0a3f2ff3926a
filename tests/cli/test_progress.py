import io
import os
import pty
import struct
import termios
from collections.abc import Iterator
from fcntl import ioctl

import pytest

from readtheroom.cli import progress
from readtheroom.cli.progress import Progress

FILES = ("a.md", "b.jsonl", "c.md", "d.md")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Seconds go by when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(progress, "monotonic", made)
    return made


def test_a_short_run_shows_nothing(clock: Clock) -> None:
    out = Terminal()
    with Progress(out, FILES, enabled=True) as shown:
        clock.now += progress.PATIENCE - 0.1
        shown.step("a.md")
    assert out.getvalue() == ""


def test_a_long_run_shows_its_share_now_and_then_and_leaves_no_trace(clock: Clock) -> None:
    out = Terminal()
    first = f"[{'#' * 7:30}]  25%  1 of 4 files, 2 posts"
    second = f"[{'#' * 22:30}]  75%  3 of 4 files, 1,236 posts"
    with Progress(out, FILES, enabled=True) as shown:
        shown.step("a.md")
        clock.now += progress.PATIENCE
        for _ in range(1234):
            shown.step("b.jsonl")
        assert out.getvalue() == f"\r{first}\r"
        clock.now += progress.PACE
        shown.step("d.md")
        assert out.getvalue() == f"\r{first}\r\r{second}\r"
    assert out.getvalue().endswith("\r" + " " * len(second) + "\r")


@pytest.mark.parametrize("files", [("b.jsonl",), ("<stdin>",), ()])
def test_of_a_single_file_nobody_knows_the_share(clock: Clock, files: tuple[str, ...]) -> None:
    out = Terminal()
    with Progress(out, files, enabled=True) as shown:
        clock.now += progress.PATIENCE
        shown.step("b.jsonl")
        clock.now += progress.PACE
        shown.step("b.jsonl")
    assert out.getvalue() == "\r1 post\r\r2 posts\r\r       \r"


@pytest.mark.parametrize(("stream", "enabled"), [(io.StringIO, True), (Terminal, False)])
def test_elsewhere_nothing_is_shown(clock: Clock, stream: type[io.StringIO], enabled: bool) -> None:
    out = stream()
    with Progress(out, FILES, enabled=enabled) as shown:
        clock.now += progress.PATIENCE
        shown.step("a.md")
    assert out.getvalue() == ""


@pytest.fixture
def narrow() -> Iterator[tuple[int, io.TextIOBase]]:
    """A terminal of twenty columns: where it can be read, and where it is written to."""
    reading, writing = pty.openpty()
    ioctl(writing, termios.TIOCSWINSZ, struct.pack("HHHH", 10, 20, 0, 0))
    with open(writing, "w", encoding="utf-8") as stream:
        yield reading, stream
    os.close(reading)


def test_it_stays_in_one_line(clock: Clock, narrow: tuple[int, io.TextIOWrapper]) -> None:
    reading, stream = narrow
    with Progress(stream, FILES, enabled=True) as shown:
        clock.now += progress.PATIENCE
        shown.step("c.md")
        assert os.read(reading, 1000) == b"\r[" + b"#" * 15 + b"   \r"
