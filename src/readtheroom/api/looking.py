"""How a linter looks at the world: by which sources, and by which clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeAlias


class Looking(NamedTuple):
    """How the room is looked up, whatever the config says."""

    offline: bool = False
    require_room: bool = False
    lasting: bool = False
    """Read again once it is no longer fresh, and ask about the hashtags of each post where a source wants them."""


Clock: TypeAlias = "datetime | Callable[[], datetime] | None"
"""What stands for the present (aware): one moment, what tells it, or the clock of the machine."""
