"""`--format jsonl`: one post a line as it is judged, in the shape of `--format json`; the last line is the summary."""

from __future__ import annotations

from typing import TextIO

from readtheroom.findings import PostResult, Summary
from readtheroom.model import Json
from readtheroom.protocols import RunInfo
from readtheroom.reporters._plain import VERSION, dumps, post, proposal, summary

AS_IT_GOES = True
"""A publishing tool at the other end of a pipe acts on each line as it comes."""


def start(out: TextIO, info: RunInfo) -> JsonLinesReport:
    """Begin; nothing is written before the first post."""
    return JsonLinesReport(out, info)


class JsonLinesReport:
    """Every line is a whole JSON object in ASCII. Without a last line with `summary`, the run broke off."""

    __slots__ = ("_info", "_out")

    def __init__(self, out: TextIO, info: RunInfo) -> None:
        self._out, self._info = out, info

    def add(self, result: PostResult) -> None:
        """Write a post."""
        self._out.write(dumps(post(result, self._info.labels)) + "\n")

    def finish(self, total: Summary) -> None:
        """Write the summary."""
        proposals: list[Json] = [proposal(each) for each in total.proposals]
        told = {"summary": summary(total, self._info.statistics), "proposals": proposals, "version": VERSION}
        self._out.write(dumps(told) + "\n")
