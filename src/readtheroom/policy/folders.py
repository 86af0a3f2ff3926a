"""Where things are kept between runs."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple


class _Found(NamedTuple):
    folder: str | None
    fault: str | None = None


def cache_folder() -> str | None:
    """The user's own folder, made if need be: `READTHEROOM_CACHE_DIR`, else in the user's cache. None: nowhere.

    A folder that others may write to is none: what is read from it is trusted.
    """
    return _found().folder


def cache_fault() -> str | None:
    """Why there is no such folder; None if there is."""
    return _found().fault


def _found() -> _Found:
    path = os.environ.get("READTHEROOM_CACHE_DIR") or os.path.join(_user_cache(), "readtheroom")
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
        status = os.stat(path)
    except OSError as error:
        return _Found(None, f"{path}: {error.strerror}")
    foreign = hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022)
    return _Found(None, f"{path}: others may write there") if foreign else _Found(path)


def _user_cache() -> str:
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches")
    return os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
