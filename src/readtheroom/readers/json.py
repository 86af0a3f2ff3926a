"""JSON: one draft, a list of drafts, a list under `drafts` or `posts`; and files of other tools, known by their shape.

These are what Postiz and Mixpost are sent, and what was published before, as Mastodon, Bluesky, Facebook and Instagram
hand it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json, Post
from readtheroom.policy.draft import LISTS, build, build_each, mapping, no_draft, not_empty
from readtheroom.policy.json_source import JsonSource, parse_json
from readtheroom.protocols import DraftFile, ReadOptions
from readtheroom.readers import _bluesky, _facebook, _instagram, _mastodon, _publishers
from readtheroom.readers._export import Making, Record
from readtheroom.spans import FileText

SUFFIXES = (".json",)

_EXPORTS: tuple[Callable[[str, Json, JsonSource], Iterator[Making] | None], ...] = (
    _mastodon.makings,
    _bluesky.makings,
    _facebook.makings,
    _instagram.makings,
)


def read(file: DraftFile, options: ReadOptions) -> Iterator[Post]:
    """The posts of `file`, in order. Raises `DraftError`."""
    path, text = file.path, FileText(file.text())
    root = parse_json(path, text)
    source = JsonSource(text)

    def post(numbered: tuple[int, Making]) -> Post | None:
        number, making = numbered
        record = making()
        if record is None:
            return None
        data = mapping(record.data, record.where, path)
        line = text.place(record.source.find()[1]).line
        default = path if not record.source.base else f"{path}#{number}"
        return build(data, record.where, path=path, line=line, id_default=default, options=options)

    exported = _exported(path, root, source)
    if exported is not None:
        yield from build_each(enumerate(exported, 1), post)
    else:
        yield from not_empty(path, build_each(enumerate(_to_be(path, root, source), 1), post))


def _exported(path: str, root: Json, source: JsonSource) -> Iterator[Making] | None:
    """What was said before, which may well be nothing."""
    every = (makings(path, root, source) for makings in _EXPORTS)
    return next((found for found in every if found is not None), None)


def _to_be(path: str, root: Json, source: JsonSource) -> Iterable[Making]:
    sent = _publishers.makings(path, root, source)
    return [partial(Record, *each) for each in _drafts(path, root, source)] if sent is None else sent


def _drafts(path: str, root: Json, source: JsonSource) -> list[tuple[Json, JsonSource, JsonSource]]:
    if isinstance(root, list):
        return _listed(root, source)
    data = mapping(root, source, path)
    other = no_draft(data)
    if other:
        raise _fault(path, source, other)
    for key in LISTS:
        drafts = data.get(key)
        if isinstance(drafts, list):
            _alone(path, key, data, source)
            return _listed(drafts, source.under(key))
    return [(data, source, source)]


def _listed(drafts: list[Json], source: JsonSource) -> list[tuple[Json, JsonSource, JsonSource]]:
    parts = [source.under(at) for at in range(len(drafts))]
    return [(draft, part, part) for draft, part in zip(drafts, parts, strict=True)]


def _alone(path: str, key: str, data: dict[str, Json], source: JsonSource) -> None:
    for other in data:
        if other != key:
            raise _fault(path, source, f"beside {key!r} nothing may stand: put it into each draft", other)


def _fault(path: str, source: JsonSource, message: str, *keys: str | int) -> DraftError:
    return DraftError([Fault(path, *source.place(*keys), message)])
