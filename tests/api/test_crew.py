from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from readtheroom.api.crew import IN_HAND, Crew, WorkerError
from readtheroom.errors import DraftError, Fault, UsageError

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def count(number: int) -> Iterator[object]:
    yield from ((number, each) for each in range(3))


def test_each_sends_its_own_in_order() -> None:
    with Crew(3, count) as crew:
        for each in range(3):
            assert [crew.next(number) for number in (2, 0, 1)] == [(2, each), (0, each), (1, each)]


def test_one_that_is_not_listened_to_keeps_nobody_waiting() -> None:
    size = 1 << 20

    def long(number: int) -> Iterator[object]:
        yield from (bytes(size) for _ in range(20))

    with Crew(2, long) as crew:
        for number in (0, 1):
            assert [len(bytes(str(crew.next(number)), "ascii")) > size for _ in range(20)] == [True] * 20


def test_one_that_is_far_ahead_has_to_wait() -> None:
    size = 1 << 20

    def long(number: int) -> Iterator[object]:
        yield from (bytes(size) for _ in range(32 if number else 128))

    with Crew(2, long) as crew:
        for _ in range(128):
            crew.next(0)
        assert crew._workers[1].held <= IN_HAND + size


@pytest.mark.parametrize(
    "error",
    [
        UsageError("no such thing"),
        DraftError([Fault("a.txt", 1, 2, "is odd"), Fault("b.txt", 0, 0, "is gone")]),
        PermissionError(13, "Permission denied", "a.txt"),
    ],
)
def test_an_error_that_is_meant_for_users_stays_what_it_is(error: Exception) -> None:
    def fail(_: int) -> Iterator[object]:
        yield "first"
        raise error

    with Crew(1, fail) as crew:
        assert crew.next(0) == "first"
        with pytest.raises(type(error)) as caught:
            crew.next(0)
    assert str(caught.value) == str(error)
    assert getattr(caught.value, "faults", None) == getattr(error, "faults", None)


def test_another_error_is_told_in_a_line() -> None:
    def fail(_: int) -> Iterator[object]:
        yield from ()
        raise KeyError("odd")

    with Crew(1, fail) as crew, pytest.raises(WorkerError) as caught:
        crew.next(0)
    assert str(caught.value) == (
        "internal error in a worker (KeyError: 'odd'): with --jobs 1 and READTHEROOM_DEBUG=1 it shows the traceback"
    )


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "was killed, perhaps since memory ran out: try fewer --jobs"),
        (lambda: os.kill(os.getpid(), signal.SIGTERM), "was ended by signal 15"),
        (lambda: os._exit(7), "ended too early, with code 7"),
    ],
)
def test_one_that_is_killed(end: object, told: str) -> None:
    def die(number: int) -> Iterator[object]:
        yield number
        if number == 1 and callable(end):
            end()
        yield number

    with Crew(2, die) as crew:
        assert [crew.next(0), crew.next(1), crew.next(0)] == [0, 1, 0]
        with pytest.raises(WorkerError) as caught:
            crew.next(1)
    assert str(caught.value) == f"worker 2 of 2 {told}"


def test_none_is_left() -> None:
    def sleep(_: int) -> Iterator[object]:
        yield os.getpid()
        time.sleep(3600)

    with Crew(2, sleep) as crew:
        pids = [int(str(crew.next(number))) for number in (0, 1)]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
