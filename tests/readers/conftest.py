"""What the tests of all readers need: posts from a text, and a check that every character is where it is said to be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from readtheroom.errors import DraftError
from readtheroom.model import Field, Post
from readtheroom.protocols import ReadOptions
from readtheroom.readers._file import PathFile, TextFile
from readtheroom.spans import Place

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
Read = Callable[..., list[Post]]


@pytest.fixture
def read() -> Read:
    """Posts of a text, as `read(reader, text, path="draft", **options)`."""

    def posts(reader: ModuleType, text: str, path: str = "draft", **options: object) -> list[Post]:
        return list(reader.read(TextFile(text, path), ReadOptions(**options)))  # type: ignore[arg-type]  # of any type, by name

    return posts


@pytest.fixture
def faults() -> Callable[..., list[str]]:
    """Faults of a text, as they are shown."""

    def shown(reader: ModuleType, text: str, path: str = "draft", **options: object) -> list[str]:
        with pytest.raises(DraftError) as caught:
            list(reader.read(TextFile(text, path), ReadOptions(**options)))  # type: ignore[arg-type]  # of any type, by name
        return str(caught.value).splitlines()

    return shown


@pytest.fixture
def sample() -> Callable[[ModuleType, str], list[Post]]:
    """Posts of a sample that is not part of the repository; skips where it is absent."""

    def posts(reader: ModuleType, name: str) -> list[Post]:
        path = SAMPLES / name
        if not path.exists():
            pytest.skip(f"no {path}")
        return list(reader.read(PathFile(str(path)), ReadOptions()))

    return posts


@pytest.fixture
def texts() -> Callable[[Post], list[tuple[str, str, Place]]]:
    """Name, text and first place of each field."""
    return lambda post: [(field.name, field.text, field.origin.place(0)) for field in post.fields]


@pytest.fixture
def strays() -> Callable[..., list[tuple[int, str, str]]]:
    """Characters of a field that are not at their place in the file, nor stood in for by what starts there.

    Called as `strays(field, source, stand_ins="\\\\")`; a stand-in is known by its first character.
    """

    def found(field: Field, source: str, stand_ins: str = "\\") -> list[tuple[int, str, str]]:
        lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        wrong = []
        for offset, char in enumerate(field.text):
            place = field.origin.place(offset)
            there = lines[place.line - 1][place.column - 1 : place.column]
            if there != char and not ((there and there in stand_ins) or (char == "\n" and there == "")):
                wrong.append((offset, char, there))
        return wrong

    return found
