"""Ask the sources, and make one room of what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain

from readtheroom import registry
from readtheroom.errors import DraftError, Fault, FaultsError, UnavailableError
from readtheroom.model import Gap, Observation, Room
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.protocols import Reply
from readtheroom.room.told import Asking, Told, silent


class Offline:
    """A client that asks nobody."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:  # noqa: ARG002  as every client
        """Raises `UnavailableError`."""
        raise UnavailableError("offline")

    def left(self) -> float:
        """See `protocols.Client`."""
        return 0.0


def from_files(paths: Iterable[str]) -> Room:
    """The room that snapshots or histories describe. Raises `DraftError` with the faults of all of them."""
    rooms: list[Room] = []
    faults: list[FaultsError] = []
    for path in paths:
        try:
            rooms.append(registry.load("sources", "file").read(path))
        except DraftError as error:
            faults.append(error)
    if faults:
        raise DraftError(fault for error in faults for fault in error.faults)
    return together(rooms)


def from_each(
    config: RoomConfig,
    *,
    offline: bool = False,
    at: datetime | None = None,
    tags: Sequence[str] | None = None,
    since: float | None = None,
) -> tuple[list[Told], tuple[Gap, ...]]:
    """What each source says, in the order of the config, and what is to be said of the store.

    `at` (aware; None: now) is the moment in whose window what was seen before counts. `offline`: only files, and
    what is kept of earlier answers. `tags` are for sources that ask about drafts; None: nobody knows them. `since`: see
    `Asking`. Raises `DraftError` as `from_files` does.
    """
    live = {n: entry for n, entry in enumerate(config.sources) if entry.kind != "file"}
    heard = _from_disk({n: entry for n, entry in enumerate(config.sources) if n not in live})
    notes: tuple[Gap, ...] = ()
    if live:
        from readtheroom.room.live import ask  # noqa: PLC0415  slow to import, and files do without

        answers, notes = ask(tuple(live.values()), config, Asking(at or datetime.now(UTC), offline, tags, since))
        heard.update(zip(live, answers, strict=True))
    return [heard[number] for number in range(len(config.sources))], notes


def _from_disk(entries: Mapping[int, SourceEntry]) -> dict[int, Told]:
    """What files say. Raises `DraftError` with the faults of all of them."""
    heard: dict[int, Told] = {}
    faults: list[Fault] = []
    for number, entry in entries.items():
        try:
            heard[number] = _said(entry)
        except DraftError as error:
            faults += (_where_named(fault, entry) for fault in error.faults)
    if faults:
        raise DraftError(faults)
    return heard


def _where_named(fault: Fault, entry: SourceEntry) -> Fault:
    """What is wrong with a whole file, such as that it is not there, is told where the config names it."""
    if fault.line or not entry.config:
        return fault
    return Fault(entry.config, entry.line, 0, f"{fault.path}: {fault.message}")


def _said(entry: SourceEntry) -> Told:
    try:
        said = list(registry.load("sources", entry.kind).observe(entry.options, Offline(), ()))
    except UnavailableError as error:
        return silent(entry, str(error))
    seen = (each for each in said if isinstance(each, Observation))
    placed = (each if each.region else each._replace(region=entry.region) for each in seen)
    return Told(tuple(placed), tuple(each for each in said if isinstance(each, Gap)))


def together(rooms: Sequence[Room]) -> Room:
    """One room of several."""
    gaps = dict.fromkeys(chain.from_iterable(room.gaps for room in rooms))
    seen = chain.from_iterable(room.observations for room in rooms)
    held = dict.fromkeys(chain.from_iterable(room.holds for room in rooms))
    return Room(tuple(seen), tuple(gaps), any(room.looked_up for room in rooms), tuple(held))
