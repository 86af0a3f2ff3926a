"""Markdown: one post a file. Front matter holds its keys, the body is its text, comments are not published.

Pages of a content repository carry other keys (`layout`, `tags` …): those are not ours and are left alone, unless
one looks like a misspelt key of a draft. A finding is accepted with a comment:
`<!-- readtheroom-allow: RULE until=2026-12-31 by=NAME because REASON -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json, Post
from readtheroom.policy.draft import build
from readtheroom.policy.front_matter import Front, draft_keys, empty, front_matter
from readtheroom.policy.origins import Cut, Gathered, Here
from readtheroom.protocols import DraftFile, ReadOptions
from readtheroom.spans import FileText, Origin

SUFFIXES = (".md", ".markdown")

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_OURS = re.compile(r"\s*readtheroom\b", re.IGNORECASE)
_ALLOW = re.compile(r"\s*readtheroom-allow\s*:")
_BECAUSE = re.compile(r"\sbecause(?=\s|\Z)")
_BLANK_REST = re.compile(r"[ \t]*(?:\r\n|[\r\n]|\Z)")
_WORD = re.compile(r"""(?:(?P<key>\w+)=)?(?P<value>"[^"]*"|'[^']*'|\S+)""")
_SHAPE = "write <!-- readtheroom-allow: RULE until=2026-12-31 by=NAME because REASON -->"


def read(file: DraftFile, options: ReadOptions) -> Iterator[Post]:
    """The post that `file` is. Raises `DraftError`."""
    path, source = file.path, FileText(file.text())
    front = front_matter(path, source) or empty(source)
    comments = list(_COMMENT.finditer(source.text, front.end))
    cut = Cut(source, _between(source.text, front.end, comments))
    data = draft_keys(path, front)
    origins = _body(path, cut, data, front)
    _allows(path, source, comments, data, origins)
    yield build(data, Gathered(origins, front.where), path=path, line=1, id_default=path, options=options)


def _between(text: str, start: int, comments: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """What is not comment; a comment that has lines to itself takes them with it."""
    for comment in comments:
        before, after = _widened(text, start, comment.span())
        yield start, before
        start = after
    yield start, len(text)


def _widened(text: str, floor: int, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    first = len(text[floor:start].rstrip(" \t")) + floor
    rest = _BLANK_REST.match(text, end)
    if rest and (first == 0 or text[first - 1] in "\r\n"):
        return first, rest.end()
    return span


def _body(path: str, cut: Cut, data: dict[str, Json], front: Front) -> dict[tuple[str | int, ...], Origin]:
    text = cut.text.strip()
    if not text:
        return {}
    start = cut.text.index(text)
    origin = cut.origin(start, start + len(text))
    if data.get("text") is not None:
        place = front.where.place("text")
        raise DraftError([Fault(path, *place, "there is a `text` here and a text below: keep one of them")])
    data["text"] = text
    return {("text",): origin}


def _allows(
    path: str,
    source: FileText,
    comments: list[re.Match[str]],
    data: dict[str, Json],
    origins: dict[tuple[str | int, ...], Origin],
) -> None:
    """Adds what comments allow to the front matter's own entries."""
    faults: list[Fault] = []
    given = data.get("allow")
    entries = list(given) if isinstance(given, list) else []
    for comment in comments:
        try:
            entry = _entry(comment)
        except ValueError as problem:
            faults.append(Fault(path, *source.place(comment.start()), str(problem)))
            continue
        if entry:
            origins["allow", len(entries)] = Here(source, comment.start()).origin()
            entries.append(entry)
    if faults:
        raise DraftError(faults)
    if entries and (given is None or isinstance(given, list)):
        data["allow"] = entries


def _entry(comment: re.Match[str]) -> dict[str, Json] | None:
    """The `allow` entry that a comment makes, if it speaks to us. Raises ValueError for what cannot be meant."""
    if not comment[0].endswith("-->") or len(comment[0]) < len("<!---->"):
        raise ValueError("a comment that is never closed hides the rest of the file: end it with -->")
    if not _OURS.match(comment[1]):
        return None
    found = _ALLOW.match(comment[1])
    if not found:
        raise ValueError(f"a comment for readtheroom that is not understood: {_SHAPE}")
    head, *rest = _BECAUSE.split(comment[1][found.end() :], maxsplit=1)
    entry: dict[str, Json] = {"reason": " ".join(" ".join(rest).split())}
    for word in _WORD.finditer(head):
        key = word["key"] or "rule"
        if key not in {"rule", "until", "by", "covers"} or key in entry:
            raise ValueError(f"{word[0][:40]!r} is not understood in a readtheroom-allow comment: {_SHAPE}")
        entry[key] = word["value"].strip("\"'")
    if "rule" not in entry:
        raise ValueError(f"a readtheroom-allow comment that names no rule: {_SHAPE}")
    return entry
