"""How a post sounds: cues of known weight, words and other signs, whose sum must reach a threshold.

A cue counts once, or for as many different terms as its `most` says. Cues of negative weight argue against. A term
that stands inside a longer one of the same rule does not count: the longer phrase says what the word means. Signals
add to words: where no term of a positive cue is found they are not looked for, unless the rule has no terms at all.

All fields of a post are read together, and a rule puts its label once, at the heaviest cue; the evidence lists every
cue that counted. A term of a language counts in posts of that language only, in hashtags too: `#FicaComigo` is rude in
Italian alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, NotRequired, TypeAlias, TypedDict, cast

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Evidence, Match
from readtheroom.kinds._signals import SIGNALS, Signal, described
from readtheroom.kinds._terms import TERMS, Block, Ranges, TermList, fault, longest, register_blocks
from readtheroom.model import Json, Rule
from readtheroom.protocols import Case, Hit, Setup, Text
from readtheroom.spans import Span

READS: Literal["text"] = "text"

_LEXICON: dict[str, Json] = {"type": "string", "format": "lexicon"}
_CUE: dict[str, Json] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "description": "What the evidence calls it."},
        "weight": {
            "type": "number",
            "minimum": -10,
            "maximum": 10,
            "description": "What it adds to the sum; negative: it argues against.",
        },
        "most": {
            "type": "integer",
            "minimum": 1,
            "description": "How many of its terms may count, each once. Default: 1.",
        },
        "terms": TERMS,
        "lexicon": {
            "description": "A file with a term per line, or a file per language code.",
            "anyOf": [_LEXICON, {"type": "object", "additionalProperties": _LEXICON}],
        },
        "unless": {**TERMS, "description": "Phrases in which the cue's terms do not count."},
        "signal": {
            "enum": list(SIGNALS),
            "description": f"A sign that is no word, instead of terms. {'; '.join(described())}.",
        },
    },
    "required": ["name", "weight"],
    "additionalProperties": False,
}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "threshold": {"type": "number", "exclusiveMinimum": 0, "description": "The least sum. Default: 1."},
        "cues": {"type": "array", "minItems": 1, "items": _CUE, "description": "What speaks for the tone or against."},
    },
    "required": ["cues"],
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "score": "What the cues weigh together.",
    "cues": "The cues, the heaviest first.",
}


class CueOptions(TypedDict):
    name: str
    weight: float
    most: NotRequired[int]
    terms: NotRequired[TermList]
    lexicon: NotRequired[TermList]
    unless: NotRequired[TermList]
    signal: NotRequired[str]


class Options(TypedDict):
    cues: list[CueOptions]
    threshold: NotRequired[float]


class _Cue(NamedTuple):
    name: str
    weight: float
    most: int
    signal: Signal | None


class _Compiled(NamedTuple):
    """`signals` are cues, heaviest first; `promise` is what all of them could add. `worded`: some cue has terms."""

    rule: Rule
    threshold: float
    cues: tuple[_Cue, ...]
    signals: tuple[int, ...]
    promise: float
    worded: bool


class _Meaning(NamedTuple):
    """What a term stands for: a cue of a rule, or (`harmless`) that the cue does not count here."""

    rule: int
    cue: int
    weight: float
    lang: str | None
    harmless: bool


Places: TypeAlias = "list[tuple[Text, Span]]"


def compile(rules: Sequence[Rule], setup: Setup) -> ToneChecker:  # noqa: A001  the contract's word
    """All terms of all cues of all rules, as one block of the lexicon."""
    faults: list[Fault] = []
    meanings = Ranges[_Meaning]()
    for number, rule in enumerate(rules):
        for at, cue in enumerate(cast("Options", rule.options)["cues"]):
            for block, harmless in _blocks(rule, cue, setup, faults):
                meanings.add(block, _Meaning(number, at, max(cue["weight"], 0.0), block.lang, harmless))
    if faults:
        raise PolicyError(faults)
    return ToneChecker([_compile(rule) for rule in rules], meanings)


def _blocks(rule: Rule, cue: CueOptions, setup: Setup, faults: list[Fault]) -> Iterator[tuple[Block, bool]]:
    told = len(faults)
    terms = [
        *register_blocks(rule, cue.get("terms"), setup.terms, faults),
        *register_blocks(rule, cue.get("lexicon"), setup.terms, faults),
    ]
    if bool(terms) == ("signal" in cue) and len(faults) == told:
        does = "has both terms and a signal: make two cues of it" if terms else "has no terms and no signal"
        faults.append(fault(rule, f"cue {cue['name']!r} {does}"))
    yield from ((block, False) for block in terms)
    yield from ((block, True) for block in register_blocks(rule, cue.get("unless"), setup.terms, faults))


def _compile(rule: Rule) -> _Compiled:
    options = cast("Options", rule.options)
    cues = tuple(
        _Cue(cue["name"], cue["weight"], cue.get("most", 1), SIGNALS[cue["signal"]] if "signal" in cue else None)
        for cue in options["cues"]
    )
    signals = sorted((at for at, cue in enumerate(cues) if cue.signal), key=lambda at: -cues[at].weight)
    worded = len(signals) < len(cues)
    return _Compiled(rule, options.get("threshold", 1.0), cues, tuple(signals), _promise(cues, signals), worded)


def _promise(cues: Sequence[_Cue], some: Iterable[int]) -> float:
    return sum(max(cues[at].weight, 0.0) * cues[at].most for at in some)


class ToneChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[_Compiled], meanings: Ranges[_Meaning]) -> None:
        self._rules = rules
        self._meanings = meanings
        self._first, self._end = meanings.bounds
        self._wordless = [number for number, rule in enumerate(rules) if not rule.worded]

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        hits: dict[int, list[tuple[Text, Hit]]] = {number: [] for number in self._wordless}
        for pair in case.hits(self._first, self._end):
            hits.setdefault(self._meanings[pair[1].term].rule, []).append(pair)
        for number in sorted(hits):
            rule, some = self._rules[number], hits[number]
            match = self._judge(rule, some, case) if self._promising(rule, some) else None
            if match:
                yield match

    def _promising(self, rule: _Compiled, hits: Sequence[tuple[Text, Hit]]) -> bool:
        """Whether the rule could match, were every hit to count and every signal to show."""
        heard = sum(self._meanings[hit.term].weight for _, hit in hits)
        return (heard > 0 or not rule.worded) and _reaches(heard + rule.promise, rule)

    def _judge(self, rule: _Compiled, hits: Sequence[tuple[Text, Hit]], case: Case) -> Match | None:
        shown = self._shown(rule, hits, case)
        open_signals = rule.promise
        for at in rule.signals:
            # most rules end here: the signals that are left cannot make up for what is missing
            if not _reaches(_sum(rule, shown) + open_signals, rule):
                return None
            open_signals -= _promise(rule.cues, [at])
            places = _signalled(rule.cues[at], case)
            if places:
                shown[at] = places
        return _match(rule, shown) if _reaches(_sum(rule, shown), rule) else None

    def _shown(self, rule: _Compiled, hits: Sequence[tuple[Text, Hit]], case: Case) -> dict[int, Places]:
        """Where the cues with terms show, by cue, each as often as it may count."""
        harmless = [(text, hit) for text, hit in hits if self._meanings[hit.term].harmless]
        counted = [pair for pair in hits if self._counts(pair, harmless, case)]
        shown: dict[int, Places] = {}
        for text, hit in _each_once(longest(counted)):
            at = self._meanings[hit.term].cue
            places = shown.setdefault(at, [])
            if len(places) < rule.cues[at].most:
                places.append((text, hit.span))
        return shown

    def _counts(self, pair: tuple[Text, Hit], harmless: Sequence[tuple[Text, Hit]], case: Case) -> bool:
        text, hit = pair
        meaning = self._meanings[hit.term]
        if meaning.harmless or not _is_spoken(meaning.lang, case):
            return False
        return not any(
            elsewhere is text and other.span.overlaps(hit.span) and self._excepts(other.term, meaning, case)
            for elsewhere, other in harmless
        )

    def _excepts(self, term: int, meaning: _Meaning, case: Case) -> bool:
        """Whether a phrase voids a term of its cue: one of another language only a term of all languages."""
        other = self._meanings[term]
        return other.cue == meaning.cue and (meaning.lang is None or _is_spoken(other.lang, case))


def _is_spoken(lang: str | None, case: Case) -> bool:
    return lang is None or case.language in {None, lang}


def _each_once(hits: Iterable[tuple[Text, Hit]]) -> Iterable[tuple[Text, Hit]]:
    """A word said twice is no stronger than said once."""
    first: dict[int, tuple[Text, Hit]] = {}
    for text, hit in hits:
        first.setdefault(hit.term, (text, hit))
    return first.values()


def _reaches(score: float, rule: _Compiled) -> bool:
    return round(score, 6) >= rule.threshold


def _sum(rule: _Compiled, shown: Mapping[int, Places]) -> float:
    return sum(rule.cues[at].weight * len(places) for at, places in shown.items())


def _signalled(cue: _Cue, case: Case) -> Places:
    if cue.signal is None:
        return []
    return [(text, span) for text in case.texts for span in cue.signal(text)][: cue.most]


def _match(rule: _Compiled, shown: Mapping[int, Places]) -> Match:
    by_weight = sorted(shown, key=lambda at: (-rule.cues[at].weight, shown[at][0][0].index, shown[at][0][1]))
    text, span = shown[by_weight[0]][0]
    score = round(_sum(rule, shown), 2)
    evidence = [Evidence(_told(rule.cues[at], shown[at])) for at in by_weight]
    return Match(
        rule.rule,
        text.index,
        span,
        facts={"score": str(score), "cues": ", ".join(rule.cues[at].name for at in by_weight)},
        evidence=(*evidence, Evidence(f"sum {score}, needs {float(rule.threshold)}")),
    )


def _told(cue: _Cue, places: Places) -> str:
    """`offer words +0.6: “free shipping”`."""
    quoted = ", ".join(f"“{text.text[span.start : span.end]}”" for text, span in places)
    return f"{cue.name} {round(cue.weight * len(places), 2):+g}: {quoted}"
