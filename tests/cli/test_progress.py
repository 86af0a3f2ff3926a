import io

import pytest

from readtheroom.cli import progress
from readtheroom.cli.progress import Progress


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
    with Progress(out, enabled=True) as shown:
        clock.now += progress.PATIENCE - 0.1
        shown.step()
    assert out.getvalue() == ""


def test_a_long_run_counts_now_and_then_and_leaves_no_trace(clock: Clock) -> None:
    out = Terminal()
    with Progress(out, enabled=True) as shown:
        clock.now += progress.PATIENCE
        for _ in range(1234):
            shown.step()
        assert out.getvalue() == "\r1 posts\r"
        clock.now += progress.PACE
        shown.step()
        assert out.getvalue() == "\r1 posts\r\r1,235 posts\r"
    assert out.getvalue().endswith("\r" + " " * len("1,235 posts") + "\r")


@pytest.mark.parametrize(("stream", "enabled"), [(io.StringIO, True), (Terminal, False)])
def test_elsewhere_nothing_is_shown(clock: Clock, stream: type[io.StringIO], enabled: bool) -> None:
    out = stream()
    with Progress(out, enabled=enabled) as shown:
        clock.now += progress.PATIENCE
        shown.step()
    assert out.getvalue() == ""
