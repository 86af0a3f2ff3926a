from __future__ import annotations

from pathlib import Path

import pytest

from readtheroom.api import headlines
from readtheroom.api.headlines import Headlines
from readtheroom.api.linter import Linter
from tests.office import RULES, put

CONFIG = "readtheroom.yaml"
ROOM = """\
observations:
  - {term: "#Lindental", source: x, observed_at: 2026-07-20T10:00:00Z, reasons: [{title: "Globex leaves Lindental"}]}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir(mode=0o700)
    return tmp_path / "cache"


def test_what_is_kept_comes_back(folder: Path) -> None:
    known = {"Fire in a barn": frozenset({"crisis.fire", "crisis"}), "Hotel opens": frozenset[str]()}
    Headlines("one", 7).keep(known)
    assert Headlines("one", 7).recall() == known
    assert Headlines("two", 7).recall() == {}
    assert Headlines("one", 8).recall() == {}


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 100])
def test_what_is_damaged_is_done_without(folder: Path, damage: bytes) -> None:
    kept = Headlines("one", 7)
    kept.keep({"Hotel opens": frozenset()})
    (file,) = folder.iterdir()
    file.write_bytes(damage)
    assert kept.recall() == {}


def test_nothing_is_written_where_nothing_is_new(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Headlines("one", 7)
    kept.keep({"Hotel opens": frozenset()})
    (file,) = folder.iterdir()
    before = file.stat().st_ino
    again = Headlines("one", 7)
    again.keep(again.recall())
    assert file.stat().st_ino == before
    monkeypatch.setattr(headlines, "MOST", 1)
    again.keep({"A": frozenset(), "B": frozenset()})
    assert file.stat().st_ino == before


def test_a_linter_reads_each_headline_once_as_long_as_its_policy_is_the_same(office: Path, folder: Path) -> None:
    put(office, {"room.yaml": ROOM})

    def labels() -> tuple[str, ...]:
        linter = Linter.from_config(CONFIG, room="room.yaml")
        linter.lint("Better than Globex!")
        return linter.labels_of("Globex leaves Lindental")

    first = labels()
    assert not list(folder.glob("headlines-*"))
    assert labels() == first
    (file,) = folder.glob("headlines-*")
    before = file.stat().st_ino
    assert labels() == first
    assert file.stat().st_ino == before
    put(office, {"house.yaml": RULES.replace("Globex", "Initech")})
    assert labels() == ()
    labels()
    assert file.stat().st_ino != before
