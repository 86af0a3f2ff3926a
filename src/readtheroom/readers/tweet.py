"""The `.tweet` files of twitter-together: front matter, a thread split at lines of `---`, polls of `( ) option`.

Each part of a thread may have front matter of its own, with its media and poll. Format: lib/common/
parse-tweet-file-content.js of twitter-together/action, v3. Its own keys (`reply`, `retweet` …) are left alone;
`schedule` is when it goes out; keys of drafts work too. A file that only retweets publishes no text and is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json, Post
from readtheroom.policy.draft import build
from readtheroom.policy.front_matter import Front, draft_keys, empty, front_matter
from readtheroom.policy.json_source import Keys
from readtheroom.policy.origins import Cut, Gathered
from readtheroom.protocols import DraftFile, ReadOptions
from readtheroom.spans import FileText, Origin

SUFFIXES = (".tweet",)

_OTHERS = frozenset({"reply", "retweet", "schedule", "thread-delimiter", "threadDelimiter"})
_PART_KEYS = frozenset({"media", "poll"})
_OPTION = re.compile(r"\([ \t]?\)[ \t]+")
_BLANK = re.compile(r"[ \t\r\n]*(?:(?<=[\r\n])|\Z)")


class _Part(NamedTuple):
    """One tweet of a thread: its front matter, and where its text starts and ends."""

    front: Front
    start: int
    end: int


def read(file: DraftFile, options: ReadOptions) -> Iterator[Post]:
    """The post, with its thread, that `file` is. Raises `DraftError`."""
    path, source = file.path, FileText(file.text())
    tweet = _Tweet(path, source)
    first, *rest = _parts(path, source)
    data = tweet.head(first)
    thread = [tweet.part(part, at) for at, part in enumerate(rest)]
    if thread:
        data["thread"] = [*thread]
    if isinstance(first.front.data.get("retweet"), str) and not any(
        data.get(key) for key in ("text", "thread", "poll")
    ):
        return
    where = Gathered(tweet.origins, first.front.where)
    yield build(data, where, path=path, line=1, id_default=path, options=options)


def _parts(path: str, source: FileText) -> Iterator[_Part]:
    text, at, delimiter = source.text, 0, "---"
    while True:
        front = front_matter(path, source, at)
        start = front.end if front else at
        front = front or empty(source)
        delimiter = _delimiter(front, delimiter)
        split = re.compile(rf"(?<![^\r\n]){re.escape(delimiter)}[ \t]*(?=[\r\n]|\Z)").search(text, start)
        yield _Part(front, start, split.start() if split else len(text))
        if not split:
            return
        blank = _BLANK.match(text, split.end())
        at = blank.end() if blank else split.end()


def _delimiter(front: Front, before: str) -> str:
    for key in ("thread-delimiter", "threadDelimiter"):
        given = front.data.get(key)
        if isinstance(given, str) and given.strip():
            return given.strip()
    return before


class _Tweet:
    """Puts the data of a draft together, and remembers where it is from."""

    def __init__(self, path: str, source: FileText) -> None:
        self._path, self._source = path, source
        self.origins: dict[Keys, Origin] = {}

    def head(self, part: _Part) -> dict[str, Json]:
        """The data of the first tweet."""
        front = part.front
        data = draft_keys(self._path, front, _OTHERS)
        if "schedule" in front.data and "scheduled_at" not in data:
            data["scheduled_at"] = front.data["schedule"]
            self.origins["scheduled_at",] = front.where.origin("schedule")
        if not data.get("platforms"):
            data["platforms"] = ["x"]
        return data | self._body(part, (), data)

    def part(self, part: _Part, at: int) -> dict[str, Json]:
        """The data of a further tweet: its text, media and poll."""
        data = draft_keys(self._path, part.front, _OTHERS)
        for key in data.keys() - _PART_KEYS:
            message = f"{key!r} belongs into the front matter at the head of the file: a part has `media` and `poll`"
            raise DraftError([Fault(self._path, *part.front.where.place(key), message)])
        return data | self._body(part, ("thread", at), data)

    def _body(self, part: _Part, ours: Keys, data: dict[str, Json]) -> dict[str, Json]:
        found: dict[str, Json] = {}
        end = _trimmed(self._source.text, part.start, part.end)
        if data.get("poll") is None:
            options, end = self._options(part.start, end, ours)
            found["poll"] = options or None
        else:
            self._from_front(part.front, data["poll"], (*ours, "poll"), "poll")
        found["media"] = self._media(part.front, data.get("media"), ours)
        cut = Cut(self._source, [(part.start, end)])
        text = cut.text.strip()
        if not text:
            return found
        if data.get("text") is not None:
            message = "there is a `text` here and a text below: keep one of them"
            raise DraftError([Fault(self._path, *part.front.where.place("text"), message)])
        start = cut.text.index(text)
        self.origins[*ours, "text"] = cut.origin(start, start + len(text))
        return {**found, "text": text}

    def _options(self, start: int, end: int, ours: Keys) -> tuple[list[Json], int]:
        """The options of a poll at the end of a text, and where the text before them ends."""
        text = self._source.text
        lines: list[tuple[int, int]] = []
        while end > start:
            line = max(text.rfind("\n", start, end), text.rfind("\r", start, end), start - 1) + 1
            option = _OPTION.match(text, line, end)
            if not option:
                break
            lines.append((option.end(), end))
            end = _trimmed(text, start, line)
        lines.reverse()
        for at, line_span in enumerate(lines):
            self.origins[*ours, "poll", at] = Cut(self._source, [line_span]).origin()
        return [text[first:last] for first, last in lines], end

    def _media(self, front: Front, media: Json, ours: Keys) -> Json:
        """Media with `url` for `file`, as twitter-together also has it."""
        if media is None:
            return None
        self._from_front(front, media, (*ours, "media"), "media")
        if not isinstance(media, list):
            return media
        items: list[Json] = []
        for at, item in enumerate(media):
            self.origins[*ours, "media", at, "alt"] = front.where.origin("media", at, "alt")
            items.append(_with_file(item))
        return items

    def _from_front(self, front: Front, values: Json, keys: Keys, key: str) -> None:
        self.origins[keys] = front.where.origin(key)
        for at in range(len(values) if isinstance(values, list) else 0):
            self.origins[*keys, at] = front.where.origin(key, at)


def _with_file(item: Json) -> Json:
    """One of the media, its `url` as `file` unless it has one."""
    if not isinstance(item, dict) or "url" not in item or "file" in item:
        return item
    return {"file" if key == "url" else key: value for key, value in item.items()}


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    return end
