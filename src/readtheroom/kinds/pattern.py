"""Regular expressions, by the `regex` package, on the text as written; letter case does not count unless asked.

Time per text is limited. A pattern that is too slow on short probes is refused when it is loaded; one that is too
slow on a draft gives a finding about the rule.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict, cast

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Match
from readtheroom.kinds._terms import TERMS, TermList, fault, register
from readtheroom.model import Json, Rule, Severity
from readtheroom.protocols import Case, Setup, Text
from readtheroom.spans import Span
from readtheroom.text.later import Later

if TYPE_CHECKING:
    import regex

READS: Literal["text"] = "text"

TIME_LIMIT = 0.1
"""Seconds per pattern and text."""

PROBE_LENGTH = 64
"""Characters of a probe: on these, a pattern that backtracks exponentially is over the limit at once."""

LONG_PROBE = 2000
"""Characters of a probe for repeats inside repeats such as (a+)+; some of them, `regex` gets through on short texts."""

_NESTED = Later(r"[+*}]\??\)(?:[+*]|\{\d*,)")

MOST_MATCHES = 20
"""Per pattern and text; more tell nothing new."""

DEEPEST = 50
"""Groups inside groups; some hundred more make the compiler of patterns fail."""

START = 4
"""Characters of a need that are looked up first."""

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
        "longest": {
            "type": "integer",
            "minimum": 1,
            "description": "Texts with more characters than that are not searched. Default: there is no limit.",
        },
        "words": {
            **TERMS,
            "description": "Terms, one of which stands in every draft that can match; cheaper than `needs`.",
        },
    },
    "required": ["pattern"],
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {}


class Options(TypedDict, total=False):
    pattern: str | list[str]
    unless: str | list[str]
    case_sensitive: bool
    needs: list[str]
    longest: int
    words: TermList


class _Compiled(NamedTuple):
    """`patterns` and `unless` as written: they are compiled when a draft first meets what they need."""

    rule: Rule
    patterns: tuple[str, ...]
    unless: tuple[str, ...]
    case_sensitive: bool
    needs: tuple[str, ...]
    longest: int
    words: frozenset[int]


def compile(rules: Sequence[Rule], setup: Setup) -> PatternChecker:  # noqa: A001  the contract's word
    """Raises `PolicyError` for each pattern that is not valid or that takes too long."""
    faults: list[Fault] = []
    compiled = [_compile(rule, setup, faults) for rule in rules]
    if not setup.proven:
        faults += [problem for each in compiled for problem in _problems(each)]
    if faults:
        raise PolicyError(faults)
    return PatternChecker(compiled)


def _compile(rule: Rule, setup: Setup, faults: list[Fault]) -> _Compiled:
    options = cast("Options", rule.options)
    words = register(rule, options.get("words"), setup.terms, faults)
    return _Compiled(
        rule,
        _several(options["pattern"]),
        _several(options.get("unless", [])),
        options.get("case_sensitive", False),
        tuple(need.casefold() for need in options.get("needs", [])),
        options.get("longest", sys.maxsize),
        frozenset(term.number for term in words),
    )


def _several(written: str | list[str]) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)


@cache
def _pattern(written: str, case_sensitive: bool) -> regex.Pattern[str]:
    import regex  # noqa: PLC0415  slow to import: only where a draft has what a pattern needs

    return regex.compile(written, regex.V1 | (0 if case_sensitive else regex.IGNORECASE))


def _problems(compiled: _Compiled) -> Iterator[Fault]:
    for written in (*compiled.patterns, *compiled.unless):
        problem = _problem(written, compiled.case_sensitive)
        if problem:
            yield fault(compiled.rule, f"pattern {written!r} {problem}")


def _problem(written: str, case_sensitive: bool) -> str | None:
    import regex  # noqa: PLC0415  as above

    if _depth(written) > DEEPEST:
        return "is nested too deep"
    try:
        pattern = _pattern(written, case_sensitive)
        for probe in _probes(written):
            pattern.search(probe, timeout=TIME_LIMIT)
    except regex.error as error:
        return f"is not valid: {error}"
    except RecursionError:
        return "is nested too deep"
    except TimeoutError:
        return f"takes over {TIME_LIMIT:g} s on a short text: avoid repeats inside repeats"
    return None


def _depth(written: str) -> int:
    """How deep its brackets are nested, at most; those that are escaped or in a class count as well."""
    depth = deepest = 0
    for char in written:
        depth += (char == "(") - (char == ")")
        deepest = max(deepest, depth)
    return deepest


def _probes(written: str) -> Iterator[str]:
    """Texts on which nested repeats are slow: one character over and over, then one that does not fit."""
    literals = sorted({char for char in written if char.isalnum()})[:12]
    length = LONG_PROBE if _NESTED.search(written) else PROBE_LENGTH
    for char in dict.fromkeys(["a", "0", " ", "-", *literals]):
        yield char * length + "\x00"


class PatternChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[_Compiled]) -> None:
        self._rules = rules
        self._needs = _Needs(rules)
        numbers = [number for rule in rules for number in rule.words]
        self._first, self._end = min(numbers, default=0), max(numbers, default=-1) + 1

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        words: dict[int, set[int]] = {}
        for text, hit in case.hits(self._first, self._end) if self._end else ():
            words.setdefault(text.index, set()).add(hit.term)
        for text in case.texts:
            there: set[int] = words.get(text.index, set())
            for at in self._needs.met(text.text.casefold()):
                rule = self._rules[at]
                if len(text.text) <= rule.longest and not (rule.words and rule.words.isdisjoint(there)):
                    yield from _search(rule, text)


class _Needs:
    """Which rules have what they need: a text's runs of a few characters are looked up, not each need searched for."""

    def __init__(self, rules: Sequence[_Compiled]) -> None:
        self._free = frozenset(at for at, rule in enumerate(rules) if not rule.needs)
        self._by_start: dict[str, list[tuple[str, int]]] = {}
        self._short: list[tuple[str, int]] = []
        for at, rule in enumerate(rules):
            for need in rule.needs:
                if len(need) < START:
                    self._short.append((need, at))
                else:
                    self._by_start.setdefault(need[:START], []).append((need, at))

    def met(self, text: str) -> list[int]:
        """The rules to search a folded text for, by number."""
        found = {at for need, at in self._short if need in text}
        starts = {text[at : at + START] for at in range(len(text) - START + 1)}
        for start in self._by_start.keys() & starts:
            found.update(at for need, at in self._by_start[start] if need in text)
        return sorted(found | self._free)


