"""One policy and one room, ready to judge posts: the library's face."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import count
from typing import TYPE_CHECKING

from readtheroom import registry
from readtheroom.api import cache
from readtheroom.api.approvals import ApprovalFolder
from readtheroom.api.calendar import Planner
from readtheroom.api.compiled import Before, Compiled
from readtheroom.api.desk import Desk
from readtheroom.api.files import reader_name
from readtheroom.api.given import Draft, post
from readtheroom.api.holds import HoldFolders, results
from readtheroom.api.looking import Clock, Looking, Lookout
from readtheroom.api.proposals import proposed
from readtheroom.engine.engine import Engine
from readtheroom.engine.scene import Scene
from readtheroom.errors import PolicyError, UsageError
from readtheroom.findings import Match, PostResult, Proposed
from readtheroom.model import Approval, Hold, Post, Room, Rule, Trend
from readtheroom.policy.discovery import find_config
from readtheroom.policy.register import Register
from readtheroom.policy.values import Policy, Profile
from readtheroom.protocols import DraftFile
from readtheroom.readers._file import PathFile
from readtheroom.room.current import CurrentRoom, Reading
from readtheroom.text.lexicon import LexiconState

if TYPE_CHECKING:
    from readtheroom.api.audit import Audit


class Linter(Planner):
    """Judges posts by a policy and a room. Safe to use from several threads once it is made.

    >>> linter = Linter.from_config("readtheroom.yaml", room="room.yaml")
    >>> linter.lint({"text": "Doors open at nine.", "platforms": ["x"]}).verdict
    'pass'
    """

    def __init__(
        self,
        policy: Policy,
        room: Room | Iterable[str] | None,
        now: Clock = None,
        before: Before = Before(),  # noqa: B008  a frozen value
        how: Looking = Looking(),  # noqa: B008  a frozen value
        begun: CurrentRoom | None = None,
    ) -> None:
        """`now` stands for the present, and is read for each post; `room` is itself, paths of snapshots, or None: the
        sources that the config names, read when first needed, or being read already, which `begun` is. `before`: see
        `Compiled`. Raises `PolicyError` for rules with faults, `UsageError` for a `now` without a time zone."""
        self.policy = policy
        known = Register(policy.accounts, os.path.basename(policy.config.accounts or ""))
        self.reads = policy.config.drafts._replace(accounts=known if policy.accounts else None)
        self.lookout = Lookout(policy.config.room, room, now, how, begun)
        self._holds = HoldFolders(policy)
        self.audit = _audit(policy.config.audit, at_once=how.lasting)
        self._approvals = ApprovalFolder(policy)
        self._profile = lru_cache(maxsize=256)(policy.profile)
        self._compiled = Compiled(policy, before, require_room=how.require_room)
        self._compiled.engine()

    @classmethod
    def from_config(
        cls,
        config: str | None = None,
        *,
        room: Room | str | Iterable[str] | None = None,
        now: Clock = None,
        offline: bool = False,
        require_room: bool = False,
    ) -> Linter:
        """A linter by the policy in `config` (None: found from the working folder upward, else the core pack).

        `room` is a `Room`, or the path of one or several snapshots; None asks the sources that the config names:
        now, within its budget, and again with the first post after their answers have lost their freshness; sources
        that want to know the hashtags of drafts are asked with each post that has new ones. With `offline` only
        files, and what is kept of earlier answers. With `require_room` a post whose room could not be looked up is
        `unknown`, whatever the config says.
        Raises `PolicyError` or `DraftError` with everything that is wrong with either.
        """
        how = Looking(offline, require_room, lasting=True, ahead=True)
        linter = cls.from_path(config or find_config(os.getcwd()), [room] if isinstance(room, str) else room, now, how)
        linter.prepare([""])
        return linter

    @classmethod
    def from_path(
        cls,
        config: str | None,
        room: Room | Iterable[str] | None = None,
        now: Clock = None,
        how: Looking = Looking(),  # noqa: B008  a frozen value
    ) -> Linter:
        """The same for one config; None means that there is none: the core pack as it comes. Reads no room yet."""
        kept = cache.recall(config)
        if kept:
            return cls(kept.policy, room, now, Before(kept.terms, kept.headlines), how)
        from readtheroom.api.fresh import begun, read  # noqa: PLC0415  slow to import, and mostly not needed

        current = begun(config, now, how) if room is None else None
        policy, terms = read(config)
        linter = cls(policy, room, now, Before(terms), how, current)
        cache.keep(config, cache.Kept(policy, linter.terms))
        return linter

    def lint(self, draft: Draft) -> PostResult:
        """The verdict on one post: a `Post`, a mapping with the keys of a draft, or its text alone.

        Holds that have started, changed or ended since count: at once, or within a second if a file was edited in
        place. Raises `DraftError` for a mapping that is no draft, `PolicyError` for a hold with faults.
        """
        return self.judge(post(draft, self.reads))

    def lint_many(self, drafts: Iterable[Draft]) -> Iterator[PostResult]:
        """The verdict on each post, as they come; holds no more than one. One without an id is `post 1`, `post 2` …

        Raises `DraftError` as `lint` does; whoever catches it may go on with the next.
        """
        return map(lambda number, draft: self.judge(post(draft, self.reads, f"post {number}")), count(1), drafts)

    def lint_file(self, file: DraftFile | str, reader: str | None = None) -> Iterator[PostResult]:
        """The verdict on each post of a file; `reader` names its format, else its path's ending does.

        Raises `UsageError` for a format that is not known, `DraftError` for drafts that cannot be trusted.
        """
        return map(self.judge, self.read(PathFile(file) if isinstance(file, str) else file, reader))

    def read(self, file: DraftFile, reader: str | None = None) -> Iterator[Post]:
        """The posts of a file, as they are read; raises as `lint_file` does."""
        name = reader or reader_name(file.path)
        if name is None:
            raise UsageError(f"{file.path}: no format is known by this ending; name one of the readers")
        posts: Iterator[Post] = registry.load("readers", name).read(file, self.reads)
        return posts

    def judge(self, each: Post) -> PostResult:
        """The verdict on a post, by the overrides for its path."""
        desk = self.desk(each)
        result = desk.engine.judge(each, desk.scene, desk.now, desk.holds, desk.approvals)
        if self.audit:
            self.audit.add(result, desk.basis)
        return result

    def desk(self, each: Post) -> Desk:
        """What a post is judged by now. Raises as `lint` does."""
        profile = self._profile(each.path)
        reading = self.lookout.look()
        scene = self._scene_for(each, profile, reading)
        now = self.now  # what was looked up just now is of the past
        held, approvals = self._holds.now(), self._approvals.of(each, now)
        return Desk(self._compiled.engine(profile), scene, reading, now, held, approvals)

    def engine_for(self, path: str) -> Engine:
        """The rules for drafts of a path, by its overrides."""
        return self._compiled.engine(self._profile(path))

    def lint_holds(self) -> Iterator[PostResult]:
        """What is to be said of hold files themselves that have not ended: one result for each that lacks something.

        Raises `PolicyError` with everything that is wrong with any.
        """
        return results(self.policy, self._holds.now(), self.now)

    def approve(self, draft: Draft, by: str, until: datetime | None = None, *, keep: bool = True) -> Approval:
        """Write down that somebody approves exactly what would be published of a post, until `until` (aware).

        The one that there is already comes back if it says the same. One that is not to `keep` is not written: what
        `policy.approval_line` makes of it goes into the draft. Raises `UsageError` where there is no config to
        keep it beside, for a name that may not approve, or an end that has passed; `DraftError` as `lint` does.
        """
        from readtheroom.api.approve import approve  # noqa: PLC0415  slow to import, and few runs approve

        return approve(self.policy, self._approvals, post(draft, self.reads), by, until, self.now, keep=keep)

    def prepare(self, paths: Iterable[str], *, look: bool = True) -> None:
        """Compile what drafts at these paths need, and `look` at the room; else that is done for the first of them.

        Raises `PolicyError` with the faults of all overrides and holds, or `DraftError` with those of the room's files.
        """
        if look:
            self.lookout.begin()
        faults = (*self._holds.read()[1], *self._approvals.read()[1], *self._compiled.faults(map(self._profile, paths)))
        if faults:
            raise PolicyError(dict.fromkeys(faults))
        if look:
            self.room  # noqa: B018  read now

    @property
    def room(self) -> Room:
        """What the posts are judged by. Raises `DraftError` with everything that is wrong with its files."""
        return self.lookout.look().room

    @property
    def holds(self) -> tuple[Hold, ...]:
        """All holds that are known, also those that ended: the room's, and those of files. Raises as `lint_holds`."""
        return (*self.room.holds, *self._holds.now())

    def holds_file(self, path: str) -> bool:
        """Whether a file is a hold or an approval of this policy, and no draft."""
        return self._holds.owns(path) or self._approvals.owns(path)

    def trends(self, audience: tuple[str, ...] = ()) -> list[Trend]:
        """What is talked about now, for an audience (none: the config's), what most sources tell of first."""
        return self.scene.trends(self.now, audience or self.policy.config.audience)

    def days(self, audience: tuple[str, ...] = ()) -> list[Match]:
        """The days that an audience (none: the config's) observes now, the gravest first, each with its evidence."""
        found = self._compiled.engine().days(self.now, audience or self.policy.config.audience)
        return [each for each in found if each.evidence and (each.says or "").startswith("observance.")]

    @property
    def scene(self) -> Scene:
        """The room as the rules see it, overrides by path left aside."""
        return self._compiled.scene((), self.room)

    def proposals(self, audience: tuple[str, ...] = ()) -> tuple[Proposed, ...]:
        """Holds that policy proposes for what is talked about now, for an audience (none: the config's)."""
        config = self.policy.config
        if not config.holds.propose:
            return ()
        return proposed(config.holds.propose, self.trends, self.holds, self.now, audience or config.audience)

    def labels_of(self, headline: str) -> tuple[str, ...]:
        """What the rules say about a headline, sorted."""
        return tuple(sorted(self._compiled.engine().labels_of(headline)))

    @property
    def now(self) -> datetime:
        """What stands for the present (aware)."""
        return self.lookout.now

    @cached_property
    def files(self) -> frozenset[str]:
        """The files that policy and room were read from, and the audit trail, as absolute paths."""
        options = (value for source in self.policy.config.room.sources for value in source.options.values())
        paths = (value for value in options if isinstance(value, str))
        audit = self.policy.config.audit
        trail = (audit, f"{audit}.last") if audit else ()
        return frozenset(map(os.path.abspath, (*self.policy.files, *paths, *trail)))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that run, overrides by path left aside."""
        return self._compiled.engine().rules

    @property
    def terms(self) -> LexiconState:
        """All terms of the rules, overrides by path left aside."""
        return self._compiled.engine().terms

    def _scene_for(self, each: Post, profile: Profile, reading: Reading) -> Scene:
        """The room of this moment, with what sources that want to know its hashtags say of them."""
        about = self.lookout.about(each, reading)
        if about is None:
            return self._compiled.scene(profile, reading.room)
        return self._compiled.scene(profile, about.room).looked_up_as(about.gaps, about.looked_up)


def _audit(path: str | None, *, at_once: bool) -> Audit | None:
    if not path:
        return None
    from readtheroom.api.audit import Audit  # noqa: PLC0415  slow to import, and off by default

    return Audit(path, at_once=at_once)
