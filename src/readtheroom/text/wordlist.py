"""Common words and how common they are, from the small lists of `wordfreq` (words of one in a million and more).

The lists are read without importing `wordfreq`, which would bring in several slow packages. Reading and folding one
takes 25 to 100 ms; a caller that names a folder gets them from there in a tenth of that.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping
from functools import cache

from readtheroom.errors import ReadTheRoomError
from readtheroom.text.normalise import fold

LANGUAGES = ("en", "fr", "el", "es", "de", "it", "pt")

_FORMAT = "readtheroom words 1"
_ALONE = {"en": "ai", "fr": "ay", "el": "ηο", "es": "aeouy", "de": "", "it": "aeio", "pt": "aeo"}
"""Letters that are words; the lists have all letters, since texts do."""


@cache
def costs(lang: str, folder: str | None = None) -> Mapping[str, int]:
    """Folded word -> cost: minus 100 times the decimal logarithm of its frequency, so 300 is one in a thousand.

    `folder`: an existing directory in which the table may be kept, and is looked for. What is found there and is
    damaged or out of date is made anew; where nothing can be written, nothing is kept. Raises `ReadTheRoomError` for
    a language without a list.
    """
    source = _source(lang)
    if folder is None:
        return build(lang, _read(source))
    key = f"{_FORMAT} {lang} {_stamp(source)}"
    path = os.path.join(folder, f"words-{lang}.txt")
    table = _load(path, key)
    if table is None:
        table = build(lang, _read(source))
        _keep(path, key, table)
    return table


def build(lang: str, words_by_cost: Iterable[Iterable[str]]) -> dict[str, int]:
    """A table from lists of words: the first list costs 0, the second 1 … Of words that fold alike the first counts.

    Apostrophes are left out (nobody writes them in a tag); what is no word of letters is not taken.
    """
    table: dict[str, int] = {}
    alone = _ALONE.get(lang, "")
    letters = _Letters({ord("'"): "", ord("’"): ""})
    for cost, words in enumerate(words_by_cost):
        for bare in "\n".join(words).translate(letters).split("\n"):
            if bare.isalpha() and bare not in table and (len(bare) > 1 or bare in alone):
                table[bare] = cost
    return table


class _Letters(dict[int, str]):
    """Folded characters: a list has few, and to fold it by them takes a tenth of the time that its words would take."""

    def __missing__(self, code: int) -> str:
        self[code] = fold(chr(code))
        return self[code]


def _source(lang: str) -> str:
    from importlib.util import find_spec  # noqa: PLC0415  slow to import, and seldom needed

    spec = find_spec("wordfreq")
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        path = os.path.join(place, "data", f"small_{lang}.msgpack.gz")
        if os.path.exists(path):
            return path
    raise ReadTheRoomError(
        f"no word list for language {lang!r}: the package wordfreq is missing or incomplete; reinstall it"
    )


def _stamp(path: str) -> str:
    status = os.stat(path)
    return f"{status.st_size} {status.st_mtime_ns}"


def _read(path: str) -> Iterable[list[str]]:
    import gzip  # noqa: PLC0415  needed only where nothing was kept

    import msgpack  # type: ignore[import-untyped]  # noqa: PLC0415  likewise; wordfreq depends on it

    try:
        with gzip.open(path) as file:
            content = msgpack.unpackb(file.read(), raw=False)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise ReadTheRoomError(f"cannot read the word list {path}: {error}; reinstall the package wordfreq") from None
    if not isinstance(content, list) or not content or content[0] != {"format": "cB", "version": 1}:
        raise ReadTheRoomError(f"the word list {path} is in a format that we do not know; install wordfreq 3")
    return (list(map(str, words)) for words in content[1:])


def _load(path: str, key: str) -> dict[str, int] | None:
    """What `_keep` wrote under the same key, or None."""
    try:
        with open(path, "rb") as file:
            head, _, body = file.read().partition(b"\n")
    except OSError:
        return None
    if head != f"{key} {zlib.crc32(body)}".encode():
        return None
    table: dict[str, int] = {}
    for cost, line in enumerate(body.decode().split("\n")):
        if line:
            table.update(dict.fromkeys(line.split(" "), cost))
    return table


def _keep(path: str, key: str, table: Mapping[str, int]) -> None:
    lines: list[list[str]] = [[] for _ in range(max(table.values(), default=0) + 1)]
    for word, cost in table.items():
        lines[cost].append(word)
    body = "\n".join(" ".join(words) for words in lines).encode()
    partial = f"{path}.{os.getpid()}.{id(lines)}"
    try:
        with open(partial, "wb") as file:
            file.write(f"{key} {zlib.crc32(body)}\n".encode() + body)
        os.replace(partial, path)
    except OSError:
        return