def _search(rule: _Compiled, text: Text) -> Iterator[Match]:
    try:
        found = [span for written in rule.patterns for span in _spans(written, rule.case_sensitive, text.text)]
        if found:
            harmless = [span for written in rule.unless for span in _spans(written, rule.case_sensitive, text.text)]
            for span in found:
                if not any(span.overlaps(other) for other in harmless):
                    yield Match(rule.rule, text.index, span)
    except TimeoutError:
        yield _unchecked(rule.rule, text)


def _unchecked(rule: Rule, text: Text) -> Match:
    """A finding about the rule, no mere remark; and no label, since nobody knows whether the text has it."""
    severity: Severity = "error" if rule.severity == "error" else "warning"
    return Match(
        rule._replace(label=None, severity=severity),
        text.index,
        confidence="low",
        message=f"Not checked: the pattern of this rule took over {TIME_LIMIT:g} s here. Simplify the pattern.",
    )


def _spans(written: str, case_sensitive: bool, text: str) -> list[Span]:
    pattern = _pattern(written, case_sensitive)
    spans: list[Span] = []
    if not pattern.search(text, timeout=TIME_LIMIT):
        return spans
    group = 1 if pattern.groups else 0
    for found in pattern.finditer(text, timeout=TIME_LIMIT):
        span = Span(*found.span(group if found.start(group) >= 0 else 0))
        if span.end > span.start:
            spans.append(span)
        if len(spans) >= MOST_MATCHES:
            break
    return spans
