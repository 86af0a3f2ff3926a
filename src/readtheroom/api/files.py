"""Which files hold drafts: what was named, found by glob, or lies in a folder and is not ignored."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from pathspec import GitIgnoreSpec

from readtheroom import registry
from readtheroom.errors import DraftError, Fault, UsageError
from readtheroom.policy.files import read_text

IGNORE_FILES = (".gitignore", ".readtheroomignore")
OWN_IGNORE_FILE = ".readtheroomignore"


class Found(NamedTuple):
    """Files to read, in order, and files that were named but are ignored."""

    files: tuple[str, ...]
    ignored: tuple[str, ...]


@cache
def suffixes() -> dict[str, str]:
    """File name ending -> reader, of all readers."""
    return {end: name for name in registry.names("readers") for end in registry.load("readers", name).SUFFIXES}


def reader_name(path: str) -> str | None:
    """The reader for a file, by its name's ending."""
    return suffixes().get(os.path.splitext(path)[1].lower())


def find(paths: Iterable[str], skip: frozenset[str] = frozenset()) -> Found:
    """Expands files, folders and globs. `skip` holds absolute paths that are no drafts (config, accounts).

    A folder gives the files in it that a reader knows, sorted, without hidden ones and those that `.gitignore` or
    `.readtheroomignore` name. A file that is named is read whatever git ignores; `.readtheroomignore` still counts.
    Raises `DraftError` for paths that lead nowhere or to files that no reader knows.
    """
    files: dict[str, None] = {}
    ignored: dict[str, None] = {}
    faults: list[Fault] = []
    for path in paths:
        if os.path.isdir(path):
            files.update(dict.fromkeys(_walk(path, _specs_above(path), skip)))
            continue
        named = [path] if os.path.lexists(path) or not glob.has_magic(path) else sorted(glob.glob(path, recursive=True))
        if not named:
            faults.append(Fault(path, 0, 0, "matches no file"))
        for each in named:
            _add_named(each, files, ignored, faults, skip)
    if faults:
        raise DraftError(faults)
    return Found(tuple(files), tuple(ignored))


def _add_named(
    path: str, files: dict[str, None], ignored: dict[str, None], faults: list[Fault], skip: frozenset[str]
) -> None:
    if os.path.isdir(path):
        files.update(dict.fromkeys(_walk(path, _specs_above(path), skip)))
    elif not os.path.exists(path):
        faults.append(Fault(path, 0, 0, "no such file"))
    elif reader_name(path) is None:
        faults.append(Fault(path, 0, 0, f"is no format that is read: {', '.join(sorted(suffixes()))}"))
    elif _ignored(os.path.abspath(path), _specs_above(os.path.dirname(path) or ".", (OWN_IGNORE_FILE,))):
        ignored[path] = None
    else:
        files[path] = None


class _Spec(NamedTuple):
    """The patterns of one ignore file, and the folder that they count from."""

    folder: str
    spec: GitIgnoreSpec


def _walk(folder: str, specs: tuple[_Spec, ...], skip: frozenset[str]) -> Iterator[str]:
    specs = (*specs, *_specs_in(folder, IGNORE_FILES))
    with os.scandir(folder) as entries:
        some = sorted(entries, key=lambda entry: entry.name)
    for entry in some:
        absolute = os.path.abspath(entry.path)
        if entry.name.startswith(".") or absolute in skip or _ignored(absolute, specs, folder=entry.is_dir()):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, specs, skip)
        elif entry.is_file() and reader_name(entry.name):
            yield entry.path


def _specs_above(folder: str, names: tuple[str, ...] = IGNORE_FILES) -> tuple[_Spec, ...]:
    """Ignore files of the folders above, up to the repository's; those of `folder` itself too for named files."""
    found: list[_Spec] = []
    here = os.path.abspath(folder)
    if names != IGNORE_FILES:
        found.extend(_specs_in(here, names))
    while not os.path.exists(os.path.join(here, ".git")) and os.path.dirname(here) != here:
        here = os.path.dirname(here)
        found.extend(_specs_in(here, names))
    return tuple(reversed(found))


def _specs_in(folder: str, names: tuple[str, ...]) -> list[_Spec]:
    found = []
    for name in names:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            found.append(_Spec(os.path.abspath(folder), _spec(path)))
    return found


@cache
def _spec(path: str) -> GitIgnoreSpec:
    try:
        return GitIgnoreSpec.from_lines(read_text(path, error=DraftError).text.splitlines())
    except ValueError as error:
        raise UsageError(f"{path}: not a list of patterns: {error}") from None


def _ignored(path: str, specs: Iterable[_Spec], *, folder: bool = False) -> bool:
    """Whether the nearest ignore file that has a say leaves the path out."""
    for folder_of, spec in reversed(tuple(specs)):
        relative = os.path.relpath(path, folder_of) + ("/" if folder else "")
        verdict = spec.check_file(relative).include
        if verdict is not None:
            return verdict
    return False
