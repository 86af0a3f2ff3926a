"""Where the characters of a YAML text stand in its file, for each of YAML's five ways to write one."""

from __future__ import annotations

import re

from readtheroom.policy.document import Node
from readtheroom.policy.origins import LazyOrigin
from readtheroom.spans import MappedOrigin, Place, Run

_BREAK = r"(?:\r\n|[\r\n\x85\u2028\u2029])"
_FOLD = rf"(?P<fold>[ \t]*{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*)|(?P<white>[ \t]+)"
"""White space around line breaks; and white space without one, taken whole so that the search stays linear."""

_PLAIN = re.compile(_FOLD)
_SINGLE = re.compile(rf"(?P<escape>'')|{_FOLD}")
_DOUBLE = re.compile(
    rf"(?P<joined>\\{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*)"
    rf"|(?P<escape>\\(?:x[0-9a-fA-F]{{2}}|u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}}|.))|{_FOLD}"
)
_BREAKS = re.compile(_BREAK)
_WORD = re.compile(r"[^ \t\r\n\x85\u2028\u2029]+")
_HEADER = re.compile(rf"[^\r\n\x85\u2028\u2029]*{_BREAK}")


class YamlSource:
    """One draft in a YAML file: its tree."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node

    def origin(self, *keys: str | int) -> LazyOrigin:
        """The origin of a text."""
        return LazyOrigin(lambda: scalar_origin(self.find(*keys)))

    def place(self, *keys: str | int) -> Place:
        """Where a value stands, or its key if the value is a list, a mapping or nothing."""
        node = self.find(*keys)
        return node.key_place if isinstance(node.value, list | dict | None) else node.place

    def spelling(self, *keys: str | int) -> str | None:
        """A number or a yes/no as it is written."""
        node = self.node.at(*keys)
        return node.file.text[node.start : node.end] if node and node.style is None else None

    def find(self, *keys: str | int) -> Node:
        """The node at a path; where that ends early, the last that is there."""
        node = self.node
        for key in keys:
            child = node.at(key)
            if child is None:
                break
            node = child
        return node


def scalar_origin(node: Node) -> MappedOrigin:
    """The origin of a text that YAML holds."""
    text = node.file.text
    if node.style in {"|", ">"} and isinstance(node.value, str):
        return MappedOrigin(node.file, _block_runs(node.value, text, node.start, node.end))
    quoted = node.style in {"'", '"'}
    token = _DOUBLE if node.style == '"' else _SINGLE if node.style == "'" else _PLAIN
    return MappedOrigin(node.file, _flow_runs(token, text, node.start + quoted, node.end - quoted))


def _flow_runs(token: re.Pattern[str], text: str, start: int, end: int) -> list[Run]:
    runs: list[Run] = []
    length, at = 0, start
    for found in token.finditer(text, start, end):
        if found.lastgroup == "white":
            continue
        runs.append(Run(length, at, found.start() - at))
        length += found.start() - at
        for source in _written(found):
            runs.append(Run(length, source, 0))
            length += 1
        at = found.end()
    return [*runs, Run(length, at, end - at), Run(length + end - at, end, 0)]


def _written(found: re.Match[str]) -> list[int]:
    """Offsets of what stands for each character that a token makes. One line break is a space; of more, one is lost."""
    if found.lastgroup == "escape":
        return [found.start()]
    breaks = [at.start() for at in _BREAKS.finditer(found.string, found.start(), found.end())]
    return breaks if found.lastgroup == "fold" and len(breaks) == 1 else breaks[1:]


def _block_runs(value: str, text: str, start: int, end: int) -> list[Run]:
    """Words stand in the file as they are, in the same order; the white space between them is aligned."""
    header = _HEADER.match(text, start, end)
    at = header.end() if header else end
    runs: list[Run] = []
    done = 0
    for word, source in zip(_WORD.finditer(value), _WORD.finditer(text, at, end), strict=False):
        runs += _white_runs(value[done : word.start()], text[at : source.start()], done, at)
        runs.append(Run(word.start(), source.start(), word.end() - word.start()))
        done, at = word.end(), source.end()
    return [*runs, *_white_runs(value[done:], text[at:end], done, at)]


def _white_runs(white: str, source: str, start: int, at: int) -> list[Run]:
    """Runs for white space at `start` of a text that is written as `source`, at `at` of the file.

    A line break may stand as a space, and indentation for nothing; what follows a break is aligned to the right.
    """
    breaks = [found.start() for found in _BREAKS.finditer(source)]
    if not breaks:
        return [Run(start, at + len(source) - len(white), len(white))]
    lines = white.split("\n")
    spare = max(len(breaks) - len(lines) + 1, 0)
    runs = [Run(start + n, at + min(n, breaks[0]), 0) for n in range(len(lines[0]))]
    done = len(lines[0])
    for number, line in enumerate(lines[1:]):
        this = min(number + spare, len(breaks) - 1)
        stop = breaks[this + 1] if this + 1 < len(breaks) else len(source)
        runs += [Run(start + done, at + breaks[this], 0), Run(start + done + 1, at + stop - len(line), len(line))]
        done += 1 + len(line)
    return runs
