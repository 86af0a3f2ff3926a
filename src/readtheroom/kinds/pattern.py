"""Regular expressions, by the `regex` package, on the text as written; letter case does not count unless asked.

Time per text is limited. A pattern that is too slow on short probes is refused when it is loaded; one that is too
slow on a draft gives a finding about the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypedDict, cast

import regex

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Match
from readtheroom.kinds._terms import fault
from readtheroom.model import Json, Rule
from readtheroom.protocols import Case, Setup, Text
from readtheroom.spans import Span

READS: Literal["text"] = "text"

TIME_LIMIT = 0.1
"""Seconds per pattern and text."""

PROBE_LENGTH = 64
"""Characters of a probe: on these, a pattern that backtracks exponentially is over the limit at once."""

MOST_MATCHES = 20
"""Per pattern and text; more tell nothing new."""

_PATTERNS: dict[str, Json] = {
    "anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string", "minLength": 1}}]
}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "pattern": {
            **_PATTERNS,
            "description": "One or several regular expressions; the first group is marked, if any.",
        },
        "unless": {**_PATTERNS, "description": "Where one of these overlaps, the match does not count."},
        "case_sensitive": {"type": "boolean", "description": "Default: false."},
        "needs": {
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "description": "Texts, one of which every match contains: drafts without them are not searched.",
        },
    },
    "required": ["pattern"],
    "additionalProperties": False,
}


class Options(TypedDict, total=False):
    pattern: str | list[str]
    unless: str | list[str]
    case_sensitive: bool
    needs: list[str]


class _Compiled(NamedTuple):
    rule: Rule
    patterns: tuple[regex.Pattern[str], ...]
    unless: tuple[regex.Pattern[str], ...]
    needs: tuple[str, ...]


def compile(rules: Sequence[Rule], setup: Setup) -> PatternChecker:  # noqa: A001, ARG001  the contract's word
    """Raises `PolicyError` for each pattern that is not valid or that takes too long."""
    faults: list[Fault] = []
    compiled = [_compile(rule, faults) for rule in rules]
    if faults:
        raise PolicyError(faults)
    return PatternChecker(compiled)


def _compile(rule: Rule, faults: list[Fault]) -> _Compiled:
    options = cast("Options", rule.options)
    flags = 0 if options.get("case_sensitive") else regex.IGNORECASE

    def patterns(written: str | list[str]) -> tuple[regex.Pattern[str], ...]:
        some = [written] if isinstance(written, str) else written
        return tuple(found for each in some if (found := _pattern(rule, each, flags, faults)))

    return _Compiled(
        rule,
        patterns(options["pattern"]),
        patterns(options.get("unless", [])),
        tuple(need.casefold() for need in options.get("needs", [])),
    )


def _pattern(rule: Rule, written: str, flags: int, faults: list[Fault]) -> regex.Pattern[str] | None:
    try:
        pattern = regex.compile(written, flags | regex.V1)
        for probe in _probes(written):
            pattern.search(probe, timeout=TIME_LIMIT)
    except regex.error as error:
        faults.append(fault(rule, f"pattern {written!r} is not valid: {error}"))
    except RecursionError:
        faults.append(fault(rule, f"pattern {written[:40]!r}… is nested too deep"))
    except TimeoutError:
        faults.append(
            fault(
                rule, f"pattern {written!r} takes over {TIME_LIMIT:g} s on a short text: avoid repeats inside repeats"
            )
        )
    else:
        return pattern
    return None


def _probes(written: str) -> Iterator[str]:
    """Texts on which nested repeats are slow: one character over and over, then one that does not fit."""
    literals = sorted({char for char in written if char.isalnum()})[:12]
    for char in dict.fromkeys(["a", "0", " ", "-", *literals]):
        yield char * PROBE_LENGTH + "\x00"


class PatternChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[_Compiled]) -> None:
        self._rules = rules

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        for text in case.texts:
            for rule in self._rules:
                if not rule.needs or any(need in text.text.casefold() for need in rule.needs):
                    yield from _search(rule, text)


def _search(rule: _Compiled, text: Text) -> Iterator[Match]:
    try:
        harmless = [span for pattern in rule.unless for span in _spans(pattern, text.text)]
        for pattern in rule.patterns:
            for span in _spans(pattern, text.text):
                if not any(span.overlaps(other) for other in harmless):
                    yield Match(rule.rule, text.index, span)
    except TimeoutError:
        yield Match(
            rule.rule,
            text.index,
            confidence="low",
            message=f"Not checked: the pattern of this rule took over {TIME_LIMIT:g} s here. Simplify the pattern.",
        )


def _spans(pattern: regex.Pattern[str], text: str) -> list[Span]:
    group = 1 if pattern.groups else 0
    spans = []
    for found in pattern.finditer(text, timeout=TIME_LIMIT):
        span = Span(*found.span(group if found.start(group) >= 0 else 0))
        if span.end > span.start:
            spans.append(span)
        if len(spans) >= MOST_MATCHES:
            break
    return spans
