"""Plain text: the whole file is one post. Line breaks at its end are not part of it."""

from __future__ import annotations

from collections.abc import Iterator

from readtheroom.model import Post
from readtheroom.policy.draft import build
from readtheroom.policy.origins import Cut, Gathered, Here
from readtheroom.protocols import DraftFile, ReadOptions
from readtheroom.spans import FileText

SUFFIXES = (".txt",)


def read(file: DraftFile, options: ReadOptions) -> Iterator[Post]:
    """The post that `file` is. Raises `DraftError`."""
    source = FileText(file.text())
    cut = Cut(source, [(0, len(source.text.rstrip("\r\n")))])
    where = Gathered({("text",): cut.origin()}, Here(source))
    yield build({"text": cut.text}, where, path=file.path, line=1, id_default=file.path, options=options)
