"""JSON Lines: a draft a line. Read as a stream, in constant memory; blank lines are skipped."""

from __future__ import annotations

from collections.abc import Iterator

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Post
from readtheroom.policy.draft import build, build_each, mapping, no_draft, not_empty
from readtheroom.policy.json_source import JsonSource, parse_json
from readtheroom.protocols import DraftFile, ReadOptions
from readtheroom.spans import FileText

SUFFIXES = (".jsonl", ".ndjson")
BY_LINE = True


def read(file: DraftFile, options: ReadOptions) -> Iterator[Post]:
    """The posts of `file`, line by line. Raises `DraftError`; after a faulty line the rest is only checked."""
    path = file.path

    def post(numbered: tuple[int, str]) -> Post:
        number, line = numbered
        source = FileText(line, number)
        where = JsonSource(source)
        data = mapping(parse_json(path, source), where, path)
        other = no_draft(data)
        if other:
            raise DraftError([Fault(path, number, 1, other)])
        return build(data, where, path=path, line=number, id_default=f"{path}:{number}", options=options)

    return not_empty(path, build_each(_filled(file.lines()), post))


def _filled(lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines, 1) if not line.isspace())
