"""Where the config of a draft is."""

from __future__ import annotations

import os

from readtheroom.errors import Fault, PolicyError

CONFIG_NAMES = ("readtheroom.yaml", ".readtheroom.yaml", "readtheroom.yml", ".readtheroom.yml")


def find_config(start: str) -> str | None:
    """The config for drafts in the folder `start`: there, or in the nearest folder above that has one.

    The path is relative where that is shorter to read: below the current folder. Raises `PolicyError` where
    a folder has two.
    """
    folder = os.path.abspath(start)
    while True:
        found = [path for name in CONFIG_NAMES if os.path.isfile(path := os.path.join(folder, name))]
        if len(found) > 1:
            raise PolicyError([Fault(_shorter(found[1]), 0, 0, f"stands beside {found[0]}: keep one of them")])
        if found:
            return _shorter(found[0])
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def configs_above(config: str) -> tuple[str, ...]:
    """The configs in the folders above that of a config, the nearest first, up to the top of the repository.

    Where there is no repository, up to the top of the disk. A folder that has two gives both.
    """
    folder = os.path.dirname(os.path.abspath(config))
    found: list[str] = []
    while not os.path.exists(os.path.join(folder, ".git")) and (above := os.path.dirname(folder)) != folder:
        folder = above
        found += (path for name in CONFIG_NAMES if os.path.isfile(path := os.path.join(folder, name)))
    return tuple(map(_shorter, found))


def _shorter(path: str) -> str:
    here = os.path.join(os.getcwd(), "")
    return path.removeprefix(here)
