"""What a template, a brief or a slip leaves in a post: unfilled fields, notes to self, keyboard mash, double pastes.

A rule names its `checks`; its `terms` are looked for besides. Matches inside URLs do not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypedDict, cast

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Match
from readtheroom.kinds._merge_fields import MAY_HOLD, MERGE_FIELD, in_brackets
from readtheroom.kinds._terms import TERMS, Term, TermList, by_language, counted, fault, longest, register
from readtheroom.model import Json, Rule
from readtheroom.protocols import Case, Hit, Setup, Text
from readtheroom.spans import Span
from readtheroom.text.cover import Cover
from readtheroom.text.later import Later
from readtheroom.text.mash import mashes
from readtheroom.text.tokens import words

READS: Literal["text"] = "text"

SHORTEST_REPEATED = 5
"""Words of a sentence that nobody writes twice; shorter ones are refrains and slogans."""

Check = Literal[
    "merge-fields", "bracketed", "blanks", "asterisks", "mash", "mash-only", "url-only", "account-only", "repeated"
]

_FIELDS: frozenset[Check] = frozenset({"merge-fields", "bracketed"})

_CHECKS: Mapping[Check, str] = {
    "merge-fields": "fields in the syntax of common tools: {{first_name}}, {first_name}, *|FNAME|*, %%name%%, ${name}",
    "bracketed": "one of `names` in brackets: [First name], <NAME>, [[name]], (insert link)",
    "blanks": "figures left blank: XX %, $XX, XX:XX",
    "asterisks": "runs of asterisks or underscores in place of words",
    "mash": "keyboard mash beside other words",
    "mash-only": "a text that is keyboard mash and nothing else",
    "url-only": "a text that is nothing but links",
    "account-only": "a text that is nothing but the name or handle of an account",
    "repeated": "a sentence that stands there twice",
}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "checks": {
            "type": "array",
            "items": {"enum": list(_CHECKS)},
            "description": "What to look for. " + "; ".join(f"{name}: {text}" for name, text in _CHECKS.items()) + ".",
        },
        "terms": TERMS,
        "unless": {**TERMS, "description": "Phrases in which a term does not count."},
        "names": {**TERMS, "description": "What `bracketed` looks for; `word*` stands for all that begins so."},
    },
    "minProperties": 1,
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {}


class Options(TypedDict, total=False):
    checks: list[Check]
    terms: TermList
    unless: TermList
    names: TermList


class _Compiled(NamedTuple):
    rule: Rule
    checks: tuple[Check, ...]
    terms: Mapping[int, Term]
    unless: Mapping[int, Term]
    names: Later | None
    accounts: frozenset[str]


def compile(rules: Sequence[Rule], setup: Setup) -> TemplateChecker:  # noqa: A001  the contract's word
    """Raises `PolicyError` for terms that cannot match, and for rules that would look for nothing."""
    faults: list[Fault] = []
    accounts = frozenset(_bare(name) for each in setup.accounts for name in (each.name, *each.handles.values()))
    compiled = [_compile(rule, setup, accounts, faults) for rule in rules]
    if faults:
        raise PolicyError(faults)
    return TemplateChecker(compiled)


def _compile(rule: Rule, setup: Setup, accounts: frozenset[str], faults: list[Fault]) -> _Compiled:
    options = cast("Options", rule.options)
    checks = tuple(options.get("checks", ()))
    terms = register(rule, options.get("terms"), setup.terms, faults)
    unless = register(rule, options.get("unless"), setup.terms, faults)
    names = [name for _, name in by_language(options.get("names") or [])]
    if not checks and not terms:
        faults.append(fault(rule, "looks for nothing: give it `checks` or `terms`"))
    if "bracketed" in checks and not names:
        faults.append(fault(rule, "needs `names` for its check `bracketed`"))
    return _Compiled(
        rule,
        checks,
        {term.number: term for term in terms},
        {term.number: term for term in unless},
        in_brackets(names) if names else None,
        accounts,
    )


class TemplateChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[_Compiled]) -> None:
        self._rules = rules
        self._checked = [rule for rule in rules if rule.checks]
        numbers = [number for rule in rules for number in (*rule.terms, *rule.unless)]
        self._first, self._end = min(numbers, default=0), max(numbers, default=-1) + 1

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        hits = case.hits(self._first, self._end)
        fields: dict[int, list[Span]] = {}
        for rule in self._checked:
            for text in case.texts:
                spans = _found(rule, text, case)
                yield from (Match(rule.rule, text.index, span) for span in spans)
                if hits and not _FIELDS.isdisjoint(rule.checks):
                    fields.setdefault(text.index, []).extend(spans)
        if hits:
            yield from self._terms(hits, {index: Cover(spans) for index, spans in fields.items()}, case)

    def _terms(self, hits: Sequence[tuple[Text, Hit]], fields: Mapping[int, Cover], case: Case) -> Iterable[Match]:
        """The terms that stand there; not inside a field that was never filled in, which is told of already."""
        for rule in self._rules:
            for text, hit in longest(list(counted(hits, rule.terms, rule.unless, case))):
                if text.index not in fields or not fields[text.index].covers(hit.span):
                    yield Match(rule.rule, text.index, hit.span)


def _found(rule: _Compiled, text: Text, case: Case) -> list[Span]:
    """What the checks of a rule find in a text; each place once, and nothing inside a URL."""
    kept: list[Span] = []
    spans = [span for check in rule.checks for span in _SEARCHES[check](rule, text, case)]
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if not (kept and kept[-1].covers(span)):
            kept.append(span)
    return kept


# --- merge fields ---


def _merge_fields(rule: _Compiled, text: Text, case: Case) -> Iterator[Span]:
    if MAY_HOLD.search(text.text):
        yield from _outside_urls(text, MERGE_FIELD)


_BRACKETS = frozenset("[(<{")


def _bracketed(rule: _Compiled, text: Text, case: Case) -> Iterator[Span]:
    if rule.names and not _BRACKETS.isdisjoint(text.text):
        yield from _outside_urls(text, rule.names)


# --- blanks ---


_FIGURE = r"X{2,5}(?:[.,]XX)?"
_MONEY = rf"[$€£]\s?{_FIGURE}|{_FIGURE}\s?(?:[€£]|%)"
_BLANK = Later(rf"(?<![\w.])(?:{_MONEY}|XX[:/.]XX(?:[/.](?:XX){{1,2}})?)(?!\w)", re.IGNORECASE)
_RUN = Later(r"(?<![^\s(\"“«])\*{4,}(?![^\s)\"”»,.;:!?])|(?<=\w )_{4,}(?= \w)")


def _blanks(rule: _Compiled, text: Text, case: Case) -> Iterator[Span]:
    if "XX" in text.text.upper():
        yield from _outside_urls(text, _BLANK)


def _asterisks(rule: _Compiled, text: Text, case: Case) -> Iterator[Span]:
    if "****" in text.text or "____" in text.text:
        yield from _outside_urls(text, _RUN)


def _outside_urls(text: Text, pattern: Later) -> Iterator[Span]:
    found = [Span(*each.span()) for each in pattern.finditer(text.text)]
    if found:
        urls = Cover(entity.span for entity in text.entities if entity.kind == "url")
        yield from (span for span in found if not urls.covers(span))


# --- the text as a whole ---


def _mash(rule: _Compiled, text: Text, case: Case) -> Iterator[Span]:
    found = list(_mashed(text))
    if found and not _is_all(found, text):
        yield from found


def _mash_only(rule: _Compiled, text: Text, case: Case) -> Iterator[Span]:
    found = list(_mashed(text))
    if found and _is_all(found, text):
        yield Span(found[0].start, found[-1].end)


def _mashed(text: Text) -> Iterator[Span]:
    found = mashes(text.text)
    if found:
        entities = Cover(entity.span for entity in text.entities)
        yield from (span for span in found if not entities.overlaps(span))


def _is_all(found: Sequence[Span], text: Text) -> bool:
    return not "".join(_between(text.text, found)).strip()


def _url_only(rule: _Compiled, text: Text, case: Case) -> Iterator[Span]:
    if not _is_body(text) or not all("." in chunk for chunk in text.text.split()):
        return
    urls = [entity.span for entity in text.entities if entity.kind == "url"]
    if urls and not "".join(_between(text.text, urls)).strip():
        yield Span(urls[0].start, urls[-1].end)


def _between(text: str, spans: Sequence[Span]) -> Iterator[str]:
    at = 0
    for span in spans:
        yield text[at : span.start]
        at = span.end
    yield text[at:]


def _account_only(rule: _Compiled, text: Text, case: Case) -> Iterator[Span]:
    own = _bare(case.post.account or "")
    if not own and not rule.accounts:
        return
    bare = _bare(text.text) if _is_body(text) and len(text.text) < 100 else ""
    if bare and (bare == own or bare in rule.accounts):
        yield Span(0, len(text.text))


def _bare(name: str) -> str:
    return "".join(words(name)) if len(name) < 100 else ""


def _is_body(text: Text) -> bool:
    name = text.field.name
    return name == "text" or (name.startswith("thread[") and "." not in name)


_SENTENCE = Later(r"\w[^.!?…\n]*")


def _repeated(rule: _Compiled, text: Text, case: Case) -> Iterator[Span]:
    """Each sentence that stood there before, as far as its last word."""
    seen: set[str] = set()
    for found in _SENTENCE.finditer(text.text):
        written = found[0].rstrip()
        said = written.casefold()
        if said in seen and len(set(words(written))) >= SHORTEST_REPEATED:
            yield Span(found.start(), found.start() + len(written))
        seen.add(said)


_SEARCHES: Mapping[Check, Callable[[_Compiled, Text, Case], Iterator[Span]]] = {
    "merge-fields": _merge_fields,
    "bracketed": _bracketed,
    "blanks": _blanks,
    "asterisks": _asterisks,
    "mash": _mash,
    "mash-only": _mash_only,
    "url-only": _url_only,
    "account-only": _account_only,
    "repeated": _repeated,
}
