"""Media of the parts of a thread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readtheroom.model import Json


def part_media(thread: Json) -> tuple[tuple[str, str], ...]:
    """Each by its place, and its file: `thread[0].media[1]`. What has another shape is left out, and told elsewhere."""
    return tuple(_found(thread)) if isinstance(thread, list) else ()


def _found(thread: list[Json]) -> Iterator[tuple[str, str]]:
    for at, part in enumerate(thread):
        media = part.get("media") if isinstance(part, dict) else None
        for n, item in enumerate(media if isinstance(media, list) else ()):
            name = item.get("file") if isinstance(item, dict) else item
            if isinstance(name, str):
                yield f"thread[{at}].media[{n}]", name
