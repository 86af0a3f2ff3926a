from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readtheroom.model import Observation, Reason
from readtheroom.room import store as module
from readtheroom.room import tables
from readtheroom.room.store import FILE, Kept, Store, Wait

NOW = datetime.now(UTC).replace(microsecond=0)
REPLY = Kept("application/json", b"{}", NOW, '"1"', None)


def seen(term: str, *titles: str, hours: float = 0, region: str | None = None) -> Observation:
    at = NOW - timedelta(hours=hours)
    return Observation(term, "topic", "Talk", at, region, reasons=tuple(Reason(title) for title in titles))


def sql(folder: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as file:
        return file.execute(statement).fetchall()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path))


def test_replies_are_there_for_others(store: Store, tmp_path: Path) -> None:
    assert store.reply("a") is None
    store.keep("a", REPLY)
    store.keep("b", REPLY)
    newer = REPLY._replace(body=b"[]", etag=None, modified="Sat, 01 Mar 2025 09:00:00 GMT")
    store.keep("b", newer)
    other = Store(str(tmp_path))
    assert (other.reply("a"), other.reply("b"), other.reply("c")) == (REPLY, newer, None)
    assert store.notes == other.notes == []


def test_who_must_not_be_asked(store: Store) -> None:
    long, short = Wait(NOW + timedelta(hours=2), "429"), Wait(NOW + timedelta(minutes=5), "503")
    store.refuse("host", long)
    store.refuse("host", short)
    assert store.wait("host", NOW + timedelta(hours=1)) == long
    assert store.wait("host", NOW + timedelta(hours=3)) is None
    assert store.wait("other", NOW) is None


def test_one_asks_for_all(store: Store, tmp_path: Path) -> None:
    other = Store(str(tmp_path))
    until = NOW + timedelta(seconds=5)
    assert store.claim("a", NOW, until)
    assert not other.claim("a", NOW, until)
    assert other.claim("b", NOW, until)
    assert other.claim("a", until, until + timedelta(seconds=5))  # the first has taken too long
    other.release(["a"])
    assert store.claim("a", NOW, until)


def test_history_holds_the_last_of_each_reason(store: Store) -> None:
    quiet, grave = seen("Lindental", "Hotel opens", hours=5), seen("Lindental", "Hotel burns", hours=4)
    again, abroad = seen("Lindental", "Hotel burns", hours=1), seen("Lindental", "Hotel burns", hours=2, region="FR")
    store.record("a", [quiet, grave, again, abroad, again])
    store.record("b", [seen("Lindental", "Elsewhere")])
    day = NOW - timedelta(days=1)
    assert store.seen("a", day, NOW) == [quiet, abroad, again]
    assert store.seen("a", day, NOW - timedelta(hours=3)) == [quiet, grave]
    assert store.seen("a", NOW, NOW) == []


def test_the_story_of_a_trend_is_told_by_all_sources(store: Store) -> None:
    first, last, other = seen("Lahore Blast", hours=3), seen("#LahoreBlast", hours=1), seen("Lahore", hours=2)
    store.record("b", [last, other])
    store.record("a", [first])
    assert store.story("#lahore_blast") == [first, last]
    assert store.story("#lahore_blast", most=1) == [last]


