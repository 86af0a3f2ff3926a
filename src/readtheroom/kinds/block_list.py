"""Whom a post answers or quotes, held against the block list of its account.

A target is a mention that the text begins with, one after `RT`, and the account or host of an address in it. Without an
account, those count whom every account blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from readtheroom.findings import Match
from readtheroom.model import Json, Rule
from readtheroom.policy.register import Register
from readtheroom.protocols import Case, Setup, Text
from readtheroom.spans import Span

READS: Literal["text"] = "text"

OPTIONS: Mapping[str, Json] = {"type": "object", "properties": {}, "additionalProperties": False}
FACTS: Mapping[str, str] = {
    "target": "The entry of the block list.",
}

_HANDLE = r"[@＠](\w[\w.\-]*(?:@\w[\w.\-]*)?)"
_FIRST = re.compile(rf"\s*+[.:]?((?:{_HANDLE}[\s,:]*+)+)")
_SHARED = re.compile(rf"(?<!\w)(?:RT|MT|QT)\s++{_HANDLE}")
_ONE = re.compile(_HANDLE)
_HOST = re.compile(r"(?:https?://)?(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”]+", re.IGNORECASE)
_PART = re.compile(r"[/?#]")

_ACCOUNT_FIRST = ("x.com", "twitter.com", "instagram.com", "facebook.com")
"""Hosts whose paths begin with an account: x.com/NAME/status/1."""
_ACCOUNT_AFTER = ("profile", "in", "company", "user", "u", "users")
"""What stands before an account in the paths of others: bsky.app/profile/NAME."""


def compile(rules: Sequence[Rule], setup: Setup) -> BlockListChecker:  # noqa: A001  the contract's word
    """See `protocols.Kind`."""
    lists = {account.name: frozenset(map(_plain, account.block_list)) for account in setup.accounts}
    return BlockListChecker(rules, Register(setup.accounts), lists)


class BlockListChecker:
    """See `protocols.Checker`."""

    def __init__(self, rules: Sequence[Rule], register: Register, lists: Mapping[str, frozenset[str]]) -> None:
        self._rules, self._register, self._lists = rules, register, lists
        self._common = frozenset.intersection(*lists.values()) if lists else frozenset()

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        account = self._register.find(case.post.account, case.post.platforms) if case.post.account else None
        blocked = self._lists[account.name] if account else self._common
        for text in case.texts if blocked else ():
            for span, names in _targets(text):
                found = next((name for name in names if name in blocked), None)
                if found:
                    yield from (Match(rule, text.index, span, facts={"target": found}) for rule in self._rules)


def _targets(text: Text) -> Iterator[tuple[Span, Sequence[str]]]:
    """Each place in a text that answers or quotes somebody, with the entries that would block it."""
    written = text.text
    first = _FIRST.match(written) if "@" in written or "＠" in written else None
    mentions = list(_ONE.finditer(written, first.start(1), first.end(1))) if first else []
    mentions += [each for shared in _SHARED.finditer(written) if (each := _ONE.search(written, shared.start()))]
    for found in mentions:
        handle = found[1].rstrip(".-")
        yield Span(found.start(), found.start(1) + len(handle)), (f"@{handle.casefold()}",)
    for span in sorted(set(_addresses(text))) if "." in written else ():
        yield span, tuple(_of_address(written[span.start : span.end]))


def _addresses(text: Text) -> Iterator[Span]:
    """Those that platforms link, and those with a scheme whose ending no platform knows."""
    known = [entity.span for entity in text.entities if entity.kind == "url"]
    yield from known
    for found in _ADDRESS.finditer(text.text):
        span = Span(*found.span())
        if not any(span.overlaps(each) for each in known):
            yield span


def _of_address(url: str) -> Iterator[str]:
    """The hosts and the account that an address leads to."""
    found = _HOST.match(url)
    if not found:
        return
    host = found[1].casefold().removeprefix("www.").removeprefix("m.")
    labels = host.split(".")
    yield from (".".join(labels[at:]) for at in range(len(labels) - 1))
    parts = [part.casefold() for part in _PART.split(url[found.end() :]) if part]
    for at, part in enumerate(parts[:4]):
        if part.startswith("@"):
            yield part
            yield f"{part}@{host}"
        elif (at == 0 and host in _ACCOUNT_FIRST) or (at and parts[at - 1] in _ACCOUNT_AFTER):
            yield f"@{part}"


def _plain(entry: str) -> str:
    return entry.strip().replace("＠", "@").casefold().removeprefix("www.")
