"""What Postiz and Mixpost are sent. Shapes: docs.postiz.com/public-api, and the request classes of inovector/mixpost.

Postiz (`{date, posts: [{value: [{content, image}], settings}]}`): each of `posts` is a post, its further values a
thread. Mixpost (`{date, time, versions: [{content: [{body, media}], options}]}`): every version is a post. Titles that
`settings` and `options` hold for their networks are read too. Their HTML is reduced to text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from readtheroom.model import Json
from readtheroom.policy.json_source import JsonSource, Keys
from readtheroom.policy.platforms import known_platform
from readtheroom.readers._export import Export, Making, Record, items
from readtheroom.text.markup import reduce_html


def makings(path: str, root: Json, source: JsonSource) -> Iterator[Making] | None:
    """How each post is made, if this is such a file."""
    if not isinstance(root, dict):
        return None
    posts = root.get("posts")
    if isinstance(posts, list) and any(isinstance(post, dict) and "value" in post for post in posts):
        return (partial(_postiz, path, root, source, at) for at in range(len(posts)))
    versions = root.get("versions")
    if isinstance(versions, list):
        return (partial(_mixpost, path, root, source, at) for at in range(len(versions)))
    return None


def _postiz(path: str, root: dict[str, Json], source: JsonSource, at: int) -> Record:
    post = items(root["posts"])[at]
    export = Export(path, source, ("posts", at))
    settings = post.get("settings") if isinstance(post, dict) else None
    if isinstance(settings, dict):
        kind = settings.get("__type")
        name = known_platform(kind) if isinstance(kind, str) else None
        export.take("platforms", [name] if name else None, "posts", at, "settings", "__type")
        export.titles(_titles(settings), "posts", at, "settings")
    export.take("scheduled_at", root.get("date"), "date")
    _add_parts(export, post, ("posts", at, "value"), "content", "image")
    return export.record()


def _mixpost(path: str, root: dict[str, Json], source: JsonSource, at: int) -> Record:
    date, time = root.get("date"), root.get("time")
    when = f"{date} {time}" if isinstance(date, str) and isinstance(time, str) else date
    version = items(root["versions"])[at]
    export = Export(path, source, ("versions", at))
    export.take("scheduled_at", when, "date")
    export.titles(_titles_of_networks(version), "versions", at, "options")
    _add_parts(export, version, ("versions", at, "content"), "body", "media")
    return export.record()


def _titles(settings: dict[str, Json]) -> Iterator[tuple[Keys, Json]]:
    """What Postiz has for a network with titles; on Reddit each community has its own."""
    yield ("title",), settings.get("title")
    for at, each in enumerate(items(settings.get("subreddit"))):
        value = each.get("value") if isinstance(each, dict) else None
        if isinstance(value, dict):
            yield ("subreddit", at, "value", "title"), value.get("title")


def _titles_of_networks(version: Json) -> Iterator[tuple[Keys, Json]]:
    options = version.get("options") if isinstance(version, dict) else None
    for network, each in options.items() if isinstance(options, dict) else ():
        if isinstance(each, dict):
            yield (network, "title"), each.get("title")


def _add_parts(export: Export, post: Json, keys: Keys, body_key: str, media_key: str) -> None:
    """The text and media of the first value, and a thread of the others."""
    values = post.get(str(keys[-1])) if isinstance(post, dict) else None
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise export.fault(f"{keys[-1]!r} must be a list of mappings", *keys)
    thread: list[Json] = []
    for at, value in enumerate(values):
        ours: Keys = ("thread", at - 1) if at else ()
        part = _part(export, value, (*keys, at), ours, body_key, media_key) if isinstance(value, dict) else {}
        if at:
            thread.append(part)
        else:
            export.data |= part
    export.data["thread"] = thread


def _part(
    export: Export, value: dict[str, Json], keys: Keys, ours: Keys, body_key: str, media_key: str
) -> dict[str, Json]:
    return {
        "text": export.text(value.get(body_key), (*ours, "text"), (*keys, body_key), reduce_html),
        "media": _media(export, value.get(media_key), (*keys, media_key), (*ours, "media")),
    }


def _media(export: Export, media: Json, keys: Keys, ours: Keys) -> Json:
    found: list[Json] = []
    for at, item in enumerate(items(media)):
        if isinstance(item, dict):
            alt = export.text(item.get("alt"), (*ours, at, "alt"), (*keys, at, "alt"))
            found.append({"file": item.get("path"), "alt": alt})
        else:
            found.append(str(item))
    return found
