"""Rules prove themselves: each is run on its own examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from readtheroom import registry
from readtheroom.api.given import post
from readtheroom.engine.engine import CALENDAR, Engine, Settings
from readtheroom.errors import DraftError, Fault
from readtheroom.findings import SEVERITIES, PostResult
from readtheroom.model import Approval, Approvals, Example, Json, Lapsed, Post, Room, Rule
from readtheroom.policy.examples import EXAMPLE_MOMENT
from readtheroom.policy.hold_plain import hold
from readtheroom.policy.snapshot import observation
from readtheroom.policy.times import duration
from readtheroom.policy.values import AllowLimit
from readtheroom.protocols import ReadOptions
from readtheroom.text.lexicon import LexiconState

MOMENT = datetime.fromisoformat(EXAMPLE_MOMENT)


def failures(rules: Sequence[Rule], of: Sequence[Rule] | None = None) -> Iterator[Fault]:
    """A fault for each example that its rule does not treat as it says; `of` some of the rules, or of all.

    Raises `PolicyError` for faulty rules.
    """
    return trial(rules, of).failures


class Trial(NamedTuple):
    """What came of running examples, and the terms that the rules have."""

    failures: Iterator[Fault]
    terms: LexiconState


def trial(rules: Sequence[Rule], of: Sequence[Rule] | None = None) -> Trial:
    """Examples, `of` some of the rules, run as one asks for their failures. Raises `PolicyError` for faulty rules."""
    settings = Settings(when_unavailable="ignore")
    first = Engine(rules, (), settings)
    return Trial(_failures(rules, rules if of is None else of, first, settings), first.terms)


def _failures(rules: Sequence[Rule], of: Sequence[Rule], first: Engine, settings: Settings) -> Iterator[Fault]:
    engines = {repr(((), ())): first}
    for rule in of:
        for example in (*rule.flag, *rule.passes):
            name = repr((example.accounts, example.limits))
            if example.options:
                alone = rule._replace(options={**rule.options, **example.options})
                engine = Engine([alone], example.accounts, settings)
            elif name in engines:
                engine = engines[name]
            else:
                limited = settings._replace(allow=tuple(map(_limit, example.limits)))
                engine = engines[name] = Engine(rules, example.accounts, limited, first.terms)
            yield from _failure(rule, example, engine, flag=example in rule.flag)


def _limit(plain: Mapping[str, Json]) -> AllowLimit:
    longest = plain.get("longest")
    return AllowLimit(_names(plain, "rules"), _names(plain, "by"), duration(str(longest)) if longest else None)


def _names(plain: Mapping[str, Json], key: str) -> tuple[str, ...]:
    some = plain.get(key, [])
    return tuple(map(str, some)) if isinstance(some, list) else (str(some),)


def _failure(rule: Rule, example: Example, engine: Engine, *, flag: bool) -> Iterator[Fault]:
    text = str(example.draft.get("text", ""))
    try:
        draft = post(example.draft, ReadOptions(), name="example")
        others = [post(each, ReadOptions(), name=f"post {n}") for n, each in enumerate(example.calendar, 1)]
        holds = tuple(hold(dict(item))._replace(path=draft.path) for item in example.holds)
        room = Room(tuple(observation(dict(item)) for item in example.room), holds=holds)
    except DraftError as error:
        problem: str | None = f"is no draft: {'; '.join(fault.message for fault in error.faults)}"
    except ValueError as error:
        problem = f"has no room: {error}"
    else:
        found = _words(rule, _judged(rule, [draft, *others], engine, room, _approvals(draft, example)))
        problem = _missed(found, example.match) if flag else _flagged(found)
    if problem:
        yield Fault(example.path or rule.path, example.line, 0, f"rule {rule.id!r}: example {text[:60]!r} {problem}")


def _judged(rule: Rule, posts: Sequence[Post], engine: Engine, room: Room, approvals: Approvals) -> PostResult:
    """What comes out for the first of some posts; beside the others, if the rule is of the calendar."""
    scene = engine.scene(room)
    kinds = [rule.kind] if registry.load("kinds", rule.kind).READS == CALENDAR else []
    result, entry = engine.plan(posts[0], scene, MOMENT, (), approvals, kinds)
    if entry is None:
        return result
    others = (engine.plan(each, scene, MOMENT, kinds=kinds)[1] for each in posts[1:])
    found = engine.judge_calendar([entry, *filter(None, others)], MOMENT)
    return engine.joined(result, found.get(entry.slot, ()), MOMENT)


def _approvals(draft: Post, example: Example) -> Approvals:
    """Those that the draft names, and those that the example says have lapsed."""
    return Approvals(tuple((name,) for name in draft.approved_by), tuple(map(_lapsed, example.lapsed)))


def _lapsed(plain: Mapping[str, Json]) -> Lapsed:
    changed, until = plain.get("changed"), plain.get("until")
    at, end = datetime.fromisoformat(str(plain["at"])), datetime.fromisoformat(str(until)) if until else None
    return Lapsed(Approval(str(plain["by"]), at, end), tuple(map(str, changed if isinstance(changed, list) else ())))


def _missed(found: Sequence[str], match: str | None) -> str | None:
    if not found:
        return "must be flagged, but passes"
    return None if match in {None, *found} else f"must be flagged at {match!r}, but is at {found[0]!r}"


def _flagged(found: Sequence[str]) -> str | None:
    return f"must pass, but is flagged at {found[0]!r}" if found else None


def _words(rule: Rule, result: PostResult) -> list[str]:
    """What the rule points at. Remarks do not count, unless the rule only remarks."""
    if rule.severity is None:
        return [label.match for label in result.labels if label.rule == rule.id]
    least = min(SEVERITIES.index(rule.severity), SEVERITIES.index("warning"))
    return [each.match for each in result.findings if each.rule == rule.id and SEVERITIES.index(each.severity) >= least]
