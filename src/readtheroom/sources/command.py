"""A program of yours that prints a room snapshot, in JSON, JSONL or YAML. It runs as the policy names it, only then.

Endpoint: none; it is started without a shell, with this process's environment and no input. Terms: yours.
Format: that of room files; `readtheroom schema room` prints it.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from threading import Lock, Thread
from time import monotonic, sleep
from typing import IO, Final, NoReturn

from readtheroom.errors import DraftError, UnavailableError
from readtheroom.model import Gap, Json, Observation
from readtheroom.policy.json_source import parse_json
from readtheroom.policy.snapshot import room
from readtheroom.protocols import Client
from readtheroom.sources._asking import number, text
from readtheroom.sources._asking import options as schema
from readtheroom.sources._values import another_shape, clean
from readtheroom.spans import FileText

_TIMEOUT = 5
_LOOK_AGAIN = 0.01
"""Seconds between two looks whether it has ended."""

LIMIT: Final = 16 << 20
"""Bytes of what it prints."""

WATCH: Final = 'read group && { read _; kill -KILL "-$group"; }'
"""For `sh`: end a group of processes once the input ends that told of it, as it does when who wrote it is killed."""

OPTIONS: Mapping[str, Json] = schema(
    {
        "argv": {
            "type": "array",
            "minItems": 1,
            "maxItems": 100,
            "items": {"type": "string", "pattern": "^[^\\x00]*$"},
            "description": "The program and what it is given, each by itself: [python3, tools/room.py, --region, US].",
        },
        "folder": {
            "type": "string",
            "minLength": 1,
            "format": "path",
            "description": "Where it runs, relative to the config's folder. Default: where readtheroom runs.",
        },
        "timeout": {
            "type": "number",
            "exclusiveMinimum": 0,
            "maximum": 60,
            "description": f"Seconds after which it is stopped. Default: {_TIMEOUT}.",
        },
    },
    "argv",
)
FRESH_FOR = 0
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterable[Observation | Gap]:
    """See `protocols.Source`. It is stopped, with all that it started, when its time or that of the run is over, when
    it prints too much, and when this process ends or, on POSIX, is killed."""
    seconds = min(number(options, "timeout", _TIMEOUT), client.left())
    if not seconds:
        raise UnavailableError("timeout")
    argv = options["argv"]
    words = [str(word) for word in argv] if isinstance(argv, list) else []
    printed = _run(words, text(options, "folder") or None, seconds)
    try:
        return list(_snapshot(printed.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise another_shape("not UTF-8") from None


def _run(argv: list[str], folder: str | None, seconds: float) -> bytes:
    """What the program prints. Raises `UnavailableError` if it cannot be started, fails, takes too long or says too
    much."""
    with tempfile.TemporaryFile() as complaints:
        program = _Program()
        atexit.register(program.stop)  # the threads that ask are not waited for
        try:
            running = program.start(argv, folder, complaints)
            printed = _listen(running, seconds)
        finally:
            program.stop()
            atexit.unregister(program.stop)
        if running.returncode:
            complaints.seek(0)
            said = clean(complaints.read(1000).decode("utf-8", "replace"), 100)
            raise UnavailableError(f"its program failed (exit {running.returncode}){said and ': '}{said}")
        return printed


class _Program:
    """A program that runs until it is stopped. Safe to use from several threads: once stopped, it is not started."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stopped = False
        self._running: subprocess.Popen[bytes] | None = None
        self._watcher: subprocess.Popen[bytes] | None = None

    def start(self, argv: list[str], folder: str | None, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
        """Raises `UnavailableError` if that cannot be done."""
        with self._lock:
            if self._stopped:
                raise UnavailableError("timeout")
            self._watcher = _watcher() if os.name == "posix" else None
            self._running = _started(argv, folder, complaints)
            if self._watcher and self._watcher.stdin:
                with suppress(OSError):
                    self._watcher.stdin.write(b"%d\n" % self._running.pid)
            return self._running

    def stop(self) -> None:
        """End it and what it started, unless it was waited for already: then its number may be another's."""
        with self._lock:
            self._stopped = True
            if self._watcher:
                with self._watcher:
                    self._watcher.kill()
            if self._running and self._running.returncode is None:
                if os.name == "posix":
                    with suppress(OSError):
                        os.killpg(self._running.pid, signal.SIGKILL)
                else:
                    self._running.kill()
                self._running.wait()


def _started(argv: list[str], folder: str | None, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603  the policy names it, word by word
            argv,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            start_new_session=os.name == "posix",
        )
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise UnavailableError(f"{clean(argv[0], 100)} cannot be started: {clean(why, 100)}") from None


def _watcher() -> subprocess.Popen[bytes] | None:
    """Ends a group of processes when this one is gone, however that comes; None: there is no `sh` to do it."""
    with suppress(OSError):
        return subprocess.Popen(  # noqa: S603  the same words each time
            ["/bin/sh", "-c", WATCH],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    return None


def _listen(program: subprocess.Popen[bytes], seconds: float) -> bytes:
    """What it prints until it ends. A thread reads: a pipe that some grandchild keeps open would hold us for ever."""
    pieces: list[bytes] = []
    end = monotonic() + seconds
    reader = Thread(target=_read, args=(program.stdout, pieces), daemon=True)
    reader.start()
    reader.join(seconds)
    if sum(map(len, pieces)) > LIMIT:
        raise UnavailableError(f"its program printed more than {LIMIT >> 20} MiB")
    while reader.is_alive() or not _has_ended(program):
        if monotonic() >= end:
            raise UnavailableError(f"its program took longer than {seconds:.3g} seconds")
        sleep(_LOOK_AGAIN)
    return b"".join(pieces)


def _has_ended(program: subprocess.Popen[bytes]) -> bool:
    """Whether it has. Where the system can tell without forgetting it, its number stays its own until it is stopped."""
    if hasattr(os, "waitid"):
        return os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    return program.poll() is not None


def _read(out: IO[bytes] | None, pieces: list[bytes]) -> None:
    left = LIMIT + 1
    with out or tempfile.TemporaryFile() as stream:
        while left > 0 and (piece := stream.read(min(left, 1 << 16))):
            pieces.append(piece)
            left -= len(piece)


def _snapshot(printed: str) -> Iterator[Observation | Gap]:
    for value in _values(printed.strip()):
        try:
            seen = room(value)
        except ValueError as problem:
            raise another_shape(clean(str(problem), 150)) from None
        if not seen.looked_up:
            raise UnavailableError(clean("; ".join(gap.reason for gap in seen.gaps), 150) or "nobody looked")
        yield from seen.observations
        yield from seen.gaps


def _values(whole: str) -> list[Json]:
    """One snapshot, or several, a line each. JSON that is broken is not taken for YAML, though some of it is."""
    if whole and whole[0] not in "{[":
        return [_from_yaml(whole)]
    try:
        return [parse_json("", FileText(whole))]
    except DraftError as faults:
        return _lines(whole, faults)


def _lines(whole: str, otherwise: DraftError) -> list[Json]:
    lines = [line for line in whole.splitlines() if line.strip()]
    try:
        return [parse_json("", FileText(line)) for line in lines] if len(lines) > 1 else _refuse(otherwise)
    except DraftError as faults:
        return _refuse(faults)


def _from_yaml(whole: str) -> Json:
    from readtheroom.policy.document import parse_yaml  # noqa: PLC0415  slow to import, and most programs print JSON

    try:
        return parse_yaml("", FileText(whole), DraftError).plain()
    except DraftError as faults:
        return _refuse(faults)


def _refuse(faults: DraftError) -> NoReturn:
    raise another_shape(clean(faults.faults[0].message, 150))
