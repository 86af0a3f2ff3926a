"""YAML and JSON as trees that remember where everything stands.

Hostile input is bounded: size by the caller, depth and number of nodes here (aliases counted each time
that they are used, so that an alias bomb is a fault and not a hang).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import yaml

from readtheroom.errors import Fault, FaultsError, PolicyError
from readtheroom.spans import FileText, Place

if TYPE_CHECKING:
    from readtheroom.model import Json

    Loader: TypeAlias = yaml.CSafeLoader | yaml.SafeLoader

MAX_DEPTH = 40
MAX_NODES = 1_000_000
_SAFE_DEPTH = 500
"""What any stack can hold. Each level takes one of `[{-?:`, so few of them need no closer look."""

_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
"""What we take for a number: 09:30 is no count of minutes, and 0123 no octal. `NO` is Norway, not False."""

_PROPERTY = r"[&!][^ \t\r\n\x85\u2028\u2029]*+"
_GAP = r"[ \t\r\n\x85\u2028\u2029]*+(?:#[^\r\n\x85\u2028\u2029]*+[ \t\r\n\x85\u2028\u2029]*+)*+"
_PROPERTIES = re.compile(rf"(?:{_PROPERTY}{_GAP}){{0,2}}+")
"""The anchor and the tag of a scalar, which PyYAML counts as part of it, and what lies between."""

Scalar: TypeAlias = "bool | int | float | str | None"


class Node:
    """A value and its place. `value` is a scalar, a list of nodes, or a dict of nodes.

    `start` and `end` are offsets into `file.text` (code points) of the value as written, quotes and
    indicators included, the anchor and tag of a scalar not; `key_start` is where its key stands, for values of a
    mapping, else `start`.
    `style` is YAML's: None (plain), `'`, `"`, `|` or `>`.
    """

    __slots__ = ("end", "file", "key_start", "start", "style", "value")

    def __init__(
        self,
        value: Scalar | list[Node] | dict[str, Node],
        file: FileText,
        start: int,
        end: int,
        style: str | None = None,
    ) -> None:
        self.value = value
        self.file = file
        self.start = self.key_start = start
        self.end = end
        self.style = style

    @property
    def place(self) -> Place:
        """Where the value starts."""
        return self.file.place(self.start)

    @property
    def key_place(self) -> Place:
        """Where its key starts; its own place if it has none."""
        return self.file.place(self.key_start)

    def plain(self) -> Json:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def at(self, *path: str | int) -> Node | None:
        """The node at a path of keys and indexes, or None."""
        node: Node | None = self
        for step in path:
            node = node.child(step) if node else None
        return node

    def child(self, step: str | int) -> Node | None:
        """The node at one key or index, or None."""
        if isinstance(step, str):
            return self.value.get(step) if isinstance(self.value, dict) else None
        return self.value[step] if isinstance(self.value, list) and step < len(self.value) else None


def parse_yaml(path: str, file: FileText, error: type[FaultsError] = PolicyError, max_nodes: int = MAX_NODES) -> Node:
    """The one document in `file`; an empty file is a node of None. Raises `error` with the place of what is wrong."""
    loader = yaml.CSafeLoader(file.text) if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader(file.text)
    try:
        _bound_depth(path, file, error)
        root = loader.get_single_node()
        if root is None:
            return Node(None, file, 0, 0)
        return _Builder(path, file, loader, error, max_nodes).build(root, 0)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = file.place(mark.index) if mark else Place(0, 0)
        raise error([Fault(path, *place, f"not valid YAML: {_sentence(problem)}")]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as problem:
        raise error([Fault(path, file.first_line, 0, f"not valid YAML: {problem}".splitlines()[0])]) from None
    finally:
        loader.dispose()


def _bound_depth(path: str, file: FileText, error: type[FaultsError]) -> None:
    """PyYAML composes by recursion in C, where a document nested deep enough ends the process."""
    if sum(map(file.text.count, "[{-?:")) <= _SAFE_DEPTH:
        return
    depth = 0
    for event in yaml.parse(file.text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _SAFE_DEPTH:
                line = file.place(event.start_mark.index).line if event.start_mark else file.first_line
                raise error([Fault(path, line, 0, f"nested deeper than {MAX_DEPTH}")])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _sentence(problem: yaml.MarkedYAMLError) -> str:
    words = ", ".join(str(part) for part in (problem.context, problem.problem) if part)
    return words + ("; a value that starts with @, # or ` or holds ': ' needs quotes" if "token" in words else "")


class _Builder:
    """Turns PyYAML's nodes into ours, counting."""

    def __init__(self, path: str, file: FileText, loader: Loader, error: type[FaultsError], max_nodes: int) -> None:
        self._path, self._file, self._loader, self._error = path, file, loader, error
        self._left = max_nodes

    def build(self, node: yaml.Node, depth: int) -> Node:
        self._left -= 1
        if depth > MAX_DEPTH or self._left < 0:
            raise self._fault(
                node,
                f"nested deeper than {MAX_DEPTH}" if depth > MAX_DEPTH else "too large once its aliases are expanded",
            )
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode):
            return Node(self._scalar(node), self._file, self._bare(start, end), end, node.style or None)
        if isinstance(node, yaml.SequenceNode):
            return Node([self.build(item, depth + 1) for item in node.value], self._file, start, end)
        return Node(dict(self._pairs(node, depth)), self._file, start, end)

    def _bare(self, start: int, end: int) -> int:
        properties = _PROPERTIES.match(self._file.text, start, end)
        return properties.end() if properties else start

    def _pairs(self, node: yaml.Node, depth: int) -> Iterator[tuple[str, Node]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._fault(key_node, "a key must be a single word or text")
            if key_node.tag == "tag:yaml.org,2002:merge":
                raise self._fault(key_node, "merge keys (<<) are not supported: write the keys out")
            key = str(key_node.value)
            if key in seen:
                raise self._fault(key_node, f"key {key!r} is given twice")
            seen.add(key)
            child = self.build(value_node, depth + 1)
            child.key_start = key_node.start_mark.index
            yield key, child

    def _scalar(self, node: yaml.ScalarNode) -> Scalar:
        kind = node.tag.removeprefix("tag:yaml.org,2002:")
        if kind in {"timestamp", "str"}:
            return str(node.value)
        if kind not in {"null", "bool", "int", "float"}:
            raise self._fault(node, f"tag {node.tag} is not supported: write a plain value")
        if (kind == "int" and not _DECIMAL.fullmatch(node.value)) or (
            kind == "bool" and node.value.lower() in {"yes", "no"}
        ):
            return str(node.value)
        value = self._loader.construct_object(node)
        return value if value is None or isinstance(value, bool | int | float) else str(value)

    def _fault(self, node: yaml.Node, message: str) -> FaultsError:
        return self._error([Fault(self._path, *self._file.place(node.start_mark.index), message)])
