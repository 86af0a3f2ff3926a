"""Who may publish what: drafts held against the accounts that policy knows.

Without an accounts file all these rules are silent, and so they are for what a draft does not say: one that names no
author is not judged by authors. Only approval must be there. A draft whose account is none of them is not judged at
all: see `policy.register`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NotRequired, TypedDict, cast

from readtheroom.findings import Match, Skip
from readtheroom.kinds._labels import any_is, is_a
from readtheroom.model import Account, Approvals, Json, Rule
from readtheroom.policy.register import Register
from readtheroom.protocols import Case, Setup
from readtheroom.spans import Span
from readtheroom.text.normalise import fold

READS: Literal["labels"] = "labels"

Check = Literal[
    "look-alike", "author", "platform", "language", "barred-topic", "barred-tone", "barred-label", "approver"
]

_CHECKS: Mapping[Check, str] = {
    "look-alike": "a mention looks like an approved handle and is another",
    "author": "the author may not write for the account",
    "platform": "the account is not on a platform of the draft",
    "language": "the draft is not in a language of the account",
    "barred-topic": "the draft has a label `topic.…` that the account bars, or that is not among those it allows",
    "barred-tone": "the draft has a label `tone.…` that the account bars",
    "barred-label": "the draft of a known account has one of the rule's `labels`",
    "approver": "fewer than need be of those who may approve for the account have approved",
}

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "check": {
            "enum": list(_CHECKS),
            "description": "What to look for. " + "; ".join(f"{name}: {text}" for name, text in _CHECKS.items()) + ".",
        },
        "labels": {
            "type": "array",
            "items": {"type": "string", "minLength": 1, "format": "label"},
            "description": "For `barred-label`: what no known account should sound like.",
        },
        "voice": {
            "enum": ["brand", "personal"],
            "description": "For `barred-label`: only accounts of that voice. Default: all.",
        },
        "least": {
            "type": "integer",
            "minimum": 1,
            "maximum": 10,
            "description": "For `approver`: how many of the account's approvers must approve, unless it needs more "
            "itself. Default: 1.",
        },
    },
    "required": ["check"],
    "additionalProperties": False,
}
FACTS: Mapping[str, str] = {
    "account": "The account's name.",
    "value": "What the draft says: an author, a platform, a language, who approved.",
    "authors": "`check: author`: those whom the account knows.",
    "platforms": "`check: platform`: those that the account is on.",
    "languages": "`check: language`: those of the account.",
    "approvers": "`check: approver`: those whom the account knows.",
    "topic": "`check: barred-topic`: the topic.",
    "tone": "`check: barred-tone`: the tone.",
    "handle": "`check: look-alike`: the handle that was probably meant.",
}


class Options(TypedDict):
    check: Check
    labels: NotRequired[list[str]]
    voice: NotRequired[Literal["brand", "personal"]]
    least: NotRequired[int]


def compile(rules: Sequence[Rule], setup: Setup) -> AccountChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    return AccountChecker([(cast("Options", rule.options)["check"], rule) for rule in rules], Register(setup.accounts))


class AccountChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[tuple[Check, Rule]], register: Register) -> None:
        self._register = register
        self._mentions = [rule for check, rule in rules if check == "look-alike"]
        self._rest = [(_CHECKERS[check], rule) for check, rule in rules if check in _CHECKERS]

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        if not self._register:
            return
        for rule in self._mentions:
            yield from _look_alikes(rule, self._register, case)
        account = self._register.find(case.post.account, case.post.platforms) if case.post.account else None
        if account:
            for judge, rule in self._rest:
                yield from judge(rule, account, case)


_MENTION = re.compile(r"(?<![\w.+\-@＠/])[@＠](\w[\w.\-]*(?:@\w[\w.\-]*)?)")
"""Any script: a handle in look-alike letters is no mention by a platform's rules, and all the more suspect."""


def _look_alikes(rule: Rule, register: Register, case: Case) -> Iterator[Match]:
    for text in case.texts:
        if "@" in text.text or "＠" in text.text:
            for found in _MENTION.finditer(text.text):
                handle = found[1].rstrip(".-")
                twin = register.twin(handle)
                if twin:
                    yield Match(
                        rule, text.index, Span(found.start(), found.start(1) + len(handle)), facts={"handle": twin}
                    )


