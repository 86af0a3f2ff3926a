"""`.gitignore` and `.readtheroomignore`: what they leave out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from readtheroom.errors import DraftError, Fault
from readtheroom.policy.files import read_text

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

GIT = ".gitignore"
OWN = ".readtheroomignore"
BOTH = (GIT, OWN)
"""In one folder, the later has the last word."""


class Patterns(NamedTuple):
    """One ignore file, and the folder that its patterns count from (absolute, with a separator at its end)."""

    name: str
    folder: str
    spec: GitIgnoreSpec


class Ignores:
    """The ignore files of one search for drafts, each read once. Raises `DraftError` for those that cannot be."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[Patterns, ...]] = {}

    def inside(self, folder: str) -> tuple[Patterns, ...]:
        """The ignore files in a folder (absolute)."""
        if folder not in self._read:
            self._read[folder] = tuple(
                Patterns(name, os.path.join(folder, ""), _spec(path))
                for name in BOTH
                if os.path.isfile(path := os.path.join(folder, name))
            )
        return self._read[folder]

    def above(self, folder: str) -> tuple[Patterns, ...]:
        """The ignore files above a folder (absolute), outermost first: up to the top of its git repository."""
        if os.path.exists(os.path.join(folder, ".git")):
            return ()
        parent = os.path.dirname(folder)
        return () if parent == folder else (*self.above(parent), *self.inside(parent))


def only_own(patterns: Iterable[Patterns]) -> tuple[Patterns, ...]:
    """Those of `.readtheroomignore`: what is named is read whatever git ignores."""
    return tuple(each for each in patterns if each.name == OWN)


def leave_out(patterns: tuple[Patterns, ...], path: str, *, folder: bool = False) -> bool:
    """Whether the nearest ignore file that has a say leaves out `path` (absolute), a file or a folder."""
    for each in reversed(patterns):
        relative = path[len(each.folder) :] + ("/" if folder else "")
        verdict = each.spec.check_file(relative).include
        if verdict is not None:
            return verdict
    return False


def _spec(path: str) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  slow to import, and many folders have no ignore file

    lines = read_text(path, error=DraftError).text.splitlines()
    try:
        return GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error):
        raise DraftError(_faults(path, lines)) from None


def _faults(path: str, lines: Iterable[str]) -> Iterable[Fault]:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  as above

    for number, line in enumerate(lines, 1):
        try:
            GitIgnoreSpec.from_lines([line])
        except (ValueError, re.error):
            yield Fault(path, number, 1, f"{line[:60]!r} is no pattern for files: write one like drafts/old/**")
