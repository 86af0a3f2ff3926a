"""Labels that rules ask for: a slip in one would leave a rule that never speaks.

A label that nobody gives may be meant all the same, as one of a pack that only some teams extend. So only one that
is hardly different from a known one is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from readtheroom import registry
from readtheroom.errors import PluginError, UsageError
from readtheroom.model import Json
from readtheroom.policy.document import Node
from readtheroom.policy.keywords import Schema, mapping, resolve, sequence
from readtheroom.policy.plugins import options_schema
from readtheroom.policy.reading import Reading
from readtheroom.policy.rules import Layer
from readtheroom.policy.suggest import closest

NEAR = 0.9
"""How alike two labels must be."""

SHORTEST_WORD = 4
"""Letters of a word that may be misspelt: `brand-a` is no slip for `brand-b`."""

_WHERE = ("room", "trend")
"""What may stand before a label, to ask for it elsewhere than in the draft."""


def check_labels(rules: Iterable[Sequence[Layer]], reading: Reading) -> None:
    """Keep a fault for each label in options that is a slip for one of the same policy, off or not."""
    by_kind = [(kind, layers) for layers in rules if (kind := _kind(layers))]
    known = {above for kind, layers in by_kind for label in _given(kind, layers) for above in _above(label)}
    known |= {f"{where}.{label}" for where in _WHERE for label in known}
    for kind, layers in by_kind:
        schema = options_schema("kinds", kind)
        for layer in layers:
            options = layer.keys.get("options")
            for node in _labels(options, schema, schema) if options and _names_labels(schema) else ():
                meant = _meant(str(node.value), known)
                if meant:
                    reading.fault(node, f"no rule gives the label {node.value!r} – did you mean {meant!r}?")


def _kind(layers: Sequence[Layer]) -> str | None:
    """The kind of a rule, if there is one of that name."""
    named = next((str(layer.keys["kind"].value) for layer in layers if "kind" in layer.keys), None)
    try:
        return named if named and options_schema("kinds", named) is not None else None
    except (UsageError, PluginError):
        return None


def _given(kind: str, layers: Sequence[Layer]) -> Iterator[str]:
    """The labels that a rule puts on drafts."""
    yield from getattr(registry.load("kinds", kind), "LABELS", ())
    yield from (str(layer.keys["label"].value) for layer in layers if "label" in layer.keys)


def _above(label: str) -> Iterator[str]:
    while label:
        yield label
        label = label.rpartition(".")[0]


def _names_labels(schema: Json | Schema) -> bool:
    if isinstance(schema, list):
        return any(map(_names_labels, schema))
    return isinstance(schema, dict) and (schema.get("format") == "label" or any(map(_names_labels, schema.values())))


def _labels(node: Node, schema: Json | Schema, root: Schema) -> Iterator[Node]:
    """The values that the schema says are labels."""
    plain = resolve(schema, root)
    if isinstance(node.value, str) and plain.get("format") == "label":
        yield node
    for branch in sequence(plain.get("anyOf")):
        yield from _labels(node, branch, root)
    if isinstance(node.value, list):
        for item in node.value:
            yield from _labels(item, plain.get("items", {}), root)
    if isinstance(node.value, dict):
        own = mapping(plain.get("properties"))
        for key, child in node.value.items():
            yield from _labels(child, own.get(key, {}), root)


def _meant(label: str, known: Collection[str]) -> str | None:
    """The known label for which an unknown one is a slip."""
    guess = None if label in known else closest(label, known, NEAR)
    return guess if guess and _is_slip(label, guess) else None


def _is_slip(label: str, guess: str) -> bool:
    """Whether it is words that are misspelt, and not other words or numbers that are meant."""
    words, others = (re.split(r"[.-]", each) for each in (label, guess))
    pairs = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    return len(words) == len(others) and all(len(word) >= SHORTEST_WORD and word.isalpha() for word in sum(pairs, ()))
