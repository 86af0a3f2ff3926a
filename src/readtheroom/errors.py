"""Everything that can go wrong, as one tree.

ReadTheRoomError
├── UsageError          an option, a path or a name on the command line or in a call
├── FaultsError         one or more faults in files that a user wrote, all told at once
│   ├── PolicyError     config, packs, rules, accounts
│   └── DraftError      drafts, and room snapshots
├── PluginError         a third-party kind, reader, source or reporter that is broken or doubled
└── UnavailableError         a source of the room that could not be asked, or whose answer cannot be believed
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Fault(NamedTuple):
    """One thing that is wrong in a file. `line` and `column` start at 1; 0 means the whole file."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = ":".join(str(n) for n in (self.line, self.column) if n)
        return f"{self.path}:{place}: {self.message}" if place else f"{self.path}: {self.message}"


class ReadTheRoomError(Exception):
    """Base of all errors that this package raises on purpose; its text is meant for users."""


class UsageError(ReadTheRoomError):
    """An option, path or name that cannot be used."""


class PluginError(ReadTheRoomError):
    """A kind, reader, source or reporter from an entry point that cannot be used."""


class FaultsError(ReadTheRoomError):
    """One or more faults in files, each with its place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[FaultsError], tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


class PolicyError(FaultsError):
    """Faults in config, packs, rules or accounts: nothing can be judged."""


class DraftError(FaultsError):
    """Faults in drafts or room snapshots: what they say cannot be trusted."""


class UnavailableError(ReadTheRoomError):
    """A source of the room that could not be asked, or whose answer cannot be believed; the text says why."""
