"""JSON as a tree of `document.Node`s, for telling what is wrong with it: built only once something is."""

from __future__ import annotations

from json import JSONDecoder

from readtheroom.model import Json
from readtheroom.policy.document import Node, Scalar
from readtheroom.policy.json_source import JsonSource, parse_json
from readtheroom.spans import FileText

MAX_DEPTH = 8
"""Lists and mappings further down are left empty: nothing that we know of is nested so deep."""

_DECODER = JSONDecoder()


def tree(path: str, file: FileText) -> Node:
    """The tree of the value in `file`. Raises `DraftError` for anything but JSON."""
    return _node(parse_json(path, file), JsonSource(file), 0)


def _node(value: Json, source: JsonSource, depth: int) -> Node:
    key_start, start = source.find()
    end = _DECODER.raw_decode(source.file.text, start)[1]
    node = Node(_content(value, source, depth + 1), source.file, start, end)
    node.key_start = key_start
    return node


def _content(value: Json, source: JsonSource, depth: int) -> Scalar | list[Node] | dict[str, Node]:
    if isinstance(value, dict):
        keys = value if depth <= MAX_DEPTH else ()
        return {key: _node(value[key], source.under(key), depth) for key in keys}
    if isinstance(value, list):
        return [_node(each, source.under(at), depth) for at, each in enumerate(value if depth <= MAX_DEPTH else ())]
    return value
