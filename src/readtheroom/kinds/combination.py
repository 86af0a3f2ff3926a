"""Labels together: `all`, `any` and `none` over the labels of the draft, of the room and of other combinations.

A label is met when a rule has put it, or one below it (`crisis` is met by `crisis.fire`), on the draft. `room.` before
a label asks for what is going on in the room for the post's audience, whether or not the draft names it; `trend.`
before a label, for the reasons of a trend that the draft names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias, TypedDict, cast

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import CONFIDENCES, Match
from readtheroom.kinds._labels import is_a
from readtheroom.kinds._terms import fault
from readtheroom.model import Confidence, Json, Rule
from readtheroom.protocols import Case, Setup
from readtheroom.spans import Span

READS: Literal["labels"] = "labels"

ROOM = "room."

REASONS = ("crisis", "topic")
"""Labels, with all below them, of what makes people talk."""

MOST_EVIDENCE = 4
"""Pieces of evidence in a finding: a person decides in seconds."""

_LABEL: dict[str, Json] = {"type": "string", "format": "label", "pattern": r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$"}
_EXPRESSIONS: dict[str, Json] = {
    "type": "array",
    "minItems": 1,
    "items": {"anyOf": [_LABEL, {"$ref": "#/$defs/expression"}]},
}
_OPERATORS: dict[str, Json] = {
    "all": {**_EXPRESSIONS, "description": "Each must be met."},
    "any": {**_EXPRESSIONS, "description": "At least one must be met."},
    "none": {**_EXPRESSIONS, "description": "None may be met."},
}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        **_OPERATORS,
        "at": {**_LABEL, "description": "The label to point at. Default: the first one that is met on the draft."},
    },
    "minProperties": 1,
    "additionalProperties": False,
    "$defs": {
        "expression": {
            "type": "object",
            "properties": _OPERATORS,
            "minProperties": 1,
            "additionalProperties": False,
        }
    },
}
FACTS: Mapping[str, str] = {
    "because": "The words that met the labels.",
}

Expression: TypeAlias = "str | Operators"


class Operators(TypedDict, total=False):
    all: list[Expression]
    any: list[Expression]
    none: list[Expression]


class Options(Operators, total=False):
    at: str


Labels: TypeAlias = dict[str, list[Match]]
"""What is on the draft: each label that is met, with its matches."""


class _Met(NamedTuple):
    """The outcome of an expression: whether it is met, and by which matches."""

    yes: bool
    by: tuple[Match, ...] = ()
    rooms: tuple[str, ...] = ()
    """Labels of the room that met it."""


def compile(rules: Sequence[Rule], setup: Setup) -> CombinationChecker:  # noqa: A001  the contract's word
    """Orders the rules so that each runs after those whose labels it asks for. Raises `PolicyError` for circles."""
    ordered: list[Rule] = []
    faults: list[Fault] = []
    for rule in rules:
        faults.extend(_visit(rule, rules, (), ordered))
    if faults:
        raise PolicyError(faults)
    return CombinationChecker(ordered)


def _visit(rule: Rule, rules: Sequence[Rule], path: tuple[Rule, ...], ordered: list[Rule]) -> Iterator[Fault]:
    """Add to `ordered` what the rule needs, then the rule itself."""
    if rule in path:
        circle = " → ".join(f"{each.id} ({each.label})" for each in (*path[path.index(rule) :], rule))
        yield fault(rule, f"labels go in a circle: {circle}")
    elif rule not in ordered:
        wanted = set(_asked(cast("Options", rule.options)))
        for other in rules:
            if other.label and any(is_a(other.label, label) for label in wanted):
                yield from _visit(other, rules, (*path, rule), ordered)
        ordered.append(rule)


def _asked(expression: Expression) -> Iterator[str]:
    if isinstance(expression, str):
        yield expression
    else:
        for each in (*expression.get("all", []), *expression.get("any", []), *expression.get("none", [])):
            yield from _asked(each)


def needs_room(rule: Rule) -> bool:
    """Whether a rule asks what is talked about: without a room it cannot say all that it has to."""
    return any(label.startswith(ROOM) for label in _asked(cast("Options", rule.options)))


def _gate(expression: Expression) -> frozenset[str] | None:
    """Labels without any of which the expression cannot be met; None: it may be met by the room alone."""
    if isinstance(expression, str):
        return None if expression.startswith(ROOM) else frozenset([expression])
    gates = [gate for each in expression.get("all", []) if (gate := _gate(each)) is not None]
    some = [_gate(each) for each in expression.get("any", [])]
    if some and None not in some:
        gates.append(frozenset(label for gate in some if gate for label in gate))
    return min(gates, key=len, default=None)


class CombinationChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = [(rule, cast("Options", rule.options), _gate(cast("Options", rule.options))) for rule in rules]

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        if not case.labels:
            return
        labels: Labels = {}
        for match in case.labels:
            _add(match, labels)
        for rule, options, gate in self._rules:
            if gate is not None and gate.isdisjoint(labels):
                continue
            met = _evaluate(options, labels, case)
            if met.yes:
                match = _match(rule, options, met, case)
                yield match
                _add(match, labels)


def _add(match: Match, labels: Labels) -> None:
    """Under its label and all above it; a trend of the draft, also under those of its reasons, below `trend.`."""
    if match.says:
        own = [match.says]
        if match.says.startswith("trend."):
            own += [f"trend.{label}" for label in match.labels]
        for label in {above for each in own for above in _above(each)}:
            labels.setdefault(label, []).append(match)


def _above(label: str) -> Iterator[str]:
    """`crisis.fire` and `crisis`."""
    while label:
        yield label
        label = label.rpartition(".")[0]


def _evaluate(expression: Expression, labels: Labels, case: Case) -> _Met:
    if isinstance(expression, str):
        if expression.startswith(ROOM):
            asked = expression.removeprefix(ROOM)
            return _Met(any(is_a(label, asked) for label in case.room_labels), rooms=(asked,))
        by = labels.get(expression, [])
        return _Met(bool(by), tuple(sorted(by, key=_place)))
    if any(_evaluate(each, labels, case).yes for each in expression.get("none", [])):
        return _Met(False)
    every: list[_Met] = []
    for each in expression.get("all", []):
        every.append(_evaluate(each, labels, case))
        if not every[-1].yes:
            return _Met(False)
    some = [_evaluate(each, labels, case) for each in expression.get("any", [])]
    yes = not some or any(met.yes for met in some)
    true = [met for met in (*every, *some) if met.yes]
    return _Met(
        yes, tuple(match for met in true for match in met.by), tuple(room for met in true for room in met.rooms)
    )


def _place(match: Match) -> tuple[int, Span, str, str]:
    """By place, so that the order of rules does not matter; keys of the post first."""
    return match.field if isinstance(match.field, int) else -1, match.span, match.rule.id, match.says or ""


def _match(rule: Rule, options: Options, met: _Met, case: Case) -> Match:
    wanted = options.get("at")
    placed = [match for match in met.by if isinstance(match.field, int)]
    placed.sort(key=lambda match: match.span.start == match.span.end)
    anchor = next((m for m in placed if wanted is None or is_a(m.says or "", wanted)), placed[0] if placed else None)
    evidence = dict.fromkeys(each for match in met.by for each in match.evidence)
    evidence.update(dict.fromkeys(each for label in met.rooms for each in case.room_headlines(label)))
    because = dict.fromkeys(_words(match, case) for match in met.by)
    return Match(
        rule,
        anchor.field if anchor else 0,
        anchor.span if anchor else Span(0, 0),
        facts={"because": ", ".join(because)},
        labels=tuple(dict.fromkeys(match.says for match in met.by if match.says)),
        confidence=_confidence(rule, met.by),
        grave=tuple(sorted({label for match in met.by for label in match.grave}.union(filter(_is_reason, met.rooms)))),
        evidence=tuple(sorted(evidence, key=lambda each: each.url is None))[:MOST_EVIDENCE],
    )


def _is_reason(asked: str) -> bool:
    """Whether a label of the room says why people talk about something, and not only where it happened."""
    return any(is_a(asked, family) for family in REASONS)


def _confidence(rule: Rule, parts: Iterable[Match]) -> Confidence:
    """The rule's, or less: no more than the best that is known of a trend that it speaks of."""
    trends = [CONFIDENCES.index(part.confidence) for part in parts if part.confidence and _is_trend(part)]
    return CONFIDENCES[min(max(trends), CONFIDENCES.index(rule.confidence))] if trends else rule.confidence


def _is_trend(part: Match) -> bool:
    return (part.says or "").startswith("trend.")


def _words(match: Match, case: Case) -> str:
    """`“burned down”`, for the message; a fact called `name` comes before it, a label only in place of words."""
    name = match.facts.get("name")
    words = ""
    if isinstance(match.field, int):
        words = case.post.fields[match.field].text[match.span.start : match.span.end]
    if not words:
        return name or str(match.says)
    return f"{name} “{words}”" if name else f"“{words}”"
