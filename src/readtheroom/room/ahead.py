"""A room that is read while something else is done."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readtheroom.room.current import Reading


class Ahead:
    """Begins at once. Who does not ask for the result need not wait: it ends with the process."""

    def __init__(self, read: Callable[[], Reading]) -> None:
        self._read = read
        self._made: Reading | BaseException | None = None
        self._thread = Thread(target=self._run, name="readtheroom-room", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._made = self._read()
        except BaseException as error:  # noqa: BLE001  raised where the result is asked for
            self._made = error

    def result(self) -> Reading:
        """What was read. Raises what the reading raised."""
        self._thread.join()
        if self._made is None or isinstance(self._made, BaseException):
            raise self._made or AssertionError("a thread that has ended has left something")
        return self._made
