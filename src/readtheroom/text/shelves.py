"""Words kept in parts, as bytes: a part is opened when one of its words is first asked for.

One post has few words, and a lexicon has tens of thousands.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, Sequence
from zlib import crc32

PARTS = 1024
MOST_OPENED = 64
"""Parts that are opened one by one; whoever asks for more words than those have gets all."""


def shelve(words: Mapping[str, str]) -> tuple[bytes, ...]:
    """The parts of a mapping, for `Shelves`."""
    parts: list[dict[str, str]] = [{} for _ in range(PARTS)]
    for word, told in words.items():
        parts[_part(word)][word] = told
    return tuple(map(marshal.dumps, parts))


class Shelves(Mapping[str, str]):
    """The mapping that `shelve` was given. Its parts must come from a place that others cannot write."""

    __slots__ = ("_closed", "_opened")

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._closed = dict(enumerate(parts))
        self._opened: dict[str, str] = {}

    def __getitem__(self, word: str) -> str:
        if self._closed and word not in self._opened:
            self._open(word)
        return self._opened[word]

    def __contains__(self, word: object) -> bool:
        if self._closed and word not in self._opened and isinstance(word, str):
            self._open(word)
        return word in self._opened

    def _open(self, word: str) -> None:
        part = self._closed.get(_part(word))
        if part is not None:
            self._opened.update(marshal.loads(part))  # noqa: S302  see the class
            self._closed.pop(_part(word), None)
            if len(self._closed) < PARTS - MOST_OPENED:
                self._open_all()

    def _open_all(self) -> None:
        for part in tuple(self._closed.values()):
            self._opened.update(marshal.loads(part))  # noqa: S302  see the class
        self._closed.clear()

    def __iter__(self) -> Iterator[str]:
        self._open_all()
        return iter(self._opened)

    def __len__(self) -> int:
        self._open_all()
        return len(self._opened)


def _part(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) % PARTS
