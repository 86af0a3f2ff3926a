"""Ask the sources, and make one room of what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from readtheroom import registry
from readtheroom.errors import DraftError, FaultsError, UnavailableError
from readtheroom.model import NO_ROOM, Observation, Room
from readtheroom.policy.values import SourceEntry
from readtheroom.protocols import Reply


class Offline:
    """A client that asks nobody."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:  # noqa: ARG002
        """Raises `UnavailableError`."""
        raise UnavailableError("offline")


def from_files(paths: Iterable[str]) -> Room:
    """The room that snapshots or histories describe. Raises `DraftError` with the faults of all of them."""
    return from_sources(SourceEntry("file", {"path": path}) for path in paths)


def from_sources(entries: Iterable[SourceEntry]) -> Room:
    """The room as the configured sources see it; no source at all is no room. Raises `DraftError` likewise."""
    seen: list[Observation] = []
    faults: list[FaultsError] = []
    asked = list(entries)
    for entry in asked:
        try:
            seen.extend(registry.load("sources", entry.kind).observe(entry.options, Offline(), ()))
        except DraftError as error:
            faults.append(error)
    if faults:
        raise DraftError(fault for error in faults for fault in error.faults)
    return Room(tuple(seen)) if asked else NO_ROOM
