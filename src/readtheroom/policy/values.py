"""What a policy is, once it is read: frozen values, light to import."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal, NamedTuple, TypedDict

from readtheroom.errors import Fault, PolicyError
from readtheroom.model import Account, Confidence, Example, Json, Rule, Severity
from readtheroom.policy.globs import matches
from readtheroom.protocols import ReadOptions

DEFAULT_PACKS = ("core",)


class SourceEntry(NamedTuple):
    """A source of the room, and its options as its schema has them; paths are ready to be opened.

    What any source may have: `timeout` in seconds (None: all that the room has), `fresh_for` (None: as long as the
    source says), `region` for what it sees without one. `config` and `line` are where it is written; `name` is what
    messages call it ("": by its kind, and whom it asks).
    """

    kind: str
    options: Mapping[str, Json] = {}
    timeout: float | None = None
    fresh_for: timedelta | None = None
    region: str | None = None
    config: str = ""
    line: int = 0
    name: str = ""


class RoomConfig(NamedTuple):
    """How the room is read. `window`: how old an observation may be at a post's moment; `max_age`: how old an answer
    may be that stands in for one that cannot be had; `budget`: seconds for all sources together."""

    sources: tuple[SourceEntry, ...] = ()
    when_unavailable: Literal["ignore", "warn", "block"] = "warn"
    window: timedelta = timedelta(hours=48)
    max_age: timedelta = timedelta(hours=6)
    budget: float = 5.0


class Proposal(NamedTuple):
    """When a hold is proposed: something with one of `labels` (or one below it) is talked about in one of `regions`
    (none: the audience's), and at least so many sources tell of it. `until`: for how long it is proposed."""

    labels: tuple[str, ...]
    regions: tuple[str, ...] = ()
    sources: int = 1
    until: timedelta = timedelta(hours=24)


class HoldsAbove(NamedTuple):
    """The holds of a config in a folder above: where they are kept, and whose clocks their times are by."""

    folder: str
    zone: str = "UTC"


class HoldsConfig(NamedTuple):
    """Where holds are kept (None: nowhere, there is no config), and when one is proposed. `above`: those that count
    besides, of the configs in the folders above."""

    folder: str | None = None
    propose: tuple[Proposal, ...] = ()
    above: tuple[HoldsAbove, ...] = ()


class AllowLimit(NamedTuple):
    """Who may accept findings of `rules` (ids or patterns; none: of any), and how far ahead `until` may be."""

    rules: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    longest: timedelta | None = None


Proof = Literal["draft", "names", "records", "git", "codeowners"]


class ApprovalsConfig(NamedTuple):
    """What counts as an approval, and where records of them are kept (None: nowhere, there is no config)."""

    folder: str | None = None
    proofs: tuple[Proof, ...] = ("draft", "records")


class Config(NamedTuple):
    """What a config says, its rules apart. `path` None: there is none, these are the defaults.

    `folder` is what its paths and patterns are relative to; "" is the current one. `audit`: where verdicts are written.
    `root`: the holds of configs above do not count.
    """

    path: str | None = None
    folder: str = ""
    extends: tuple[str, ...] = DEFAULT_PACKS
    audience: tuple[str, ...] = ()
    accounts: str | None = None
    room: RoomConfig = RoomConfig()
    drafts: ReadOptions = ReadOptions()
    languages: tuple[str, ...] = ()
    fail_on: Severity = "error"
    holds: HoldsConfig = HoldsConfig()
    audit: str | None = None
    approvals: ApprovalsConfig = ApprovalsConfig()
    allow: tuple[AllowLimit, ...] = ()
    root: bool = False


class Values(TypedDict, total=False):
    """The parts of a `Rule` that a layer sets."""

    label: str
    severity: Severity | None
    confidence: Confidence
    message: str
    why: str
    advice: str
    options: Mapping[str, Json]
    flag: tuple[Example, ...]
    passes: tuple[Example, ...]
    references: tuple[str, ...]
    fields: tuple[str, ...]
    platforms: tuple[str, ...]
    tags: tuple[str, ...]
    path: str
    line: int


class Change(NamedTuple):
    """A layer without its file. `off`: whether it turns the rule off; None if it does not say."""

    values: Values
    off: bool | None = None


class Setting(NamedTuple):
    """A rule as it stands, in use or not."""

    rule: Rule
    off: bool = False

    def changed(self, change: Change) -> Setting:
        """With a layer more on top; its options join those that are there."""
        values = change.values.copy()
        if "options" in values:
            values["options"] = {**self.rule.options, **values["options"]}
        return Setting(self.rule._replace(**values), self.off if change.off is None else change.off)


Profile = tuple[int, ...]
"""Which of the overrides hold for a draft, by index."""


class Override(NamedTuple):
    """Other settings for the drafts that `files` (patterns as in .gitignore) name; rule id -> what changes."""

    files: tuple[str, ...]
    changes: Mapping[str, Change]


class Policy(NamedTuple):
    """Everything that a team decided. Plain values: safe to share and to pickle.

    `rules` are those in use where no override holds; `settings` has the others too; `packed` are the rules as their
    packs have them, before the config changes any. `files` are all files
    that were read (config, rules, lexicons, accounts): the policy holds while they stay as they are.
    """

    config: Config
    rules: tuple[Rule, ...]
    accounts: tuple[Account, ...] = ()
    settings: tuple[Setting, ...] = ()
    overrides: tuple[Override, ...] = ()
    packed: tuple[Rule, ...] = ()
    files: tuple[str, ...] = ()

    def profile(self, path: str) -> Profile:
        """Which overrides hold for the draft at `path` ("": in no file). Compile once for each: they are few."""
        if not self.overrides or not path:
            return ()
        relative = os.path.relpath(path, self.config.folder or ".").replace(os.sep, "/")
        return tuple(number for number, each in enumerate(self.overrides) if matches(each.files, relative))

    def rules_for(self, profile: Profile) -> tuple[Rule, ...]:
        """The rules in use where these overrides hold; the later of two wins.

        Raises `PolicyError` if they leave none: a draft that nothing checks must not pass.
        """
        if not profile:
            return self.rules
        settings = self.settings
        for number in profile:
            settings = tuple(_overridden(setting, self.overrides[number]) for setting in settings)
        return in_use(settings, self.config)


def stops_posts(rule: Rule) -> bool:
    """Whether it is one that stops posts while a hold stands."""
    return rule.kind == "hold" and rule.options.get("check") == "standing"


def _overridden(setting: Setting, override: Override) -> Setting:
    change_of_rule = override.changes.get(setting.rule.id)
    return setting.changed(change_of_rule) if change_of_rule else setting


def in_use(settings: Sequence[Setting], config: Config) -> tuple[Rule, ...]:
    rules = tuple(setting.rule for setting in settings if not setting.off)
    if not rules:
        raise PolicyError([Fault(config.path or "readtheroom", 0, 0, "no rule is left to check with: turn one on")])
    return rules
