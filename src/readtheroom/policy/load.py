"""A whole policy: config, packs, rules and accounts, read together, with every fault told at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from readtheroom.errors import Fault, PolicyError
from readtheroom.model import Account, Rule
from readtheroom.policy.accounts import read_accounts
from readtheroom.policy.config import items_of, read_config, words
from readtheroom.policy.config_schema import SETTING
from readtheroom.policy.document import Node
from readtheroom.policy.globs import matches
from readtheroom.policy.jsontypes import key_shown
from readtheroom.policy.labels import check_labels
from readtheroom.policy.packs import Pack, find, rule_files
from readtheroom.policy.plugins import options_of
from readtheroom.policy.reading import Reading, is_inside
from readtheroom.policy.rule_schema import PACK
from readtheroom.policy.rules import Layer, change, half, mapping_of, read_layers, setting_layer, settle
from readtheroom.policy.suggest import did_you_mean
from readtheroom.policy.values import Change, Config, Override, Policy, Setting, in_use

Layers = dict[str, list[Layer]]
"""All that is said of each rule, in order."""


MoreFaults = Callable[[Sequence[Rule]], Iterable[Fault]]
"""What else is wrong with rules that can be read; asked only where there are faults already."""


def load_policy(path: str | None = None, more: MoreFaults = lambda _: ()) -> Policy:
    """The policy of the config at `path`; without one, the core pack as it comes.

    Raises `PolicyError` with every fault of config, packs, rules, lexicons and accounts, and `more`, by place.
    """
    reading = Reading()
    root = reading.tree(path) if path else None
    config = read_config(root, path, reading) if root and path else Config(path, os.path.dirname(path or ""))
    layers = _pack_layers(config, root, reading)
    packed = tuple(setting.rule for setting in _settle(layers, reading) if not setting.off)
    _add_settings(layers, root, reading)
    check_labels(layers.values(), reading)
    settled = _settle(layers, reading)
    overrides = tuple(_overrides(layers, root, reading))
    _check_limits(root, layers, reading)
    accounts = _accounts(config.accounts, root, reading)
    _raise_faults(reading, layers, settled, more)
    return Policy(config, in_use(settled, config), accounts, settled, overrides, packed, tuple(reading.files))


class Packed(NamedTuple):
    """Rules of packs as they come. `own` are those that the packs in question make or change, as they are then."""

    rules: tuple[Rule, ...]
    own: tuple[Rule, ...]


def load_packs_in_place(entries: Sequence[str], path: str | None, more: MoreFaults = lambda _: ()) -> Packed:
    """The rules of packs as they come, on top of the packs that the config at `path` extends before them.

    `entries`: as in `extends`, relative to here. Packs that the config does not extend, or that are part of none, stand
    alone. Raises `PolicyError` with every fault of packs, rules and lexicons, and `more`, by place.
    """
    reading = Reading()
    root = reading.tree(path) if path else None
    config = read_config(root, path, reading) if root and path else Config(extends=())
    return _packed(list(_in_place(config, entries)), reading, more)


def _in_place(config: Config, entries: Sequence[str]) -> Iterator[tuple[Config, bool]]:
    """A config for each pack, in order, and whether it is one of `entries`."""
    extended = [_place(entry, config.folder) for entry in config.extends]
    own = {_place(entry, ""): entry for entry in entries}
    last = max((n for n, place in enumerate(extended) if any(is_inside(each, place) for each in own)), default=0)
    for entry, place in zip(config.extends[:last], extended, strict=False):
        yield config._replace(extends=(entry,)), place in own
    for place, entry in own.items():
        if place not in extended[:last]:
            yield Config(extends=(entry,)), True


def _place(entry: str, folder: str) -> str:
    try:
        return os.path.realpath(find(entry, folder).path)
    except ValueError:  # told where it is read
        return entry


def _packed(packs: Iterable[tuple[Config, bool]], reading: Reading, more: MoreFaults) -> Packed:
    layers: Layers = {}
    own: set[str] = set()
    for config, is_own in packs:
        for rule_id, said in _pack_layers(config, None, reading).items():
            layers.setdefault(rule_id, []).extend(said)
            own.update([rule_id] if is_own else [])
    check_labels(layers.values(), reading)
    settled = _settle(layers, reading)
    _raise_faults(reading, layers, settled, more)
    rules = in_use(settled, Config())
    return Packed(rules, tuple(rule for rule in rules if rule.id in own))


def _raise_faults(reading: Reading, layers: Layers, settled: Sequence[Setting], more: MoreFaults) -> None:
    if reading.faults:
        sound = [setting.rule for setting in settled if not setting.off]
        whole = {setting.rule.id for setting in settled}
        halves = [half(of_rule, reading) for rule_id, of_rule in layers.items() if rule_id not in whole]
        raise PolicyError(sorted({*reading.faults, *more([*sound, *filter(None, halves)])}))


def _accounts(path: str | None, root: Node | None, reading: Reading) -> tuple[Account, ...]:
    node = root.child("accounts") if root else None
    if path is None or node is None:
        return ()
    if os.path.exists(path):
        return read_accounts(path, reading)
    reading.fault(node, f"no accounts file at {path}: a path is relative to the config's folder")
    return ()


def _settle(layers: Layers, reading: Reading) -> tuple[Setting, ...]:
    return tuple(setting for setting in (settle(of_rule, reading) for of_rule in layers.values()) if setting)


# --- packs ---


def _pack_layers(config: Config, root: Node | None, reading: Reading) -> Layers:
    """All that the packs say of each rule, in their order."""
    layers: Layers = {}
    for entry, node in _entries(config, root):
        try:
            found = list(_read_pack(find(entry, config.folder), reading))
        except (ValueError, OSError) as error:
            _tell(node, config, str(error), reading)
            continue
        for layer in _without_doubles(found, reading):
            layers.setdefault(layer.id, []).append(layer)
    return layers


def _entries(config: Config, root: Node | None) -> Iterator[tuple[str, Node | None]]:
    """The entries of `extends`, and where each is written."""
    written = root.child("extends") if root else None
    items = written.value if written and isinstance(written.value, list) else [written]
    for item in items:
        for name in words(item, config.extends):
            yield name, item


def _tell(node: Node | None, config: Config, message: str, reading: Reading) -> None:
    if node:
        reading.fault(node, message)
    else:
        reading.fault_in(config.path or "readtheroom", message)


def _read_pack(pack: Pack, reading: Reading) -> Iterator[Layer]:
    """All that the files of a pack say. Raises ValueError for a pack that has none."""
    name, files = pack.name, []
    for path in rule_files(pack):
        if os.path.basename(path).lower() in {"pack.yaml", "pack.yml"}:
            name = _pack_name(path, reading) or name
        else:
            files.append(path)
    if not files:
        raise ValueError(f"pack {pack.name!r} holds no rule files: {pack.path}")
    for path in files:
        yield from read_layers(path, name, pack.folder, reading)


def _pack_name(path: str, reading: Reading) -> str | None:
    root = reading.tree(path)
    named = root.child("name") if root and reading.check(root, PACK, "a pack") else None
    return str(named.value) if named else None


def _without_doubles(layers: Sequence[Layer], reading: Reading) -> Iterator[Layer]:
    """Within one pack an id stands once."""
    seen: dict[str, Layer] = {}
    for layer in layers:
        first = seen.setdefault(layer.id, layer)
        if first is layer:
            yield layer
        else:
            place = f"{reading.path_of(first.node)}:{first.node.place.line}"
            reading.fault(layer.node, f"rule {layer.id[:100]!r} is there already, at {place}: give one another id")


# --- settings of the config ---


def _add_settings(layers: Layers, root: Node | None, reading: Reading) -> None:
    for layer in _setting_layers(root.child("rules") if root else None, layers, reading):
        layers[layer.id].append(layer)


def _setting_layers(node: Node | None, known: Layers, reading: Reading) -> Iterator[Layer]:
    """What a `rules:` mapping of the config says; its shape has been told of already."""
    for rule_id, setting in mapping_of(node).items():
        if rule_id in known:
            yield setting_layer(rule_id, setting, reading.check(setting, SETTING, key_shown(rule_id)))
        else:
            guess = did_you_mean(rule_id, known)
            reading.fault(setting, f"no rule is called {rule_id[:60]!r}{guess}", at_key=True)


def _check_limits(root: Node | None, known: Layers, reading: Reading) -> None:
    """Who may accept findings of a rule that is not there is no limit: anybody may then."""
    for entry in items_of(root.child("allow") if root else None):
        for node in items_of(entry.child("rules")):
            named = str(node.value)
            if not any(fnmatchcase(rule_id, named) for rule_id in known):
                like = " like" if "*" in named else ""
                reading.fault(node, f"no rule is called{like} {named[:60]!r}{did_you_mean(named, known)}")


def _overrides(layers: Layers, root: Node | None, reading: Reading) -> Iterator[Override]:
    written = root.child("overrides") if root else None
    for item in written.value if written and isinstance(written.value, list) else ():
        changes = {}
        for layer in _setting_layers(item.child("rules"), layers, reading):
            made = _change(layer, layers[layer.id], reading)
            if made:
                changes[layer.id] = made
        yield Override(_patterns(item, reading), changes)


def _change(layer: Layer, below: Sequence[Layer], reading: Reading) -> Change | None:
    """What an override changes, once it has been seen to fit."""
    if not settle([*below, layer], reading):
        return None
    kind = next(each.keys["kind"] for each in below if "kind" in each.keys)
    schema = options_of("kinds", kind, reading)
    return None if schema is None else change(layer, schema, reading)


def _patterns(item: Node, reading: Reading) -> tuple[str, ...]:
    files = item.child("files")
    for node in files.value if files and isinstance(files.value, list) else ():
        try:
            matches((str(node.value),), "x")
        except ValueError:
            reading.fault(node, f"{str(node.value)[:60]!r} is no pattern for files: write one like drafts/news/**")
    return words(files)
