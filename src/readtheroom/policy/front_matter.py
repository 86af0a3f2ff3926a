"""YAML between `---` lines at the head of a text file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json
from readtheroom.policy.draft import KEYS
from readtheroom.policy.draft_values import Locator
from readtheroom.policy.origins import Here
from readtheroom.policy.suggest import closest
from readtheroom.spans import FileText

_OPENING = re.compile(r"---[ \t]*(?:\r\n|[\r\n]|\Z)")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*(?:\r\n|[\r\n]|\Z)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n]|\Z)")
_ALIKE = 0.8

MAX_KEYS = 200
"""Keys of front matter. Each that is not ours is compared with ours, which takes time."""


class Front(NamedTuple):
    """What stands at the head of a text: its values, where they are, and where the text itself begins."""

    data: Mapping[str, Json]
    where: Locator
    end: int


def front_matter(path: str, file: FileText, start: int = 0) -> Front | None:
    """The front matter at `start` of a file, or None. Raises `DraftError` if it is never closed, or no mapping."""
    opening = _OPENING.match(file.text, start)
    if not opening:
        return None
    closing = _closing(file.text, opening.end())
    if closing is None:
        raise DraftError([Fault(path, *file.place(start), "front matter is never closed: end it with a line ---")])
    from readtheroom.policy.document import parse_yaml  # noqa: PLC0415  slow to import: many a text has no front matter
    from readtheroom.policy.yaml_source import YamlSource  # noqa: PLC0415  likewise

    first = file.place(opening.end()).line
    node = parse_yaml(path, FileText(file.text[opening.end() : closing.start()], first), DraftError)
    data = node.plain()
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise DraftError([Fault(path, *node.place, "front matter must be a mapping: `key: value`, a key a line")])
    return Front(data, YamlSource(node), closing.end())


def draft_keys(path: str, front: Front, others: frozenset[str] = frozenset()) -> dict[str, Json]:
    """The keys of a draft among the front matter of a page, which may hold much else (`layout`, `tags` …).

    Raises `DraftError` for a key that looks like a misspelt one of ours, since it would silently count for nothing;
    `others` are known not to be.
    """
    if len(front.data) > MAX_KEYS:
        raise DraftError([Fault(path, *front.where.place(), f"front matter of more than {MAX_KEYS} keys")])
    faults = []
    for key in front.data.keys() - KEYS - others:
        near = closest(key, KEYS, _ALIKE)
        if near:
            place = front.where.place(key)
            faults.append(Fault(path, *place, f"unknown key {key[:40]!r} – did you mean {near!r}?"))
    if faults:
        raise DraftError(sorted(faults))
    return {key: value for key, value in front.data.items() if key in KEYS}


def _closing(text: str, at: int) -> re.Match[str] | None:
    while at < len(text):
        closing = _CLOSING.match(text, at)
        if closing:
            return closing
        line = _LINE.match(text, at)
        at = line.end() if line else len(text)
    return None


def empty(file: FileText) -> Front:
    """Front matter that is not there."""
    return Front({}, Here(file), 0)
