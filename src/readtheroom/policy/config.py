"""`readtheroom.yaml`, read into one frozen value."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, cast

from readtheroom.errors import UsageError
from readtheroom.model import Json, Severity
from readtheroom.policy.config_schema import CONFIG
from readtheroom.policy.discovery import configs_above
from readtheroom.policy.document import Node
from readtheroom.policy.exports import PRESETS
from readtheroom.policy.jsontypes import is_number
from readtheroom.policy.keywords import Schema, mapping
from readtheroom.policy.platforms import platform
from readtheroom.policy.plugins import options_of, own_options
from readtheroom.policy.reading import Reading
from readtheroom.policy.source_names import named
from readtheroom.policy.suggest import did_you_mean
from readtheroom.policy.times import UNITS, duration, timezone
from readtheroom.policy.values import (
    DEFAULT_PACKS,
    AllowLimit,
    ApprovalsConfig,
    Config,
    HoldsAbove,
    HoldsConfig,
    Proof,
    Proposal,
    RoomConfig,
    SourceEntry,
)
from readtheroom.protocols import ReadOptions

HOLDS = "holds"
"""The folder of holds, beside the config."""

APPROVALS = "approvals"
"""The folder of approvals, beside the config."""


def read_config(root: Node, path: str, reading: Reading) -> Config:
    """The config in a tree; what has faults is left as it is by default, and the faults are kept."""
    folder = os.path.dirname(path)
    reading.check(root, CONFIG, "a config")
    return Config(
        path=path,
        folder=folder,
        extends=words(root.child("extends"), DEFAULT_PACKS),
        audience=words(root.child("audience")),
        accounts=_beside(root.child("accounts"), folder),
        room=_room(root, folder, reading),
        drafts=_drafts(root, reading),
        languages=words(root.child("languages")),
        fail_on=cast("Severity", _text(root.child("fail_on")) or "error"),
        holds=_holds(root.child("holds"), folder)._replace(above=() if is_root(root) else _above(path, reading)),
        audit=_beside(root.child("audit"), folder),
        allow=tuple(map(_limit, items_of(root.child("allow")))),
        approvals=_approvals(root.child("approvals"), folder),
        root=is_root(root),
    )


def words(node: Node | None, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """A text, or the texts of a list."""
    if node is None or node.value is None:
        return default
    items = node.value if isinstance(node.value, list) else [node]
    return tuple(item.value for item in items if isinstance(item.value, str))


def _text(node: Node | None) -> str | None:
    return node.value if node and isinstance(node.value, str) else None


def _beside(node: Node | None, folder: str) -> str | None:
    written = _text(node)
    return os.path.join(folder, written) if written else None


def _holds(node: Node | None, folder: str) -> HoldsConfig:
    named = _text(node) or _text(node.child("folder") if node else None)
    written = node.child("propose") if node else None
    proposals = map(_proposal, items_of(written))
    return HoldsConfig(os.path.join(folder, named or HOLDS), tuple(each for each in proposals if each.labels))


def is_root(root: Node) -> bool:
    """Whether nothing above a config counts."""
    written = root.child("root")
    return written is not None and written.value is True


def _above(path: str, reading: Reading) -> tuple[HoldsAbove, ...]:
    """Where the configs above one keep their holds, the nearest first; what else they say is their own affair."""
    found: dict[str, HoldsAbove] = {}
    for each in configs_above(path):
        root, folder = reading.tree(each), os.path.dirname(each)
        if folder in found:
            reading.fault_in(each, f"stands beside another config in {folder}: keep one of them")
        elif root:
            zone = _text(root.at("drafts", "timezone")) or ReadOptions().timezone
            found[folder] = HoldsAbove(str(_holds(root.child("holds"), folder).folder), zone)
            if is_root(root):
                break
    return tuple(found.values())


def items_of(node: Node | None) -> list[Node]:
    """The items of a list, or the one that stands for it."""
    if node is None or node.value is None:
        return []
    return node.value if isinstance(node.value, list) else [node]


def _limit(entry: Node) -> AllowLimit:
    return AllowLimit(words(entry.child("rules")), words(entry.child("by")), _duration(entry.child("longest")))


def _approvals(node: Node | None, folder: str) -> ApprovalsConfig:
    named = _text(node.child("folder") if node else None)
    proofs = words(node.child("from") if node else None, ApprovalsConfig().proofs)
    return ApprovalsConfig(os.path.join(folder, named or APPROVALS), cast("tuple[Proof, ...]", proofs))


def _proposal(entry: Node) -> Proposal:
    sources, default = entry.child("sources"), Proposal(())
    return Proposal(
        words(entry.child("labels")),
        words(entry.child("regions")),
        sources.value if sources and isinstance(sources.value, int) else default.sources,
        _duration(entry.child("until")) or default.until,
    )


# --- room ---


def _room(root: Node, folder: str, reading: Reading) -> RoomConfig:
    unavailable, written = _text(root.at("room", "when_unavailable")), root.at("room", "sources")
    default = RoomConfig()
    return RoomConfig(
        sources=named(_sources(written, folder, reading)) if written else (),
        when_unavailable=cast("Literal['ignore', 'warn', 'block']", unavailable or default.when_unavailable),
        window=_duration(root.at("room", "window")) or default.window,
        max_age=_duration(root.at("room", "max_age")) or default.max_age,
        budget=_seconds(root.at("room", "budget")) or default.budget,
    )


def _duration(node: Node | None) -> timedelta | None:
    written = _text(node)
    return duration(written) if written and _is_duration(written) else None


def _seconds(node: Node | None) -> float | None:
    if node and is_number(node.value) and 0 < node.value <= 120:
        return float(node.value)
    written = _duration(node)
    return written.total_seconds() if written else None


def _is_duration(written: str) -> bool:
    return written[-1] in UNITS and written[:-1].isascii() and written[:-1].isdigit() and len(written) < 6


def _sources(node: Node, folder: str, reading: Reading) -> Iterator[SourceEntry]:
    for entry in node.value if isinstance(node.value, list) else ():
        kind = entry.child("kind") if isinstance(entry.value, dict) else entry
        if kind and isinstance(kind.value, str):
            schema = options_of("sources", kind, reading)
            options = _without_kind(entry)
            if schema is not None and reading.check(options, schema, f"source {kind.value!r}"):
                yield SourceEntry(
                    kind.value,
                    own_options(kind.value, _with_paths(options, schema, folder)),
                    _seconds(options.child("timeout")),
                    _duration(options.child("fresh_for")),
                    _text(options.child("region")),
                    reading.path_of(entry),
                    entry.place.line,
                )


def _without_kind(entry: Node) -> Node:
    """The options of a source alone, in the place of its entry."""
    keys = entry.value if isinstance(entry.value, dict) else {}
    options = Node({k: v for k, v in keys.items() if k != "kind"}, entry.file, entry.start, entry.end)
    options.key_start = entry.key_start
    return options


def _with_paths(options: Node, schema: Schema, folder: str) -> dict[str, Json]:
    """The options, with what the schema says is a path made relative to the config."""
    plain = {key: node.plain() for key, node in options.value.items()} if isinstance(options.value, dict) else {}
    for key, of_key in mapping(schema.get("properties")).items():
        value = plain.get(key)
        if mapping(of_key).get("format") == "path" and isinstance(value, str):
            plain[key] = os.path.join(folder, value)
    return plain


# --- drafts ---


def _drafts(root: Node, reading: Reading) -> ReadOptions:
    columns, day_first = root.at("drafts", "columns"), root.at("drafts", "day_first")
    plain = columns.plain() if columns else None
    return ReadOptions(
        columns=plain if isinstance(plain, dict) else {},
        preset=_preset(root.at("drafts", "preset"), reading),
        platforms=tuple(_platforms(root.at("drafts", "platforms"), reading)),
        timezone=_timezone(root.at("drafts", "timezone"), reading),
        day_first=day_first is not None and day_first.value is True,
    )


def _preset(node: Node | None, reading: Reading) -> str | None:
    name = _text(node)
    if node and name and name not in PRESETS:
        reading.fault(node, f"no CSV preset is called {name[:40]!r}{did_you_mean(name, PRESETS)}")
    return name


def _platforms(node: Node | None, reading: Reading) -> Iterator[str]:
    for name in words(node):
        try:
            yield platform(name)
        except ValueError as error:
            if node:
                reading.fault(node, str(error))


def _timezone(node: Node | None, reading: Reading) -> str:
    name = _text(node)
    if node is None or not name:
        return "UTC"
    try:
        timezone(name)
    except UsageError as error:
        from zoneinfo import available_timezones  # noqa: PLC0415  reads many files, and only a fault needs it

        guess = did_you_mean(name, available_timezones())
        reading.fault(node, str(error) if guess.startswith(";") else f"no time zone is called {name!r}{guess}")
    return name
