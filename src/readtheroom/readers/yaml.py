"""YAML: one draft, a list of drafts, or a list under `drafts` or `posts`."""

from __future__ import annotations

from collections.abc import Iterator

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json, Post
from readtheroom.policy.document import Node, parse_yaml
from readtheroom.policy.draft import LISTS, build, build_each, mapping, no_draft, not_empty
from readtheroom.policy.draft_values import kind_of
from readtheroom.policy.yaml_source import YamlSource
from readtheroom.protocols import DraftFile, ReadOptions
from readtheroom.spans import FileText

SUFFIXES = (".yaml", ".yml")


def read(file: DraftFile, options: ReadOptions) -> Iterator[Post]:
    """The posts of `file`, in order. Raises `DraftError`."""
    path = file.path
    root = parse_yaml(path, FileText(file.text()), DraftError)
    nodes = _drafts(path, root)
    single = nodes == [root]

    def post(numbered: tuple[int, Node]) -> Post:
        number, node = numbered
        where = YamlSource(node)
        data = mapping(node.plain(), where, path)
        default = path if single else f"{path}#{number}"
        return build(data, where, path=path, line=node.place.line, id_default=default, options=options)

    yield from not_empty(path, build_each(enumerate(nodes, 1), post))


def _drafts(path: str, root: Node) -> list[Node]:
    value = root.value
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise _fault(path, root, f"holds no draft: there must be a mapping with `text`, not {kind_of(_plain(value))}")
    other = no_draft(value)
    if other:
        raise _fault(path, root, other)
    for key in LISTS:
        if key in value:
            return _list(path, key, value)
    return [root]


def _list(path: str, key: str, value: dict[str, Node]) -> list[Node]:
    if len(value) > 1:
        other = next(node for name, node in value.items() if name != key)
        raise _fault(path, other, f"beside `{key}` nothing may stand: put it into each draft")
    drafts = value[key].value
    if not isinstance(drafts, list):
        raise _fault(path, value[key], f"`{key}` must be a list of drafts")
    return drafts


def _plain(value: Json | list[Node] | dict[str, Node]) -> Json:
    return None if isinstance(value, list | dict) else value


def _fault(path: str, node: Node, message: str) -> DraftError:
    return DraftError([Fault(path, *node.key_place, message)])
