"""Drafts that are put together from a JSON file of another tool: their values, and where each was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json
from readtheroom.policy.draft_values import Locator, kind_of
from readtheroom.policy.json_source import JsonSource, Keys
from readtheroom.policy.origins import Gathered, LazyOrigin, through
from readtheroom.spans import MappedOrigin, Origin
from readtheroom.text.markup import Reduced

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?![^-_])")

Reading: TypeAlias = Callable[[str], Reduced]
"""What a text of the file says to its readers. Raises ValueError for one that cannot be."""


class Record(NamedTuple):
    """A draft as plain data, the part of the file that it is, and where its values are."""

    data: Json
    source: JsonSource
    where: Locator


Making: TypeAlias = Callable[[], Record | None]
"""Makes the record of an entry; None: nothing was said there. Raises `DraftError`."""


class Export:
    """A draft in the making, which is the part of `source` at `base`. All keys are counted from `source`."""

    def __init__(self, path: str, source: JsonSource, base: Keys = ()) -> None:
        self._path, self._source, self._base = path, source, base
        self.data: dict[str, Json] = {}
        self._origins: dict[Keys, Origin] = {}

    def record(self) -> Record:
        """The draft."""
        part = self._source.under(*self._base)
        return Record(self.data, part, Gathered(self._origins, part))

    def published(self, when: Json, *keys: str | int) -> Record | None:
        """The draft, which went out `when`, or None if it has no text: such a one is a picture or a share.

        Raises `DraftError` if there is no time: the room of its moment would be that of any other.
        """
        if not any(map(_says, _texts(self.data))):
            return None
        if when is None:
            raise self.fault(f"a post without {keys[-1]!r}: when it went out must be known", *keys)
        self.take("scheduled_at", when, *keys)
        return self.record()

    def take(self, key: str, value: Json, *keys: str | int) -> None:
        """`key` of the draft is `value`, which stands at `keys`."""
        self.data[key] = value
        self._origins[key,] = self._source.origin(*keys)

    def titles(self, found: Iterable[tuple[Keys, Json]], *base: str | int) -> None:
        """The titles that are there, each found at its keys below `base`."""
        given = [(keys, title) for keys, title in found if title is not None]
        self.data["title"] = [title for _, title in given]
        self._origins |= {("title", at): self._source.origin(*base, *keys) for at, (keys, _) in enumerate(given)}

    def note(self, key: str, origin: Origin) -> None:
        """Where a value of the draft stands that is written outside of it."""
        self._origins[key,] = origin

    def text(self, value: Json, ours: Keys, keys: Keys, reading: Reading | None = None) -> Json:
        """A text of the draft, at `ours`, as its readers see it; what is no text is left for `build` to refuse."""
        source = self._source.origin(*keys)
        self._origins[ours] = source
        if reading is None or not isinstance(value, str):
            return value
        try:
            reduced = reading(value)
        except ValueError as problem:
            raise self.fault(str(problem), *keys) from None
        file = self._source.file
        self._origins[ours] = LazyOrigin(lambda: MappedOrigin(file, through(reduced.runs, source.runs())))
        return reduced.text

    def fault(self, message: str, *keys: str | int) -> DraftError:
        """An error at `keys`."""
        return DraftError([Fault(self._path, *self._source.place(*keys), message)])

    def mapping(self, value: Json, *keys: str | int) -> dict[str, Json]:
        """`value`, which stands at `keys` and must be a mapping. Raises `DraftError`."""
        if not isinstance(value, dict):
            name = repr(keys[-1]) if keys and isinstance(keys[-1], str) else "an entry of this file"
            raise self.fault(f"{name} must be a mapping, not {kind_of(value)}", *keys)
        return value


def language(code: Json) -> str | None:
    """The language of a tag of BCP 47, if it is one that `build` takes: what was published cannot be corrected."""
    known = _LANGUAGE.match(code) if isinstance(code, str) else None
    return known[0] if known else None


def items(value: Json) -> list[Json]:
    """A list of a file; another value is none that we know."""
    return value if isinstance(value, list) else []


def _texts(data: dict[str, Json]) -> Iterable[Json]:
    for key in ("text", "title", "poll", "thread"):
        value = data.get(key)
        yield from value if isinstance(value, list) else [value]
    for medium in items(data.get("media")):
        yield medium.get("alt") if isinstance(medium, dict) else None


def _says(value: Json) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None
