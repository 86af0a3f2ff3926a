"""Values of a draft: texts and lists of texts, taken from plain data and checked, with faults that say where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from readtheroom.errors import Fault
from readtheroom.model import Json
from readtheroom.policy.suggest import did_you_mean
from readtheroom.spans import Origin, Place

MAX_FIELD: Final = 1 << 20
"""Characters in one text of a draft. The longest post that any platform takes has 63,206."""

MAX_WORDS: Final = 100
"""Platforms, regions or approvers of one draft."""

MAX_FAULTS: Final = 50
"""Faults that are told of one file; guessing what was meant takes time, and nobody reads more."""


class Locator(Protocol):
    """Where the values of a draft stand in its file, by their path of keys. Asked only for findings and faults."""

    def origin(self, *keys: str | int) -> Origin:
        """The origin of a text. Cheap: what is costly waits for `place`."""
        ...

    def place(self, *keys: str | int) -> Place:
        """Where a value stands; of a list or mapping, and of a key that is not known, where its key stands."""
        ...

    def spelling(self, *keys: str | int) -> str | None:
        """How a number or a yes/no is written, if the format leaves quotes to chance."""
        ...


class Values:
    """The values of a mapping, each checked as it is asked for; faults are gathered."""

    __slots__ = ("data", "faults", "path", "where")

    def __init__(self, data: Mapping[str, Json], where: Locator, path: str) -> None:
        self.data, self.where, self.path = data, where, path
        self.faults: list[Fault] = []

    def fault(self, message: str, *keys: str | int) -> None:
        """Note what is wrong with the value at `keys`, unless enough is."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(self.path, *self.where.place(*keys), message))

    def unknown(self, data: Mapping[str, Json], known: frozenset[str], *keys: str | int) -> None:
        """Note each key that is neither known nor the user's own (`x-…`)."""
        for key in sorted(key for key in data.keys() - known if not key.startswith("x-")):
            if len(self.faults) < MAX_FAULTS:
                self.fault(f"unknown key {key[:40]!r}{did_you_mean(key, known)}", *keys, key)

    def text(self, value: Json, *keys: str | int) -> str:
        """A text that may be there; empty if it is not, or is nothing but space."""
        if type(value) is not str:
            if value is None:
                return ""
            value = self._spelt(value, keys)
        if len(value) > MAX_FIELD:
            self.fault(f"{name_of(keys)} holds {len(value):,} characters, more than {MAX_FIELD:,}", *keys)
        elif not value.isascii() and not _encodable(value):
            self.fault(f"{name_of(keys)} holds half of a surrogate pair (\\ud800 to \\udfff), no character", *keys)
        return "" if not value or value.isspace() else value

    def word(self, key: str) -> str | None:
        """A text without the space around it, or None."""
        value = self.data.get(key)
        return None if value is None else self.text(value, key).strip() or None

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts, or a single one; blank ones are left out."""
        value = self.data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            return (word,) if (word := self.text(value, key).strip()) else ()
        if len(value) > MAX_WORDS:
            self.fault(f"{key} holds {len(value):,} entries, more than {MAX_WORDS}", key)
            return ()
        return tuple([word for at, item in enumerate(value) if (word := self.text(item, key, at).strip())])

    def items(self, value: Json, *keys: str | int) -> list[Json]:
        """A list that may be there."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(f"{name_of(keys)} must be a list, not {kind_of(value)}", *keys)
            return []
        return value

    def _spelt(self, value: Json, keys: tuple[str | int, ...]) -> str:
        spelling = None if isinstance(value, list | dict) else self.where.spelling(*keys)
        if spelling is None:
            self.fault(f"{name_of(keys)} must be text, not {kind_of(value)}", *keys)
        return spelling or ""


def kind_of(value: Json) -> str:
    """What a value is, in a user's words."""
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "nothing"


def name_of(keys: tuple[str | int, ...]) -> str:
    """A path of keys as fields are named: `media[0].alt`."""
    if len(keys) == 1:
        return str(keys[0])
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
