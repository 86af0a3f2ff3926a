"""The files of one policy as they are read, and every fault that they hold."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from readtheroom.errors import Fault, FaultsError
from readtheroom.policy.document import Node, parse_yaml
from readtheroom.policy.files import POLICY_LIMIT, read_text
from readtheroom.policy.keywords import Schema
from readtheroom.policy.schema import check, check_merged
from readtheroom.spans import FileText

TERM_LIMIT = 200
"""Characters of a line of a lexicon."""

_COMMENT = re.compile(r"(?:^|\s)#+(?:\s.*)?$")
"""From a `#` that stands alone to the end of the line; `#tag` is a term."""
_LINE_END = re.compile(r"\r\n?|\n")


class Reading:
    """Gathers the faults of a whole policy, so that they are told together; knows which node is of which file."""

    def __init__(self) -> None:
        self.files: list[str] = []
        """Every file that was asked for, in order."""
        self._faults: list[Fault] = []
        self._homes: dict[FileText, tuple[str, str]] = {}
        self._terms: dict[str, list[str] | None] = {}

    def tree(self, path: str, folder: str | None = None, limit: int = POLICY_LIMIT) -> Node | None:
        """The tree in a file of at most `limit` bytes, or None if it has faults.

        The file's lexicons must lie in `folder` (its own).
        """
        self.files.append(path)
        try:
            file = read_text(path, limit)
            self._homes[file] = (path, os.path.dirname(path) if folder is None else folder)
            return parse_yaml(path, file)
        except FaultsError as error:
            self._faults += error.faults
            return None

    def path_of(self, node: Node) -> str:
        """The file that a node was read from."""
        return self._homes[node.file][0]

    def check(self, node: Node, schema: Schema, name: str) -> bool:
        """Whether `node` fits; if not, its faults are kept."""
        found = list(check(node, schema, self.path_of(node), name))
        self._faults += found
        return not found

    def check_merged(self, node: Node, schema: Schema, name: str) -> bool:
        """As `check`, for a mapping whose values come from several files."""
        found = list(check_merged(node, schema, self.path_of, name))
        self._faults += found
        return not found

    def fault(self, node: Node, message: str, *, at_key: bool = False) -> None:
        """Keep a fault at a value, or at its key."""
        self.fault_in(self.path_of(node), message, *(node.key_place if at_key else node.place))

    def fault_in(self, path: str, message: str, line: int = 0, column: int = 0) -> None:
        """Keep a fault of a file."""
        self._faults.append(Fault(path, line, column, message))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All so far, in order of place."""
        return tuple(sorted(set(self._faults)))

    # --- lexicons ---

    def lexicon(self, node: Node) -> list[str]:
        """The terms of the lexicon that `node` names, relative to its file; none if it has faults."""
        home, folder = self._homes[node.file]
        path = os.path.normpath(os.path.join(os.path.dirname(home), str(node.value)))
        if not is_inside(path, folder):
            self.fault(node, f"lexicon {str(node.value)!r} lies outside {folder or 'this folder'}: move it there")
            return []
        if not os.path.isfile(path):
            self.fault(node, f"no such lexicon: {path}")
            return []
        if path not in self._terms:
            self._terms[path] = self._read_terms(path)
        return self._terms[path] or []

    def _read_terms(self, path: str) -> list[str] | None:
        self.files.append(path)
        try:
            lines = _LINE_END.split(read_text(path).text)
        except FaultsError as error:
            self._faults += error.faults
            return None
        terms = dict(_terms(lines))
        for term, line in terms.items():
            if len(term) > TERM_LIMIT:
                self.fault_in(path, f"a term longer than {TERM_LIMIT} characters: write one term per line", line)
        if not terms:
            self.fault_in(path, "holds no terms: write one per line")
        return list(terms)


def _terms(lines: Iterable[str]) -> Iterable[tuple[str, int]]:
    for number, line in enumerate(lines, 1):
        term = _COMMENT.sub("", line).strip()
        if term:
            yield term, number


def is_inside(path: str, folder: str) -> bool:
    """Whether a path is a folder, or leads into it, links followed."""
    try:
        home = os.path.realpath(folder or ".")
        return os.path.commonpath([home, os.path.realpath(path)]) == home
    except ValueError:  # a NUL in the name, or another drive
        return False
