"""Lines that are only ever added."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.api.trail import TrailError, add, last_of, verify

WRITER = """\
import sys
from readtheroom.api.trail import add
for number in range(50):
    add(sys.argv[1], [{"who": sys.argv[2], "what": number}, {"who": sys.argv[2], "more": "é" * number}])
"""
FULL = """\
import resource, sys
from readtheroom.api.trail import TrailError, add
add(sys.argv[1], [{"a": 1}])
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    add(sys.argv[1], [{"a": "x" * 2000}])
except TrailError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
add(sys.argv[1], [{"a": 2}])
"""


@pytest.fixture
def trail(tmp_path: Path) -> str:
    path = str(tmp_path / "audit.jsonl")
    add(path, [{"what": number} for number in range(3)])
    add(path, [{"what": number} for number in range(3, 6)])
    return path


def lines(path: str) -> list[str]:
    return Path(path).read_text("ascii").splitlines(keepends=True)


def told(path: str) -> list[str]:
    return [f"{fault.line} {fault.message}" for fault in verify(path).faults]


def test_what_was_added_is_there(trail: str) -> None:
    found = [json.loads(line) for line in lines(trail)]
    assert [each["what"] for each in found] == [0, 1, 2, 3, 4, 5]
    assert [each["n"] for each in found] == [1, 2, 3, 4, 5, 6]
    assert [each["previous"] for each in found] == ["", *(each["hash"] for each in found[:-1])]
    assert verify(trail, [found[2]["hash"]]) == ((6, found[-1]["hash"]), (), ())
    assert verify(trail, ["abc"]).faults[0].message == "no line has the hash abc"


@given(st.data())
def test_any_edit_cut_gap_or_move_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = str(tmp_path_factory.mktemp("trail") / "audit.jsonl")
    add(path, [{"what": number} for number in range(5)])
    before = Path(path).read_bytes()
    rows = before.splitlines(keepends=True)
    how = data.draw(st.sampled_from(["byte", "cut", "order", "drop", "double"]))
    if how == "byte":
        at, byte = data.draw(st.integers(0, len(before) - 1)), data.draw(st.integers(0, 255))
        after = before[:at] + bytes([byte]) + before[at + 1 :]
    elif how == "cut":
        after = before[: data.draw(st.integers(0, len(before) - 1))]
    elif how == "order":
        after = b"".join(data.draw(st.permutations(rows)))
    else:
        at = data.draw(st.integers(0, 4))
        after = b"".join(rows[:at] + rows[at + 1 :] if how == "drop" else [*rows[:at], rows[at], *rows[at:]])
    Path(path).write_bytes(after)
    assert bool(verify(path).faults) == (after != before)


def test_a_line_made_anew_is_found(tmp_path: Path, trail: str) -> None:
    """Whoever knows how hashes are made, and leaves the note of the end alone."""
    forged = str(tmp_path / "forged")
    add(forged, [{"what": number} for number in (0, 1, 2, 3, 4, 99)])
    Path(trail).write_bytes(Path(forged).read_bytes())
    assert told(trail) == ["6 is not the line that was written last then: it was changed or replaced"]


def test_a_cut_stays_seen_when_more_is_added(trail: str) -> None:
    Path(trail).write_text("".join(lines(trail)[:4]), "ascii")
    assert told(trail) == ["0 the end was cut off: 2 lines are missing"]
    add(trail, [{"what": 6}])
    assert told(trail) == ["5 is number 7 where 5 belongs: lines are missing, were added or were moved"]


def test_without_the_note_of_the_end_nobody_can_tell(trail: str) -> None:
    os.unlink(last_of(trail))
    assert told(trail) == ["0 is not there or damaged: nobody can tell whether the end was cut off"]


def test_what_a_killed_process_left_of_a_line_is_no_record(trail: str) -> None:
    note = Path(last_of(trail)).read_text()
    add(trail, [{"what": 6}])
    whole = Path(trail).read_bytes()
    Path(last_of(trail)).write_text(note)
    assert verify(trail)[1:] == ((), ("1 at the end were added by a process that was killed",))
    Path(trail).write_bytes(whole + whole[:40])
    add(trail, [{"what": 7}])
    assert [json.loads(line)["what"] for line in lines(trail)] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert verify(trail).faults == ()
    Path(trail).write_bytes(Path(trail).read_bytes()[:-1])
    add(trail, [{"what": 8}])
    assert (verify(trail).faults, verify(trail).end.number) == ((), 9)


def test_many_may_write_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "audit.jsonl")
    command = [sys.executable, "-c", WRITER, path]
    running = [subprocess.Popen([*command, name]) for name in "abcd"]
    assert [each.wait(60) for each in running] == [0, 0, 0, 0]
    assert (verify(path).end.number, verify(path).faults) == (400, ())
    assert sorted(os.listdir(tmp_path)) == ["audit.jsonl", "audit.jsonl.last"]


def test_a_full_disk_is_told_and_leaves_no_half_of_a_line(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    path = str(tmp_path / "audit.jsonl")
    done = subprocess.run([sys.executable, "-c", FULL, path], check=True, capture_output=True, text=True)
    assert done.stdout == f"{path}: File too large\n"
    assert [json.loads(line)["a"] for line in lines(path)] == [1, 2]
    assert verify(path).faults == ()


def test_where_the_end_cannot_be_noted_nothing_is_added(tmp_path: Path) -> None:
    """Else the same would be added once more by whoever tries again. The name leaves no room for one beside it."""
    path = str(tmp_path / ("a" * 249))
    with pytest.raises(TrailError, match="File name too long"):
        add(path, [{"a": 1}])
    assert (lines(path), os.listdir(tmp_path)) == ([], ["a" * 249])


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrailError, match="is a folder, and a trail is a file"):
        add(str(tmp_path), [{}])
    with pytest.raises(TrailError, match="No such file or directory"):
        verify(str(tmp_path / "none"))
