from __future__ import annotations

import marshal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from readtheroom.model import Rule
from readtheroom.policy.frozen import LONG, Words, freeze, thaw
from readtheroom.policy.values import Override

PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.timedeltas()
NESTED = st.recursive(
    PLAIN,
    lambda some: (
        st.lists(some, max_size=3)
        | st.lists(some, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), some, max_size=3)
    ),
    max_leaves=8,
)


def kept(value: Any) -> Any:
    return thaw(marshal.loads(marshal.dumps(freeze(value))))  # noqa: S302  written a moment ago


@given(NESTED)
def test_what_is_frozen_comes_back(value: Any) -> None:
    assert kept(value) == value


def test_long_lists_of_words_are_opened_when_they_are_read() -> None:
    words = [f"word {number}" for number in range(LONG + 1)]
    rule = Rule("one", "keywords", options={"cues": [{"terms": {"en": [*words]}}], "some": [*words[:3]]})
    back = kept((Override(("*",), {}), rule))
    assert back == (Override(("*",), {}), rule)
    some = back[1].options["cues"][0]["terms"]["en"]
    assert isinstance(some, Words)
    assert kept(back) == back
    assert (len(some), some[-1], some[1:3], "word 3" in some) == (LONG + 1, words[-1], words[1:3], True)
