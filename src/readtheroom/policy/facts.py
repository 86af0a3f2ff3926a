"""Placeholders in what rules say: `{match}`, and the facts that a kind declares in `FACTS`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from readtheroom import registry
from readtheroom.policy.document import Node
from readtheroom.policy.suggest import did_you_mean

EVERY_KIND: Mapping[str, str] = {
    "match": "The words that are pointed at.",
    "label": "What the rule says about them.",
}
"""Fact -> what it is, whatever the kind."""

_PLACEHOLDER = re.compile(r"(?<!\{)\{([a-z][a-z0-9_]*)\}(?!\})")
"""Not in doubled braces: advice may speak of a merge field."""


def facts(kind: str) -> Mapping[str, str] | None:
    """Fact -> what it is, for the messages of a kind; None if it does not declare them."""
    own: Mapping[str, str] | None = getattr(registry.load("kinds", kind), "FACTS", None)
    return None if own is None else {**EVERY_KIND, **own}


def slips(keys: Mapping[str, Node], kind: str) -> Iterator[tuple[Node, str]]:
    """Placeholders of `message` and `advice` that nothing fills: where, and what to say of them."""
    known = facts(kind)
    if known is None:
        return
    for key, node in keys.items():
        if key in {"message", "advice"}:
            for name in dict.fromkeys(_PLACEHOLDER.findall(str(node.value))):
                if name not in known:
                    yield node, f"`{key}`: nothing fills {{{name}}}{did_you_mean(name, known)}"
