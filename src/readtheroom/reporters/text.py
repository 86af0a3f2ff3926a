"""`--format text`: for people, at a terminal or in a log.

Each finding shows its place, the draft's line with the span underlined, the headlines that explain it, and
what to do. Nothing from a draft or a headline reaches the terminal unescaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from readtheroom.findings import Finding, PostResult, Summary
from readtheroom.model import Post
from readtheroom.protocols import RunInfo
from readtheroom.reporters._terminal import clipped, excerpt, visible
from readtheroom.reporters._words import (
    MAX_MESSAGE,
    MAX_UNCHECKED,
    all_not_checked,
    all_notes,
    headlines,
    verdicts,
)

_BOLD, _DIM, _YELLOW = "1", "2", "33"
_COLORS = {"error": "31", "warning": _YELLOW, "info": "34"}


def start(out: TextIO, info: RunInfo) -> TextReport:
    """Begin; posts without findings print nothing."""
    return TextReport(out, info)


class TextReport:
    """Writes each post as it comes; keeps counts only."""

    __slots__ = ("_allowed", "_info", "_out", "_written")

    def __init__(self, out: TextIO, info: RunInfo) -> None:
        self._out, self._info = out, info
        self._allowed = 0
        self._written = False

    def add(self, result: PostResult) -> None:
        """Write a post's findings, and the checks that policy requires and that were not made."""
        self._allowed += len(result.suppressed)
        for finding in result.findings:
            if finding.severity == "error" or not self._info.quiet:
                self._write(self._finding(result.post, finding))
        if not self._info.quiet:
            for line in self._unmade(result):
                self._write([line])
            if self._info.labels:
                self._write(self._labels(result))

    def finish(self, summary: Summary) -> None:
        """Write how many rules ran on how many posts, what was not checked, and the statistics if asked for."""
        lines = [] if self._info.quiet else [self._paint(verdicts(summary, self._allowed), _BOLD)]
        lines += [self._paint(line, _YELLOW) for line in all_not_checked(summary.skips)]
        lines += [] if self._info.quiet else all_notes(summary.notes)
        self._write(lines)
        if summary.per_rule and self._info.statistics:
            self._write(_statistics(summary))

    def _finding(self, post: Post, finding: Finding) -> Iterator[str]:
        color = _COLORS[finding.severity]
        place = ":".join([visible(post.path), *(str(n) for n in finding.place if n)])
        severity, rule = self._paint(finding.severity, color), self._paint(visible(finding.rule), _BOLD)
        yield f"{place}  {severity}  {rule}  {clipped(finding.message, MAX_MESSAGE)}"
        text = next((field.text for field in post.fields if field.name == finding.field), None)
        if text is not None:
            line, before, width = excerpt(text, finding.start, finding.end)
            yield f"  {line}"
            yield f"  {' ' * before}{self._paint('^' * width, color)}"
        for line in headlines(finding.evidence):
            yield "  " + self._paint(line, _DIM)
        if finding.advice:
            yield f"  → {clipped(finding.advice, MAX_MESSAGE)}"

    def _unmade(self, result: PostResult) -> Iterator[str]:
        reasons: dict[str, list[str]] = {}
        for skip in result.skipped:
            if skip.required:
                reasons.setdefault(skip.reason, []).append(visible(skip.rule))
        place = f"{visible(result.post.path)}:{result.post.line}  {self._paint('unknown', _YELLOW)}"
        for reason, rules in reasons.items():
            yield f"{place}  {self._paint(', '.join(rules), _BOLD)}  not checked: {clipped(reason, MAX_UNCHECKED)}"

    def _labels(self, result: PostResult) -> Iterator[str]:
        origins = {field.name: field.origin for field in result.post.fields}
        for label in result.labels:
            place = ":".join([visible(result.post.path), *map(str, origins[label.field].place(label.start))])
            words = clipped(label.match, MAX_MESSAGE)
            yield f"{place}  label  {self._paint(visible(label.label), _BOLD)}  “{words}”  ({visible(label.rule)})"

    def _write(self, lines: Iterator[str] | list[str]) -> None:
        block = "".join(f"{line}\n" for line in lines)
        if block:
            self._out.write("\n" + block if self._written else block)
            self._written = True

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._info.color else text


def _statistics(summary: Summary) -> Iterator[str]:
    yield "findings per rule:"
    pad = len(str(summary.per_rule[0][1]))
    for rule, count in summary.per_rule:
        yield f"  {count:>{pad}}  {visible(rule)}"
