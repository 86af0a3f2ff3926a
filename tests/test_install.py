"""However it is installed, the packs are found."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.checkout import ROOT, copy_of_checkout, dependencies, environment

LIMIT = 120
"""Seconds for one step; each takes a few."""


class Desk:
    """A fresh virtual environment and a copy of the checkout to install from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = copy_of_checkout(folder / "source")
        self._env = environment(folder / "home", PYTHONPATH=str(dependencies(folder / "dependencies")))
        venv.create(folder / "venv", with_pip=False)
        self._bin = folder / "venv" / "bin"

    def pip(self, *args: str) -> None:
        """Run pip for the new environment; the build backend is taken from this one, so no network is asked."""
        target = ["--python", str(self._bin / "python")] if args[0] == "install" else []
        command = [sys.executable, "-m", "pip", *target, *args, "--no-deps", "--no-build-isolation", "--quiet"]
        subprocess.run(command, check=True, env=self._env, cwd=self.folder, timeout=LIMIT)

    def rules(self) -> list[dict[str, str]]:
        """What the installed command lists, run from a folder that has nothing to do with it."""
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        command = [str(self._bin / "readtheroom"), "rules", "--format", "json"]
        done = subprocess.run(
            command, check=True, env=self._env, cwd=elsewhere, timeout=LIMIT, capture_output=True, text=True
        )
        listed: list[dict[str, str]] = json.loads(done.stdout)
        return listed

    @property
    def site(self) -> Path:
        """Where the new environment keeps what is installed."""
        return next((self.folder / "venv" / "lib").glob("python*/site-packages"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def in_checkout() -> set[str]:
    return {str(path.relative_to(ROOT / "rules")) for path in (ROOT / "rules").rglob("*.*") if path.is_file()}


def below(paths: set[Path], folder: Path) -> bool:
    return bool(paths) and all(path.is_relative_to(folder) for path in paths)


def test_pip_install_brings_the_packs_along(desk: Desk) -> None:
    desk.pip("install", str(desk.source))
    rules = desk.rules()
    assert "trending-hashtag" in {rule["id"] for rule in rules}
    assert below({Path(rule["path"]) for rule in rules}, desk.site / "readtheroom" / "packs" / "core")


def test_a_built_wheel_holds_every_file_of_every_pack(desk: Desk) -> None:
    desk.pip("wheel", str(desk.source), "--wheel-dir", str(desk.folder))
    (wheel,) = desk.folder.glob("readtheroom-*-py3-none-any.whl")
    names = zipfile.ZipFile(wheel).namelist()
    packed = {name.removeprefix("readtheroom/packs/") for name in names if name.startswith("readtheroom/packs/")}
    assert packed == in_checkout()
    desk.pip("install", str(wheel))
    assert below({Path(rule["path"]) for rule in desk.rules()}, desk.site / "readtheroom" / "packs" / "core")


def test_an_editable_install_reads_the_packs_of_the_checkout(desk: Desk) -> None:
    desk.pip("install", "--editable", str(desk.source))
    assert below({Path(rule["path"]) for rule in desk.rules()}, desk.source / "rules" / "core")
