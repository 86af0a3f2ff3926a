"""Where results go: standard output and files, which get them when all are there, or nothing at all.

Only a format that is read as it goes is written so; whoever asks for it reads all drafts through before.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import NamedTuple, TextIO

from readtheroom import registry
from readtheroom.errors import UsageError
from readtheroom.findings import PostResult, Summary
from readtheroom.protocols import Report, RunInfo

IN_MEMORY = 1 << 20
"""Characters of results that wait in memory; the rest waits on disk."""


class Output(NamedTuple):
    """All reports of a run, written side by side; `finish` lets out what is `held`, and puts `files` in place."""

    reports: tuple[Report, ...]
    held: _Held | None
    """None: standard output gets each result as it comes."""
    files: tuple[_File, ...]

    def add(self, result: PostResult) -> None:
        """One more result, for each report."""
        for report in self.reports:
            report.add(result)

    def finish(self, summary: Summary) -> None:
        """The end of each report. The files take their places once standard output has taken everything."""
        for report in self.reports:
            report.finish(summary)
        if self.held:
            self.held.let_out(sys.stdout)
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
    held = None if getattr(reporters[0], "AS_IT_GOES", False) else stack.enter_context(_Held())
    streams = [held or sys.stdout, *(file.stream for file in files)]
    infos = [info, *[info._replace(color=False)] * len(files)]
    reports = (reporter.start(*of) for reporter, *of in zip(reporters, streams, infos, strict=True))
    return Output(tuple(reports), held, tuple(files))


class _Held(io.StringIO):
    """What is written waits, in memory and then on disk: half of the results of a run would pass for all of them."""

    def __init__(self) -> None:
        super().__init__()
        self._disk: TextIO | None = None

    def write(self, text: str, /) -> int:
        if self.tell() > IN_MEMORY:
            self._spill()
        return super().write(text)

    def _spill(self) -> None:
        import tempfile  # noqa: PLC0415  slow to import, and only long results need it

        if self._disk is None:
            self._disk = tempfile.TemporaryFile(  # noqa: SIM115  closed by close
                "w+", encoding="utf-8", errors="backslashreplace", newline=""
            )
        self._disk.write(self.getvalue())
        self.seek(0)
        self.truncate()

    def let_out(self, stream: TextIO) -> None:
        """Everything so far goes to `stream`."""
        if self._disk:
            self._disk.seek(0)
            while some := self._disk.read(IN_MEMORY):
                stream.write(some)
        stream.write(self.getvalue())

    def close(self) -> None:
        if self._disk:
            self._disk.close()
        super().close()


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
