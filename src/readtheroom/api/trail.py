"""A file to which lines are only ever added, each carrying the hash of the one before, whoever else adds to it.

Beside it, `FILE.last` says what the last line is: without it nobody could tell that the end was cut off. Who may write
to both can forge both; against that helps a hash that is kept elsewhere.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import IO, NamedTuple

from readtheroom.errors import Fault, ReadTheRoomError
from readtheroom.model import Json

PATIENCE = 10.0
"""Seconds to wait for others who write."""

LONGEST = 16 << 20
"""Bytes of a line."""

MOST_FAULTS = 100

_AGAIN = 0.01
_BLOCK = 1 << 16


class TrailError(ReadTheRoomError):
    """Lines that could not be added or read; the text says why."""


class End(NamedTuple):
    """The number of a line, from 1, and its hash; 0 and no hash before the first."""

    number: int = 0
    hash: str = ""


class Verified(NamedTuple):
    """What a trail holds, and all that is wrong with it. `notes`: what is no fault."""

    end: End
    faults: tuple[Fault, ...]
    notes: tuple[str, ...] = ()


def last_of(path: str) -> str:
    """The file that says what the last line is."""
    return f"{path}.last"


def add(path: str, records: Sequence[Mapping[str, Json]]) -> None:
    """Add a line for each record, all or none. Raises `TrailError`."""
    try:
        with _locked(path, "a+b") as file:
            end = _whole(file)
            last = _end(path, file)
            lines = []
            for record in records:
                line, last = _line(record, last)
                lines.append(line)
            with _undone(file, end):
                _append(file, b"".join(lines))
                _note(path, last)
    except OSError as error:
        raise TrailError(f"{path}: {error.strerror or error}") from None


def verify(path: str, known: Sequence[str] = ()) -> Verified:
    """Read it all, and tell each edit, gap, cut and move; each of the hashes `known` must be in it.

    Raises `TrailError` if it cannot be read.
    """
    try:
        with _locked(path, "rb"), open(path, "rb") as file:
            return _verified(path, file, _noted(path), known)
    except OSError as error:
        raise TrailError(f"{path}: {error.strerror or error}") from None


def _verified(path: str, file: IO[bytes], noted: End | None, known: Sequence[str]) -> Verified:
    faults: list[Fault] = []
    last, missing, met = End(), set(known), noted == End()
    for number, line in enumerate(iter(lambda: file.readline(LONGEST), b""), 1):
        found = _read(line)
        if found is None:
            faults.append(Fault(path, number, 0, "is not as it was written: the line was changed or cut"))
            last = End(last.number + 1, "?")
        else:
            previous, this = found
            wrong = _wrong(previous, this, last)
            faults += [Fault(path, number, 0, wrong)] if wrong else []
            last = this
            missing.discard(this.hash)
        met = met or last == noted
        if len(faults) >= MOST_FAULTS:
            return Verified(last, tuple(faults), ("there may be more",))
    faults += _wrong_end(path, last, noted, met=met)
    faults += [Fault(path, 0, 0, f"no line has the hash {hash_[:64]}") for hash_ in known if hash_ in missing]
    after = noted and met and last.number - noted.number
    notes = [f"{after} at the end were added by a process that was killed"] if after and not faults else []
    return Verified(last, tuple(faults), tuple(notes))


def _wrong(previous: str, this: End, last: End) -> str | None:
    if this.number != last.number + 1:
        expected = last.number + 1
        return f"is number {this.number} where {expected} belongs: lines are missing, were added or were moved"
    if last.hash not in {previous, "?"}:
        return "does not follow from the line before: that was changed, added or moved"
    return None


def _wrong_end(path: str, last: End, noted: End | None, *, met: bool) -> Iterator[Fault]:
    if noted is None and last.number:
        yield Fault(last_of(path), 0, 0, "is not there or damaged: nobody can tell whether the end was cut off")
    elif noted and noted.number > last.number:
        yield Fault(path, 0, 0, f"the end was cut off: {noted.number - last.number} lines are missing")
    elif noted and not met:
        yield Fault(path, noted.number, 0, "is not the line that was written last then: it was changed or replaced")


def _line(record: Mapping[str, Json], last: End) -> tuple[bytes, End]:
    plain: dict[str, Json] = {"n": last.number + 1, **record, "previous": last.hash}
    made = sha256(_encoded(plain)).hexdigest()
    return _encoded({**plain, "hash": made}) + b"\n", End(last.number + 1, made)


def _encoded(plain: Mapping[str, Json]) -> bytes:
    return json.dumps(plain, separators=(",", ":")).encode("ascii")


def _read(line: bytes) -> tuple[str, End] | None:
    """The hash of the line before, and what this one is; None if it is not as it was written."""
    try:
        plain = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(plain, dict) or _encoded(plain) + b"\n" != line:
        return None
    told = plain.pop("hash", None)
    number, previous = plain.get("n"), plain.get("previous")
    if told != sha256(_encoded(plain)).hexdigest() or not isinstance(number, int) or not isinstance(previous, str):
        return None
    return previous, End(number, told)


def _whole(file: IO[bytes]) -> int:
    """Where the last whole line ends. What a process that was killed has left of one is cut off: it was no record."""
    end = file.seek(0, os.SEEK_END)
    tail = _tail(file, end)
    if tail.endswith(b"\n") or not tail:
        return end
    rest = tail[tail.rfind(b"\n") + 1 :]
    if _read(rest + b"\n"):
        os.write(file.fileno(), b"\n")
        return end + 1
    os.ftruncate(file.fileno(), end - len(rest))
    return end - len(rest)


def _tail(file: IO[bytes], end: int) -> bytes:
    """The last line at least, and what follows it."""
    size = _BLOCK
    while True:
        start = max(0, end - size)
        file.seek(start)
        tail = file.read(end - start)
        if not start or tail.count(b"\n", 0, -1) or size > LONGEST:
            return tail
        size *= 4


def _end(path: str, file: IO[bytes]) -> End:
    """What the next line follows: what was noted, so that a cut stays seen, unless one was killed before it did."""
    end = file.seek(0, os.SEEK_END)
    last = _read(_tail(file, end).splitlines(keepends=True)[-1]) if end else None
    noted, found = _noted(path), last[1] if last else End()
    return noted if noted and noted.number >= found.number else found


@contextmanager
def _undone(file: IO[bytes], end: int) -> Iterator[None]:
    """Leave the file as it was if something fails: what was only half added would be added twice."""
    try:
        yield
    except OSError:
        os.ftruncate(file.fileno(), end)
        raise


def _append(file: IO[bytes], data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file.fileno(), rest) :]


def _note(path: str, end: End) -> None:
    beside = f"{last_of(path)}.{os.getpid()}-{os.urandom(4).hex()}"
    try:
        with open(beside, "x", encoding="ascii") as file:
            file.write(f"{end.number} {end.hash}\n")
        os.replace(beside, last_of(path))
    finally:
        if os.path.exists(beside):
            os.unlink(beside)


def _noted(path: str) -> End | None:
    try:
        with open(last_of(path), encoding="ascii", errors="replace") as file:
            number, hash_ = file.read(200).split()
        return End(int(number), hash_)
    except (FileNotFoundError, ValueError):
        return None


@contextmanager
def _locked(path: str, mode: str) -> Iterator[IO[bytes]]:
    """The file, open, and nobody else's for so long. Raises OSError."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise _no_file(path)
    deadline = time.monotonic() + PATIENCE
    with open(path, mode, buffering=0) as file:
        while not _lock(file.fileno()):
            if time.monotonic() > deadline:
                raise TimeoutError(0, "another process does not let go of it")
            time.sleep(_AGAIN)
        try:
            yield file
        finally:
            _unlock(file.fileno())


def _no_file(path: str) -> OSError:
    """Why nothing can be added. None is opened: that alone makes some devices do something."""
    mode = os.stat(path).st_mode
    what = "folder" if stat.S_ISDIR(mode) else "pipe" if stat.S_ISFIFO(mode) else "device"
    return OSError(0, f"is a {what}, and a trail is a file")


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 40
    """A byte that is never written: locked ones cannot be read."""

    def _lock(descriptor: int) -> bool:
        return _far(descriptor, msvcrt.LK_NBLCK)

    def _unlock(descriptor: int) -> None:
        _far(descriptor, msvcrt.LK_UNLCK)

    def _far(descriptor: int, how: int) -> bool:
        here = os.lseek(descriptor, 0, os.SEEK_CUR)
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, how, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, here, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
