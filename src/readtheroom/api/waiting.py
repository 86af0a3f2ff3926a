"""Values that wait in their order: the first in memory, the many on disk, where nobody else can read them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import IO, Generic, NamedTuple, TypeVar

from readtheroom.findings import PostResult
from readtheroom.model import Field
from readtheroom.spans import Place

IN_MEMORY = 512
"""Values that wait in memory, and go to disk together."""

Value = TypeVar("Value")


class Waiting(Generic[Value]):
    """Adds values, then gives them back in their order. `light` makes of each what can be pickled."""

    def __init__(self, light: Callable[[Value], Value]) -> None:
        self._light = light
        self._newest: list[Value] = []
        self._disk: IO[bytes] | None = None

    def add(self, value: Value) -> None:
        """One more."""
        self._newest.append(value)
        if len(self._newest) >= IN_MEMORY:
            self._spill()

    def _spill(self) -> None:
        import pickle  # noqa: PLC0415  slow to import, and only many values need it
        import tempfile  # noqa: PLC0415  likewise

        if self._disk is None:
            self._disk = tempfile.TemporaryFile()  # noqa: SIM115  closed by close
        pickle.dump([self._light(each) for each in self._newest], self._disk, pickle.HIGHEST_PROTOCOL)
        self._newest.clear()

    def __iter__(self) -> Iterator[Value]:
        if self._disk:
            import pickle  # noqa: PLC0415  see above

            end = self._disk.tell()
            self._disk.seek(0)
            while self._disk.tell() < end:
                yield from pickle.load(self._disk)  # noqa: S301  a file that has no name
        yield from self._newest

    def close(self) -> None:
        """Nothing is needed any more."""
        if self._disk:
            self._disk.close()


class Places(NamedTuple):
    """Where some characters of a text stand in its file, by their offsets in rising order; an `Origin` of no more."""

    known: tuple[tuple[int, Place], ...] = ()

    def place(self, offset: int) -> Place:
        """The place of the last of them at or before `offset`; 0 and 0 if there is none."""
        at = bisect_right(self.known, offset, key=itemgetter(0)) - 1
        return self.known[at][1] if at >= 0 else Place(0, 0)


def light(result: PostResult) -> PostResult:
    """A result that lets go of its file: of its post's origins stays where labels begin. It can be pickled."""
    starts: dict[str, set[int]] = {}
    for each in result.labels:
        starts.setdefault(each.field, set()).add(each.start)
    fields = tuple(_light(field, starts.get(field.name, ())) for field in result.post.fields)
    return result._replace(post=result.post._replace(fields=fields, keys={}))


def _light(field: Field, starts: set[int] | tuple[()]) -> Field:
    return field._replace(origin=Places(tuple((start, field.origin.place(start)) for start in sorted(starts))))
