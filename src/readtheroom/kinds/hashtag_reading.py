"""What else a hashtag can be read as: a profane or sensitive word that shows when its words are cut elsewhere.

Capitals settle how a tag is read (`#SusanAlbumParty`), and a word that is one word is not cut (`#therapist`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypedDict, cast

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Evidence, Match
from readtheroom.kinds._terms import TERMS, TermList, by_language, fault
from readtheroom.model import Entity, Json, Rule
from readtheroom.protocols import Case, Setup
from readtheroom.text.hashtags import cased, readings
from readtheroom.text.normalise import fold
from readtheroom.text.wordlist import LANGUAGES, costs

READS: Literal["text"] = "text"

FAR_FETCHED = 900
"""Default of `slack`."""

COMMON = 350
"""Cost of a word (see `text.wordlist`) that is one in three thousand."""

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "terms": {**TERMS, "description": "Words that no reading of a tag may hold: single words, or `prefix*`."},
        "unless": {
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "description": "Tags that are known to be harmless, without the sign.",
        },
        "slack": {
            "type": "integer",
            "minimum": 0,
            "maximum": FAR_FETCHED,
            "description": "How unlikely a reading may be and still count: minus 100 times the decimal logarithm of "
            f"its likelihood against the best one's. Default: {FAR_FETCHED}.",
        },
    },
    "required": ["terms"],
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "reading": "How the tag can be read.",
    "word": "The word in it that it should not be read as.",
}


class Options(TypedDict, total=False):
    terms: TermList
    unless: list[str]
    slack: int


HEAD = 3
"""Letters of a term that are looked up first."""


class _Compiled(NamedTuple):
    """A rule; its terms are folded, each with the languages that it belongs to (None: any)."""

    rule: Rule
    whole: Mapping[str, frozenset[str | None]]
    prefixes: Mapping[str, frozenset[str | None]]
    by_head: Mapping[str, Sequence[str]]
    unless: frozenset[str]
    slack: int
    folder: str | None

    def may_hold(self, tag: str) -> bool:
        """Whether a folded tag has a term in it somewhere: only then is it worth cutting."""
        heads = {"", *(tag[at : at + HEAD] for at in range(len(tag)))}
        found = (term for head in heads for term in self.by_head.get(head, ()))
        return tag not in self.unless and any(term in tag for term in found)

    def is_term(self, word: str, lang: str | None) -> bool:
        """Whether a folded word is a term of a language (None: cannot tell)."""
        found = [self.whole[word]] if word in self.whole else []
        if _is_word(word, lang, self.folder):
            found += [langs for prefix, langs in self.prefixes.items() if word.startswith(prefix)]
        return any(lang is None or None in langs or lang in langs for langs in found)


def compile(rules: Sequence[Rule], setup: Setup) -> HashtagReadingChecker:  # noqa: A001  the contract's word
    """Raises `PolicyError` for terms that are no single word."""
    faults: list[Fault] = []
    compiled = [_compile(rule, setup.folder, faults) for rule in rules]
    if faults:
        raise PolicyError(faults)
    return HashtagReadingChecker(compiled)


def _compile(rule: Rule, folder: str | None, faults: list[Fault]) -> _Compiled:
    options = cast("Options", rule.options)
    tables: dict[bool, dict[str, frozenset[str | None]]] = {False: {}, True: {}}
    for lang, term in by_language(options["terms"]):
        word = fold(term.removesuffix("*"))
        if not word.isalnum():
            faults.append(fault(rule, f"term {term!r} is no single word: parts of a tag are"))
        table = tables[term.endswith("*")]
        table[word] = table.get(word, frozenset()) | {lang}
    unless = frozenset(map(fold, options.get("unless", [])))
    by_head: dict[str, list[str]] = {}
    for word in (*tables[False], *tables[True]):
        by_head.setdefault(word[:HEAD] if len(word) >= HEAD else "", []).append(word)
    return _Compiled(rule, tables[False], tables[True], by_head, unless, options.get("slack", FAR_FETCHED), folder)


class HashtagReadingChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[_Compiled]) -> None:
        self._rules = rules

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        for text in case.texts:
            if "#" in text.text or "＃" in text.text:
                for entity in text.entities:
                    if entity.kind == "hashtag":
                        yield from self._judge(text.index, entity, case)

    def _judge(self, field: int, tag: Entity, case: Case) -> Iterator[Match]:
        folded = fold(tag.value)
        for rule in self._rules:
            if rule.may_hold(folded):
                yield from _match(rule, field, tag, case.language)


def _match(rule: _Compiled, field: int, tag: Entity, lang: str | None) -> Iterator[Match]:
    """The likeliest reading that holds a term, is made of words, and is not the one that anybody sees."""
    ways = readings(tag.value, folder=rule.folder)
    shown = cased(tag.value)
    for way in ways:
        parts = [tag.value[part.start : part.end] for part in way.parts]
        word = next((part for part in parts if rule.is_term(fold(part), lang)), None)
        if not word or way.cuts or way.parts == shown or way.cost > ways[0].cost + rule.slack:
            continue
        if all(_is_word(fold(part), lang, rule.folder) for part in parts if part is not word):
            reading = " ".join(parts)
            facts = {"reading": reading, "word": word}
            yield Match(rule.rule, field, tag.span, facts=facts, evidence=(Evidence(f"it can be read “{reading}”"),))
            return


def _is_word(part: str, lang: str | None, folder: str | None) -> bool:
    """Whether a part is a word of any language; one or two letters must be a common word of the draft's."""
    if part.isdecimal():
        return True
    if len(part) > 2:
        return any(part in costs(each, folder) for each in LANGUAGES)
    langs = [lang] if lang in LANGUAGES else LANGUAGES
    return any(costs(each, folder).get(part, COMMON + 1) <= COMMON for each in langs)
