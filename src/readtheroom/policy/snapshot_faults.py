"""What is wrong with a room snapshot, with places: only where something is, since this imports a parser of YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json
from readtheroom.policy.document import Node
from readtheroom.policy.draft_schema import OBSERVATION, ROOM
from readtheroom.policy.hold_plain import hold
from readtheroom.policy.schema import check
from readtheroom.policy.snapshot import observation


def why(path: str, root: Node) -> DraftError:
    """Everything that is wrong with a snapshot that `snapshot.room` refused, at its place."""
    alone = isinstance(root.value, dict) and "term" in root.value
    schema, name = (OBSERVATION, "an observation") if alone else (ROOM, "a room snapshot")
    return DraftError(list(check(root, schema, path, name)) or _beyond_schema(path, root))


def _beyond_schema(path: str, root: Node) -> Iterator[Fault]:
    items: list[tuple[Callable[[Json], object], Node]] = []
    items += [(observation, item) for item in _listed(root, "observations")]
    items += [(hold, item) for item in _listed(root, "holds")]
    for read, item in items or [(observation, root)]:
        try:
            read(item.plain())
        except ValueError as problem:
            yield Fault(path, *item.place, f"{problem}")


def _listed(root: Node, key: str) -> list[Node]:
    listed = root.child(key)
    return listed.value if listed and isinstance(listed.value, list) else []