def test_what_is_old_goes(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    store.record("a", [seen("old", hours=24 * 91), seen("new")])
    store.keep("old", REPLY._replace(fetched_at=NOW - tables.KEPT_REPLIES - timedelta(hours=1)))
    sql(tmp_path, "DELETE FROM tidied")
    store.keep("new", REPLY)
    assert store.seen("a", NOW - timedelta(days=400), NOW) == [seen("new")]
    assert (store.reply("old"), store.reply("new")) == (None, REPLY)


def test_what_is_too_much_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_SEEN", 3)
    monkeypatch.setattr(tables, "MOST_REPLY_BYTES", 25)
    monkeypatch.setattr(module, "TIDY_EVERY", timedelta())
    store = Store(str(tmp_path))
    store.record("a", [seen(str(number), hours=number) for number in range(9)])
    assert [each.term for each in store.seen("a", NOW - timedelta(days=9), NOW)] == ["2", "1", "0"]
    for number in range(4):
        store.keep(str(number), REPLY._replace(body=b"x" * 10, fetched_at=NOW + timedelta(seconds=number)))
    assert [number for number in range(4) if store.reply(str(number))] == [2, 3]


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be read as one" * 40, b"\0" * 5000])
def test_a_damaged_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    store = Store(str(tmp_path))
    store.keep("a", REPLY)
    assert Store(str(tmp_path)).reply("a") == REPLY
    aside = [path for path in tmp_path.iterdir() if ".damaged-" in path.name]
    assert [path.read_bytes() for path in aside] == [content]
    assert store.notes == [f"was damaged: set aside as {aside[0]}; history begins anew"]


def test_a_file_that_is_damaged_while_it_is_used(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    store.record("a", [seen(f"term {number}", "x" * 400) for number in range(200)])
    store.close()
    data = bytearray((tmp_path / FILE).read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    (tmp_path / FILE).write_bytes(data)
    assert store.seen("a", NOW - timedelta(days=1), NOW) == []
    assert [note.partition(":")[0] for note in store.notes] == ["was damaged"]
    store.record("a", [seen("new")])
    assert Store(str(tmp_path)).seen("a", NOW, NOW) == [seen("new")]


def test_a_file_that_another_version_uses_too(tmp_path: Path) -> None:
    Store(str(tmp_path)).record("a", [seen("Lindental")])
    sql(tmp_path, "DROP TABLE refusals")
    sql(tmp_path, "CREATE TABLE waits (whom TEXT PRIMARY KEY, until REAL NOT NULL, why TEXT NOT NULL, since REAL)")
    store = Store(str(tmp_path))
    store.refuse("host", Wait(NOW + timedelta(hours=2), "429"))
    assert store.wait("host", NOW) == Wait(NOW + timedelta(hours=2), "429")
    assert store.seen("a", NOW, NOW) == [seen("Lindental")]
    assert (store.notes, sql(tmp_path, "SELECT * FROM waits")) == ([], [])


def test_tables_of_somebody_else(tmp_path: Path) -> None:
    sql(tmp_path, "CREATE TABLE history (x)")
    sql(tmp_path, "CREATE TABLE tidied (x)")
    store = Store(str(tmp_path))
    store.keep("a", REPLY)
    assert (store.reply("a"), len(store.notes)) == (REPLY, 1)


def test_a_file_that_cannot_be_used_is_done_without(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    store = Store(str(tmp_path))
    store.keep("a", REPLY)
    assert store.reply("a") == REPLY
    assert store.notes == ["cannot be used (unable to open database file): nothing is kept of this run"]


def test_without_a_folder_nothing_outlives_the_process() -> None:
    store = Store(None)
    store.keep("a", REPLY)
    assert (store.reply("a"), store.notes) == (REPLY, [])


WRITER = """\
import sys
from datetime import UTC, datetime
from readtheroom.model import Observation
from readtheroom.room.store import Kept, Store

folder, name = sys.argv[1:]
store = Store(folder)
now = datetime.now(UTC)
print("ready", flush=True)
for number in range(100000 if name == "killed" else 30):
    store.record(name, [Observation(f"{name} {number}", "topic", "x", now)])
    store.keep(name, Kept("x", b"y" * 1000, now))
print(store.notes)
"""


def test_many_processes_share_it_and_some_are_killed(tmp_path: Path) -> None:
    names = ["killed", *(f"writer {number}" for number in range(5))]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), name],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    assert writers[0].stdout is not None
    assert writers[0].stdout.readline() == "ready\n"
    said = [writer.communicate(timeout=60) for writer in writers[1:]]
    writers[0].kill()
    writers[0].communicate()
    assert said == [("ready\n[]\n", "")] * 5
    store = Store(str(tmp_path))
    counts = [len(store.seen(name, NOW - timedelta(hours=1), NOW + timedelta(hours=1))) for name in names[1:]]
    assert (counts, store.notes) == ([30] * 5, [])
    assert sql(tmp_path, "PRAGMA integrity_check") == [("ok",)]
