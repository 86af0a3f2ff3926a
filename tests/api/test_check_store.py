from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer

import pytest

from readtheroom.api.check_store import FILE, Check, CheckStore
from readtheroom.room import database

CHECK = Check("/q.csv", "a", "0f", "pass", datetime(2026, 3, 1, tzinfo=UTC), beside=True, approved=("Joan",))


def test_it_outlasts_others_that_write_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it holds decides what goes out and what is told twice: it gives up later than a cache does."""
    monkeypatch.setattr(database, "PATIENCE", 0.0)
    store = CheckStore(str(tmp_path))
    assert store.every() == []
    with sqlite3.connect(tmp_path / FILE, isolation_level=None, check_same_thread=False) as other:
        other.execute("BEGIN IMMEDIATE")
        end = Timer(0.3, lambda: other.execute("COMMIT"))
        end.start()
        store.keep([CHECK])
        end.join()
    other.close()
    assert (store.every(), store.notes) == ([CHECK], [])
    assert CheckStore(str(tmp_path)).every() == [CHECK]
    store.close()
