"""Rooms as files."""

from __future__ import annotations

import json
import os

from readtheroom.errors import UsageError
from readtheroom.model import Room
from readtheroom.policy.snapshot import plain


def save(path: str, room: Room) -> None:
    """Write a room as a snapshot, for `--room`. Raises `UsageError` if that cannot be done; the old file stays then."""
    beside = os.path.join(os.path.dirname(os.path.realpath(path)), f".readtheroom-{os.urandom(6).hex()}")
    try:
        with open(beside, "x", encoding="utf-8", newline="\n") as file:
            json.dump(plain(room), file, indent=1)
            file.write("\n")
        os.replace(beside, os.path.realpath(path))
    except OSError as error:
        raise UsageError(f"{path}: the room cannot be written: {error.strerror}") from None
    finally:
        if os.path.exists(beside):
            os.unlink(beside)


def append(path: str, room: Room) -> None:
    """Add a room to a history, as one line, whoever else is adding. Raises `UsageError` likewise."""
    line = json.dumps(plain(room)).encode() + b"\n"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise UsageError(f"{path}: the room cannot be added: {error.strerror}") from None
