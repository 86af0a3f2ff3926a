"""The room from a file: a snapshot in YAML or JSON, or a history in JSONL (an observation or a snapshot a line)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json, Observation
from readtheroom.policy.document import parse_yaml
from readtheroom.policy.files import read_text
from readtheroom.policy.json_source import parse_json
from readtheroom.policy.json_tree import tree
from readtheroom.policy.snapshot import observations, why
from readtheroom.protocols import Client
from readtheroom.spans import FileText

OPTIONS: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "path": {
            "type": "string",
            "minLength": 1,
            "format": "path",
            "description": "The file, relative to the config's folder.",
        }
    },
    "required": ["path"],
    "additionalProperties": False,
}

LIMIT = 256 << 20
"""Bytes of a snapshot in JSON, or of a history."""

YAML_LIMIT = 16 << 20
"""Bytes of a snapshot in YAML, which takes far longer to read."""

MOST_FAULTS = 50
"""After so many faults in a history, reading it ends."""

_LINE_END = re.compile(r"\r\n?|\n")


FRESH_FOR = 0
ASKS_ABOUT_DRAFT = False


def observe(options: Mapping[str, Json], client: Client, tags: Sequence[str]) -> Iterable[Observation]:  # noqa: ARG001
    """What the file says. Raises `DraftError` with the places of all that it cannot read."""
    path = str(options["path"])
    ending = os.path.splitext(path)[1].lower()
    if ending in {".yaml", ".yml"}:
        return _from_yaml(path, read_text(path, YAML_LIMIT, DraftError))
    file = read_text(path, LIMIT, DraftError)
    return _history(path, file) if ending in {".jsonl", ".ndjson"} else _from_json(path, file)


def _from_yaml(path: str, file: FileText) -> list[Observation]:
    root = parse_yaml(path, file, DraftError)
    try:
        return list(observations(root.plain()))
    except ValueError:
        raise why(path, root) from None


def _from_json(path: str, file: FileText) -> list[Observation]:
    data = parse_json(path, file)
    try:
        return list(observations(data))
    except ValueError:
        raise why(path, tree(path, file)) from None


def _history(path: str, file: FileText) -> list[Observation]:
    seen: list[Observation] = []
    faults: list[Fault] = []
    for number, line in enumerate(_LINE_END.split(file.text), 1):
        if line and not line.isspace():
            try:
                seen += _from_json(path, FileText(line, number))
            except DraftError as error:
                faults += error.faults
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise DraftError(faults)
    return seen
