"""`recheck --watch`: the same again and again, until it is told to stop."""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

from readtheroom.api.check_store import CheckStore
from readtheroom.api.outbox import Receiver, deliver
from readtheroom.errors import FaultsError, ReadTheRoomError, UsageError
from readtheroom.reporters._terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readtheroom.api.recheck import Round

_NUMBER = re.compile(r"\d+")
"""Left out when two complaints are compared: how old an answer is changes in every round."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def interval(written: str) -> float:
    """Seconds of `30s`, `5m`, `2h` or `1d`. Raises `UsageError`."""
    found = re.fullmatch(r"([1-9][0-9]{0,3})([smhd])", written, re.ASCII)
    if found is None:
        raise UsageError(f"--interval: {written[:20]!r} is no length of time: write 30s, 5m, 2h or 1d")
    return float(int(found[1]) * _UNITS[found[2]])


class Complaints:
    """What is wrong is told when it comes up, not in each round."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def tell(self, lines: Sequence[str]) -> None:
        """Print those that were not there the last time."""
        known = {_NUMBER.sub("", line): line for line in reversed(lines)}
        for line in [line for same, line in known.items() if same not in self._told][::-1]:
            print(visible(line), file=sys.stderr, flush=True)
        self._told = set(known)


def watch(
    once: Callable[[], tuple[Round, list[str]]], seconds: float, store: CheckStore, receivers: Sequence[Receiver]
) -> None:
    """Do it once in so many seconds, and deliver what is due in between. SIGINT and SIGTERM end it after the round."""
    faults, failures = Complaints(), Complaints()
    with _stopping() as stop:
        while not stop.is_set():
            end = time.monotonic() + seconds
            faults.tell(_one(once))
            while not stop.is_set() and time.monotonic() < end:
                told: list[str] = []
                waits = [deliver(store, each, told.append, stop.is_set) for each in receivers]
                if told or min(waits, default=0) == float("inf"):  # else those that failed are not due again
                    failures.tell([f"readtheroom: {line}" for line in told])
                stop.wait(max(0.05, min(end - time.monotonic(), *waits, seconds)))


def _one(once: Callable[[], tuple[Round, list[str]]]) -> list[str]:
    """What is wrong in a round."""
    try:
        done, notes = once()
    except FaultsError as error:
        return [str(fault) for fault in error.faults]
    except ReadTheRoomError as error:
        return [f"readtheroom: {error}"]
    except OSError as error:
        if not error.filename:
            raise  # nobody reads what is written
        return [f"readtheroom: {error.filename}: {error.strerror}"]
    return [*map(str, done.broken), *notes]


@contextmanager
def _stopping() -> Iterator[Event]:
    """Set by the first signal; a second one ends the process at once."""
    stop = Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(number) for number in numbers]

    def handle(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in numbers:
        signal.signal(number, handle)
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
