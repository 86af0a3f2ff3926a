"""Holds of all sorts, for properties."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from readtheroom.model import Hold, HoldScope

LABELS = ("tone.promotional", "crisis.fire")
TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).map(lambda text: " ".join(text.split()))
ONE_LINE = TEXT.filter(bool)
TIMES = st.datetimes(datetime(1971, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)).map(
    lambda time: time.replace(microsecond=0)
)
SCOPES = st.builds(
    HoldScope,
    st.sampled_from([(), ("US",), ("NO", "FR-75")]),
    st.sampled_from([(), ("x",), ("my forum", "x")]),
    st.sampled_from([(), LABELS]),
    st.lists(ONE_LINE, max_size=2, unique=True).map(tuple),
    st.booleans(),
).filter(lambda scope: scope != HoldScope())
HELD = st.builds(
    Hold,
    ONE_LINE,
    ONE_LINE,
    TIMES,
    st.one_of(st.none(), TIMES),
    st.one_of(st.just(""), ONE_LINE),
    st.one_of(st.just((HoldScope(),)), st.lists(SCOPES, min_size=1, max_size=3).map(tuple)),
    ONE_LINE,
    st.one_of(st.just(""), ONE_LINE),
    st.one_of(st.none(), TIMES),
)
