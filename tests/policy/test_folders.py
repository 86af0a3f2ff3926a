from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from readtheroom.policy.folders import cache_folder


def test_it_is_made_where_one_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(tmp_path / "a" / "b"))
    assert cache_folder() == str(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="other systems have other places")
def test_it_is_in_the_users_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("READTHEROOM_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == str(tmp_path / "readtheroom")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_folder() == str(tmp_path / "home" / ".cache" / "readtheroom")


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="modes do not tell here")
def test_one_that_others_may_write_to_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(tmp_path))
    tmp_path.chmod(0o777)
    assert cache_folder() is None


def test_where_none_can_be_made_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(tmp_path / "file" / "kept"))
    assert cache_folder() is None
