"""Sources that ask nobody by a client of ours, and are given a freshness all the same."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readtheroom.model import Gap, Room
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.room.live import origin
from readtheroom.room.store import Store
from readtheroom.room.told import fresh_for
from tests.room.look import room_of

CODE = """\
import json, pathlib, sys, time

here = pathlib.Path(sys.argv[1])
with (here / "runs").open("a") as runs:
    runs.write("x")
if (here / "broken").exists():
    sys.exit("no licence")
print((here / "printed").read_text())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    seen = {"term": "#Lindental", "source": "Ours", "observed_at": f"{datetime.now(UTC):%FT%TZ}"}
    (tmp_path / "printed").write_text(json.dumps({"observations": [seen]}), "utf-8")
    return tmp_path


def program(folder: Path, fresh: float | None) -> SourceEntry:
    fresh_for = None if fresh is None else timedelta(seconds=fresh)
    return SourceEntry("command", {"argv": [sys.executable, "-c", CODE, str(folder)]}, fresh_for=fresh_for)


def look(entry: SourceEntry, *, offline: bool = False, max_age: float = 3600) -> Room:
    return room_of(RoomConfig((entry,), budget=30.0, max_age=timedelta(seconds=max_age)), offline=offline)


def runs(folder: Path) -> int:
    return len((folder / "runs").read_text("utf-8"))


def test_a_program_runs_in_every_run_unless_it_is_told_to_be_fresh_for_longer(folder: Path) -> None:
    assert look(program(folder, None)).observations == look(program(folder, None)).observations
    assert runs(folder) == 2
    first = look(program(folder, 600))
    assert first == look(program(folder, 600)) == look(program(folder, 600), offline=True)
    assert [each.term for each in first.observations] == ["#Lindental"]
    assert runs(folder) == 3


def test_what_it_said_is_kept_as_history(folder: Path, tmp_path: Path) -> None:
    entry = program(folder, 600)
    (seen,) = look(entry).observations
    store = Store(str(tmp_path / "kept"))
    assert store.seen(origin(entry), seen.observed_at, seen.observed_at) == [seen]
    store.close()


def test_its_last_answer_stands_in(folder: Path) -> None:
    entry = program(folder, 0.001)
    first = look(entry)
    (folder / "broken").touch()
    room = look(entry)
    assert room.observations == first.observations
    assert [(gap.note, gap.reason.partition(";")[0]) for gap in room.gaps] == [
        (True, "its program failed (exit 1): no licence")
    ]
    (too_old,) = look(entry, max_age=0).gaps
    assert not too_old.note
    assert too_old.reason.endswith("is too old")


def test_an_answer_with_gaps_is_not_kept(folder: Path) -> None:
    gaps = [{"source": "X", "reason": "timeout"}]
    (folder / "printed").write_text(json.dumps({"observations": [], "gaps": gaps}), "utf-8")
    entry = program(folder, 600)
    assert look(entry).gaps == look(entry).gaps == (Gap("X", "timeout"),)
    assert runs(folder) == 2


def test_a_program_of_another_folder_is_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look(program(folder, 600))
    monkeypatch.chdir(folder)
    look(program(folder, 600))
    assert runs(folder) == 2


def test_a_program_of_another_folder_has_a_history_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = program(folder, None)
    assert len(look(entry).observations) == 1
    (folder / "printed").write_text('{"observations": []}', "utf-8")
    assert len(look(entry).observations) == 1
    monkeypatch.chdir(folder)
    assert look(entry).observations == ()


def test_a_program_whose_folder_is_named_is_the_same_from_anywhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = program(folder, 600)
    entry = entry._replace(options={**entry.options, "folder": str(folder)})
    first = look(entry)
    monkeypatch.chdir(folder)
    assert look(entry) == first
    assert runs(folder) == 1


def test_a_file_is_read_in_each_run() -> None:
    assert fresh_for(SourceEntry("file", {"path": "room.yaml"}, fresh_for=timedelta(minutes=5))) == timedelta()
