"""A whole run: many files, each by its nearest config, results in order, one summary."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from readtheroom.api.calendar import Found, Planned, settled_plans
from readtheroom.api.drafts import Draft
from readtheroom.api.linter import Linter
from readtheroom.api.looking import Looking
from readtheroom.api.tags import tags_of
from readtheroom.api.tally import fails
from readtheroom.errors import DraftError, Fault, FaultsError
from readtheroom.findings import PostResult, Proposed
from readtheroom.model import Json, Post, Room, Rule
from readtheroom.policy.discovery import CONFIG_NAMES, find_config
from readtheroom.policy.effective import effective

if TYPE_CHECKING:
    from readtheroom.api.saved import Rooms

MOST_FAULTS = 200
"""After so many faults in drafts, reading stops: nobody reads on."""


class Run:
    """Linters by config, made when a file first needs them.

    `config` stands for all configs that would be found, `rooms` (snapshots) for the sources of all configs.
    Findings from `fail_on` on fail the run ("never": none does); None leaves that to the config of each draft.
    """

    def __init__(
        self,
        config: str | None = None,
        rooms: Sequence[str] = (),
        now: datetime | None = None,
        fail_on: str | None = None,
        how: Looking = Looking(),  # noqa: B008  a frozen value
    ) -> None:
        self.failed = False
        """Whether a finding so far fails the run."""
        self._config = config
        self._now = now
        self._fail_on = fail_on
        self._how = how
        self._faults: dict[Fault, None] = {}
        self._linters: dict[str | None, Linter | None] = {}
        self._by_folder: dict[str, Linter | None] = {}
        self._room_files = frozenset(map(os.path.abspath, rooms))
        self._rooms = self._read_rooms(rooms) if rooms else None

    def _read_rooms(self, rooms: Sequence[str]) -> Rooms:
        from readtheroom.api.saved import Rooms, read  # noqa: PLC0415  slow to import, and many a run has no room

        try:
            return read(rooms)
        except DraftError as error:
            self._note(error)
            return Rooms()

    def linter(self, path: str = "") -> Linter:
        """The linter for a file: by the given config, else by the nearest one above it ("": in the current folder).

        Raises `FaultsError` with all faults of rooms and policies so far.
        """
        linter = self._find(path)
        self._raise_faults()
        if linter is None:
            raise AssertionError("a linter that could not be made left a fault")
        return linter

    def keeps(self, path: str) -> bool:
        """Whether a file belongs to the policy that holds there, or to the room: then it is no draft."""
        absolute = os.path.abspath(path)
        if os.path.basename(absolute) in CONFIG_NAMES or absolute in self._room_files:
            return True
        linter = self._find(path)
        return linter is not None and absolute in linter.files

    def is_hold(self, path: str) -> bool:
        """Whether a file is a hold of the policy that holds there: it is no draft, and is looked after all the same."""
        linter = self._find(path)
        return linter is not None and linter.holds_file(path)

    def prepare(self, drafts: Sequence[Draft], *, look: bool = True) -> None:
        """Compile what the drafts need and `look` at their rooms, so that faults of policy and holds come before any
        result.

        Raises `FaultsError` with all faults of rooms and policies.
        """
        paths: dict[Linter, list[str]] = {linter: [] for linter in self._linters.values() if linter}
        for draft in drafts:
            linter = self._find(draft.file.path)
            if linter:
                paths.setdefault(linter, []).append(draft.file.path)
        for linter in paths if len(paths) > 1 else ():  # posts of one account may stand below several configs
            linter.kinds = tuple(sorted({kind for each in paths for kind in each.kinds}))
        looking = [linter for linter, some in paths.items() if look and some]
        begun = {linter for linter in looking if self._noting(partial(self._begin, linter, drafts))}
        sound = [each for each, some in paths.items() if self._noting(partial(each.prepare, some, look=False))]
        for linter in sound:
            if linter in begun:
                self._noting(partial(linter.prepare, ()))
        self._raise_faults()

    def _begin(self, linter: Linter, drafts: Sequence[Draft]) -> None:
        """Let a linter look at its room, while others look at theirs. Raises `DraftError` for drafts with faults."""
        if linter.lookout.asks_about_drafts:
            own = [draft for draft in drafts if self._find(draft.file.path) is linter]
            linter.lookout.tags = tags_of(linter, own)
        linter.lookout.begin()

    def _noting(self, work: Callable[[], None]) -> bool:
        """Whether some work could be done; what is wrong is noted."""
        try:
            work()
        except FaultsError as error:
            self._note(error)
            return False
        return True

    def lint(self, drafts: Iterable[Draft], jobs: int = 1) -> Generator[PostResult, None, None]:
        """Results of all drafts, in order; then one for each hold of their policies that lacks something.

        From the first post on that a calendar may yet have something to say of, results come at the end. With several
        `jobs`, so many processes judge, where the system can fork; whoever does not read on to the end closes this.
        Raises `DraftError` at the end of them all with every draft that could not be read; from the first such
        draft on, nothing more is judged.
        """
        try:
            for linter, result in settled_plans(self._plans(drafts, jobs)):
                yield self._counted(linter, result)
        finally:
            self.audited()
        yield from self.lint_holds()

    def lint_holds(self) -> Iterator[PostResult]:
        """One result for each hold of the policies so far that lacks something; it may fail the run."""
        told: set[str] = set()
        for each in filter(None, self._linters.values()):
            for result in each.lint_holds():
                path = os.path.abspath(result.post.path)
                if path not in told:  # a hold of a folder above is one of several policies
                    told.add(path)
                    yield self._counted(each, result)

    def _plans(self, drafts: Iterable[Draft], jobs: int, *, judges: bool = True) -> Iterator[tuple[Linter, Planned]]:
        if jobs < 2:
            return ((linter, linter.plan(post)) for linter, post in self.posts(drafts) if judges)
        from readtheroom.api.workers import planned  # noqa: PLC0415  slow to import, and only long runs need it

        return planned(self, tuple(drafts), jobs, judges=judges)

    def read_through(self, drafts: Iterable[Draft], jobs: int = 1) -> None:
        """Raise what `lint` would at its end, before anything is judged; what cannot be read twice is left to it."""
        kept = tuple(draft for draft in drafts if draft.is_kept)
        for _ in self._plans(kept, jobs, judges=False):
            pass

    def posts(self, drafts: Iterable[Draft]) -> Iterator[tuple[Linter, Post]]:
        """The posts of all drafts up to the first that cannot be read; then the rest is only checked."""
        faults: list[Fault] = []
        for file, reader in drafts:
            linter = self.linter(file.path)
            try:
                for post in linter.read(file, reader):
                    if not faults:
                        yield linter, post
            except DraftError as error:
                faults.extend(error.faults)
            if len(faults) > MOST_FAULTS:
                break
        if faults:
            raise DraftError(faults)

    def settle(self, linter: Linter, planned: Planned, found: Found) -> PostResult:
        """The result of one planned post, which may fail the run, with what was found beside the others."""
        return self._counted(linter, linter.settle(planned, found))

    def _counted(self, linter: Linter, result: PostResult) -> PostResult:
        self.failed = self.failed or fails(result, self._fail_on or linter.policy.config.fail_on)
        return result

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all linters so far, each once."""
        linters = filter(None, self._linters.values())
        return tuple({rule.id: rule for linter in linters for rule in linter.rules}.values())

    @property
    def rooms(self) -> dict[str | None, Room]:
        """What the drafts of each config (None: of no config) are judged by; of the one here if there are no drafts."""
        made = {config: linter for config, linter in self._linters.items() if linter}
        rooms = {config: linter.room._replace(holds=linter.holds) for config, linter in made.items()}
        return rooms or {self._config: self.linter().room}

    @property
    def files(self) -> frozenset[str]:
        """The files that rooms and policies were read from, as absolute paths."""
        return self._room_files.union(*(linter.files for linter in self._linters.values() if linter))

    def audited(self) -> tuple[str, ...]:
        """Write what waits for the audit trails; what of them could not be written, a sentence each."""
        audits = [linter.audit for linter in self._linters.values() if linter and linter.audit]
        for each in audits:
            each.flush()
        return tuple(each.fault for each in audits if each.fault)

    def proposals(self) -> tuple[Proposed, ...]:
        """Holds that the policies of the drafts propose, for what is talked about now."""
        looked = (linter for linter in self._linters.values() if linter and linter.lookout.has_looked)
        every = (each for linter in looked for each in linter.proposals())
        return tuple({each.reason: each for each in every}.values())

    @property
    def now(self) -> datetime:
        """What stands for the present."""
        return self._now or datetime.now(UTC)

    def effective(self, path: str = "") -> Json:
        """The policy for one draft, as plain data."""
        return effective(self.linter(path).policy, path)

    def _find(self, path: str) -> Linter | None:
        """The linter for a file; None if there is something wrong with its policy, which is noted."""
        folder = os.path.dirname(path)
        if folder not in self._by_folder:
            self._by_folder[folder] = self._make(folder)
        return self._by_folder[folder]

    def _make(self, folder: str) -> Linter | None:
        try:
            config = self._config or find_config(folder)
            if config not in self._linters:
                self._linters[config] = None
                room = self._rooms.of(config) if self._rooms else None
                self._linters[config] = Linter.from_path(config, room, self._now, self._how)
            return self._linters[config]
        except FaultsError as error:
            self._note(error)
            return None

    def _note(self, error: FaultsError) -> None:
        self._faults.update(dict.fromkeys(error.faults))

    def _raise_faults(self) -> None:
        if self._faults:
            raise FaultsError(self._faults)
