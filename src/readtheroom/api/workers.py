"""A run whose posts are judged by several processes: the outcome is that of one."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from readtheroom.api.calendar import Planned
from readtheroom.api.crew import Crew, WorkerError
from readtheroom.api.drafts import Draft
from readtheroom.api.linter import Linter
from readtheroom.api.run import MOST_FAULTS, Run
from readtheroom.api.shares import TURN, LinesInTurn, Parcel, is_read_by_line, parcels
from readtheroom.api.waiting import light
from readtheroom.errors import DraftError, Fault
from readtheroom.model import Post
from readtheroom.policy.draft_values import MAX_FAULTS

Plan: TypeAlias = tuple[Linter, Planned]

_Batch: TypeAlias = list[tuple[int, Planned]]
"""Posts that were judged, each with the number of its draft within the parcel."""

_Faults: TypeAlias = tuple[tuple[Fault, ...], ...]
"""Of each draft that has any."""


_NONE: _Faults = ()


class _End(NamedTuple):
    """Of what a worker has to say of a parcel: the last posts. `is_blank`: nothing of it was for this worker."""

    batch: _Batch
    faults: _Faults = ()
    is_blank: bool = False


def planned(run: Run, drafts: Sequence[Draft], jobs: int, *, judges: bool = True) -> Iterator[Plan]:
    """What each post is by itself, in the order of the drafts; up to `jobs` workers judge, or only read.

    Raises `DraftError` at the end as `Run.lint` does, and `WorkerError`.
    """
    shares = tuple(parcels(drafts))
    count = jobs if any(each.shared for each in shares) else min(jobs, len(shares))
    if count < 2:
        return ((linter, linter.plan(post)) for linter, post in run.posts(drafts) if judges)
    return _Parent(run, shares, _Worker(run, shares, count, judges=judges)).plans()


class _Parent:
    """Puts together what the workers send."""

    def __init__(self, run: Run, shares: Sequence[Parcel], worker: _Worker) -> None:
        self._run = run
        self._shares = shares
        self._worker = worker

    def plans(self) -> Iterator[Plan]:
        """Of all posts up to the first draft with a fault."""
        faults: list[Fault] = []
        with Crew(self._worker.count, self._worker.messages) as crew:
            for number, parcel in enumerate(self._shares):
                for some in (yield from self._parcel(crew, number, parcel, wanted=not faults)):
                    faults.extend(some)
                    if len(faults) > MOST_FAULTS:
                        raise DraftError(faults)
        if faults:
            raise DraftError(faults)

    def _parcel(self, crew: Crew, number: int, parcel: Parcel, *, wanted: bool) -> Generator[Plan, None, _Faults]:
        linters = [self._run.linter(draft.file.path) for draft in parcel.drafts]
        while True:
            end, batch = _opened(crew.next(number % self._worker.count))
            if wanted:
                yield from ((linters[each], plan) for each, plan in batch)
            if end:
                return _faults(self._ends(crew, number, parcel, end) if parcel.shared else [end])
            number += parcel.shared

    def _ends(self, crew: Crew, number: int, parcel: Parcel, first: _End) -> Sequence[_End]:
        """The ends of all workers of a big file; what the others judged behind a fault is left aside."""
        ends, is_odd = [first], False
        for each in range(number + 1, number + self._worker.count):
            while (end := _opened(crew.next(each % self._worker.count))[0]) is None:
                is_odd = True
            ends.append(end)
        if is_odd and not any(end.faults for end in ends):
            raise WorkerError(f"{parcel.drafts[0].file.path}: was changed while it was read: lint it again")
        return ends


def _opened(message: object) -> tuple[_End | None, _Batch]:
    if isinstance(message, _End):
        return message, message.batch
    if not isinstance(message, list):
        raise TypeError(f"no batch: {type(message).__name__}")
    return None, message


def _faults(ends: Sequence[_End]) -> _Faults:
    """What one worker would have told; to one that had nothing to read the file seemed to be empty."""
    told = tuple(dict.fromkeys(end.faults for end in ends if not end.is_blank)) or (ends[0].faults,)
    if len(told) == 1:
        return told[0]
    every = dict.fromkeys(fault for faults in told for some in faults for fault in some)
    faults = sorted(every, key=lambda fault: fault.line)
    ends_at = (n for n in range(MAX_FAULTS, len(faults)) if faults[n].line != faults[n - 1].line)
    return (tuple(faults[: next(ends_at, None)]),)


class _Worker:
    """Judges its share of the parcels, in its own process."""

    def __init__(self, run: Run, shares: Sequence[Parcel], count: int, *, judges: bool) -> None:
        self.count = count
        self._run = run
        self._shares = shares
        self._judges = judges

    def messages(self, me: int) -> Iterator[_Batch | _End]:
        """For each parcel its posts, a batch for each turn of a big file, and its end."""
        for number, parcel in enumerate(self._shares):
            if parcel.shared:
                turn = (me - number) % self.count
                by_line = is_read_by_line(parcel.drafts[0])
                yield from self._lines(parcel.drafts[0], turn) if by_line else self._turns(parcel.drafts[0], turn)
            elif number % self.count == me:
                yield self._whole(parcel)

    def _lines(self, draft: Draft, turn: int) -> Iterator[_Batch | _End]:
        """Of a big file that can be read by line, our lines."""
        file = LinesInTurn(draft.file.path, turn, self.count)
        batch, faults = list[tuple[int, Planned]](), _NONE
        try:
            for linter, post in self._run.posts([draft._replace(file=file)]):
                while (post.line - 1) // TURN > turn:
                    yield batch
                    batch, turn = [], turn + self.count
                self._plan(batch, 0, linter, post)
        except DraftError as error:
            faults = (error.faults,)
        last = (faults[0][0].line if faults else 0) or file.count
        while (last - 1) // TURN >= turn + bool(faults):
            yield batch
            batch, turn = [], turn + self.count
        yield _End(batch, faults, file.is_blank)

    def _turns(self, draft: Draft, turn: int) -> Iterator[_Batch | _End]:
        """Of another big file, our posts."""
        batch, faults = list[tuple[int, Planned]](), _NONE
        try:
            for at, (linter, post) in enumerate(self._run.posts([draft])):
                if at // TURN % self.count == turn:
                    self._plan(batch, 0, linter, post)
                    if at % TURN == TURN - 1:
                        yield batch
                        batch = []
        except DraftError as error:
            faults = (error.faults,)
        yield _End(batch, faults)

    def _whole(self, parcel: Parcel) -> _End:
        """Of small drafts, all; after the first fault they are only read."""
        batch: _Batch = []
        faults: list[tuple[Fault, ...]] = []
        for number, draft in enumerate(parcel.drafts):
            try:
                for linter, post in self._run.posts([draft]):
                    if not faults:
                        self._plan(batch, number, linter, post)
            except DraftError as error:
                faults.append(error.faults)
        return _End(batch, tuple(faults))

    def _plan(self, batch: _Batch, number: int, linter: Linter, post: Post) -> None:
        if self._judges:
            plan = linter.plan(post)
            batch.append((number, plan._replace(result=light(plan.result))))
