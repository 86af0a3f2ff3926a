"""Texts that are the same but for a few words, found without comparing all with all.

A text is its pairs of neighbouring words; two are alike by the share of their pairs that they have in common
(Jaccard). What is kept of it is a 32-bit hash of each pair: one in four billion stands for two. Of texts that are
alike, the rarest few pairs of one must be among those of the other (prefix filtering, Chaudhuri, Ganti and Kaushik
2006), so that a text is compared with those alone that share one. That finds all that are alike, of any length.

A library would not: banded MinHash and SimHash miss some, and those for them bring numpy; SetSimilaritySearch, which is
exact, needs it too, and knows neither accounts nor times, so that it would compare a year with itself.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil
from zlib import crc32

Sketch = bytes
"""Hashes, four bytes each, in rising order."""


def sketch(words: Sequence[str]) -> Sketch:
    """Of folded words. The same on every machine of one byte order."""
    pairs = map(" ".join, pairwise(words)) if len(words) > 1 else words
    rising = sorted({crc32(pair.encode("utf-8", "surrogatepass")) for pair in pairs})
    return array("I", rising).tobytes()


@lru_cache(maxsize=8192)
def hashes(sketched: Sketch) -> frozenset[int]:
    """What a sketch holds."""
    return frozenset(_unpacked(sketched))


def _unpacked(sketched: Sketch) -> array[int]:
    found = array("I")
    found.frombytes(sketched)
    return found


def alike(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of their pairs that two texts have in common, from 0 to 1."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


class Rarest:
    """Which hashes of a text must be looked up to find all that is like it, of the texts of a calendar."""

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        """Of all texts, also those that come twice."""
        self._count: Counter[int] = Counter()
        for each in sketches:
            self._count.update(_unpacked(each))

    def of(self, sketched: Sketch, share: float) -> list[int]:
        """For texts that are alike by at least `share`, the rarest first; none that no other text has."""
        by_rank = sorted(_unpacked(sketched), key=self._count.__getitem__)  # they rise: as rare ones stay in order
        rarest = by_rank[: len(by_rank) - ceil(share * len(by_rank) - 1e-9) + 1]
        return [each for each in rarest if self._count[each] > 1]
