"""Files that are written whole or not at all."""

from __future__ import annotations

import os


def put_new(path: str, body: bytes) -> bool:
    """Whether a file could be made, at once and whole; False if there is one."""
    made = beside(path, body)
    try:
        os.link(made, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links: then not at once, but still nothing is overwritten
        return _put_slowly(path, body)
    finally:
        os.unlink(made)
    return True


def _put_slowly(path: str, body: bytes) -> bool:
    try:
        with open(path, "xb") as file:
            file.write(body)
    except FileExistsError:
        return False
    return True


def beside(path: str, body: bytes) -> str:
    """A new hidden file with this content in the folder of another."""
    made = os.path.join(os.path.dirname(path), f".readtheroom-{os.urandom(6).hex()}")
    try:
        with open(made, "xb") as file:
            file.write(body)
    except OSError:
        if os.path.exists(made):
            os.unlink(made)
        raise
    return made
