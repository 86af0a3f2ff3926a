"""Words and phrases: whole words of normalised text, also inside split hashtags.

Each place where a term stands is a match. A term does not count where it touches one of `unless`, nor in a draft of
another language than the term's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypedDict, cast

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Match
from readtheroom.kinds._terms import TERMS, Block, Ranges, TermList, counted, fault, longest, register_blocks
from readtheroom.model import Json, Rule
from readtheroom.protocols import Case, Hit, Setup, Text

READS: Literal["text"] = "text"

_LEXICON: dict[str, Json] = {
    "anyOf": [
        {"type": "string", "format": "lexicon"},
        {"type": "object", "additionalProperties": {"type": "string", "format": "lexicon"}},
    ]
}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "terms": TERMS,
        "lexicon": {**_LEXICON, "description": "A file with a term per line, or a file per language code."},
        "unless": {**TERMS, "description": "Phrases in which a term does not count."},
        "unless_lexicon": {**_LEXICON, "description": "The same as `lexicon`, for `unless`."},
        "case_sensitive": {"type": "boolean", "description": "Capitals must be as written. Default: false."},
        "minimum": {"type": "integer", "minimum": 1, "description": "Different terms that must be there. Default: 1."},
    },
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {}


class Options(TypedDict, total=False):
    terms: TermList
    lexicon: TermList
    unless: TermList
    unless_lexicon: TermList
    case_sensitive: bool
    minimum: int


class _Compiled(NamedTuple):
    rule: Rule
    terms: Ranges[Block]
    unless: Ranges[Block]
    case_sensitive: bool
    minimum: int


def compile(rules: Sequence[Rule], setup: Setup) -> KeywordChecker:  # noqa: A001  the contract's word
    """All terms of all rules, as one block of the lexicon."""
    faults: list[Fault] = []
    compiled = [_compile(rule, setup, faults) for rule in rules]
    if faults:
        raise PolicyError(faults)
    return KeywordChecker(compiled)


def _compile(rule: Rule, setup: Setup, faults: list[Fault]) -> _Compiled:
    options = cast("Options", rule.options)
    told = len(faults)
    terms = [
        *register_blocks(rule, options.get("terms"), setup.terms, faults),
        *register_blocks(rule, options.get("lexicon"), setup.terms, faults),
    ]
    if not terms and len(faults) == told:
        faults.append(fault(rule, "has no terms: give it `terms` or a `lexicon`"))
    unless = [
        *register_blocks(rule, options.get("unless"), setup.terms, faults),
        *register_blocks(rule, options.get("unless_lexicon"), setup.terms, faults),
    ]
    return _Compiled(
        rule,
        _ranges(terms),
        _ranges(unless),
        options.get("case_sensitive", False),
        options.get("minimum", 1),
    )


def _ranges(blocks: Iterable[Block]) -> Ranges[Block]:
    ranges = Ranges[Block]()
    for block in blocks:
        ranges.add(block, block)
    return ranges


class KeywordChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[_Compiled]) -> None:
        self._owner = Ranges[_Compiled]()
        for rule in rules:
            for block in (*rule.terms.values_in_order, *rule.unless.values_in_order):
                self._owner.add(block, rule)
        self._first, self._end = self._owner.bounds

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        found: dict[str, list[tuple[Text, Hit]]] = {}
        for text, hit in case.hits(self._first, self._end):
            found.setdefault(self._owner[hit.term].rule.id, []).append((text, hit))
        for hits in found.values():
            yield from _judge(self._owner[hits[0][1].term], hits, case)


def _judge(rule: _Compiled, hits: Sequence[tuple[Text, Hit]], case: Case) -> Iterator[Match]:
    found = [each for each in counted(hits, rule.terms, rule.unless, case) if _as_written(rule, *each)]
    if len({hit.term for _, hit in found}) >= rule.minimum:
        yield from (Match(rule.rule, text.index, hit.span) for text, hit in longest(found))


def _as_written(rule: _Compiled, text: Text, hit: Hit) -> bool:
    """Whether the letters are those of the term, where that matters; white space and what `*` stands for may differ."""
    if not rule.case_sensitive:
        return True
    found, at = text.text[hit.span.start : hit.span.end], 0
    block = rule.terms[hit.term]
    for word in block.written[hit.term - block.first].split():
        at = found.find(word.rstrip("*"), at)
        if at < 0:
            return False
        at += len(word.rstrip("*"))
    return True
