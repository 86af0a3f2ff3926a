"""What is in the media files of a post: a picture may be another one under the same name."""

from __future__ import annotations

import os
from functools import lru_cache
from hashlib import sha256

from readtheroom.model import Post

MOST_BYTES = 1 << 30
"""Of a file; beyond that its size counts, and no more is read."""

_CHUNK = 1 << 20


def contents(post: Post, home: str) -> dict[str, str]:
    """A hash of each media file that is there, by its name in the draft: from the draft's folder, else from
    `home`. What is elsewhere (an address, a library of pictures) nobody can compare."""
    return {name: mark for name, path in files(post, home).items() if (mark := _mark(path))}


def files(post: Post, home: str) -> dict[str, str]:
    """Where each of these files lies, by its name in the draft."""
    folders = dict.fromkeys((os.path.dirname(post.path), home))
    names = dict.fromkeys((*post.media, *(name for _, name in post.part_media)))
    found = {name: _first(folders, name) for name in names if name and "\0" not in name and "://" not in name}
    return {name: path for name, path in found.items() if path}


def _first(folders: dict[str, None], name: str) -> str | None:
    paths = (os.path.join(folder, name) for folder in folders)
    return next(filter(os.path.isfile, paths), None)  # to open a pipe would wait for ever


def _mark(path: str) -> str | None:
    try:
        status = os.stat(path)
        return _read(path, status.st_mtime_ns, status.st_size, status.st_ino)
    except OSError:
        return None


@lru_cache(maxsize=1024)
def _read(path: str, changed: int, size: int, number: int) -> str:  # noqa: ARG001  a file that changed is another
    mark, left = sha256(str(size).encode()), MOST_BYTES
    with open(path, "rb") as file:
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            mark.update(chunk)
            left -= len(chunk)
    return mark.hexdigest()
