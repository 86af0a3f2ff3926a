"""One post judged by real rules in a real engine: what the tests of all kinds share."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from readtheroom.engine.engine import Engine, Settings
from readtheroom.findings import PostResult
from readtheroom.model import Account, Json, Observation, Post, Reason, Room, Rule, Severity
from readtheroom.policy.draft import build, mapping
from readtheroom.policy.json_source import JsonSource, parse_json
from readtheroom.policy.load import load_policy
from readtheroom.protocols import ReadOptions
from readtheroom.spans import FileText

NOW = datetime(2026, 7, 20, 12, tzinfo=UTC)

Found: TypeAlias = tuple[str, Severity, str, int, int, str]
"""Rule, severity, field, start, end, and the text there."""

Rules: TypeAlias = "str | Rule | Sequence[Rule]"
Draft: TypeAlias = "str | Mapping[str, Json]"


def check(rules: Rules, draft: Draft, room: Room | None = None, accounts: Iterable[Account] = ()) -> list[Found]:
    """The findings that stand, in their order. Without `room`, one was read and nothing was in it."""
    found = judge(rules, draft, room, accounts).findings
    return [(each.rule, each.severity, each.field, each.start, each.end, each.match) for each in found]


def messages(rules: Rules, draft: Draft, room: Room | None = None, accounts: Iterable[Account] = ()) -> list[str]:
    """What the findings say."""
    return [each.message for each in judge(rules, draft, room, accounts).findings]


def labels(rules: Rules, draft: Draft, room: Room | None = None) -> list[tuple[str, str]]:
    """The labels put on the text, and the words that they stand on."""
    return [(each.label, each.match) for each in judge(rules, draft, room).labels]


def judge(rules: Rules, draft: Draft, room: Room | None = None, accounts: Iterable[Account] = ()) -> PostResult:
    """All that comes out for one post."""
    engine = Engine(read(rules), tuple(accounts), Settings())
    return engine.judge(post(draft), engine.scene(Room() if room is None else room), NOW)


def read(rules: Rules) -> tuple[Rule, ...]:
    """Rules, from what a rule file holds, by way of a policy."""
    if isinstance(rules, str):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "rules.yaml").write_text(rules, encoding="utf-8")
            Path(folder, "readtheroom.yaml").write_text("extends: [rules.yaml]\n", encoding="utf-8")
            return load_policy(str(Path(folder, "readtheroom.yaml"))).rules
    return (rules,) if isinstance(rules, Rule) else tuple(rules)


def rule(
    kind: str,
    severity: Severity | None = "warning",
    *,
    name: str = "",
    label: str | None = None,
    message: str = "{match}",
    fields: tuple[str, ...] = (),
    platforms: tuple[str, ...] = (),
    options: Mapping[str, Json] | None = None,
    **more: Json,
) -> Rule:
    """A rule, called after its kind unless it has a name; what has no other meaning is an option."""
    return Rule(
        name or kind,
        kind,
        label,
        severity,
        message=message,
        options={**(options or {}), **more},
        fields=fields,
        platforms=platforms,
        path="rules.yaml",
        line=7,
    )


def post(draft: Draft) -> Post:
    """A post, from a text alone or from draft keys, read as JSON is."""
    data = {"text": draft} if isinstance(draft, str) else dict(draft)
    source = FileText(json.dumps(data, ensure_ascii=False))
    where = JsonSource(source)
    plain = mapping(parse_json("draft.json", source), where, "draft.json")
    return build(plain, where, path="draft.json", line=1, id_default="draft", options=ReadOptions())


def seen(
    term: str, *headlines: str, at: datetime = NOW, region: str | None = None, source: str = "test"
) -> Observation:
    """That a term trends, because of headlines."""
    reasons = tuple(Reason(title, f"https://news.example/{n}") for n, title in enumerate(headlines, 1))
    return Observation(term, "tag" if term[0] in "#＃" else "topic", source, at, region, reasons=reasons)


def room(*observations: Observation) -> Room:
    """A room in which this was seen."""
    return Room(observations)
