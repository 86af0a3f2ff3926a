"""Texts that are the same but for a few words, found without comparing all with all.

A text is its pairs of neighbouring words; two are alike by the share of their pairs that they have in common
(Jaccard). What is kept of it is a 32-bit hash of each pair: one in four billion stands for two. Of texts that are
alike, the rarest few pairs of one must be among those of the other (prefix filtering, Chaudhuri, Ganti and Kaushik
2006), so that a text is compared with those alone that share one, early enough. That finds all that are alike, of any
length.

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


def size_of(sketched: Sketch) -> int:
    """How many hashes it holds."""
    return len(sketched) // 4


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

    def of(self, sketched: Sketch, share: float) -> list[tuple[int, int]]:
        """For texts that are alike by at least `share`, the rarest first; none that no other text has. With each, how
        many of the text are no rarer, itself among them."""
        size, count = size_of(sketched), self._count
        common = [each for each in _unpacked(sketched) if count[each] > 1]
        most = len(common) - ceil(share * size - 1e-9) + 1
        if most <= 0:
            return []
        common.sort(key=count.__getitem__)  # they rise: as rare ones stay in order
        return [(each, len(common) - at) for at, each in enumerate(common[:most])]


def may_be_alike(size: int, other: int, left: int, share: float) -> bool:
    """Whether texts of so many pairs may be alike by `share`, if the rarest that they share leaves them no more than
    `left` in common (position filtering, Xiao, Wang, Lin and Yu 2008)."""
    return left * (1 + share) >= share * (size + other) - 1e-9
