"""Rules from rule files and configs: read as layers, laid over each other by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from readtheroom.model import Rule
from readtheroom.policy.document import Node
from readtheroom.policy.examples import example
from readtheroom.policy.facts import slips
from readtheroom.policy.jsontypes import shown
from readtheroom.policy.keywords import Schema
from readtheroom.policy.platforms import platform
from readtheroom.policy.plugins import filled, options_of
from readtheroom.policy.reading import Reading
from readtheroom.policy.rule_schema import RULE, RULE_FILE
from readtheroom.policy.values import Change, Setting, Values

_OFF = (False, "off")
"""YAML 1.1 reads a bare `off` as false."""


class Layer(NamedTuple):
    """What one file says of one rule. Unless `sound`, it has faults, which are told already."""

    id: str
    pack: str
    node: Node
    keys: Mapping[str, Node]
    sound: bool


def read_layers(path: str, pack: str, folder: str, reading: Reading) -> Iterator[Layer]:
    """The rules of one file of a pack in `folder`."""
    root = reading.tree(path, folder)
    if root is None or not reading.check(root, RULE_FILE, "a rule file"):
        return
    rules = root.child("rules")
    for item in rules.value if rules and isinstance(rules.value, list) else ():
        layer = _layer(item, pack, reading)
        if layer:
            yield layer


def _layer(item: Node, pack: str, reading: Reading) -> Layer | None:
    named = item.child("id")
    rule_id = named.value if named and isinstance(named.value, str) else None
    sound = reading.check(item, RULE, f"rule {shown(named)}" if named and rule_id else "a rule")
    if rule_id is None or not isinstance(item.value, dict):
        return None
    return Layer(rule_id, pack, item, item.value, sound)


def setting_layer(rule_id: str, node: Node, sound: bool) -> Layer:
    """What a config says of a rule: a severity alone, or keys."""
    return Layer(rule_id, "", node, node.value if isinstance(node.value, dict) else {"severity": node}, sound)


# --- one rule of all its layers ---


def settle(layers: Sequence[Layer], reading: Reading) -> Setting | None:
    """The rule that `layers` make, first to last, or None if they have faults."""
    sound = all(layer.sound for layer in layers)
    known = _options_schema(layers, reading, sound=sound)
    fits = known is not None and all([_options_fit(layers, known, reading), _examples_fit(layers, known, reading)])
    if known is not None:
        _check_placeholders(layers, reading)
    if known is None or not sound or not _is_complete(layers, reading) or not fits:
        return None
    first = layers[0]
    rule = Rule(first.id, _text(_last(layers, "kind")), pack=first.pack)
    setting = Setting(rule)
    for layer in layers:
        setting = setting.changed(change(layer, known, reading))
    return setting


def half(layers: Sequence[Layer], reading: Reading) -> Rule | None:
    """What a kind may look at of a rule that has faults: its options, if they fit and it is not off."""
    known = _options_schema(layers, reading, sound=False)
    severity = _last(layers, "severity")
    is_off = severity is not None and severity.value in _OFF
    if known is None or is_off or not _options_fit(layers, known, reading):
        return None
    setting = Setting(Rule(layers[0].id, _text(_last(layers, "kind"))))
    for layer in layers:
        setting = setting.changed(Change(cast("Values", _options(layer, known, reading))))
    return setting.rule


def change(layer: Layer, options: Schema, reading: Reading) -> Change:
    """What `layer` changes, as plain values; `options` is the schema of its kind's options."""
    keys = {key: node.plain() for key, node in layer.keys.items() if key not in {"id", "kind", "options", "examples"}}
    values: dict[str, object] = {k: tuple(v) if isinstance(v, list) else v for k, v in keys.items()}
    if "platforms" in layer.keys:
        values["platforms"] = tuple(_platforms(layer.keys["platforms"], reading))
    off = None
    if "severity" in keys:
        off = keys["severity"] in _OFF
        values["severity"] = None if off else keys["severity"]
    return Change(cast("Values", {**values, **_options(layer, options, reading), **_examples(layer, reading)}), off)


def _options(layer: Layer, schema: Schema, reading: Reading) -> dict[str, object]:
    """The options, and the place to look at when they turn out to be wrong."""
    place = {"path": reading.path_of(layer.node), "line": layer.node.key_place.line}
    options = layer.keys.get("options")
    if options is None:
        return place if "kind" in layer.keys else {}
    return {"options": filled(options, schema, schema, reading.lexicon), **place}


