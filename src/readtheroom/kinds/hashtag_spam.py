"""Hashtag spam: a tag that trends, on a draft that has nothing to do with it.

A trending tag of a draft that sells is spam where neither its own words nor those of the headlines that explain it
have anything in common with the rest of the draft. So are many trending tags at once, whatever the draft says.
Grave trends are left to the trend gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypedDict, cast

from readtheroom.findings import Evidence, Match
from readtheroom.kinds._labels import any_is
from readtheroom.model import Json, Rule, Sighting
from readtheroom.protocols import Case, Setup, Text
from readtheroom.text.hashtags import split
from readtheroom.text.tokens import words
from readtheroom.text.wordlist import LANGUAGES, costs

READS: Literal["labels"] = "labels"

MANY = 3
"""Default of `many`."""

SHORTEST = 4
"""Letters of a word that can say what a text is about."""

STEM = 5
"""Letters that two forms of a word share."""

COMMON = 350
"""Words with less `wordlist` cost (over one in three thousand) are about nothing."""

_LABELS: dict[str, Json] = {"type": "array", "items": {"type": "string", "format": "label"}}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "when": {**_LABELS, "description": "Labels of drafts that are looked at. Default: tone.promotional."},
        "grave": {**_LABELS, "description": "Labels of trends that are left to other rules. Default: crisis."},
        "many": {
            "type": "integer",
            "minimum": 2,
            "description": f"So many trending tags are spam in any draft. Default: {MANY}.",
        },
    },
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "problem": "What is wrong with the tag.",
}


class Options(TypedDict, total=False):
    when: list[str]
    grave: list[str]
    many: int


class _Compiled(NamedTuple):
    rule: Rule
    when: tuple[str, ...]
    grave: tuple[str, ...]
    many: int
    folder: str | None


def compile(rules: Sequence[Rule], setup: Setup) -> HashtagSpamChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    return HashtagSpamChecker([_compile(rule, setup.folder) for rule in rules])


def _compile(rule: Rule, folder: str | None) -> _Compiled:
    options = cast("Options", rule.options)
    return _Compiled(
        rule,
        tuple(options.get("when", ["tone.promotional"])),
        tuple(options.get("grave", ["crisis"])),
        options.get("many", MANY),
        folder,
    )


class HashtagSpamChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[_Compiled]) -> None:
        self._rules = rules

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        if any(each.by == "tag" for each in case.sightings):
            for rule in self._rules:
                yield from _judge(rule, case)


def _judge(rule: _Compiled, case: Case) -> Iterator[Match]:
    tags: dict[str, Sighting] = {}
    for each in case.sightings:
        if each.by == "tag" and not any_is(each.trend.labels, rule.grave):
            tags.setdefault(each.trend.term, each)
    if len(tags) >= rule.many:
        yield _match(rule, list(tags.values())[rule.many - 1], "one of many tags that trend")
    elif any_is((match.says for match in case.labels if match.says), rule.when):
        own = _stems(_draft_words(case, rule.folder), rule.folder)
        for each in tags.values():
            if not own & _stems(_trend_words(each, rule.folder), rule.folder):
                yield _match(rule, each, "trends, and the post has nothing to do with it")


def _match(rule: _Compiled, sighting: Sighting, problem: str) -> Match:
    trend = sighting.trend
    evidence = (
        Evidence(each.title, each.url, each.source, each.published_at, each.seen_at) for each in trend.reasons[:1]
    )
    return Match(
        rule.rule,
        sighting.field,
        sighting.span,
        facts={"problem": problem},
        labels=trend.labels,
        evidence=tuple(evidence),
    )


def _draft_words(case: Case, folder: str | None) -> Iterator[str]:
    """The words of the draft without those of the trending tags; other tags are split."""
    for text in case.texts:
        taken = sorted(each.span for each in case.sightings if each.by == "tag" and each.field == text.index)
        start = 0
        for span in taken:
            yield from words(text.text[start : span.start])
            start = span.end
        yield from words(text.text[start:])
        yield from _other_tags(text, taken, folder)


def _other_tags(text: Text, taken: Sequence[tuple[int, int]], folder: str | None) -> Iterator[str]:
    for entity in text.entities:
        if entity.kind == "hashtag" and entity.span not in taken:
            yield from _parts(entity.value, folder)


def _trend_words(sighting: Sighting, folder: str | None) -> Iterator[str]:
    yield from _parts(sighting.trend.term.lstrip("#＃"), folder)
    for reason in sighting.trend.reasons:
        yield from words(reason.title)


def _parts(tag: str, folder: str | None) -> Iterator[str]:
    yield from words(tag)
    for part in split(tag, folder=folder):
        yield from words(tag[part.start : part.end])


def _stems(found: Iterable[str], folder: str | None) -> frozenset[str]:
    """The beginnings of the words that say what a text is about, so that `pancakes` and `pancake` are one."""
    long = (word for word in found if len(word) >= SHORTEST and word.isalpha())
    return frozenset(word[:STEM] for word in long if not _is_common(word, folder))


def _is_common(word: str, folder: str | None) -> bool:
    return any(costs(lang, folder).get(word, COMMON) < COMMON for lang in LANGUAGES)
