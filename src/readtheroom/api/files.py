"""Which files hold drafts: what was named, found by glob, or lies in a folder and is not ignored."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from readtheroom import registry
from readtheroom.api.archives import strangers
from readtheroom.api.ignore import Ignores, Patterns, leave_out, only_own
from readtheroom.errors import DraftError, Fault, PluginError
from readtheroom.readers._file import STREAM, is_stream


class Found(NamedTuple):
    """Files to read, each once, in order; what was named but `.readtheroomignore` leaves out; holds, no drafts."""

    files: tuple[str, ...]
    ignored: tuple[str, ...]
    holds: tuple[str, ...] = ()


def reader_name(path: str) -> str | None:
    """The reader for a file, by its name's ending; our own come first. Raises `PluginError` for a broken one."""
    ending = os.path.splitext(path)[1].lower()
    return _reader_for(ending) if ending else None


@lru_cache(maxsize=256)
def _reader_for(ending: str) -> str | None:
    likely_first = sorted(
        registry.own("readers"), key=lambda name: name[0] != ending[1:2]
    )  # import no more than need be
    return _knows(ending, likely_first) or _knows(ending, registry.names("readers"))


def endings() -> tuple[str, ...]:
    """All that file names may end in, sorted."""
    return tuple(sorted({ending for name in registry.names("readers") for ending in _endings(name)}))


def _knows(ending: str, readers: Iterable[str]) -> str | None:
    return next((name for name in readers if ending in _endings(name)), None)


def _endings(reader: str) -> tuple[str, ...]:
    known: tuple[str, ...] | None = getattr(registry.load("readers", reader), "SUFFIXES", None)
    if known is None:
        raise PluginError(f"reader {reader!r} has no SUFFIXES: ask its author, or remove it")
    return known


def find(
    paths: Iterable[str],
    no_draft: Callable[[str], bool] = lambda _: False,
    is_hold: Callable[[str], bool] = lambda _: False,
) -> Found:
    """Expands files, folders and globs; `no_draft` tells of a file that it is something else, such as policy, `is_hold`
    that it is a hold.

    A folder gives the files in it that a reader knows, sorted, without hidden ones, those that `.gitignore` or
    `.readtheroomignore` name, and those that are no drafts, as an archive has many; so does a glob. What is named by
    itself is read whatever git ignores, and whatever it is, save for holds; `.readtheroomignore` still counts.
    Raises `DraftError` with all paths that lead nowhere or to files that no reader knows.
    """
    search = _Search(no_draft, is_hold)
    for path in paths:
        try:
            search.add(path)
        except DraftError as error:
            search.faults.extend(error.faults)
    if search.faults:
        raise DraftError(dict.fromkeys(search.faults))
    return Found(tuple(search.files.values()), tuple(search.ignored.values()), tuple(search.holds.values()))


class _Search:
    """What was found so far: absolute path -> path as it is shown."""

    def __init__(self, no_draft: Callable[[str], bool], is_hold: Callable[[str], bool]) -> None:
        self.files: dict[str, str] = {}
        self.ignored: dict[str, str] = {}
        self.holds: dict[str, str] = {}
        self._is_hold = is_hold
        self.faults: list[Fault] = []
        self._no_draft = no_draft
        self._strangers: dict[str, frozenset[str]] = {}
        self._ignores = Ignores()

    def add(self, path: str) -> None:
        """What one path of the command line leads to."""
        if not os.path.lexists(path) and glob.has_magic(path):
            self._add_glob(path)
        elif not os.path.exists(path):
            self._fault(path, "no such file")
        elif os.path.isdir(path):
            self._add_folder(path)
        elif is_stream(path):
            self._fault(path, STREAM)
        elif reader_name(path) is None:
            self._fault(path, f"not a draft by its ending; drafts end in {', '.join(endings())}")
        else:
            self._add_file(path)

    def _add_glob(self, pattern: str) -> None:
        matches = sorted(glob.glob(pattern, recursive=True))
        if not matches:
            self._fault(pattern, "matches no file")
        for path in matches:
            if any(map(self._is_strange, _above(path))):
                continue
            if os.path.isdir(path):
                self._take(self._walk(os.path.normpath(path), self._patterns_for(path)))
            elif not leave_out(self._patterns_for(path), os.path.abspath(path)) and self._is_draft(path):
                self._take([] if is_stream(path) else [path])

    def _add_folder(self, path: str) -> None:
        absolute = os.path.abspath(path)
        patterns = self._patterns_for(path)
        if leave_out(only_own(patterns), absolute, folder=True):
            self.ignored.setdefault(absolute, path)
            return
        named_despite_git = leave_out(patterns, absolute, folder=True)
        self._take(self._walk(os.path.normpath(path), only_own(patterns) if named_despite_git else patterns))

    def _add_file(self, path: str) -> None:
        absolute = os.path.abspath(path)
        if leave_out(only_own(self._patterns_for(path)), absolute):
            self.ignored.setdefault(absolute, path)
        elif self._is_hold(path):
            self.holds.setdefault(absolute, path)
        else:
            self._take([path])

    def _patterns_for(self, path: str) -> tuple[Patterns, ...]:
        """Those of the folders that a path lies in."""
        return self._ignores.above(os.path.abspath(path))

    def _walk(self, top: str, patterns: tuple[Patterns, ...]) -> Iterator[str]:
        """The drafts in a folder, then those in each folder in it."""
        waiting = [(top, patterns)]
        while waiting:
            folder, patterns = waiting.pop()
            absolute = os.path.abspath(folder)
            patterns += self._ignores.inside(absolute)
            folders = []
            for entry in self._entries(folder):
                path = entry.name if folder == os.curdir else os.path.join(folder, entry.name)
                is_folder = entry.is_dir(follow_symlinks=False)
                if leave_out(patterns, os.path.join(absolute, entry.name), folder=is_folder) or self._is_strange(path):
                    continue
                if is_folder:
                    folders.append((path, patterns))
                elif entry.is_file() and self._is_draft(path):
                    yield path
            waiting.extend(reversed(folders))

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                visible = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            self._fault(folder, f"cannot be looked into: {error.strerror}")
            return []
        return sorted(visible, key=lambda entry: entry.name)

    def _is_draft(self, path: str) -> bool:
        reader = reader_name(path)
        if reader is None or self._is_strange(path) or self._no_draft(path):
            return False
        if self._is_hold(path):
            self.holds.setdefault(os.path.abspath(path), path)
            return False
        told = getattr(registry.load("readers", reader), "is_draft", None)
        return told is None or bool(told(path))

    def _is_strange(self, path: str) -> bool:
        """Whether a file or folder belongs to an archive and holds no posts."""
        folder, name = os.path.split(os.path.abspath(path))
        if folder not in self._strangers:
            self._strangers[folder] = strangers(folder, _names(folder))
        return name in self._strangers[folder]

    def _take(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.files.setdefault(os.path.abspath(path), path)

    def _fault(self, path: str, message: str) -> None:
        self.faults.append(Fault(path, 0, 0, message))


def _above(path: str) -> Iterator[str]:
    """A path, and the folders in which it lies as it is written."""
    while path and path != os.path.dirname(path):
        yield path
        path = os.path.dirname(path)


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []  # told where it is looked into
