"""JSON: one draft, a list of drafts, a list under `drafts` or `posts`; and what Postiz and Mixpost are sent.

Postiz (`{date, posts: [{value: [{content, image}], settings}]}`): each of `posts` is a post, its further values a
thread. Mixpost (`{date, time, versions: [{content: [{body, media}], options}]}`): every version is a post. Titles that
`settings` and `options` hold for their networks are read too. Their HTML is reduced to text. Shapes:
docs.postiz.com/public-api, and the request classes of inovector/mixpost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json, Post
from readtheroom.policy.draft import LISTS, build, build_each, mapping, no_draft, not_empty
from readtheroom.policy.draft_values import Locator
from readtheroom.policy.json_source import JsonSource, Keys, parse_json
from readtheroom.policy.origins import Gathered, LazyOrigin, through
from readtheroom.policy.platforms import known_platform
from readtheroom.protocols import DraftFile, ReadOptions
from readtheroom.spans import FileText, MappedOrigin, Origin
from readtheroom.text.markup import reduce_html

SUFFIXES = (".json",)


class _Record(NamedTuple):
    """A draft as plain data, the part of the file that it is, and where its values are."""

    data: Json
    source: JsonSource
    where: Locator


def read(file: DraftFile, options: ReadOptions) -> Iterator[Post]:
    """The posts of `file`, in order. Raises `DraftError`."""
    path, text = file.path, FileText(file.text())
    root = parse_json(path, text)
    source = JsonSource(text)
    records = _records(path, root, source)
    single = records[:1] == [(root, source, source)]

    def post(numbered: tuple[int, _Record]) -> Post:
        number, record = numbered
        data = mapping(record.data, record.where, path)
        line = text.place(record.source.find()[1]).line
        default = path if single else f"{path}#{number}"
        return build(data, record.where, path=path, line=line, id_default=default, options=options)

    yield from not_empty(path, build_each(enumerate(records, 1), post))


def _records(path: str, root: Json, source: JsonSource) -> list[_Record]:
    if isinstance(root, list):
        return _listed(root, source)
    data = mapping(root, source, path)
    if _is_postiz(data):
        return list(_postiz(path, data, source))
    if isinstance(data.get("versions"), list):
        return list(_mixpost(path, data, source))
    other = no_draft(data)
    if other:
        raise _fault(path, source, other)
    for key in LISTS:
        drafts = data.get(key)
        if isinstance(drafts, list):
            _alone(path, key, data, source)
            return _listed(drafts, source.under(key))
    return [_Record(data, source, source)]


def _listed(drafts: list[Json], source: JsonSource) -> list[_Record]:
    parts = [source.under(at) for at in range(len(drafts))]
    return [_Record(draft, part, part) for draft, part in zip(drafts, parts, strict=True)]


def _alone(path: str, key: str, data: dict[str, Json], source: JsonSource) -> None:
    for other in data:
        if other != key:
            raise _fault(path, source, f"beside {key!r} nothing may stand: put it into each draft", other)


def _is_postiz(data: dict[str, Json]) -> bool:
    posts = data.get("posts")
    return isinstance(posts, list) and any(isinstance(post, dict) and "value" in post for post in posts)


def _postiz(path: str, data: dict[str, Json], source: JsonSource) -> Iterator[_Record]:
    posts = data["posts"]
    for at, post in enumerate(posts if isinstance(posts, list) else ()):
        export = _Export(path, source, ("posts", at))
        settings = post.get("settings") if isinstance(post, dict) else None
        if isinstance(settings, dict):
            kind = settings.get("__type")
            name = known_platform(kind) if isinstance(kind, str) else None
            export.take("platforms", [name] if name else None, "posts", at, "settings", "__type")
            export.titles(_titles(settings), "posts", at, "settings")
        export.take("scheduled_at", data.get("date"), "date")
        export.parts(post, "value", "content", "image")
        yield export.record()


def _mixpost(path: str, data: dict[str, Json], source: JsonSource) -> Iterator[_Record]:
    versions = data["versions"]
    date, time = data.get("date"), data.get("time")
    when = f"{date} {time}" if isinstance(date, str) and isinstance(time, str) else date
    for at, version in enumerate(versions if isinstance(versions, list) else ()):
        export = _Export(path, source, ("versions", at))
        export.take("scheduled_at", when, "date")
        export.titles(_titles_of_networks(version), "versions", at, "options")
        export.parts(version, "content", "body", "media")
        yield export.record()


def _titles(settings: dict[str, Json]) -> Iterator[tuple[Keys, Json]]:
    """What Postiz has for a network with titles; on Reddit each community has its own."""
    yield ("title",), settings.get("title")
    communities = settings.get("subreddit")
    for at, each in enumerate(communities if isinstance(communities, list) else ()):
        value = each.get("value") if isinstance(each, dict) else None
        if isinstance(value, dict):
            yield ("subreddit", at, "value", "title"), value.get("title")


def _titles_of_networks(version: Json) -> Iterator[tuple[Keys, Json]]:
    options = version.get("options") if isinstance(version, dict) else None
    for network, each in options.items() if isinstance(options, dict) else ():
        if isinstance(each, dict):
            yield (network, "title"), each.get("title")


class _Export:
    """A draft that is put together from what a publishing tool is sent."""

    def __init__(self, path: str, source: JsonSource, base: Keys) -> None:
        self._path, self._source, self._base = path, source, base
        self._data: dict[str, Json] = {}
        self._origins: dict[Keys, Origin] = {}

    def record(self) -> _Record:
        part = self._source.under(*self._base)
        return _Record(self._data, part, Gathered(self._origins, part))

    def take(self, key: str, value: Json, *keys: str | int) -> None:
        self._data[key] = value
        self._origins[key,] = self._source.origin(*keys)

    def titles(self, found: Iterable[tuple[Keys, Json]], *base: str | int) -> None:
        """The titles that are there, each found at its keys below `base`."""
        given = [(keys, title) for keys, title in found if title is not None]
        self._data["title"] = [title for _, title in given]
        self._origins |= {("title", at): self._source.origin(*base, *keys) for at, (keys, _) in enumerate(given)}

    def parts(self, post: Json, values_key: str, body_key: str, media_key: str) -> None:
        """The text and media of the first value, and a thread of the others."""
        values = post.get(values_key) if isinstance(post, dict) else None
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise _fault(
                self._path, self._source, f"{values_key!r} must be a list of mappings", *self._base, values_key
            )
        thread: list[Json] = []
        for at, value in enumerate(values):
            keys = (*self._base, values_key, at)
            ours: Keys = ("thread", at - 1) if at else ()
            part = self._part(value, keys, ours, body_key, media_key) if isinstance(value, dict) else {}
            if at:
                thread.append(part)
            else:
                self._data |= part
        self._data["thread"] = thread

    def _part(self, value: dict[str, Json], keys: Keys, ours: Keys, body_key: str, media_key: str) -> dict[str, Json]:
        return {
            "text": self._body(value.get(body_key), (*keys, body_key), (*ours, "text")),
            "media": self._media(value.get(media_key), (*keys, media_key), (*ours, "media")),
        }

    def _body(self, body: Json, keys: Keys, ours: Keys) -> Json:
        source = self._source.origin(*keys)
        self._origins[ours] = source
        if not isinstance(body, str):
            return body
        try:
            reduced = reduce_html(body)
        except ValueError as problem:
            raise _fault(self._path, self._source, str(problem), *keys) from None
        file = self._source.file
        self._origins[ours] = LazyOrigin(lambda: MappedOrigin(file, through(reduced.runs, source.runs())))
        return reduced.text

    def _media(self, media: Json, keys: Keys, ours: Keys) -> Json:
        found: list[Json] = []
        for at, item in enumerate(media if isinstance(media, list) else ()):
            if isinstance(item, dict):
                found.append({"file": item.get("path"), "alt": item.get("alt")})
                self._origins[*ours, at, "alt"] = self._source.origin(*keys, at, "alt")
            else:
                found.append(str(item))
        return found


def _fault(path: str, source: JsonSource, message: str, *keys: str | int) -> DraftError:
    return DraftError([Fault(path, *source.place(*keys), message)])
