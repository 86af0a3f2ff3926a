"""Where results go: standard output, and files that replace older ones only when all is written."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import NamedTuple, TextIO

from readtheroom import registry
from readtheroom.errors import UsageError
from readtheroom.findings import PostResult, Summary
from readtheroom.protocols import Report, RunInfo


class Output(NamedTuple):
    """All reports of a run, written side by side; `files` are put in place by `finish`, and `held` is let out."""

    reports: tuple[Report, ...]
    files: tuple[_File, ...]
    held: TextIO | None = None

    def add(self, result: PostResult) -> None:
        """One more result, for each report."""
        for report in self.reports:
            report.add(result)

    def finish(self, summary: Summary) -> None:
        """The end of each report. The files take their places once standard output has taken everything."""
        for report in self.reports:
            report.finish(summary)
        if self.held:
            self.held.seek(0)
            shutil.copyfileobj(self.held, sys.stdout)
        sys.stdout.flush()
        for file in self.files:
            file.keep()


def outputs(main: str, others: Sequence[str], info: RunInfo, stack: ExitStack) -> Output:
    """Reports for `--format` (standard output) and each `--output FORMAT=FILE`.

    Raises `UsageError` for a format that is not known and a file that cannot be written; nothing is written then.
    """
    reporters = [registry.load("reporters", main)]
    files: list[_File] = []
    for each in others:
        name, equals, path = each.partition("=")
        if not equals or not path:
            raise UsageError(f"--output {each}: write FORMAT=FILE, as in sarif=report.sarif")
        if path == "-":
            raise UsageError(f"--output {each}: what goes to standard output is told by --format {name}")
        reporters.append(registry.load("reporters", name))
        files.append(stack.enter_context(_File(path)))
        if files[-1].path in [file.path for file in files[:-1]]:
            raise UsageError(f"--output {each}: the file is named twice")
    held = stack.enter_context(_held()) if getattr(reporters[0], "WHOLE", False) else None
    streams = [held or sys.stdout, *(file.stream for file in files)]
    infos = [info, *[info._replace(color=False)] * len(files)]
    reports = (reporter.start(*of) for reporter, *of in zip(reporters, streams, infos, strict=True))
    return Output(tuple(reports), tuple(files), held)


def _held() -> TextIO:
    """For a format that means nothing before its end: what is written waits on disk until all of it is there."""
    import tempfile  # noqa: PLC0415  slow to import, and most formats are written as they go

    return tempfile.TemporaryFile("w+", encoding="utf-8", errors="backslashreplace", newline="")


class _File:
    """A file that is written beside its place and moved there at the end; else nothing of it stays."""

    def __init__(self, path: str) -> None:
        self.path = os.path.realpath(path)
        if os.path.exists(self.path) and not os.path.isfile(self.path):
            raise UsageError(f"--output {path}: is there already, and is no file")
        self._draft = os.path.join(os.path.dirname(self.path), f".readtheroom-{os.urandom(6).hex()}")
        try:
            self.stream: TextIO = open(  # noqa: SIM115  closed by keep or exit
                self._draft, "x", encoding="utf-8", errors="backslashreplace", newline="\n"
            )
        except OSError as error:
            raise UsageError(f"--output {path}: cannot be written: {error.strerror}") from None

    def __enter__(self) -> _File:
        return self

    def keep(self) -> None:
        """Put it in its place."""
        self.stream.close()
        os.replace(self._draft, self.path)

    def __exit__(self, *_: object) -> None:
        try:
            self.stream.close()
        finally:
            if os.path.exists(self._draft):
                os.unlink(self._draft)
