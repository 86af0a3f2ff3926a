from datetime import UTC, datetime
from pathlib import Path

import pytest

from readtheroom.errors import DraftError, UsageError
from readtheroom.model import NO_ROOM, Gap, Observation, Room
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.room.load import from_files
from tests.office import put
from tests.room.look import room_of


def line(term: str) -> str:
    return f'{{"term": "{term}", "observed_at": "2026-03-01T09:00:00Z"}}\n'


def seen(term: str) -> Observation:
    return Observation(term, "topic", "file", datetime(2026, 3, 1, 9, tzinfo=UTC))


def test_several_files_make_one_room(tmp_path: Path) -> None:
    put(tmp_path, {"a.jsonl": line("one") + line("two"), "b.json": line("three")})
    room = from_files([str(tmp_path / "a.jsonl"), str(tmp_path / "b.json")])
    assert room == Room((seen("one"), seen("two"), seen("three")), looked_up=True)


def test_an_empty_room_was_looked_up(tmp_path: Path) -> None:
    put(tmp_path, {"empty.yaml": "observations: []\n"})
    assert from_files([str(tmp_path / "empty.yaml")]) == Room((), looked_up=True)


def test_nobody_asked_is_no_room() -> None:
    assert room_of(RoomConfig()) == NO_ROOM
    assert not NO_ROOM.looked_up


def test_faults_of_all_files_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, {"a.yaml": "observations: 1\n", "b.jsonl": line("fine"), "c.json": "{"})
    with pytest.raises(DraftError) as caught:
        from_files(["a.yaml", "none.yaml", "b.jsonl", "c.json"])
    assert [(fault.path, fault.line) for fault in caught.value.faults] == [
        ("a.yaml", 1),
        ("none.yaml", 0),
        ("c.json", 1),
    ]


def test_an_unknown_source() -> None:
    with pytest.raises(UsageError, match=r"^no source is called 'crystal-ball'; known: .*\bfile\b"):
        room_of(RoomConfig((SourceEntry("crystal-ball"),)))


def test_a_file_is_a_source_like_others(tmp_path: Path) -> None:
    gap = '"gaps": [{"source": "x", "reason": "timeout"}]'
    blind = '{"observations": [], "looked_up": false, ' + gap + "}"
    put(tmp_path, {"a.jsonl": line("one"), "b.json": blind})
    entries = [SourceEntry("file", {"path": str(tmp_path / name)}, region="FR") for name in ("a.jsonl", "b.json")]
    room = room_of(RoomConfig(tuple(entries)))
    assert room == Room((seen("one")._replace(region="FR"),), (Gap("file", "x: timeout", region="FR"),))
    assert room_of(RoomConfig((entries[1],))) == Room((), (Gap("file", "x: timeout", region="FR"),), looked_up=False)


def test_what_files_miss_is_told_once(tmp_path: Path) -> None:
    gap = '{"observations": [], "gaps": [{"source": "x", "reason": "timeout"}]}'
    put(tmp_path, {"a.json": gap, "b.json": gap})
    assert from_files([str(tmp_path / "a.json"), str(tmp_path / "b.json")]) == Room((), (Gap("x", "timeout"),))
