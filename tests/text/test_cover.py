from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readtheroom.spans import Span
from readtheroom.text.cover import Cover

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 20), st.integers(1, 6))


@given(st.lists(SPANS, max_size=6), SPANS)
def test_it_answers_as_asking_each_would(spans: list[Span], asked: Span) -> None:
    cover = Cover(spans)
    assert cover.overlaps(asked) == any(span.overlaps(asked) for span in spans)
    assert cover.covers(asked) == any(span.covers(asked) for span in spans)
