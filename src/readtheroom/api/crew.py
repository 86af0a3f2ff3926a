"""Processes that are forked off this one, and what they send to it. Whatever happens, none of them outlives it."""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from readtheroom.errors import ReadTheRoomError

IN_HAND = 1 << 23
"""Bytes that are taken from one before others need them; then it has to wait."""

_HEAD = 8
_BLOCK = 1 << 18

Work = Callable[[int], Iterator[object]]
"""What the worker of a number (from 0) has to send."""


class WorkerError(ReadTheRoomError):
    """A worker that did not do its work; the text says why."""


class Crew:
    """`count` workers, each with a copy of all that is in memory. As a context: all have ended after it."""

    def __init__(self, count: int, work: Work) -> None:
        self._count = count
        self._work = work
        self._workers: list[_Worker] = []

    def __enter__(self) -> Crew:
        try:
            with _uninterrupted():
                for number in range(self._count):
                    self._workers.append(_fork(number, self._work, [each.pipe for each in self._workers]))
        except BaseException:
            self.__exit__()
            raise
        return self

    def next(self, number: int) -> object:
        """What a worker sends next; waits for it. Raises `WorkerError` if there is nothing, or what it has raised."""
        worker = self._workers[number]
        while (data := worker.whole()) is None:
            if worker.has_ended:
                raise WorkerError(f"worker {number + 1} of {self._count} {worker.fate()}")
            self._listen(worker)
        message = pickle.loads(data)  # noqa: S301  from a process of our own
        if isinstance(message, Exception):
            raise message
        return message

    def _listen(self, wanted: _Worker) -> None:
        """Take what workers send: none of them should have to wait only because another is slower."""
        open_ = {each.pipe: each for each in self._workers if not each.has_ended}
        pipes = [pipe for pipe, each in open_.items() if each is wanted or each.held < IN_HAND]
        for pipe in select.select(pipes, [], [])[0]:
            open_[pipe].take()

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()


class _Worker:
    """One of them, as the process sees it that has started it."""

    def __init__(self, pid: int, pipe: int) -> None:
        self.pipe = pipe
        self.has_ended = False
        """Whether all that it will ever send is here."""
        self._pid: int | None = pid
        self._data = bytearray()

    @property
    def held(self) -> int:
        """Bytes."""
        return len(self._data)

    def take(self) -> None:
        """Some of what it has sent."""
        some = os.read(self.pipe, _BLOCK)
        self._data += some
        self.has_ended = not some

    def whole(self) -> bytes | None:
        """The next message, if it is here as a whole."""
        end = _HEAD + int.from_bytes(self._data[:_HEAD], "big")
        if len(self._data) < max(end, _HEAD + 1):
            return None
        data = bytes(self._data[_HEAD:end])
        del self._data[:end]
        return data

    def fate(self) -> str:
        """How it has ended, as far as one can tell."""
        status = os.waitstatus_to_exitcode(self._reaped())
        if status == -signal.SIGKILL:
            return "was killed, perhaps since memory ran out: try fewer --jobs"
        return f"was ended by signal {-status}" if status < 0 else f"ended too early, with code {status}"

    def _reaped(self) -> int:
        pid, self._pid = self._pid, None
        return os.waitpid(pid, 0)[1] if pid else 0

    def end(self) -> None:
        """See to it that it is gone."""
        os.close(self.pipe)
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            self._reaped()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """What is half begun cannot be ended: an interrupt has to wait."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _fork(number: int, work: Work, others: list[int]) -> _Worker:
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid:
        os.close(theirs)
        return _Worker(pid, ours)
    with _Life(theirs) as life:
        for pipe in (ours, *others):
            os.close(pipe)
        for message in work(number):
            life.send(message)
    raise AssertionError("a life has its end")


class _Life:
    """That of a worker: what it sends, and its end, at which nothing of the process it comes from is touched."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def __enter__(self) -> _Life:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that has started it hears it too, and ends it
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        gc.freeze()  # memory is shared as long as nobody touches it
        return self

    def send(self, message: object) -> None:
        """One message."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        rest = memoryview(len(data).to_bytes(_HEAD, "big") + data)
        while rest:
            rest = rest[os.write(self._pipe, rest) :]

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if error and not isinstance(error, BrokenPipeError):  # else nobody listens any more
                self.send(_told(error))
        finally:
            os._exit(1 if error else 0)


def _told(error: BaseException) -> Exception:
    """What is to be raised for it in the process that has started this one."""
    if isinstance(error, ReadTheRoomError | OSError):
        return error
    how = "with --jobs 1 and READTHEROOM_DEBUG=1 it shows the traceback"
    return WorkerError(f"internal error in a worker ({type(error).__name__}: {error}): {how}")
