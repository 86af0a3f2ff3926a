"""One of many processes that share a store: looks at a room, records what it sees, and is killed at any time."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from time import sleep

from readtheroom.model import Observation
from readtheroom.policy.folders import cache_folder
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.room.load import from_each
from readtheroom.room.store import Store


def main(url: str, name: str) -> None:
    """Until it is killed. Says a number for each observation once it is kept, and what the store has to complain of."""
    entry = SourceEntry("rss", {"url": url}, fresh_for=timedelta(milliseconds=100))
    for number in count():
        _, notes = from_each(RoomConfig((entry,), budget=5))
        store = Store(cache_folder())
        store.record(name, [Observation(f"{name} {number}", "topic", "x", datetime.now(UTC))])
        complaints = [*(gap.reason for gap in notes), *store.notes]
        store.close()
        sys.stdout.write("".join(f"{line}\n" for line in complaints or [str(number)]))
        sys.stdout.flush()
        sleep(0.02)


if __name__ == "__main__":
    main(*sys.argv[1:])
