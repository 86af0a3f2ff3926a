"""`--format sarif`: SARIF 2.1.0 (OASIS, errata 01), for code scanning and review tools.

One run, written as posts come. Section numbers below are the standard's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from readtheroom.findings import Finding, PostResult, Skip, Summary
from readtheroom.model import Allow, Gap, Json, Post, Rule
from readtheroom.protocols import RunInfo
from readtheroom.reporters._plain import dumps, evidence, summary
from readtheroom.reporters._words import headlines, when

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_FACT = re.compile(r"\{[^{}]*\}")


def start(out: TextIO, info: RunInfo) -> SarifReport:
    """Begin the log: the tool and its rules. Rules that only label have no results, and are left out."""
    return SarifReport(out, info)


class SarifReport:
    """Writes each result as it comes, and keeps none."""

    __slots__ = ("_indexes", "_out", "_separator", "_statistics")

    def __init__(self, out: TextIO, info: RunInfo) -> None:
        rules = [rule for rule in info.rules if rule.severity]
        self._out = out
        self._indexes = {rule.id: index for index, rule in enumerate(rules)}
        self._separator = "\n"
        self._statistics = info.statistics
        tool = dumps({"driver": _driver(rules, info.version)})
        out.write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"tool": {tool},\n')
        out.write('"columnKind": "unicodeCodePoints",\n"results": [')

    def add(self, result: PostResult) -> None:
        """Write a result for each finding; what the draft allows is marked as suppressed."""
        seen: dict[str, int] = {}
        for finding in sorted((*result.findings, *result.suppressed), key=lambda one: one.start):
            key = dumps([finding.rule, result.post.id, finding.field, finding.match])
            seen[key] = occurrence = seen.get(key, 0) + 1
            self._out.write(self._separator + dumps(self._result(result.post, finding, f"{key}{occurrence}")))
            self._separator = ",\n"

    def finish(self, total: Summary) -> None:
        """Write the checks that were not made, and close the log."""
        notes: list[Json] = [self._notification(skip, posts) for skip, posts in total.skips]
        notes += [_note(note, posts) for note, posts in total.notes]
        invocation: Json = {"executionSuccessful": True, "toolExecutionNotifications": notes}
        self._out.write(f'],\n"invocations": [{dumps(invocation)}],\n')
        self._out.write(f'"properties": {{"summary": {dumps(summary(total, self._statistics))}}}}}]}}\n')

    def _result(self, post: Post, finding: Finding, identity: str) -> Json:
        plain = self._rule(finding.rule, "ruleId", "ruleIndex")
        plain |= {
            "level": _LEVELS[finding.severity],
            "message": {"text": _message([finding.message, *headlines(finding.evidence)])},
            "locations": [_location(post, finding)],
            "partialFingerprints": {"readtheroom/v1": hashlib.sha256(identity.encode()).hexdigest()[:32]},
            "properties": _properties(finding),
        }
        if finding.allowed:
            plain["suppressions"] = [_suppression(finding.allowed)]
        return plain

    def _notification(self, skip: Skip, posts: int) -> Json:
        """A check that was not made. Always a warning: a code scanner must not take silence for a pass."""
        return {
            "level": "warning",
            "message": {"text": _message([f"not checked: {skip.rule}: {skip.reason}"])},
            "associatedRule": self._rule(skip.rule, "id", "index"),
            "properties": {"posts": posts, "required": skip.required},
        }

    def _rule(self, rule: str, name: str, index: str) -> dict[str, Json]:
        return {name: rule, index: self._indexes[rule]} if rule in self._indexes else {name: rule}


def _note(note: Gap, posts: int) -> Json:
    """What one should know of a check that was made."""
    return {"level": "note", "message": {"text": _message([str(note)])}, "properties": {"posts": posts}}


def _driver(rules: Sequence[Rule], version: str) -> Json:
    return {"name": "readtheroom", "version": version, "rules": [_descriptor(rule) for rule in rules]}


def _descriptor(rule: Rule) -> Json:
    plain: dict[str, Json] = {
        "id": rule.id,
        "shortDescription": {"text": _FACT.sub("…", rule.message) or rule.id},
        "defaultConfiguration": {"level": _LEVELS[rule.severity or "info"]},
    }
    if rule.why:
        plain["fullDescription"] = {"text": rule.why}
    if rule.advice:
        plain["help"] = {"text": rule.advice}
    if rule.tags:
        plain["properties"] = {"tags": list(dict.fromkeys(rule.tags))}
    return plain


def _message(lines: Iterable[str]) -> str:
    """Plain text in which nothing can be taken for an embedded link (3.11.6)."""
    return "\n".join(lines).replace("](", "\\](")


def _location(post: Post, finding: Finding) -> Json:
    physical: dict[str, Json] = {"artifactLocation": {"uri": _uri(post.path)}}
    place, end = finding.place, finding.end_place
    if place.line:
        region: dict[str, Json] = {"startLine": place.line}
        if place.column and end.column and end >= place:
            region |= {"startColumn": place.column, "endLine": end.line, "endColumn": end.column}
        physical["region"] = region
    return {"physicalLocation": physical}


def _uri(path: str) -> str:
    """A relative reference where the path is relative or under the working directory, else a `file:` URI."""
    file = Path(path)
    if file.is_absolute():
        if not file.is_relative_to(Path.cwd()):
            return file.as_uri()
        file = file.relative_to(Path.cwd())
    return quote(file.as_posix(), errors="surrogateescape")


def _properties(finding: Finding) -> Json:
    return {
        "confidence": finding.confidence,
        "field": finding.field,
        "start": finding.start,
        "end": finding.end,
        "match": finding.match,
        "labels": list(finding.labels),
        "advice": finding.advice,
        "evidence": [evidence(one) for one in finding.evidence],
    }


def _suppression(allow: Allow) -> Json:
    known = ", ".join(filter(None, [allow.by, f"until {when(allow.until)}" if allow.until else ""]))
    return {"kind": "inSource", "justification": f"{allow.reason} ({known})" if known else allow.reason}