def _examples(layer: Layer, reading: Reading) -> dict[str, object]:
    examples = layer.keys.get("examples")
    if examples is None:
        return {}
    path = reading.path_of(examples)
    return {
        "flag": tuple(example(item, path) for item in _items(examples.child("flag"))),
        "passes": tuple(example(item, path) for item in _items(examples.child("pass"))),
    }


def _platforms(node: Node, reading: Reading) -> Iterator[str]:
    for item in _items(node):
        try:
            yield platform(_text(item))
        except ValueError as error:
            reading.fault(item, str(error))


def _options_schema(layers: Sequence[Layer], reading: Reading, *, sound: bool) -> Schema | None:
    """What the rule's kind takes. A rule that is not `sound` may lack its kind for a reason that is told already."""
    kinds = [layer.keys["kind"] for layer in layers if "kind" in layer.keys]
    kinds = [kind for kind in kinds if isinstance(kind.value, str)]
    if not kinds:
        if sound:
            lack = f"rule {layers[0].id!r} needs the key `kind`: no earlier pack has a rule of that id"
            reading.fault(layers[0].node, lack)
        return None
    for kind in kinds[1:]:
        if kind.value != kinds[0].value:
            reading.fault(
                kind, f"rule {layers[0].id!r} is of kind {_text(kinds[0])!r} already: give this one another id"
            )
            return None
    return options_of("kinds", kinds[0], reading)


def _check_placeholders(layers: Sequence[Layer], reading: Reading) -> None:
    """Keep a fault for each that no fact of the kind fills."""
    kind = _text(_last(layers, "kind"))
    for layer in layers:
        for node, message in slips(layer.keys, kind):
            reading.fault(node, message)


def _is_complete(layers: Sequence[Layer], reading: Reading) -> bool:
    """Whether a rule says all that it must; what is missing is told where the rule is made."""
    keys = {key for layer in layers for key in layer.keys}
    found = [layer.keys["severity"] for layer in layers if "severity" in layer.keys]
    finding = [node for node in found if node.value not in _OFF]
    missing = []
    if "why" not in keys:
        missing.append((layers[0].node, "the key `why`: the reason that its readers will see"))
    if not keys & {"severity", "label"}:
        missing.append((layers[0].node, "a `severity`, or a `label` if it is for other rules to combine"))
    if finding and "message" not in keys:
        missing.append((finding[-1], "the key `message`: what a finding says"))
    for node, what in missing:
        reading.fault(node, f"rule {layers[0].id!r} needs {what}", at_key=True)
    return not missing


def _options_fit(layers: Sequence[Layer], schema: Schema, reading: Reading) -> bool:
    """Whether the options fit the kind once all layers are laid over each other."""
    written = [layer.keys["options"] for layer in layers if "options" in layer.keys]
    base = written[0] if written else layers[0].node
    merged = Node(
        {key: node for options in written for key, node in mapping_of(options).items()}, base.file, base.start, base.end
    )
    merged.key_start = base.key_start
    return reading.check_merged(merged, schema, f"`options` of rule {layers[0].id!r}")


def _examples_fit(layers: Sequence[Layer], schema: Schema, reading: Reading) -> bool:
    """Whether the options that examples have fit the kind; they may leave out what the rule says."""
    name = f"`options` of an example of rule {layers[0].id!r}"
    given = (options for layer in layers for item in _all_examples(layer) if (options := item.child("options")))
    fits = [reading.check(options, {**schema, "required": []}, name) for options in given]  # all faults are told
    return all(fits)


def _all_examples(layer: Layer) -> Iterator[Node]:
    examples = layer.keys.get("examples")
    for each in mapping_of(examples).values():
        yield from _items(each)


def mapping_of(node: Node | None) -> dict[str, Node]:
    """The children of a mapping; none of anything else."""
    return node.value if node and isinstance(node.value, dict) else {}


def _items(node: Node | None) -> list[Node]:
    return node.value if node and isinstance(node.value, list) else []


def _last(layers: Sequence[Layer], key: str) -> Node | None:
    return next((layer.keys[key] for layer in reversed(layers) if key in layer.keys), None)


def _text(node: Node | None) -> str:
    return str(node.value) if node else ""
