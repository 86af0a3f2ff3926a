"""Where packs of rules are: built in, in a folder or file, or in an installed package."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from readtheroom.policy.suggest import did_you_mean

MAX_ENTRIES = 20_000
"""Files and folders that are looked through for one pack."""

_PACKAGE = re.compile(r"package:([A-Za-z_]\w*)((?:/[\w.-]+)*)")
_SUFFIXES = (".yaml", ".yml")
_HERE = os.path.dirname(os.path.abspath(__file__))
_SHIPPED = os.path.join(os.path.dirname(_HERE), "packs")
_CHECKOUT = os.path.normpath(os.path.join(_HERE, "..", "..", "..", "rules"))


class Pack(NamedTuple):
    """A pack and where it is: a folder, or one file."""

    name: str
    path: str

    @property
    def folder(self) -> str:
        """What its lexicons must not leave."""
        return os.path.dirname(self.path) if os.path.isfile(self.path) else self.path


def home() -> str:
    """The folder of the built-in packs: in the wheel, else in the checkout of an editable install."""
    return _SHIPPED if os.path.isdir(_SHIPPED) else _CHECKOUT


def builtin_names() -> tuple[str, ...]:
    """The built-in packs, sorted."""
    if not os.path.isdir(home()):
        return ()
    return tuple(sorted(entry.name for entry in os.scandir(home()) if entry.is_dir() and entry.name[0] not in "._"))


def find(entry: str, folder: str) -> Pack:
    """The pack that an entry of `extends` in a config in `folder` means. Raises ValueError, with what to say of it."""
    if entry.startswith("package:"):
        return Pack(entry, _in_package(entry))
    if entry in builtin_names():
        return Pack(entry, os.path.join(home(), entry))
    path = os.path.normpath(os.path.join(folder, entry))
    if "\0" not in path and os.path.exists(path):
        return Pack(_stem(path), path)
    if "/" in entry or entry.endswith(_SUFFIXES):
        raise ValueError(f"no pack at {path}: a path is relative to the config's folder")
    raise ValueError(f"no pack is called {entry[:60]!r}{did_you_mean(entry, builtin_names())}")


def rule_files(pack: Pack) -> Iterator[str]:
    """The YAML files of a pack, sorted, `pack.yaml` included; names that start with a dot are passed over.

    Raises ValueError for a folder that holds too much to be one.
    """
    if os.path.isfile(pack.path):
        yield pack.path
        return
    seen = 0
    for folder, folders, files in os.walk(pack.path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        seen += len(folders) + len(files)
        if seen > MAX_ENTRIES:
            raise ValueError(f"{pack.path} holds more than {MAX_ENTRIES} files: name the folder of the rules alone")
        paths = (os.path.join(folder, name) for name in sorted(files) if _is_rules(name))
        yield from filter(os.path.isfile, paths)


def _is_rules(name: str) -> bool:
    return name.lower().endswith(_SUFFIXES) and not name.startswith(".")


def _in_package(entry: str) -> str:
    from importlib.util import find_spec  # noqa: PLC0415  slow to import, and few policies live in packages

    form = _PACKAGE.fullmatch(entry)
    if not form or ".." in form[2].split("/"):
        raise ValueError(f"{entry[:60]!r} is no package: write package:NAME, or package:NAME/folder")
    spec = find_spec(form[1])
    if not spec or not spec.submodule_search_locations:
        raise ValueError(f"no package is called {form[1]!r}: install it where readtheroom is installed")
    for place in spec.submodule_search_locations:
        path = os.path.join(place, *form[2].split("/"))
        if os.path.exists(path):
            return path
    raise ValueError(f"package {form[1]!r} has no {form[2].strip('/')!r}")


def _stem(path: str) -> str:
    name = os.path.basename(path)
    return os.path.splitext(name)[0] if name.lower().endswith(_SUFFIXES) else name
