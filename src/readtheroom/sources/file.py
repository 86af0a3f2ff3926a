"""The room from a file: a snapshot in YAML or JSON, or a history in JSONL (an observation or a snapshot a line)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from readtheroom.errors import DraftError
from readtheroom.model import Json, Observation
from readtheroom.policy.document import parse_yaml
from readtheroom.policy.files import read_text
from readtheroom.policy.json_source import parse_json
from readtheroom.policy.snapshot import observations, why
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
"""Bytes of a snapshot or history."""


def observe(options: Mapping[str, Json]) -> Iterable[Observation]:
    """What the file says. Raises `DraftError` with the places of what it cannot read."""
    path = str(options["path"])
    file = read_text(path, LIMIT, DraftError)
    if not path.lower().endswith((".jsonl", ".ndjson")):
        return _snapshot(path, file)
    return [seen for line in _lines(file) for seen in _snapshot(path, line)]


def _lines(file: FileText) -> Iterator[FileText]:
    for number, line in enumerate(file.text.split("\n"), 1):
        if line.strip():
            yield FileText(line, number)


def _snapshot(path: str, file: FileText) -> list[Observation]:
    try:
        if path.lower().endswith((".yaml", ".yml")):
            return list(observations(parse_yaml(path, file, DraftError).plain()))
        return list(observations(parse_json(path, file)))
    except ValueError:
        raise why(path, file) from None
