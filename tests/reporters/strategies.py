"""Texts as nobody should write them."""

from __future__ import annotations

from hypothesis import strategies as st

NASTY = "\n\r\t\x00\x1b\x9b\x7f\u202e\u2028\u200d\ufe0f\u0301👩🎉界🇫\ud83c\ude00 \"\\uda/%:,=[]({}'a…"
"""Controls, bidirectional controls, joiners, wide and combining characters, lone surrogates, every format's signs."""

ANY_TEXT = st.text(st.characters()) | st.text(st.sampled_from(NASTY))
LONG_TEXT = st.lists(st.tuples(ANY_TEXT, st.integers(1, 60)).map(lambda pair: pair[0][:6] * pair[1]), max_size=6).map(
    "".join
)
"""Up to some thousand code points, by repeating."""
