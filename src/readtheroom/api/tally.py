"""What the results of a run come to: counts of them, and whether one fails it."""

from __future__ import annotations

from collections import Counter
from typing import cast

from readtheroom.findings import SEVERITIES, PostResult, Skip, Summary
from readtheroom.model import Gap, Severity


def fails(result: PostResult, least: str) -> bool:
    """Whether a post has a finding of the severity `least` or above; of "never", none has."""
    if least == "never":
        return False
    grave = SEVERITIES[SEVERITIES.index(cast("Severity", least)) :]
    return any(finding.severity in grave for finding in result.findings)


class Tally:
    """Counts results as they go by."""

    def __init__(self) -> None:
        self._verdicts: Counter[str] = Counter()
        self._severities: Counter[str] = Counter()
        self._skips: Counter[Skip] = Counter()
        self._notes: Counter[Gap] = Counter()
        self._rules: Counter[str] = Counter()

    def add(self, result: PostResult) -> None:
        """Count one more."""
        self._verdicts[result.verdict] += 1
        self._skips.update(result.skipped)
        self._notes.update(result.notes)
        for finding in result.findings:
            self._severities[finding.severity] += 1
            self._rules[finding.rule] += 1

    def summary(self, rules: int) -> Summary:
        """The sum so far."""
        verdicts, severities = self._verdicts, self._severities
        return Summary(
            verdicts.total(),
            rules,
            verdicts["block"],
            verdicts["warn"],
            verdicts["pass"],
            verdicts["unknown"],
            severities["error"],
            severities["warning"],
            severities["info"],
            tuple(sorted(self._skips.items())),
            tuple(sorted(self._rules.items(), key=lambda each: (-each[1], each[0]))),
            tuple(self._notes.items()),
        )
