"""Rooms that a run was judged by, as one file: a snapshot, or where its configs had different ones, a room for each.

Configs are named by their paths from the working folder, as they are where the run is judged again.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from readtheroom.errors import DraftError, Fault, FaultsError, UsageError
from readtheroom.model import Json, Room
from readtheroom.policy.files import read_text
from readtheroom.policy.json_source import parse_json
from readtheroom.policy.snapshot import plain, room
from readtheroom.room.load import from_files, together

LIMIT = 256 << 20
"""Bytes of a file with several rooms, as of a snapshot."""

_SEVERAL = re.compile(rb'\s*\{\s*"rooms"\s*:')


class Rooms(NamedTuple):
    """What `--room` gives: a room for all configs, and one for each config of the files in `named`, by its path."""

    common: Room = Room()
    by_config: Mapping[str, Room] = {}
    named: tuple[str, ...] = ()

    def of(self, config: str | None) -> Room:
        """The room of a config (None: there is none). Raises `DraftError` if the file has no room for it."""
        if not self.named:
            return self.common
        own = self.by_config.get(_called(config))
        if own is None:
            known = ", ".join(each or "none" for each in self.by_config)
            fault = f"has no room for the config {_called(config) or '(none)'}, but for: {known}"
            raise DraftError([Fault(self.named[0], 0, 0, f"{fault}; run from the folder where it was saved")])
        return together([self.common, own]) if self.common != Room() else own


def read(paths: Iterable[str]) -> Rooms:
    """The rooms of snapshots, histories and files with several rooms. Raises `DraftError` with all their faults."""
    several = [path for path in paths if _has_several(path)]
    by_config: dict[str, Room] = {}
    faults: list[Fault] = []
    common = Room()
    try:
        common = from_files([path for path in paths if path not in several])
    except FaultsError as error:
        faults += error.faults
    for path in several:
        try:
            by_config |= _read(path)
        except FaultsError as error:
            faults += error.faults
    if faults:
        raise DraftError(faults)
    return Rooms(common, by_config, tuple(several))


def _has_several(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return path.endswith(".json") and bool(_SEVERAL.match(file.read(200)))
    except OSError:
        return False  # told when it is read


def _read(path: str) -> dict[str, Room]:
    data = parse_json(path, read_text(path, LIMIT, DraftError))
    items = data.get("rooms") if isinstance(data, dict) else None
    found: dict[str, Room] = {}
    for number, item in enumerate(items if isinstance(items, list) else []):
        try:
            own = dict(item) if isinstance(item, dict) else {}
            config = own.pop("config", None)
            if not isinstance(config, str):
                raise ValueError("`config` is missing")
            found[config] = room({**own, "observations": own.get("observations")})
        except ValueError as problem:
            raise DraftError([Fault(path, 0, 0, f"`rooms[{number}]`: {problem}")]) from None
    return found


def save(path: str, rooms: Mapping[str | None, Room]) -> None:
    """Write the rooms of some configs, for `--room`. Raises `UsageError` if that cannot be done; the old file stays
    then."""
    different = list(dict.fromkeys(rooms.values()))
    several: list[Json] = [{"config": _called(config), **plain(own)} for config, own in rooms.items()]
    written: Json = {"rooms": several} if len(different) > 1 else plain(different[0])
    beside = os.path.join(os.path.dirname(os.path.realpath(path)), f".readtheroom-{os.urandom(6).hex()}")
    try:
        with open(beside, "x", encoding="utf-8", newline="\n") as file:
            json.dump(written, file, indent=1)
            file.write("\n")
        os.replace(beside, os.path.realpath(path))
    except OSError as error:
        raise UsageError(f"{path}: the room cannot be written: {error.strerror}") from None
    finally:
        if os.path.exists(beside):
            os.unlink(beside)


def _called(config: str | None) -> str:
    return os.path.relpath(config).replace(os.sep, "/") if config else ""
