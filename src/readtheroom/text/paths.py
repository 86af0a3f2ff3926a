"""The cheapest ways to cut a string into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush
from typing import NamedTuple

UNKNOWN = 500
UNKNOWN_LETTER = 130
"""What a stretch that is no word costs, and each letter of it: dear enough that words win where there are some."""
SHORTEST_UNKNOWN = 3
SHORT = {1: 150, 2: 100, 3: 30}
"""What a short word costs on top: the lists are full of abbreviations."""
LONGEST = 30

_FAR = 1 << 40


class Way(NamedTuple):
    """Where each piece ends, and what all of them cost together."""

    cost: int
    ends: tuple[int, ...]


def ways(word: str, table: Mapping[str, int], slack: int) -> Iterator[Way]:
    """The ways to cut a word, cheapest first, none more than `slack` dearer than the cheapest.

    A stretch that is no word has `SHORTEST_UNKNOWN` letters at least; so a shorter word may have no way at all.
    The search is A* with exact distances: what it takes grows with the number of ways that are asked for, not of those
    that there are.
    """
    edges = _edges(word, table)
    known, unknown = _distances(edges)
    if not edges or known[0] >= _FAR:
        return
    limit = known[0] + slack
    heap = [_Step(known[0], 0, 0, (), False)]
    while heap:
        step = heappop(heap)
        at = -step.minus_at
        if at == len(edges):
            yield Way(step.cost, (*step.ends, at) if step.inside else step.ends)
            continue
        ends = (*step.ends, at) if step.inside else step.ends
        for price, end in edges[at]:
            cost = step.cost + price
            if cost + known[end] <= limit:
                heappush(heap, _Step(cost + known[end], -end, cost, (*ends, end), False))
        letters = 1 if step.inside else SHORTEST_UNKNOWN
        cost = step.cost + letters * UNKNOWN_LETTER + (0 if step.inside else UNKNOWN)
        if at + letters <= len(edges) and cost + unknown[at + letters] <= limit:
            heappush(heap, _Step(cost + unknown[at + letters], -at - letters, cost, step.ends, True))


class _Step(NamedTuple):
    """Part of a way. Of steps to equally cheap ways the furthest comes first, or equals would all grow side by side."""

    total: int
    minus_at: int
    cost: int
    ends: tuple[int, ...]
    inside: bool
    """Whether it ends inside an unknown stretch."""


def _edges(word: str, table: Mapping[str, int]) -> list[list[tuple[int, int]]]:
    """For each place, the words that start there: what they cost, and where they end."""
    get = table.get
    size = len(word)
    edges: list[list[tuple[int, int]]] = []
    for start in range(size):
        here = []
        for end in range(start + 1, min(start + LONGEST, size) + 1):
            cost = get(word[start:end])
            if cost is not None:
                here.append((cost + SHORT.get(end - start, 0), end))
        edges.append(here)
    return edges


def _distances(edges: list[list[tuple[int, int]]]) -> tuple[list[int], list[int]]:
    """What remains to pay at each place: at the end of a word, and inside an unknown stretch."""
    size = len(edges)
    known, unknown = [0] * (size + 1), [0] * (size + 1)
    for at in range(size - 1, -1, -1):
        word = min((cost + known[end] for cost, end in edges[at]), default=_FAR)
        after = at + SHORTEST_UNKNOWN
        begin = UNKNOWN + SHORTEST_UNKNOWN * UNKNOWN_LETTER + unknown[after] if after <= size else _FAR
        known[at] = min(word, begin)
        unknown[at] = min(word, UNKNOWN_LETTER + unknown[at + 1])
    return known, unknown
