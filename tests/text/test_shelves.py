from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.text import shelves
from readtheroom.text.shelves import Shelves, shelve

WORDS = st.dictionaries(st.text(max_size=5), st.text(max_size=5))


@given(WORDS, st.text(max_size=5))
def test_what_is_shelved_is_found_again(words: dict[str, str], other: str) -> None:
    kept = Shelves(shelve(words))
    assert [kept.get(word) for word in (*words, other)] == [words.get(word) for word in (*words, other)]
    assert (other in kept) == (other in words)
    assert dict(kept) == words
    assert len(kept) == len(words)


def test_those_who_ask_for_much_get_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "MOST_OPENED", 2)
    words = {str(number): "x" for number in range(100)}
    kept = Shelves(shelve(words))
    assert [kept[word] for word in words] == ["x"] * 100
    assert "100" not in kept
