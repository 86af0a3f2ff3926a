"""A whole run: many files, each by its nearest config, results in order, one summary."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from readtheroom.api.drafts import Draft
from readtheroom.api.linter import Linter
from readtheroom.errors import DraftError, Fault
from readtheroom.findings import SEVERITIES, PostResult, Skip, Summary
from readtheroom.model import Json, Room, Rule
from readtheroom.policy.config import find_config
from readtheroom.policy.load import effective
from readtheroom.room.load import from_files

MOST_FAULTS = 200
"""After so many faults in drafts, reading stops: nobody reads on."""


class Run:
    """Linters by config, made when a file first needs them."""

    def __init__(self, config: str | None = None, rooms: Iterable[str] = (), now: datetime | None = None) -> None:
        self._config = config
        files = list(rooms)
        self._room: Room | None = from_files(files) if files else None
        self._now = now
        self._linters: dict[str | None, Linter] = {}

    def linter(self, path: str) -> Linter:
        """The linter for a file: by the given config, else by the nearest one above the file."""
        config = self._config or find_config(os.path.dirname(os.path.abspath(path)))
        if config not in self._linters:
            self._linters[config] = Linter.from_path(config, self._room, self._now)
        return self._linters[config]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all linters so far, each once."""
        return tuple({rule.id: rule for linter in self._linters.values() for rule in linter.rules}.values())

    def prepare(self, drafts: Iterable[Draft]) -> None:
        """Compile what the drafts need, so that a fault of policy comes before any result."""
        for draft in drafts:
            self.linter(draft.file.path)

    def effective(self, path: str) -> Json:
        """The policy for one draft, as plain data."""
        return effective(self.linter(path).policy, path)

    @property
    def fail_on(self) -> str:
        """The severity from which a run fails: the strictest of all configs."""
        chosen = {linter.policy.config.fail_on for linter in self._linters.values()}
        return next((severity for severity in SEVERITIES if severity in chosen), "never" if chosen else "error")

    def lint(self, drafts: Iterable[Draft]) -> Iterator[PostResult]:
        """Results of all drafts, in order.

        Raises `DraftError` at the end of them all with every draft that could not be read; from the first such
        draft on, nothing more is judged.
        """
        faults: list[Fault] = []
        for file, reader in drafts:
            try:
                for result in self.linter(file.path).lint_file(file, reader):
                    if not faults:
                        yield result
            except DraftError as error:
                faults.extend(error.faults)
            if len(faults) > MOST_FAULTS:
                break
        if faults:
            raise DraftError(faults)


class Tally:
    """Counts results as they go by."""

    def __init__(self) -> None:
        self._verdicts: Counter[str] = Counter()
        self._severities: Counter[str] = Counter()
        self._skips: Counter[Skip] = Counter()

    def add(self, result: PostResult) -> None:
        """Count one more."""
        self._verdicts[result.verdict] += 1
        self._skips.update(result.skipped)
        for finding in result.findings:
            self._severities[finding.severity] += 1

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
        )
