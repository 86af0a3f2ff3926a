"""A folder's files are its registry; third parties add to it by entry points."""

from __future__ import annotations

import importlib
import os
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from readtheroom.errors import PluginError, UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Group = Literal["kinds", "readers", "sources", "reporters"]


@cache
def names(group: Group) -> tuple[str, ...]:
    """All names of a group, sorted. Raises `PluginError` if an entry point takes a name that is taken.

    Looks through everything that is installed, which takes long: `own` and `load` do for what we bring ourselves.
    """
    every = [*own(group), *(point.name for point in _entry_points(group))]
    for name in every:
        if every.count(name) > 1:
            raise PluginError(
                f"two {group} are called {name!r}: remove one of the plug-ins ({', '.join(_modules(group, name))})"
            )
    return tuple(sorted(every))


@cache
def own(group: Group) -> tuple[str, ...]:
    """The names that we bring ourselves, sorted."""
    package = importlib.import_module(f"readtheroom.{group}")
    files = (file for folder in package.__path__ for file in os.listdir(folder))  # pkgutil is slow to import
    modules = (file.removesuffix(".py") for file in files if file.endswith(".py"))
    return tuple(sorted({module.replace("_", "-") for module in modules if not module.startswith("_")}))


@cache
def load(group: Group, name: str) -> ModuleType:
    """The module of that name. Raises `UsageError` listing the known names, or `PluginError`."""
    if name in own(group):
        return importlib.import_module(f"readtheroom.{group}.{name.replace('-', '_')}")
    if name in names(group):
        return _import_plugin(group, next(point for point in _entry_points(group) if point.name == name))
    raise UsageError(f"no {group[:-1]} is called {name[:60]!r}; known: {', '.join(names(group))}")


def _entry_points(group: Group) -> tuple[EntryPoint, ...]:
    from importlib.metadata import entry_points  # noqa: PLC0415  slow to import, and only needed for names that are not ours

    return tuple(entry_points(group=f"readtheroom.{group}"))


def _modules(group: Group, name: str) -> list[str]:
    return [point.value for point in _entry_points(group) if point.name == name]


def _import_plugin(group: Group, point: EntryPoint) -> ModuleType:
    try:
        module = point.load()
    except Exception as error:  # a plug-in may raise anything while it is imported
        raise PluginError(f"{group[:-1]} {point.name!r} ({point.value}) cannot be imported: {error}") from error
    if not isinstance(module, ModuleType):
        raise PluginError(f"{group[:-1]} {point.name!r} ({point.value}) is no module")
    return module
