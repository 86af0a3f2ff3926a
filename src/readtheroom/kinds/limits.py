"""How much a platform takes: length as it counts it, and numbers of hashtags, mentions, links and poll options.

Figures are data of the rule. Each field is measured on its own: text and each part of a thread by `length`, and
titles, alt texts, first comments and poll options by limits of their own. Drafts that name no platform are measured
by `default_platforms` only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal, NamedTuple, TypeAlias, cast

from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Match
from readtheroom.kinds._limit_options import OPTIONS, Item, Limit, Options
from readtheroom.kinds._terms import fault
from readtheroom.model import Field, Rule, Severity
from readtheroom.policy.platforms import known_platform
from readtheroom.protocols import Case, Setup, Text
from readtheroom.spans import Span
from readtheroom.text.length import count
from readtheroom.text.mentions import mentions

__all__ = ["FACTS", "OPTIONS", "READS", "compile"]

READS: Literal["text"] = "text"

HEAVIEST = 6
"""No count of a text is more than so many times its code points: `a.co`, four of them, weighs 23 on X."""

_BODY: tuple[Item, ...] = ("length", "hashtags", "mentions", "links")
_ITEMS: Mapping[str, tuple[Item, ...]] = {
    "text": _BODY,
    "thread": _BODY,
    "title": ("title",),
    "alt": ("alt",),
    "first_comment": ("first_comment", "hashtags", "mentions", "links"),
    "poll": ("poll_option",),
}
"""What is measured in a field, by the last word of its name."""

_UNITS: Mapping[str, str] = {
    "code_points": "characters",
    "graphemes": "characters",
    "utf16": "characters",
    "utf8_bytes": "bytes",
    "hashtags": "hashtags",
    "mentions": "mentions",
    "links": "links",
    "poll_options": "poll options",
    "missing_alts": "pictures without alt text",
}

FACTS: Mapping[str, str] = {
    "platform": "The platform whose limit it is.",
    "count": "How many there are.",
    "most": "How many there may be.",
    "over": "How many are too many.",
    "unit": "What is counted.",
}


class _Bound(NamedTuple):
    """One limit of one platform."""

    rule: Rule
    item: Item
    most: int
    method: str
    severity: Severity | None
    with_link: bool


_Table: TypeAlias = "dict[str, dict[Item, list[_Bound]]]"


class _Excess(NamedTuple):
    """What was counted, and the part that is too much."""

    counted: int
    span: Span
    unit: str


def compile(rules: Sequence[Rule], setup: Setup) -> LimitChecker:  # noqa: A001  the contract's word
    """Raises `PolicyError` for a platform that has another name here."""
    faults: list[Fault] = []
    tables = [_table(rule, cast("Options", rule.options), faults) for rule in rules]
    if faults:
        raise PolicyError(faults)
    return LimitChecker(tables)


def _table(rule: Rule, options: Options, faults: list[Fault]) -> tuple[_Table, tuple[str, ...]]:
    table: _Table = {}
    for limits in (options["limits"], options.get("own_limits", {})):
        for platform, items in limits.items():
            _check_name(rule, platform, faults)
            table.setdefault(platform, {}).update({item: _bounds(rule, item, some) for item, some in items.items()})
    return table, tuple(options.get("default_platforms", []))


def _check_name(rule: Rule, platform: str, faults: list[Fault]) -> None:
    known = known_platform(platform)
    if known and known != platform:
        faults.append(fault(rule, f"the platform {platform!r} is called {known!r} here"))


def _bounds(rule: Rule, item: Item, limits: Limit | list[Limit]) -> list[_Bound]:
    some = limits if isinstance(limits, list) else [limits]
    return [
        _Bound(
            rule, item, one["most"], one.get("count", "code_points"), one.get("severity"), one.get("with_link", False)
        )
        for one in some
    ]


class LimitChecker:
    """See `protocols.Checker`."""

    def __init__(self, tables: Sequence[tuple[_Table, tuple[str, ...]]]) -> None:
        self._tables = tables

    def check(self, case: Case) -> Iterable[Match]:
        """See `protocols.Checker`."""
        for table, defaults in self._tables:
            for platform in case.post.platforms or defaults:
                if platform in table:
                    yield from _check(platform, table[platform], case)


def _check(platform: str, bounds: Mapping[Item, list[_Bound]], case: Case) -> Iterator[Match]:
    for text in case.texts:
        link = _link(case, text) if text.field.name == "text" else ""
        for item in _ITEMS.get(_last_word(text.field.name), ()):
            found = ((bound, _measure(bound, text, platform, link)) for bound in bounds.get(item, ()))
            yield from islice((_match(b, text.index, platform, excess) for b, excess in found if excess), 1)
    for bound in bounds.get("poll_options", ()):
        yield from _polls(bound, platform, case)
    for bound in bounds.get("missing_alts", ()):
        yield from _missing_alts(bound, platform, case)


def _last_word(name: str) -> str:
    """`alt` of `thread[0].media[1].alt`."""
    return name.rpartition(".")[2].partition("[")[0]


def _link(case: Case, text: Text) -> str:
    """What a publishing tool adds to the text: the first link, unless the text has it already."""
    link = next((each.text for each in case.texts if each.field.name == "link"), "")
    return f" {link}" if link and link not in text.text else ""


def _measure(bound: _Bound, text: Text, platform: str, link: str) -> _Excess | None:
    if bound.item in {"hashtags", "mentions", "links"}:
        return _too_many(bound, _spans(bound.item, text, platform))
    added = count(link, bound.method) if link and bound.with_link else 0
    room = max(bound.most - added, 0)
    length = 0 if len(text.text) * HEAVIEST <= room else count(text.text, bound.method)
    if length <= room:
        return None
    span = Span(_fits(text.text, bound._replace(most=room)), len(text.text))
    unit = _UNITS.get(bound.method, "characters, as it counts them")
    return _Excess(length + added, span, f"{unit} with the link" if added else unit)


def _fits(text: str, bound: _Bound) -> int:
    """How many code points from the start the limit leaves room for."""
    low, high = 0, min(bound.most + 1, len(text))
    while high < len(text) and count(text[:high], bound.method) <= bound.most:
        low, high = high, min(2 * high, len(text))
    while high - low > 1:
        middle = (low + high) // 2
        if count(text[:middle], bound.method) <= bound.most:
            low = middle
        else:
            high = middle
    return low


def _spans(item: Item, text: Text, platform: str) -> list[Span]:
    if item == "mentions":
        return [each.span for each in mentions(text.text, platform)]
    kind = "hashtag" if item == "hashtags" else "url"
    return [each.span for each in text.entities if each.kind == kind]


def _too_many(bound: _Bound, spans: Sequence[Span]) -> _Excess | None:
    if len(spans) <= bound.most:
        return None
    return _Excess(len(spans), Span(spans[bound.most].start, spans[-1].end), _UNITS[bound.item])


def _polls(bound: _Bound, platform: str, case: Case) -> Iterator[Match]:
    """Each poll's options are fields of their own: the first that is too much is marked."""
    polls: dict[str, list[Text]] = {}
    for text in case.texts:
        if _last_word(text.field.name) == "poll":
            polls.setdefault(_poll_of(text.field), []).append(text)
    for options in polls.values():
        if len(options) > bound.most:
            text = options[bound.most]
            excess = _Excess(len(options), Span(0, len(text.text)), _UNITS["poll_options"])
            yield _match(bound, text.index, platform, excess)


def _poll_of(field: Field) -> str:
    return field.name.rpartition("[")[0]


def _missing_alts(bound: _Bound, platform: str, case: Case) -> Iterator[Match]:
    named = {text.field.name for text in case.texts}
    missing = sum(f"media[{at}].alt" not in named for at in range(len(case.post.media)))
    if missing > bound.most:
        yield _match(bound, "media", platform, _Excess(missing, Span(0, 0), _UNITS["missing_alts"]))


def _match(bound: _Bound, field: int | str, platform: str, excess: _Excess) -> Match:
    facts = {
        "platform": platform,
        "count": f"{excess.counted:,}",
        "most": f"{bound.most:,}",
        "over": f"{excess.counted - bound.most:,}",
        "unit": excess.unit,
    }
    return Match(bound.rule, field, excess.span, severity=bound.severity, facts=facts)
