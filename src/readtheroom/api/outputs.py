"""Where results go: standard output, and files that replace older ones only when all is written."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from typing import NamedTuple, TextIO

from readtheroom import registry
from readtheroom.errors import UsageError
from readtheroom.findings import PostResult, Summary
from readtheroom.protocols import Report, RunInfo


class Output(NamedTuple):
    """All reports of a run, written side by side; `files` are put in place by `finish`."""

    reports: tuple[Report, ...]
    files: tuple[_File, ...]

    def add(self, result: PostResult) -> None:
        """One more result, for each report."""
        for report in self.reports:
            report.add(result)

    def finish(self, summary: Summary) -> None:
        """The end of each report."""
        for report in self.reports:
            report.finish(summary)
        for file in self.files:
            file.keep()


def outputs(main: str, others: Sequence[str], info: RunInfo, stack: ExitStack) -> Output:
    """Reports for `--format` (standard output) and each `--output FORMAT=FILE`. Raises `UsageError`."""
    reports = [registry.load("reporters", main).start(sys.stdout, info)]
    files = []
    for each in others:
        name, equals, path = each.partition("=")
        if not equals or not path:
            raise UsageError(f"--output {each}: write FORMAT=FILE, as in sarif=report.sarif")
        reporter = registry.load("reporters", name)
        file = stack.enter_context(_File(path))
        files.append(file)
        reports.append(reporter.start(file.stream, info._replace(color=False)))
    return Output(tuple(reports), tuple(files))


class _File:
    """A file that is written beside its place and moved there at the end; else nothing of it stays."""

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            handle, self._draft = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(path)), prefix=".readtheroom-")
        except OSError as error:
            raise UsageError(f"--output {path}: cannot be written: {error.strerror}") from None
        self.stream: TextIO = open(handle, "w", encoding="utf-8", newline="\n")  # noqa: SIM115  closed by keep or exit

    def __enter__(self) -> _File:
        return self

    def keep(self) -> None:
        """Put it in its place, with the permissions that a new file gets."""
        self.stream.close()
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(self._draft, 0o666 & ~umask)
        os.replace(self._draft, self.path)

    def __exit__(self, *_: object) -> None:
        self.stream.close()
        if os.path.exists(self._draft):
            os.unlink(self._draft)
