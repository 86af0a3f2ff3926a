"""Facebook's export of posts: `your_posts_1.json`, now `your_posts__check_ins__photos_and_videos_1.json`.

`[{timestamp, data: [{post}], attachments: [{data: [{media: {description}}]}]}]`. A picture's caption is read as its
alt text, unless it only says again what the post does. `title` is Facebook's own sentence, and left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from readtheroom.model import Json
from readtheroom.policy.json_source import JsonSource, Keys
from readtheroom.readers._export import Export, Making, Record, items
from readtheroom.readers._meta import published, put_text


def makings(path: str, root: Json, source: JsonSource) -> Iterator[Making] | None:
    """How each post is made, if this is such a file. A list of one post may come without its brackets."""
    if _is_post(root):
        return iter([partial(_post, path, source, root)])
    if isinstance(root, list) and any(map(_is_post, root)):
        return (partial(_post, path, source.under(at), value) for at, value in enumerate(root))
    return None


def _is_post(value: Json) -> bool:
    if not isinstance(value, dict) or "timestamp" not in value:
        return False
    return isinstance(value.get("data"), list) or isinstance(value.get("attachments"), list)


def _post(path: str, source: JsonSource, value: Json) -> Record | None:
    export = Export(path, source)
    entry = export.mapping(value)
    export.data["platforms"] = ["facebook"]
    parts = enumerate(items(entry.get("data")))
    written = [(at, part["post"]) for at, part in parts if isinstance(part, dict) and "post" in part]
    for at, text in written[:1]:
        export.data["text"] = put_text(export, text, ("text",), ("data", at, "post"))
    export.data["thread"] = [
        put_text(export, text, ("thread", n), ("data", at, "post")) for n, (at, text) in enumerate(written[1:])
    ]
    _add_captions(export, entry)
    return published(export, entry.get("timestamp"), "timestamp")


def _add_captions(export: Export, entry: dict[str, Json]) -> None:
    media: list[Json] = []
    for caption, keys in _captions(entry):
        ours: Keys = ("media", len(media), "alt")
        alt = put_text(export, caption, ours, keys)
        if alt != export.data.get("text"):
            media.append({"alt": alt})
    export.data["media"] = media


def _captions(entry: dict[str, Json]) -> Iterator[tuple[Json, Keys]]:
    for at, attachment in enumerate(items(entry.get("attachments"))):
        for n, part in enumerate(items(attachment.get("data")) if isinstance(attachment, dict) else ()):
            medium = part.get("media") if isinstance(part, dict) else None
            if isinstance(medium, dict) and medium.get("description"):
                yield medium["description"], ("attachments", at, "data", n, "media", "description")
