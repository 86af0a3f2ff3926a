"""The checkout, and what tests of installing need: copies of it, and its dependencies without a network."""

from __future__ import annotations

import os
import shutil
import site
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent

_PARTS = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "src", "rules")


def copy_of_checkout(folder: Path) -> Path:
    """The files that a build reads, as they are now, in a new folder."""
    folder.mkdir()
    for part in _PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    return folder


def dependencies(folder: Path) -> Path:
    """A folder that shows everything installed beside this interpreter, except readtheroom itself.

    Tests of installing must see the copy that they installed, and cannot fetch dependencies: they are linked.
    """
    folder.mkdir()
    for place in site.getsitepackages():
        for entry in os.scandir(place):
            if not entry.name.endswith(".pth") and "readtheroom" not in entry.name and entry.name != "__pycache__":
                (folder / entry.name).symlink_to(entry.path)
    return folder


def environment(home: Path, **more: str) -> dict[str, str]:
    """Variables for a process that must not see the user's settings, nor reach a network."""
    home.mkdir(exist_ok=True)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PIP_", "PYTHON", "PRE_"))}
    own = {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
    }
    return kept | own | more
