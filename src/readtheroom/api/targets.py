"""What a run writes is none of what it reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from readtheroom.errors import UsageError


def refuse_inputs(targets: Sequence[tuple[str, str]], inputs: Iterable[str]) -> None:
    """Raise `UsageError` for a target that is one of `inputs`, by whatever name or link, or is named twice.

    A target is a path, after the option that names it. Inputs need not be paths, nor be there.
    """
    taken = {_identity(path) for path in inputs} - {None} if targets else set()
    named: set[str] = set()
    for option, path in targets:
        if _identity(path) in taken:
            raise UsageError(f"{option}{path}: this run reads that file: write to another one")
        if os.path.realpath(path) in named:
            raise UsageError(f"{option}{path}: the file is named twice")
        named.add(os.path.realpath(path))


def _identity(path: str) -> tuple[int, int] | None:
    """What all names of a file share; None if there is no such file."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):  # a NUL in the name
        return None
    return status.st_dev, status.st_ino
