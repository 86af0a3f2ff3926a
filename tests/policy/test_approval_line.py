from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.model import Approval
from readtheroom.policy.approval_line import line, read_line

HASH = "0f" * 32
AT = datetime(2026, 7, 20, 12, tzinfo=UTC)
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(timezone(timedelta(hours=2))))


@given(st.sampled_from(["Joan", "Ann at Sea", "@li", "Bo until noon", "Éva Löw"]), TIMES, st.none() | TIMES)
def test_what_is_written_is_read(by: str, at: datetime, until: datetime | None) -> None:
    assert read_line(line(Approval(by, at, until, HASH))) == Approval(by, at, until, HASH)


def test_as_people_see_it() -> None:
    assert line(Approval("Joan", AT, None, HASH)) == f"Joan at 2026-07-20T12:00:00Z sha256:{HASH}"
    assert read_line(f"Joan sha256:{HASH}") == Approval("Joan", datetime.min.replace(tzinfo=UTC), None, HASH)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Joan",
        f"sha256:{HASH}",
        "Joan sha256:0f",
        f"Joan until tomorrow sha256:{HASH}",
        f"J at 2026-07-20 sha256:{HASH}",
    ],
)
def test_what_does_not_say_what_was_approved(written: str) -> None:
    assert read_line(written) is None
