"""A run whose posts are judged by several processes: the outcome is that of one."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from readtheroom.api.calendar import Planned
from readtheroom.api.crew import Crew, WorkerError
from readtheroom.api.drafts import Draft
from readtheroom.api.linter import Linter
from readtheroom.api.run import MOST_FAULTS, Run
from readtheroom.api.shares import TURN, Parcel, parcels
from readtheroom.api.waiting import light
from readtheroom.errors import DraftError, Fault

Plan: TypeAlias = tuple[Linter, Planned]


class _Done(NamedTuple):
    """The end of a parcel: the faults of each draft that has any."""

    faults: tuple[tuple[Fault, ...], ...] = ()


_Batch: TypeAlias = list[tuple[int, Planned]]
"""Posts that were judged, each with the number of its draft within the parcel."""

_NOTHING: Final = _Done()


def planned(run: Run, drafts: Sequence[Draft], jobs: int) -> Iterator[Plan]:
    """What each post is by itself, in the order of the drafts, judged by up to `jobs` workers.

    Raises `DraftError` at the end as `Run.lint` does, and `WorkerError`.
    """
    shares = tuple(parcels(drafts))
    count = jobs if any(each.shared for each in shares) else min(jobs, len(shares))
    if count < 2:
        return ((linter, linter.plan(post)) for linter, post in run.posts(drafts))
    return _Parent(run, shares, count).plans()


def read_through(run: Run, drafts: Sequence[Draft], jobs: int) -> None:
    """Raise what `planned` would at its end; nothing is judged."""
    shares = tuple(each._replace(shared=False) for each in parcels(drafts))
    count = min(jobs, len(shares))
    if count < 2:
        for _ in run.posts(drafts):
            pass
    else:
        for _ in _Parent(run, shares, count, judges=False).plans():
            pass


class _Parent:
    """Puts together what the workers send."""

    def __init__(self, run: Run, shares: Sequence[Parcel], count: int, *, judges: bool = True) -> None:
        self._run = run
        self._shares = shares
        self._count = count
        self._judges = judges

    def plans(self) -> Iterator[Plan]:
        """Of all posts up to the first draft with a fault."""
        faults: list[Fault] = []
        with Crew(self._count, _Worker(self._run, self._shares, self._count, judges=self._judges).messages) as crew:
            for number, parcel in enumerate(self._shares):
                for some in (yield from self._parcel(crew, number, parcel, wanted=not faults)):
                    faults.extend(some)
                    if len(faults) > MOST_FAULTS:
                        raise DraftError(faults)
        if faults:
            raise DraftError(faults)

    def _parcel(
        self, crew: Crew, number: int, parcel: Parcel, *, wanted: bool
    ) -> Generator[Plan, None, tuple[tuple[Fault, ...], ...]]:
        linters = [self._run.linter(draft.file.path) for draft in parcel.drafts]
        while not isinstance(message := crew.next(number % self._count), _Done):
            if wanted:
                yield from ((linters[each], plan) for each, plan in _batch(message))
            number += parcel.shared
        if parcel.shared:
            others = [crew.next(each % self._count) for each in range(number + 1, number + self._count)]
            if any(each != message for each in others):
                raise WorkerError(f"{parcel.drafts[0].file.path}: was changed while it was read: lint it again")
        return message.faults


def _batch(message: object) -> _Batch:
    if not isinstance(message, list):
        raise TypeError(f"no batch: {type(message).__name__}")
    return message


class _Worker:
    """Judges its share of the parcels, in its own process."""

    def __init__(self, run: Run, shares: Sequence[Parcel], count: int, *, judges: bool = True) -> None:
        self._run = run
        self._shares = shares
        self._count = count
        self._judges = judges

    def messages(self, me: int) -> Iterator[_Batch | _Done]:
        """A batch, or several, of each parcel, and its end."""
        for number, parcel in enumerate(self._shares):
            if parcel.shared:
                yield from self._turns(parcel, (me - number) % self._count)
            elif number % self._count == me:
                yield from self._whole(parcel)

    def _turns(self, parcel: Parcel, me: int) -> Iterator[_Batch | _Done]:
        """Of a big file, those posts whose turn it is."""
        batch: _Batch = []
        try:
            for at, (linter, post) in enumerate(self._run.posts(parcel.drafts)):
                if at // TURN % self._count == me:
                    batch.append((0, _light(linter.plan(post))))
                    if len(batch) == TURN:
                        yield batch
                        batch = []
            end = _NOTHING
        except DraftError as error:
            end = _Done((error.faults,))
        if batch:
            yield batch
        yield end

    def _whole(self, parcel: Parcel) -> Iterator[_Batch | _Done]:
        """Of small drafts, all; after the first fault they are only read."""
        batch: _Batch = []
        faults: list[tuple[Fault, ...]] = []
        for number, draft in enumerate(parcel.drafts):
            try:
                for linter, post in self._run.posts([draft]):
                    if self._judges and not faults:
                        batch.append((number, _light(linter.plan(post))))
            except DraftError as error:
                faults.append(error.faults)
        yield batch
        yield _Done(tuple(faults))


def _light(plan: Planned) -> Planned:
    return plan._replace(result=light(plan.result))
