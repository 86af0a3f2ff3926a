"""What a run reads: files that were named or found, standard input, texts at hand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import BinaryIO, NamedTuple

from readtheroom.api.files import endings, find, reader_name
from readtheroom.errors import UsageError
from readtheroom.policy.times import moment
from readtheroom.protocols import DraftFile
from readtheroom.readers._file import PathFile, StdinFile, TextFile


class Draft(NamedTuple):
    """A file of drafts, and the name of its reader (None: by its path's ending)."""

    file: DraftFile
    reader: str | None = None

    @property
    def path(self) -> str | None:
        """The file that it is, or as which it is given; None for a text at hand."""
        return None if isinstance(self.file, TextFile) else self.file.path

    @property
    def is_kept(self) -> bool:
        """Whether it can be read twice, unlike standard input."""
        return not isinstance(self.file, StdinFile)


class Drafts(NamedTuple):
    """All of a run, in order, and what was named but `.readtheroomignore` leaves out."""

    drafts: tuple[Draft, ...]
    ignored: tuple[str, ...]


def gather(
    paths: Sequence[str],
    texts: Iterable[str] = (),
    stdin: Draft | None = None,
    no_draft: Callable[[str], bool] = lambda _: False,
    is_hold: Callable[[str], bool] = lambda _: False,
) -> Drafts:
    """Texts first, then standard input, then files as `files.find` gives them; `no_draft` is meant for `Run.keeps`,
    `is_hold` for `Run.is_hold`.

    Raises `DraftError` for paths that lead nowhere, `UsageError` if there is nothing to read at all.
    """
    found = find(paths, no_draft, is_hold)
    drafts = [Draft(TextFile(text, f"text {n}" if n > 1 else "text"), "text") for n, text in enumerate(texts, 1)]
    drafts += [stdin] if stdin else []
    folders: dict[str, list[str]] = {}
    drafts += [Draft(PathFile(path, _noted(path, folders))) for path in found.files]
    if not drafts and not found.ignored and not found.holds:
        raise UsageError(f"no drafts in {', '.join(paths)}" if paths else "name drafts to lint: files, folders, or -")
    return Drafts(tuple(drafts), found.ignored)


def _noted(path: str, folders: dict[str, list[str]]) -> Sequence[str]:
    """The files of its folder, in the end all of them."""
    beside = folders.setdefault(os.path.dirname(path), [])
    beside.append(path)
    return beside


def from_stream(stream: BinaryIO, name: str | None) -> Draft:
    """Drafts from a binary stream; `name` decides their format (None: plain text). Raises `UsageError`."""
    reader = reader_name(name) if name else "text"
    if reader is None:
        raise UsageError(f"{name}: not a draft by its ending; drafts end in {', '.join(endings())}")
    return Draft(StdinFile(stream, name or "<stdin>"), reader)


def parse_time(written: str) -> datetime:
    """The value of `--at`, UTC unless it says otherwise. Raises `UsageError`."""
    try:
        return moment(written, "UTC").astimezone(UTC)
    except ValueError as error:
        raise UsageError(f"--at: {error}") from None
