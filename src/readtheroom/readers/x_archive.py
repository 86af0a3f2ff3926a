"""An archive of X: `tweets.js` (before: `tweet.js`), `note-tweet.js`, `community-tweet.js`, in one part or several.

`window.YTD.tweets.part0 = [{"tweet": {…}}]`, read post by post. Texts are decoded, and links shown as they lead. Left
out are the link of a post's own pictures, which no reader sees, and retweets, the words of others. A longer post is
whole in `note-tweet.js` only; where that is read as well, what it begins with is left out of the others. `lang` is X's
guess, often wrong on short posts: the language is detected here instead.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import Final

from readtheroom.errors import DraftError
from readtheroom.model import Json, Post
from readtheroom.policy.draft import build, build_each
from readtheroom.policy.json_source import JsonSource, Keys
from readtheroom.policy.json_stream import JsonStream
from readtheroom.protocols import DraftFile, ReadOptions
from readtheroom.readers._export import Export, Record, items
from readtheroom.readers._file import PathFile
from readtheroom.spans import FileText, Run
from readtheroom.text.markup import Reduced

SUFFIXES = (".js",)

_NAME = re.compile(r"(?:tweets?|note-tweet|community-tweet)(?:-part\d+)?\.js", re.IGNORECASE)
_NOTES = re.compile(r"note-tweet(?:-part\d+)?\.js", re.IGNORECASE)
_CUT = re.compile(r"(?:…|\.\.\.)?\s*(?:https?://\S+)?\s*\Z")
"""How a text ends that goes on elsewhere, with the link that leads there."""
_APART: Final = 5
"""Seconds between the time of a note and that of the post that begins so."""
_HEAD = re.compile(r"window\.YTD\.(\w+)\.part\d+ *= *\[")
_KINDS = frozenset({"tweets", "tweet", "note_tweet", "community_tweet"})
_END = re.compile(";")
_TOKEN = re.compile(r"https?://t\.co/\w+|&(?:amp|lt|gt);")
_MEANT: Mapping[str, str] = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_LINK = re.compile(r"https?://\S+")
_MOST_LINK = 4096
_PEEK: Final = 1024
"""Bytes of a file that tell what it is."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOMENT = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d) (\d{4})", re.ASCII)


def is_draft(path: str) -> bool:
    """Whether a file that lies in a folder is one to read: by its name, and how it begins (or that it is empty)."""
    if not _NAME.fullmatch(os.path.basename(path)):
        return False
    try:
        with open(path, "rb") as stream:
            start = stream.read(_PEEK).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError:
        return True  # told when it is read
    return start.startswith(b"window.YTD.") or not start


def read(file: DraftFile, options: ReadOptions) -> Iterator[Post]:
    """The posts of `file`, as it is read. Raises `DraftError`; after a faulty post the rest is only checked."""
    path, notes = file.path, _Notes(file.beside)

    def post(numbered: tuple[int, tuple[FileText, Json]]) -> Post | None:
        number, (text, value) = numbered
        record = _record(path, JsonSource(text), value, notes)
        if record is None or not isinstance(record.data, dict):
            return None
        line = text.first_line
        return build(record.data, record.where, path=path, line=line, id_default=f"{path}#{number}", options=options)

    return build_each(enumerate(_entries(JsonStream(path, file.blocks())), 1), post)


def _entries(stream: JsonStream) -> Iterator[tuple[FileText, Json]]:
    while True:
        head = stream.match(_HEAD)
        if not head:
            raise stream.fault("no posts of an X archive: such a file begins with window.YTD.tweets.part0 = [")
        if head[1] not in _KINDS:
            raise stream.fault(
                f"holds `{head[1][:40]}` of an X archive, no posts: give tweets.js and note-tweet.js", head.start()
            )
        yield from stream.entries()
        stream.match(_END)
        if not stream.peek():
            return


class _Notes:
    """The longer posts that are read with a file, by their time: what they begin with is no post of its own."""

    def __init__(self, beside: Sequence[str]) -> None:
        self._paths = [path for path in beside if _NOTES.fullmatch(os.path.basename(path))]

    def hold(self, text: str, created: Json) -> bool:
        """Whether a note of that moment begins so. Their times differ by seconds, and so may their ids."""
        moment = _seconds(_moment(created)) if self._paths else None
        start = _CUT.sub("", text).rstrip()
        if moment is None or not start:
            return False
        near = (self._by_second.get(moment + apart, ()) for apart in range(-_APART, _APART + 1))
        return any(whole.startswith(start) for some in near for whole in some)

    @cached_property
    def _by_second(self) -> Mapping[int, list[str]]:
        found: dict[int, list[str]] = {}
        for path in self._paths:
            for text, created in _whole(path):
                found.setdefault(created, []).append(text)
        return found


def _whole(path: str) -> Iterator[tuple[str, int]]:
    """The notes of a file, as they are shown, and their seconds; what is wrong with it is told where it is read."""
    try:
        for _, entry in _entries(JsonStream(path, PathFile(path).blocks())):
            note = entry.get("noteTweet") if isinstance(entry, dict) else None
            core = note.get("core") if isinstance(note, dict) else None
            text = core.get("text") if isinstance(core, dict) else None
            moment = _seconds(note.get("createdAt")) if isinstance(note, dict) else None
            if isinstance(note, dict) and isinstance(text, str) and moment is not None:
                yield _shown(text, _links(note, "core", "urls", "shortUrl", "expandedUrl")).text, moment
    except DraftError:
        return


