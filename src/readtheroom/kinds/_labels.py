"""Dotted labels: `crisis` means all of `crisis.*`."""

from __future__ import annotations

from collections.abc import Iterable


def is_a(label: str, wanted: str) -> bool:
    """Whether `label` is `wanted` or below it."""
    return label == wanted or label.startswith(wanted + ".")


def any_is(labels: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether any label is any of `wanted` or below it."""
    some = tuple(wanted)
    return any(is_a(label, each) for label in labels for each in some)
