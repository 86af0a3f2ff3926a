"""A linter for posts that have not been published yet: it judges drafts against policy and against the room.

The names below are the library. They are imported when first used, so that `import readtheroom` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readtheroom.api.checks import Checked, Checks, Leave
    from readtheroom.api.linter import Linter
    from readtheroom.errors import DraftError, Fault, PluginError, PolicyError, ReadTheRoomError, UsageError
    from readtheroom.findings import Evidence, Finding, Label, PostResult, Skip, Verdict
    from readtheroom.model import Allow, Approval, Field, Hold, HoldScope, Observation, Post, Reason, Room, Rule

__version__ = "0.1.0"

__all__ = [
    "Allow",
    "Approval",
    "Checked",
    "Checks",
    "DraftError",
    "Evidence",
    "Fault",
    "Field",
    "Finding",
    "Hold",
    "HoldScope",
    "Label",
    "Leave",
    "Linter",
    "Observation",
    "PluginError",
    "PolicyError",
    "Post",
    "PostResult",
    "ReadTheRoomError",
    "Reason",
    "Room",
    "Rule",
    "Skip",
    "UsageError",
    "Verdict",
]

_MODULES = ("errors", "model", "findings", "api.linter", "api.checks")
"""Where they are, the cheapest to import first."""

if not TYPE_CHECKING:  # with it, a type checker would take any name for one of ours

    def __getattr__(name):
        if name in __all__:
            for module in _MODULES:
                found = getattr(import_module(f"readtheroom.{module}"), name, None)
                if found is not None:
                    globals()[name] = found
                    return found
        raise AttributeError(f"module 'readtheroom' has no attribute {name!r}")
