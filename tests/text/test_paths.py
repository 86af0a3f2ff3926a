from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from readtheroom.text.paths import SHORT, SHORTEST_UNKNOWN, UNKNOWN, UNKNOWN_LETTER, Way, ways

TABLE = {"the": 130, "rapist": 540, "therapist": 500, "a": 160, "pi": 400}


def test_the_cheapest_way_comes_first() -> None:
    assert list(ways("therapist", TABLE, 300)) == [Way(500, (9,)), Way(700, (3, 9))]


def test_what_is_no_word_costs_by_the_letter() -> None:
    assert next(ways("theglobex", TABLE, 0)) == Way(160 + 500 + 6 * 130, (3, 9))


def test_nothing_is_found_in_nothing_or_in_what_is_too_short() -> None:
    assert list(ways("", TABLE, 1000)) == []
    assert list(ways("xy", TABLE, 1000)) == []


def all_ways(word: str, table: dict[str, int]) -> Iterator[Way]:
    """By the definition: every way to cut, no two unknown pieces side by side."""

    def grow(at: int, cost: int, ends: tuple[int, ...], known: bool) -> Iterator[Way]:
        if at == len(word):
            yield Way(cost, ends)
            return
        for end in range(at + 1, len(word) + 1):
            size = end - at
            if word[at:end] in table:
                yield from grow(end, cost + table[word[at:end]] + SHORT.get(size, 0), (*ends, end), True)
            if known and size >= SHORTEST_UNKNOWN:
                yield from grow(end, cost + UNKNOWN + UNKNOWN_LETTER * size, (*ends, end), False)

    return grow(0, 0, (), True)


@given(
    st.text("ab", min_size=1, max_size=9),
    st.dictionaries(st.text("ab", min_size=1, max_size=4), st.integers(100, 600), max_size=8),
    st.integers(0, 1500),
)
def test_ways_are_those_of_the_definition(word: str, table: dict[str, int], slack: int) -> None:
    everything = sorted(all_ways(word, table))
    within = [way for way in everything if way.cost <= everything[0].cost + slack]
    found = list(islice(ways(word, table, slack), len(within) + 1))
    assert sorted(found) == within
    assert [way.cost for way in found] == sorted(way.cost for way in found)
