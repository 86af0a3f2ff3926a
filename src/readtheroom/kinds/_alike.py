"""Texts that are the same but for a few words, found without comparing all with all.

A text is its pairs of neighbouring words; two are alike by the share of their pairs that they have in common
(Jaccard). What is kept of it are the `MOST` lowest 32-bit hashes of its pairs (a bottom-k sketch, Broder 1997): all of
them for posts of up to `MOST` words, for which the outcome is exact, and a fair sample of longer ones. Of texts that
are alike, the rarest few pairs of one must be among those of the other (prefix filtering, Chaudhuri, Ganti and Kaushik
2006), so that a text is compared with those alone that share one. That finds every pair, where banded MinHash misses
some, and needs no library: those for MinHash bring numpy with them.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil
from zlib import crc32

MOST = 256
"""Pairs kept of a text."""

Sketch = bytes
"""Hashes, four bytes each, in rising order."""


def sketch(words: Sequence[str]) -> Sketch:
    """Of folded words. The same on every machine of one byte order."""
    pairs = map(" ".join, pairwise(words)) if len(words) > 1 else words
    lowest = sorted({crc32(pair.encode("utf-8", "surrogatepass")) for pair in pairs})[:MOST]
    return array("I", lowest).tobytes()


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
    if len(one) < MOST and len(other) < MOST:
        both = len(one & other)
        return both / (len(one) + len(other) - both) if both else 0.0
    lowest = frozenset(sorted(one | other)[:MOST])
    return len(lowest & one & other) / len(lowest)


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
        if len(by_rank) < MOST:  # else it is a sample: what is missing here may be there
            by_rank = by_rank[: len(by_rank) - ceil(share * len(by_rank) - 1e-9) + 1]
        return [each for each in by_rank if self._count[each] > 1]
