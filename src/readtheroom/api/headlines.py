"""What the rules say about headlines, kept from run to run: a day's headlines are read by every commit of that day."""

from __future__ import annotations

import marshal
import os
from collections.abc import Mapping
from zlib import crc32

from readtheroom.policy.folders import cache_folder

MOST = 20_000
"""Headlines that are kept: more than any room has."""

Labels = dict[str, frozenset[str]]


class Headlines:
    """The labels of headlines by one policy, in a file of the user's own. Several processes may read and write it."""

    def __init__(self, name: str, mark: int) -> None:
        """`name` of the policy among others; `mark` stands for all that it says, and changes with it."""
        home = cache_folder()
        self._path = os.path.join(home, f"headlines-{name}") if home else None
        self._mark = mark
        self._kept: Mapping[str, frozenset[str]] = {}

    def recall(self) -> Labels:
        """What is known of headlines; nothing if the file is another policy's, or damaged."""
        if self._path is None:
            return {}
        try:
            with open(self._path, "rb") as file:
                checksum, body = file.read(4), file.read()
            if crc32(body).to_bytes(4, "big") != checksum:
                return {}
            mark, plain = marshal.loads(body)  # noqa: S302  ours: the folder is the user's alone
            known = {title: frozenset(labels) for title, labels in plain.items()} if mark == self._mark else {}
        except (OSError, ValueError, TypeError, EOFError, AttributeError):
            return {}
        self._kept = dict(known)
        return known

    def keep(self, known: Labels) -> None:
        """Keep what is known now, if it is more; where that cannot be done, nothing happens."""
        if self._path is None or known.keys() <= self._kept.keys() or len(known) > MOST:
            return
        body = marshal.dumps((self._mark, {title: tuple(sorted(labels)) for title, labels in known.items()}))
        partial = f"{self._path}.{os.getpid()}"
        try:
            with open(partial, "wb") as file:
                file.write(crc32(body).to_bytes(4, "big") + body)
            os.replace(partial, self._path)
        except OSError:
            return
