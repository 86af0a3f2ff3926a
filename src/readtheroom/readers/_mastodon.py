"""A Mastodon archive's `outbox.json`: an OrderedCollection of ActivityPub (www.w3.org/TR/activitypub).

What was created is read, notes and polls: their HTML reduced to its text, the content warning as title, attachments
with the alt text that they have for a name. Boosts are the words of others; direct messages are no posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json
from readtheroom.policy.json_source import JsonSource, Keys
from readtheroom.readers._export import Export, Making, Record, items, language
from readtheroom.text.markup import reduce_html

_POSTS = frozenset({"Note", "Question"})
_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_ACTOR = re.compile(r"https?://([^/\s?#]+)/(?:users/|@)([^/\s?#@]+)/?")


def makings(path: str, root: Json, source: JsonSource) -> Iterator[Making] | None:
    """How each post is made, if this is such a file. Raises `DraftError` for another file of such an archive."""
    if not isinstance(root, dict) or not ("orderedItems" in root or "@context" in root):
        return None
    activities = items(root.get("orderedItems"))
    if "orderedItems" not in root or (activities and not any(isinstance(each, dict) for each in activities)):
        message = "holds no posts: those of a Mastodon archive are in its outbox.json"
        raise DraftError([Fault(path, *source.place("orderedItems"), message)])
    parts = ((source.under("orderedItems", at), each) for at, each in enumerate(activities))
    return (partial(_post, path, part, activity) for part, activity in parts)


def _post(path: str, source: JsonSource, value: Json) -> Record | None:
    export = Export(path, source)
    activity = export.mapping(value)
    note = activity.get("object")
    if activity.get("type") != "Create" or not isinstance(note, dict) or note.get("type") not in _POSTS:
        return None
    if _is_direct(note) or _is_direct(activity):
        return None
    export.take("id", note.get("id"), "object", "id")
    export.take("account", _handle(activity.get("actor")), "actor")
    export.data["platforms"] = ["mastodon"]
    _add_content(export, note)
    export.take("title", note.get("summary"), "object", "summary")
    export.data["media"] = [_medium(export, each, at) for at, each in enumerate(items(note.get("attachment")))]
    for key in ("oneOf", "anyOf"):
        if key in note:
            export.data["poll"] = [_option(export, key, each, at) for at, each in enumerate(items(note[key]))]
    return export.published(note.get("published"), "object", "published")


def _add_content(export: Export, note: dict[str, Json]) -> None:
    by_language = note.get("contentMap")
    languages = list(by_language) if isinstance(by_language, dict) else []
    keys: Keys = ("object", "content")
    content = note.get("content")
    if len(languages) == 1:
        export.take("lang", language(languages[0]), "object", "contentMap")
        if content is None and isinstance(by_language, dict):
            content, keys = by_language[languages[0]], ("object", "contentMap", languages[0])
    export.data["text"] = export.text(content, ("text",), keys, reduce_html)


def _medium(export: Export, value: Json, at: int) -> Json:
    medium = export.mapping(value, "object", "attachment", at)
    alt = export.text(medium.get("name"), ("media", at, "alt"), ("object", "attachment", at, "name"))
    return {"file": medium.get("url"), "alt": alt}


def _option(export: Export, key: str, value: Json, at: int) -> Json:
    option = export.mapping(value, "object", key, at)
    return export.text(option.get("name"), ("poll", at), ("object", key, at, "name"))


def _handle(actor: Json) -> str | None:
    """`@shop@social.example` of `https://social.example/users/shop`; of an address that is only a number, None."""
    found = _ACTOR.fullmatch(actor) if isinstance(actor, str) else None
    return f"@{found[2]}@{found[1]}" if found else None


def _is_direct(told: dict[str, Json]) -> bool:
    """Whether it went to nobody but those whom it names."""
    if "to" not in told:
        return False
    every = [one for key in ("to", "cc") for one in (items(told.get(key)) or [told.get(key)])]
    return not any(isinstance(one, str) and (one in _PUBLIC or one.endswith("/followers")) for one in every)