def _author(rule: Rule, account: Account, case: Case) -> Iterator[Match]:
    author = case.post.author
    if account.authors and not author:
        case.skipped.append(Skip(rule.id, "the draft does not say who wrote it"))
    elif author and account.authors and not _is_among(author, account.authors):
        yield _about(rule, "author", account, author, authors=", ".join(account.authors))


def _platform(rule: Rule, account: Account, case: Case) -> Iterator[Match]:
    for platform in case.post.platforms:
        if account.handles and platform not in account.handles:
            yield _about(rule, "platforms", account, platform, platforms=", ".join(account.handles))


def _language(rule: Rule, account: Account, case: Case) -> Iterator[Match]:
    if not account.languages or case.language is None:
        return
    if case.language not in {lang.replace("_", "-").split("-")[0].lower() for lang in account.languages}:
        yield _about(rule, "lang", account, case.language, languages=", ".join(account.languages))


def _barred_topic(rule: Rule, account: Account, case: Case) -> Iterator[Match]:
    """The first words of each topic in each field: the topic is what is wrong, not its words."""
    barred = _topics(account.barred_topics)
    allowed = _topics(account.allowed_topics)
    told: set[tuple[str, int | str]] = set()
    for match in sorted(case.labels, key=lambda each: each.span):
        topic = match.says
        if not topic or not is_a(topic, "topic") or (topic, match.field) in told:
            continue
        if any_is([topic], barred) or (allowed and not any_is([topic], allowed)):
            told.add((topic, match.field))
            name = topic.removeprefix("topic.")
            yield match._replace(
                rule=rule,
                label=None,
                severity=None,
                facts={"topic": name, "account": account.name},
                labels=(topic,),
                confidence=None,
                message=None,
            )


def _barred_label(rule: Rule, account: Account, case: Case) -> Iterator[Match]:
    options = cast("Options", rule.options)
    barred = options.get("labels", [])
    for match in case.labels if options.get("voice", account.voice) == account.voice else ():
        if match.says and any_is([match.says], barred):
            facts = {"account": account.name}
            yield Match(rule, match.field, match.span, facts=facts, evidence=match.evidence, labels=(match.says,))


def _barred_tone(rule: Rule, account: Account, case: Case) -> Iterator[Match]:
    barred = tuple(name if is_a(name, "tone") else f"tone.{name}" for name in account.barred_tones)
    told: set[tuple[str, int | str]] = set()
    for match in sorted(case.labels, key=lambda each: each.span) if barred else ():
        tone = match.says or ""
        if any_is([tone], barred) and (tone, match.field) not in told:
            told.add((tone, match.field))
            facts = {"account": account.name, "tone": tone.removeprefix("tone.")}
            yield Match(rule, match.field, match.span, facts=facts, labels=(tone,))


def _topics(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name if is_a(name, "topic") else f"topic.{name}" for name in names)


def _approver(rule: Rule, account: Account, case: Case) -> Iterator[Match]:
    needed, approvals = max(account.approvals_needed, cast("Options", rule.options).get("least", 1)), case.approvals
    if not account.approvers or len(_approvers(account, approvals)) >= needed:
        return
    if approvals.gap:
        case.skipped.append(Skip(rule.id, f"approvals: {approvals.gap}", required=True))
        return
    by = ", ".join(names[0] for names in approvals.by) or "nobody"
    by += f" ({', '.join(approvals.named)}: a name alone does not say what was approved)" if approvals.named else ""
    several = f"{needed} of " if needed > 1 else ""
    yield _about(rule, "approved_by", account, by, approvers=several + ", ".join(account.approvers))


def _approvers(account: Account, approvals: Approvals) -> set[str]:
    """Those of the account's approvers who have approved."""
    return {one for one in account.approvers if any(_is_among(one, names) for names in approvals.by)}


def _is_among(name: str, names: Iterable[str]) -> bool:
    return fold(name.strip().lstrip("@＠")) in {fold(each.strip().lstrip("@＠")) for each in names}


def _about(rule: Rule, key: str, account: Account, value: str, **facts: str) -> Match:
    return Match(rule, key, facts={"value": value, "account": account.name, **facts})


_CHECKERS: Mapping[Check, Callable[[Rule, Account, Case], Iterator[Match]]] = {
    "author": _author,
    "platform": _platform,
    "language": _language,
    "barred-topic": _barred_topic,
    "barred-tone": _barred_tone,
    "barred-label": _barred_label,
    "approver": _approver,
}
