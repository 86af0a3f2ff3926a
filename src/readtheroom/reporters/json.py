"""`--format json`: the interface for publishing tools. `_schema.REPORT` describes it.

One object in ASCII, written as posts come, a post a line; it is whole only once the run has ended.
"""

from __future__ import annotations

from typing import TextIO

from readtheroom.findings import PostResult, Summary
from readtheroom.protocols import RunInfo
from readtheroom.reporters._plain import VERSION, dumps, post, proposal, summary


def start(out: TextIO, info: RunInfo) -> JsonReport:
    """Begin the object."""
    return JsonReport(out, info)


class JsonReport:
    """Writes each post as it comes, and keeps none."""

    __slots__ = ("_info", "_out", "_separator")

    def __init__(self, out: TextIO, info: RunInfo) -> None:
        self._out, self._info = out, info
        self._separator = "\n"
        out.write(f'{{"version": {VERSION},\n "posts": [')

    def add(self, result: PostResult) -> None:
        """Write a post."""
        self._out.write(f"{self._separator}  {dumps(post(result, self._info.labels))}")
        self._separator = ",\n"

    def finish(self, total: Summary) -> None:
        """Write the summary and close the object."""
        proposals = dumps([proposal(each) for each in total.proposals])
        told = dumps(summary(total, self._info.statistics))
        self._out.write(f'],\n "proposals": {proposals},\n "summary": {told}}}\n')
