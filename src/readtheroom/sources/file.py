"""The room from a file: a snapshot in YAML or JSON, or a history in JSONL (an observation or a snapshot a line)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence

from readtheroom.errors import DraftError, Fault, UnavailableError
from readtheroom.model import Gap, Json, Observation, Room
from readtheroom.policy.document import parse_yaml
from readtheroom.policy.files import read_text
from readtheroom.policy.json_source import parse_json
from readtheroom.policy.json_tree import tree
from readtheroom.policy.snapshot import room
from readtheroom.policy.snapshot_faults import why
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


def observe(
    options: Mapping[str, Json],
    client: Client,
    tags: Sequence[str],
) -> Iterable[Observation | Gap]:
    """What the file says. Raises `DraftError` with the places of all that it cannot read."""
    seen = read(str(options["path"]))
    if not seen.looked_up:
        raise UnavailableError("; ".join(map(str, seen.gaps)) or "nobody looked")
    return [*seen.observations, *seen.gaps]


def read(path: str) -> Room:
    """The room as a file has it. A history tells what was missing at its last moment. Raises `DraftError` likewise."""
    ending = os.path.splitext(path)[1].lower()
    if ending in {".yaml", ".yml"}:
        return _from_yaml(path, read_text(path, YAML_LIMIT, DraftError))
    file = read_text(path, LIMIT, DraftError)
    return _history(path, file) if ending in {".jsonl", ".ndjson"} else _from_json(path, file)


def _from_yaml(path: str, file: FileText) -> Room:
    root = parse_yaml(path, file, DraftError)
    try:
        return room(root.plain())
    except ValueError:
        raise why(path, root) from None


def _from_json(path: str, file: FileText) -> Room:
    data = parse_json(path, file)
    try:
        return room(data)
    except ValueError:
        raise why(path, tree(path, file)) from None


def _history(path: str, file: FileText) -> Room:
    seen: list[Observation] = []
    faults: list[Fault] = []
    last = Room()
    for number, line in enumerate(_LINE_END.split(file.text), 1):
        if line and not line.isspace():
            try:
                last = _from_json(path, FileText(line, number))
                seen += last.observations
            except DraftError as error:
                faults += error.faults
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise DraftError(faults)
    return last._replace(observations=tuple(seen), looked_up=last.looked_up or bool(seen))
