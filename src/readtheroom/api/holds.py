"""The holds of a policy, as their files say now: read anew when they change, and looked at for every post."""

from __future__ import annotations

import importlib
import os
import time
from _thread import allocate_lock  # threading takes a millisecond to import
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from readtheroom.engine.engine import Engine
from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import PostResult
from readtheroom.model import Hold, Post, Room
from readtheroom.policy.values import Policy

if TYPE_CHECKING:
    from readtheroom.policy.hold_scope import Known

AGAIN_AFTER = 1.0
"""Seconds after which the files are looked at again though their folder has not changed: one was edited in place."""

MOST_FILES = 1000
"""Of a folder; each is read by every run."""

_SETTLED = 100_000_000
"""Nanoseconds after which a change would give a folder or file another time: clocks of file systems are coarse."""

SUFFIXES = (".yaml", ".yml")

_Stamps: TypeAlias = tuple[tuple[str, int, int, int], ...]
"""Of each file its name, time of change, size and number."""


class HoldFolders:
    """The hold files of a policy, and those of the folders above. Safe to use from several threads."""

    def __init__(self, policy: Policy) -> None:
        holds = policy.config.holds
        above = [HoldFolder(each.folder, partial(_known_above, each.zone)) for each in holds.above]
        self.folders = (HoldFolder(holds.folder, partial(_known, policy)), *above)
        """Its own first, then the nearest."""

    def now(self) -> tuple[Hold, ...]:
        """All of them, also those that ended. Raises `PolicyError` with everything that is wrong with any."""
        holds, faults = self.read()
        if faults:
            raise PolicyError(faults)
        return holds

    def read(self) -> tuple[tuple[Hold, ...], tuple[Fault, ...]]:
        """Those that can be read, and all that is wrong with the others."""
        if len(self.folders) == 1:
            return self.folders[0].read()
        read = [each.read() for each in self.folders]
        return tuple(hold for holds, _ in read for hold in holds), tuple(fault for _, some in read for fault in some)

    def owns(self, path: str) -> bool:
        """Whether a file is, or would be, one of these holds."""
        return any(each.owns(path) for each in self.folders)


def _known(policy: Policy) -> Known:
    known: Known = importlib.import_module("readtheroom.policy.hold_scope").known(policy)
    return known


def _known_above(zone: str) -> Known:
    known: Known = importlib.import_module("readtheroom.policy.hold_scope").known_above(zone)
    return known


class HoldFolder:
    """The hold files of one folder (None: there is none). Safe to use from several threads."""

    def __init__(self, path: str | None, known: Callable[[], Known]) -> None:
        self.path = path
        self.known = known
        """What the words of its holds may mean."""
        self._lock = allocate_lock()
        self._mark: tuple[int, int] | None = None
        self._again = 0.0
        self._stamps: _Stamps = ()
        self._holds: tuple[Hold, ...] = ()
        self._faults: tuple[Fault, ...] = ()

    def read(self) -> tuple[tuple[Hold, ...], tuple[Fault, ...]]:
        """Those that can be read, and all that is wrong with the others."""
        if not self.path:
            return (), ()
        with self._lock:
            try:
                mark = _mark(self.path)
                if mark != self._mark or (mark and time.monotonic() >= self._again):
                    self._look(self.path, mark)
            except OSError as error:
                self._mark, self._stamps = None, ()
                return (), (Fault(self.path, 0, 0, f"the holds cannot be read: {error.strerror}"),)
            return self._holds, self._faults

    def _look(self, folder: str, mark: tuple[int, int] | None) -> None:
        stamps = _stamps(folder) if mark else ()
        latest = max((mark[0] if mark else 0, *(changed for _, changed, _, _ in stamps)))
        settled = abs(time.time_ns() - latest) > _SETTLED
        if stamps != self._stamps or not settled:
            self._holds, self._faults = self._parse([os.path.join(folder, name) for name, *_ in stamps])
        self._again = time.monotonic() + AGAIN_AFTER if settled else 0.0
        self._stamps, self._mark = stamps, mark

    def _parse(self, paths: list[str]) -> tuple[tuple[Hold, ...], tuple[Fault, ...]]:
        if not paths:
            return (), ()
        if len(paths) > MOST_FILES:
            most = f"holds more than {MOST_FILES:,} files: move those that have ended elsewhere"
            return (), (Fault(str(self.path), 0, 0, most),)
        odd = [path for path in paths if os.path.exists(path) and not os.path.isfile(path)]
        if odd:  # to open a pipe would wait for ever
            return (), tuple(Fault(path, 0, 0, "is no file: a hold is a text in YAML") for path in odd)
        read = importlib.import_module("readtheroom.policy.hold_file").read_holds  # imports YAML, and few have holds
        holds, faults = read(paths, self.known())
        return tuple(holds), tuple(faults)

    def owns(self, path: str) -> bool:
        """Whether a file is, or would be, a hold of this folder."""
        folder, name = os.path.split(os.path.abspath(path))
        return self.path is not None and folder == os.path.abspath(self.path) and is_hold(name)


def is_hold(name: str) -> bool:
    """Whether a file of the folder is a hold, by its name."""
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")


def _mark(folder: str) -> tuple[int, int] | None:
    """What changes when a file comes, goes or is replaced; None: there is no folder."""
    try:
        status = os.stat(folder)
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_ino


def _stamps(folder: str) -> _Stamps:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_hold(entry.name) and not entry.is_dir():
                status = os.stat(entry.path) if entry.is_file() else entry.stat(follow_symlinks=False)
                found.append((entry.name, status.st_mtime_ns, status.st_size, status.st_ino))
    return tuple(sorted(found))


def results(policy: Policy, holds: tuple[Hold, ...], now: datetime) -> Iterator[PostResult]:
    """What is to be said of holds themselves that stand at `now` or later, one for each that lacks something."""
    for hold in holds:
        if not hold.is_over(now):
            rules = [rule for rule in policy.rules_for(policy.profile(hold.path)) if rule.kind == "hold"]
            lacking = [rule for rule in rules if rule.options.get("check") != "standing"]
            if lacking:
                engine = Engine(lacking)
                found = engine.judge(Post(hold.id, hold.path, 1, ()), engine.scene(Room()), now, (hold,))
                yield from [found] if found.findings else []
