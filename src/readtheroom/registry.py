"""A folder's files are its registry; third parties add to it by entry points."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from readtheroom.errors import PluginError, UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Group = Literal["kinds", "readers", "sources", "reporters"]


@cache
def names(group: Group) -> tuple[str, ...]:
    """All names of a group, sorted. Raises `PluginError` if an entry point takes a name that is taken."""
    own = [_public(name) for name in _files(group)]
    foreign = [point.name for point in _entry_points(group)]
    for name in foreign:
        if (own + foreign).count(name) > 1:
            raise PluginError(
                f"two {group} are called {name!r}: remove one of the plug-ins ({', '.join(_dists(group, name))})"
            )
    return tuple(sorted(own + foreign))


@cache
def load(group: Group, name: str) -> ModuleType:
    """The module of that name. Raises `UsageError` listing the known names, or `PluginError`."""
    if name.replace("-", "_") in _files(group) and "_" not in name:
        return importlib.import_module(f"readtheroom.{group}.{name.replace('-', '_')}")
    for point in _entry_points(group):
        if point.name == name:
            return _import_plugin(group, point)
    raise UsageError(f"no {group[:-1]} is called {name!r}; known: {', '.join(names(group))}")


@cache
def _files(group: Group) -> frozenset[str]:
    package = importlib.import_module(f"readtheroom.{group}")
    return frozenset(m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_"))


def _public(file: str) -> str:
    return file.replace("_", "-")


def _entry_points(group: Group) -> tuple[EntryPoint, ...]:
    from importlib.metadata import entry_points  # noqa: PLC0415  slow to import: only where a name is not one of ours

    return tuple(entry_points(group=f"readtheroom.{group}"))


def _dists(group: Group, name: str) -> list[str]:
    return [point.value for point in _entry_points(group) if point.name == name]


def _import_plugin(group: Group, point: EntryPoint) -> ModuleType:
    try:
        module = point.load()
    except Exception as error:  # a plug-in may raise anything while it is imported
        raise PluginError(f"{group[:-1]} {point.name!r} ({point.value}) cannot be imported: {error}") from error
    if not isinstance(module, ModuleType):
        raise PluginError(f"{group[:-1]} {point.name!r} ({point.value}) is no module")
    return module
