"""What lies on the desk when a post is judged."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from readtheroom.engine.engine import Engine
from readtheroom.engine.scene import Scene
from readtheroom.model import Approvals, Hold, Room
from readtheroom.room.current import Reading


class Basis(NamedTuple):
    """What of it the audit trail tells."""

    engine: Engine
    room: Room
    now: datetime
    holds: tuple[Hold, ...]


class Desk(NamedTuple):
    """What one post is judged by: rules, room, present, holds besides the room's own, and who approved."""

    engine: Engine
    scene: Scene
    reading: Reading
    now: datetime
    holds: tuple[Hold, ...]
    approvals: Approvals | None = None

    @property
    def basis(self) -> Basis:
        """What the audit trail tells."""
        return Basis(self.engine, self.reading.room, self.now, self.holds)
