from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.errors import UsageError
from readtheroom.policy.times import last_moment, moment


@pytest.mark.parametrize(
    ("written", "zone", "expected"),
    [
        ("2026-07-20T15:00:00Z", "Europe/Paris", datetime(2026, 7, 20, 15, tzinfo=UTC)),
        ("2026-07-20T15:00:00.000+02:00", "UTC", datetime(2026, 7, 20, 13, tzinfo=UTC)),
        (" 2026-07-20 15:00 ", "UTC", datetime(2026, 7, 20, 15, tzinfo=UTC)),
        ("2026-07-20 15:00:30", "Europe/Athens", datetime(2026, 7, 20, 12, 0, 30, tzinfo=UTC)),
        # clocks go back at 3:00 (01:00 UTC): 2:30 comes twice, first at UTC+2
        ("2026-10-25 02:30", "Europe/Paris", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read(written: str, zone: str, expected: datetime) -> None:
    found = moment(written, zone)
    assert found.tzinfo is not None
    assert found.astimezone(UTC) == expected


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2026-03-29 02:30", "there is no 02:30 on 2026-03-29 in Europe/Paris: clocks go on to 03:30"),
        ("2026-07-20", "'2026-07-20' names no time of day: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00"),
        ("2026-13-01 10:00", "'2026-13-01 10:00' is no date and time: "),
        ("0001-01-01T00:00+14:00", "the year 1 is not between 1970 and 2200"),
        ("20260720T150000", "'20260720T150000' names no time of day: "),
        ("1784559600", "'1784559600' is no date and time: "),
        ("", "'' is no date and time: "),
    ],
)
def test_what_is_no_moment_is_told_plainly(written: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as caught:
        moment(written, "Europe/Paris")
    assert str(caught.value).startswith(message)


def test_a_day_holds_to_its_end() -> None:
    assert last_moment("2026-12-31", "UTC") == datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert last_moment("2026-12-31T10:00Z", "UTC") == datetime(2026, 12, 31, 10, tzinfo=UTC)
    with pytest.raises(ValueError, match="'2026-02-30' is no day: write 2026-12-31"):
        last_moment("2026-02-30", "UTC")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "", "a\0b"])
def test_an_unknown_time_zone_is_named(zone: str) -> None:
    with pytest.raises(UsageError, match="no time zone is called"):
        moment("2026-07-20 15:00", zone)


@given(st.datetimes(datetime(1970, 1, 1), datetime(2200, 12, 31)))
def test_what_is_written_in_utc_is_read_back(when: datetime) -> None:
    assert moment(when.isoformat(" "), "UTC") == when.replace(tzinfo=UTC)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_a_plain_fault(written: str) -> None:
    message = ""
    try:
        found = moment(written, "UTC")
    except ValueError as fault:
        message = str(fault)
    else:
        assert found.tzinfo is not None
    assert "\n" not in message
