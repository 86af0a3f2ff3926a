"""`--format github`: workflow commands that GitHub Actions shows beside the lines of a pull request.

Form and escaping as in GitHub's toolkit, `packages/core/src/command.ts`: `%`, CR and LF in messages, and `:`
and `,` as well in properties. Everything else that is not plain text is made visible, so that a draft can neither
end its line nor start a command.
"""

from __future__ import annotations

import os
from typing import TextIO

from readtheroom.findings import Finding, PostResult, Summary
from readtheroom.model import Post
from readtheroom.protocols import RunInfo
from readtheroom.reporters._terminal import clipped, visible
from readtheroom.reporters._words import MAX_MESSAGE, all_notes, headlines, not_checked, verdicts

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def start(out: TextIO, info: RunInfo) -> GithubReport:
    """Begin; posts without findings print nothing."""
    return GithubReport(out, info)


class GithubReport:
    """Writes each post as it comes; keeps counts only."""

    __slots__ = ("_allowed", "_info", "_out")

    def __init__(self, out: TextIO, info: RunInfo) -> None:
        self._out, self._info = out, info
        self._allowed = 0

    def add(self, result: PostResult) -> None:
        """Write a command for each finding; with `quiet` only for errors."""
        self._allowed += len(result.suppressed)
        for finding in result.findings:
            if finding.severity == "error" or not self._info.quiet:
                properties = {**_place(result.post, finding), "title": visible(finding.rule)}
                self._write(_COMMANDS[finding.severity], properties, _message(finding))

    def finish(self, summary: Summary) -> None:
        """Write what was not checked, and how many rules ran on how many posts."""
        for skip, posts in summary.skips:
            command = "warning" if skip.required else "notice"
            self._write(command, {"title": visible(skip.rule)}, not_checked([skip.rule], skip.reason, posts))
        if not self._info.quiet:
            for note in all_notes(summary.notes):
                self._write("notice", {"title": "readtheroom"}, note)
            self._write("notice", {"title": "readtheroom"}, verdicts(summary, self._allowed))
        if summary.per_rule and self._info.statistics:
            per_rule = "\n".join(f"{count}  {visible(rule)}" for rule, count in summary.per_rule)
            self._write("notice", {"title": "findings per rule"}, per_rule)

    def _write(self, command: str, properties: dict[str, str], message: str) -> None:
        listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        self._out.write(f"::{command} {listed}::{_data(message)}\n")


def _place(post: Post, finding: Finding) -> dict[str, str]:
    """The place as properties; columns only within one line, since GitHub refuses others."""
    place, end = finding.place, finding.end_place
    within = place.line == end.line and place.column > 0
    known = {
        "line": place.line,
        "col": place.column if within else 0,
        "endLine": max(end.line, place.line),
        "endColumn": max(end.column, place.column) if within else 0,
    }
    file = visible(post.path.replace(os.sep, "/"))
    return {"file": file, **{key: str(value) for key, value in known.items() if value and place.line}}


def _message(finding: Finding) -> str:
    lines = [clipped(finding.message, MAX_MESSAGE), *headlines(finding.evidence)]
    if finding.advice:
        lines.append(f"→ {clipped(finding.advice, MAX_MESSAGE)}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