def _seconds(written: Json) -> int | None:
    """Since 1970."""
    try:
        return int(datetime.fromisoformat(written).timestamp()) if isinstance(written, str) else None
    except (ValueError, OverflowError):
        return None


def _record(path: str, source: JsonSource, value: Json, notes: _Notes) -> Record | None:
    export = Export(path, source)
    entry = export.mapping(value)
    if "noteTweet" in entry:
        return _note(export, export.mapping(entry["noteTweet"], "noteTweet"))
    if "tweet" in entry:
        return _tweet(export, export.mapping(entry["tweet"], "tweet"), ("tweet",), notes)
    return _tweet(export, entry, (), notes)


def _tweet(export: Export, tweet: dict[str, Json], keys: Keys, notes: _Notes) -> Record | None:
    key = "full_text" if "full_text" in tweet else "text"
    text = tweet.get(key)
    if isinstance(text, str) and text.startswith("RT @"):
        return None
    if text is None:
        raise export.fault("a post without `full_text`: this is no file of an X archive that we know", *keys)
    links = _links(tweet, "entities", "urls", "url", "expanded_url")
    own = _links(tweet, "entities", "media", "url") | _links(tweet, "extended_entities", "media", "url")
    export.data["platforms"] = ["x"]
    named = "id_str" if "id_str" in tweet else "id"
    export.take("id", tweet.get(named), *keys, named)
    shown = export.text(text, ("text",), (*keys, key), partial(_shown, links=links | own))
    export.data["text"] = "" if isinstance(shown, str) and notes.hold(shown, tweet.get("created_at")) else shown
    _add_alts(export, tweet, keys)
    return export.published(_moment(tweet.get("created_at")), *keys, "created_at")


def _note(export: Export, note: dict[str, Json]) -> Record | None:
    core = export.mapping(note.get("core"), "noteTweet", "core")
    if core.get("text") is None:
        raise export.fault("a note without `text`: this is no file of an X archive that we know", "noteTweet", "core")
    links = _links(note, "core", "urls", "shortUrl", "expandedUrl")
    export.data["platforms"] = ["x"]
    export.take("id", note.get("noteTweetId"), "noteTweet", "noteTweetId")
    keys: Keys = ("noteTweet", "core", "text")
    export.data["text"] = export.text(core["text"], ("text",), keys, partial(_shown, links=links))
    return export.published(note.get("createdAt"), "noteTweet", "createdAt")


def _add_alts(export: Export, tweet: dict[str, Json], keys: Keys) -> None:
    """Alt texts, where there are any: that there is none does not tell that the picture has none."""
    found: list[Json] = []
    entities = tweet.get("extended_entities")
    media = items(entities.get("media")) if isinstance(entities, dict) else []
    for at, medium in enumerate(media):
        if isinstance(medium, dict) and medium.get("ext_alt_text") is not None:
            where = (*keys, "extended_entities", "media", at, "ext_alt_text")
            found.append({"alt": export.text(medium["ext_alt_text"], ("media", len(found), "alt"), where)})
    export.data["media"] = found


def _links(post: dict[str, Json], key: str, kind: str, short: str, meant: str = "") -> dict[str, str]:
    """Short links, and where they lead; without `meant`: to nothing that a reader sees."""
    found: dict[str, str] = {}
    entities = post.get(key)
    for link in items(entities.get(kind)) if isinstance(entities, dict) else ():
        if isinstance(link, dict) and isinstance(link.get(short), str):
            target = link.get(meant) if meant else ""
            if isinstance(target, str) and len(target) <= _MOST_LINK and (not meant or _LINK.fullmatch(target)):
                found[str(link[short])] = target
    return found


def _shown(text: str, links: Mapping[str, str]) -> Reduced:
    """What readers see; what stands for something else is a run of no length where it starts."""
    pieces: list[str] = []
    runs: list[Run] = []
    length = at = 0
    for token in _TOKEN.finditer(text):
        shown = _MEANT.get(token[0], links.get(token[0]))
        if shown is not None:
            plain = text[at : token.start()]
            runs += [Run(length, at, len(plain)), Run(length + len(plain), token.start(), 0)]
            pieces += [plain, shown]
            length, at = length + len(plain) + len(shown), token.end()
    runs.append(Run(length, at, len(text) - at))
    return Reduced("".join([*pieces, text[at:]]).rstrip(), tuple(runs))


def _moment(written: Json) -> Json:
    """ISO 8601 of `Sat Dec 06 18:20:30 +0000 2025`, whatever the locale; other values are left for `build` to judge."""
    found = _MOMENT.fullmatch(written) if isinstance(written, str) else None
    if not found or found[1] not in _MONTHS:
        return written
    month, day, time, hours, minutes, year = found.groups()
    return f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{time}{hours}:{minutes}"
