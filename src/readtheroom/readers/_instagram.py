"""Instagram's export of posts (`posts_1.json`), reels, stories and IGTV.

`[{media: [{title, creation_timestamp}]}]`, where a post of several pictures has `title` and `creation_timestamp` of
its own; the others have such a list under `ig_reels_media` and the like. Further captions are read as alt texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from readtheroom.model import Json
from readtheroom.policy.json_source import JsonSource, Keys
from readtheroom.readers._export import Export, Making, Record, items
from readtheroom.readers._meta import published, put_text

_LISTS = ("ig_reels_media", "ig_stories", "ig_igtv_media")
_TIME = "creation_timestamp"


def makings(path: str, root: Json, source: JsonSource) -> Iterator[Making] | None:
    """How each post is made, if this is such a file."""
    if isinstance(root, dict):
        key = next((key for key in _LISTS if isinstance(root.get(key), list)), None)
        part = source.under(key) if key else source
        return _each(path, items(root[key]), part) if key else None
    if isinstance(root, list) and any(map(_is_post, root)):
        return _each(path, root, source)
    return None


def _each(path: str, entries: list[Json], source: JsonSource) -> Iterator[Making]:
    return (partial(_post, path, source.under(at), value) for at, value in enumerate(entries))


def _is_post(value: Json) -> bool:
    media = value.get("media") if isinstance(value, dict) else None
    return isinstance(media, list) and any(isinstance(each, dict) and _TIME in each for each in media)


def _post(path: str, source: JsonSource, value: Json) -> Record | None:
    export = Export(path, source)
    entry = export.mapping(value)
    export.data["platforms"] = ["instagram"]
    written = [(text, keys) for text, keys in _captions(export, entry) if text]
    for text, keys in written[:1]:
        export.data["text"] = put_text(export, text, ("text",), keys)
    export.data["media"] = [
        {"alt": put_text(export, text, ("media", at, "alt"), keys)} for at, (text, keys) in enumerate(written[1:])
    ]
    media = items(entry.get("media"))
    first = media[0] if media and isinstance(media[0], dict) else {}
    if _TIME in entry or _TIME not in first:
        return published(export, entry.get(_TIME), _TIME)
    return published(export, first[_TIME], "media", 0, _TIME)


def _captions(export: Export, entry: dict[str, Json]) -> Iterator[tuple[Json, Keys]]:
    yield entry.get("title"), ("title",)
    for at, each in enumerate(items(entry.get("media"))):
        medium = export.mapping(each, "media", at)
        yield medium.get("title"), ("media", at, "title")
