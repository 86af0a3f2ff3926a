"""Records of Bluesky (lexicon app.bsky.feed.post): one, or several as `listRecords` and
dumps of a repository have them.

Several: `{records: [{uri, value}]}`, a list of such entries or of records, or records by their path or collection.
A post's link card is published too: its headline and description are titles. Likes, reposts and the like are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json
from readtheroom.policy.json_source import JsonSource, Keys
from readtheroom.readers._export import Export, Making, Record, items, language

POST = "app.bsky.feed.post"
_MOST_DEEP = 3
"""Embeds in embeds: a record with media has one."""


class _Entry(NamedTuple):
    """A record, of which type, and where it and its address stand."""

    value: Json
    kind: str | None
    keys: Keys
    uri: Json = None
    uri_keys: Keys = ()


def makings(path: str, root: Json, source: JsonSource) -> Iterator[Making] | None:
    """How each post is made, if this is such a file. Raises `DraftError` for records of which none is a post."""
    entries = list(_entries(root))
    kinds = {entry.kind for entry in entries} - {None}
    if not kinds:
        return None
    if POST not in kinds:
        named = ", ".join(sorted(str(kind)[:60] for kind in kinds)[:3])
        message = f"holds no posts of Bluesky ({POST}), but {named}: leave it out"
        raise DraftError([Fault(path, *source.place(), message)])
    return (partial(_post, path, source, entry) for entry in entries)


def _entries(root: Json) -> Iterator[_Entry]:
    if isinstance(root, list):
        yield from (_entry(value, (at,)) for at, value in enumerate(root))
    elif isinstance(root, dict) and "$type" in root:
        yield _entry(root, ())
    elif isinstance(root, dict) and isinstance(root.get("records"), list | dict):
        yield from _under(root["records"], ("records",))
    elif isinstance(root, dict) and any(key.startswith("app.bsky.") for key in root):
        yield from _under(root, ())


def _under(value: Json, keys: Keys) -> Iterator[_Entry]:
    """Records in a list, or by path, or lists of records by collection."""
    if isinstance(value, list):
        yield from (_entry(each, (*keys, at)) for at, each in enumerate(value))
    elif isinstance(value, dict):
        for key, each in value.items():
            if isinstance(each, list):
                yield from (_entry(one, (*keys, key, at)) for at, one in enumerate(each))
            else:
                yield _entry(each, (*keys, key))


def _entry(value: Json, keys: Keys) -> _Entry:
    if isinstance(value, dict) and "$type" not in value and isinstance(value.get("value"), dict):
        record = value["value"]
        return _Entry(record, _kind(record), (*keys, "value"), value.get("uri"), (*keys, "uri"))
    return _Entry(value, _kind(value), keys)


def _kind(record: Json) -> str | None:
    kind = record.get("$type") if isinstance(record, dict) else None
    return kind if isinstance(kind, str) and kind.count(".") >= 2 and kind.isprintable() else None


def _post(path: str, source: JsonSource, entry: _Entry) -> Record | None:
    export = Export(path, source.under(*entry.keys))
    record = export.mapping(entry.value)
    if entry.kind is None:
        raise export.fault("a record without `$type`: a post of Bluesky has app.bsky.feed.post there")
    if entry.kind != POST:
        return None
    export.data["id"] = entry.uri
    export.note("id", source.origin(*entry.uri_keys))
    export.data["platforms"] = ["bluesky"]
    export.take("text", record.get("text"), "text")
    languages = items(record.get("langs"))
    if len(languages) == 1:
        export.take("lang", language(languages[0]), "langs", 0)
    _add_embed(export, record.get("embed"), ("embed",), _MOST_DEEP)
    return export.published(record.get("createdAt"), "createdAt")


def _add_embed(export: Export, value: Json, keys: Keys, depth: int) -> None:
    """Alt texts of pictures and films, the texts of a link card, and what stands beside a quoted post."""
    if value is None or not depth:
        return
    embed = export.mapping(value, *keys)
    media = [_medium(export, each, at, (*keys, "images", at)) for at, each in enumerate(items(embed.get("images")))]
    if "video" in embed:
        media.append(_medium(export, embed, len(media), keys))
    if media:
        export.data["media"] = media
    if embed.get("external") is not None:
        card = export.mapping(embed["external"], *keys, "external")
        export.data["title"] = [
            export.text(card.get(key), ("title", at), (*keys, "external", key))
            for at, key in enumerate(("title", "description"))
        ]
    _add_embed(export, embed.get("media"), (*keys, "media"), depth - 1)


def _medium(export: Export, value: Json, at: int, keys: Keys) -> Json:
    medium = export.mapping(value, *keys)
    return {"alt": export.text(medium.get("alt"), ("media", at, "alt"), (*keys, "alt"))}
