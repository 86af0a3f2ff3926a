"""Many processes share one store, and are killed at random."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import randrange, uniform
from threading import Lock
from time import monotonic, sleep

from readtheroom.room.store import FILE, Store
from tests.checkout import ROOT
from tests.room.server import Server, Talk

PROCESSES = 20
SECONDS = float(os.environ.get("READTHEROOM_CROWD_SECONDS", "4"))
"""For how long; a whole minute is for those who have one."""

PATIENCE = 120
"""Seconds after which nothing will come of it."""

FEED = b"<rss><channel><title>News</title><item><title>Hotel burns in Lindental</title></item></channel></rss>"
LIMIT = 5
"""Questions in a row that the server likes; then it wants to be left alone."""

PAUSE = 2
"""Seconds that it wants."""


class Strict:
    """A part that counts what it is asked, also while it wants to be left alone."""

    def __init__(self) -> None:
        self.answered = self.refused = self.too_much = 0
        self._in_a_row = 0
        self._until = 0.0
        self._lock = Lock()

    def play(self, talk: Talk) -> None:
        with self._lock:
            is_too_much = monotonic() < self._until
            self._in_a_row += 1
            is_enough = is_too_much or self._in_a_row > LIMIT
            self.too_much += is_too_much
            self.refused += is_enough
            self.answered += not is_enough
            if is_enough:
                self._until, self._in_a_row = monotonic() + PAUSE, 0
        if is_enough:
            talk.answer(b"", 429, retry_after=str(PAUSE))
        else:
            talk.answer(FEED, content_type="application/rss+xml")


class Member:
    """A process of the crowd, and what it says that it has kept."""

    def __init__(self, folder: Path, url: str, name: str) -> None:
        self.name = name
        self._path = folder / f"{name}.txt"
        self._said = self._path.open("w+")
        env = {**os.environ, "READTHEROOM_CACHE_DIR": str(folder / "kept"), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.room.crowd", url, name]
        self._process = subprocess.Popen(command, env=env, stdout=self._said, stderr=subprocess.STDOUT)

    def kill(self) -> None:
        """By its own id."""
        self._process.kill()
        self._process.wait()

    @property
    def has_said_something(self) -> bool:
        """Whether it has kept anything."""
        return self._path.stat().st_size > 0

    def lines(self) -> list[str]:
        """What it said; the last line may have been cut."""
        self._said.seek(0)
        whole = [line for line in self._said if line.endswith("\n")]
        self._said.close()
        return [line.strip() for line in whole]


@contextmanager
def crowd(folder: Path, url: str, enough: Callable[[], bool]) -> Iterator[list[Member]]:
    """Twenty of them; once each has done something, they are killed one by one, and others come. Nobody stays.

    It goes on until there is `enough`: on a busy machine that takes longer.
    """
    running = [Member(folder, url, f"member-{number}") for number in range(PROCESSES)]
    every = [*running]
    try:
        give_up = monotonic() + PATIENCE
        while monotonic() < give_up and not all(member.has_said_something for member in every):
            sleep(0.05)
        end = monotonic() + SECONDS
        while monotonic() < end or (monotonic() < end + PATIENCE and not enough()):
            sleep(uniform(0.05, 0.5))  # noqa: S311  nothing secret
            running.pop(randrange(PROCESSES)).kill()  # noqa: S311  nothing secret
            running.append(Member(folder, url, f"member-{len(every)}"))
            every.append(running[-1])
    finally:
        for member in running:
            member.kill()
    yield every


def test_nothing_is_lost_and_nobody_is_asked_too_much(server: Server, tmp_path: Path) -> None:
    part = Strict()
    with crowd(tmp_path, server.plays("/", part.play), lambda: part.answered >= LIMIT) as members:
        said = {member.name: member.lines() for member in members}
    sys.stdout.write(
        f"{len(members)} processes, {sum(map(len, said.values()))} kept, {part.answered} answers,"
        f" {part.refused} refusals, {part.too_much} questions too many\n"
    )
    assert [line for lines in said.values() for line in lines if not line.isdecimal()] == []
    assert all(said[f"member-{number}"] for number in range(PROCESSES))
    with closing(sqlite3.connect(tmp_path / "kept" / FILE)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    store, now = Store(str(tmp_path / "kept")), datetime.now(UTC)
    for name, lines in said.items():
        kept = {each.term for each in store.seen(name, now - timedelta(hours=1), now)}
        assert {f"{name} {line}" for line in lines} <= kept
    assert store.notes == []
    assert part.answered >= LIMIT
    # who is killed between a refusal and writing it down cannot pass it on
    assert part.too_much <= max(2, len(members) // 50)
