"""What was seen, with what the rules say about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from readtheroom.model import Observation

Labeller = Callable[[str], frozenset[str]]
"""What the rules say about a headline."""

NOTHING_KNOWN: Mapping[str, frozenset[str]] = {}


class Seen:
    """An observation with the labels of its term and reasons."""

    __slots__ = ("labels", "observation", "observed_at")

    def __init__(self, observation: Observation, labels: frozenset[str]) -> None:
        self.observation = observation
        self.observed_at = observation.observed_at
        self.labels = labels


class ReadHeadlines(dict[str, frozenset[str]]):
    """The labels of texts, each read when first asked for; `known` are those of an earlier room."""

    def __init__(self, label: Labeller, known: Mapping[str, frozenset[str]]) -> None:
        super().__init__()
        self._label, self._before = label, known

    def __missing__(self, text: str) -> frozenset[str]:
        before = self._before.get(text)
        found = self[text] = self._label(text) if before is None else before
        return found


def labels_of(observation: Observation, known: ReadHeadlines, *more: str) -> frozenset[str]:
    """Of its reasons, of what its source knows, and of `more` texts."""
    texts = (*more, *(reason.title for reason in observation.reasons))
    return frozenset(observation.labels).union(*(known[text] for text in texts))
