from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.kinds._days import MONTHS, WEEKDAYS, easter, orthodox_easter, parse

YEARS = st.integers(1600, 8999)


def dates(rule: str, *years: int) -> list[str]:
    return [str(found) for year in years for found in parse(rule).in_year(year)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("09-11", ["2024-09-11", "2025-09-11", "2026-09-11"]),
        ("02-29", ["2024-02-29"]),
        ("02-29 +1", ["2024-03-01"]),
        # Memorial Day; https://en.wikipedia.org/wiki/Memorial_Day
        ("last monday of may", ["2024-05-27", "2025-05-26", "2026-05-25"]),
        # Remembrance Sunday; https://en.wikipedia.org/wiki/Remembrance_Sunday
        ("2nd sunday of november", ["2024-11-10", "2025-11-09", "2026-11-08"]),
        # Martin Luther King Jr. Day
        ("3rd monday of january", ["2024-01-15", "2025-01-20", "2026-01-19"]),
        # Black Friday and Cyber Monday
        ("4th thursday of november +1", ["2024-11-29", "2025-11-28", "2026-11-27"]),
        ("4th thursday of november+4", ["2024-12-02", "2025-12-01", "2026-11-30"]),
        # Holodomor Remembrance Day
        ("4th saturday of november", ["2024-11-23", "2025-11-22", "2026-11-28"]),
        ("5th monday of february", []),
        ("last friday of december", ["2024-12-27", "2025-12-26", "2026-12-25"]),
        # Volkstrauertag and Totensonntag; https://www.bundestag.de/volkstrauertag
        ("sunday before 12-25 -35", ["2024-11-17", "2025-11-16", "2026-11-15"]),
        ("sunday before 12-25 -28", ["2024-11-24", "2025-11-23", "2026-11-22"]),
        # Vel' d'Hiv: 16 July if that is a Sunday, else the Sunday after
        ("sunday after 07-15", ["2024-07-21", "2025-07-20", "2026-07-19"]),
        # National Day of Commemoration, Ireland: the Sunday nearest to 11 July
        ("sunday nearest 07-11", ["2024-07-14", "2025-07-13", "2026-07-12"]),
        # Good Friday, Mothering Sunday, Ascension Day
        ("easter-2", ["2024-03-29", "2025-04-18", "2026-04-03"]),
        ("easter -21", ["2024-03-10", "2025-03-30", "2026-03-15"]),
        ("easter+39", ["2024-05-09", "2025-05-29", "2026-05-14"]),
        ("orthodox-easter", ["2024-05-05", "2025-04-20", "2026-04-12"]),
        ("Orthodox-Easter -48", ["2024-03-18", "2025-03-03", "2026-02-23"]),
    ],
)
def test_known_dates(rule: str, expected: list[str]) -> None:
    assert dates(rule, 2024, 2025, 2026) == expected


def test_easter_of_many_years() -> None:
    # https://en.wikipedia.org/wiki/List_of_dates_for_Easter
    west = [date(2011, 4, 24), date(2012, 4, 8), date(2013, 3, 31), date(2014, 4, 20), date(2015, 4, 5)]
    east = [date(2011, 4, 24), date(2012, 4, 15), date(2013, 5, 5), date(2014, 4, 20), date(2015, 4, 12)]
    assert [easter(year) for year in range(2011, 2016)] == west
    assert [orthodox_easter(year) for year in range(2011, 2016)] == east
    assert (easter(1818), easter(1943), easter(2038)) == (date(1818, 3, 22), date(1943, 4, 25), date(2038, 4, 25))
    assert (easter(1981), easter(1954), orthodox_easter(2100)) == (
        date(1981, 4, 19),
        date(1954, 4, 18),
        date(2100, 5, 2),
    )


def test_listed_dates() -> None:
    listed = parse(["2030-01-06", "2030-12-26", "2031-12-15"])
    assert list(listed.in_year(2030)) == [date(2030, 1, 6), date(2030, 12, 26)]
    assert list(listed.in_year(2029)) == []


@pytest.mark.parametrize(
    "rule",
    [
        *("", "13-01", "02-30", "6th monday of may", "monday of may", "first monday of may", "last may", "pentecost"),
        *("easter-200", "easter--2", "sunday around 12-25", "sunday before 12-32", "٠٩-١١", "2026-02-30", "09-11 2026"),
    ],
)
def test_what_is_no_rule(rule: str) -> None:
    with pytest.raises(ValueError, match=r"write|is more than") as told:
        parse(rule)
    assert repr(rule) in str(told.value)


def test_a_list_with_a_date_that_is_none() -> None:
    with pytest.raises(ValueError, match=r"'2026-02-30' is no date like 2026-04-14"):
        parse(["2026-02-03", "2026-02-30"])


@given(YEARS, st.sampled_from(range(4)), st.sampled_from(range(7)), st.sampled_from(range(12)))
def test_the_nth_weekday(year: int, nth: int, weekday: int, month: int) -> None:
    (found,) = parse(f"{['1st', '2nd', '3rd', '4th'][nth]} {WEEKDAYS[weekday]} of {MONTHS[month]}").in_year(year)
    assert (found.weekday(), found.month, found.year, (found.day - 1) // 7) == (weekday, month + 1, year, nth)


@given(YEARS, st.sampled_from(range(7)), st.sampled_from(range(12)))
def test_the_last_weekday(year: int, weekday: int, month: int) -> None:
    (found,) = parse(f"last {WEEKDAYS[weekday]} of {MONTHS[month]}").in_year(year)
    assert (found.weekday(), found.month, found.year) == (weekday, month + 1, year)
    assert (found + timedelta(7)).month != found.month
    fifth = list(parse(f"5th {WEEKDAYS[weekday]} of {MONTHS[month]}").in_year(year))
    assert fifth == ([found] if found.day > 28 else [])


@given(YEARS, st.sampled_from(range(7)), st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_a_weekday_about_a_date(year: int, weekday: int, day: date) -> None:
    base = date(year, day.month, day.day)
    for side, least, most in (("before", -7, -1), ("after", 1, 7), ("nearest", -3, 3)):
        (found,) = parse(f"{WEEKDAYS[weekday]} {side} {day:%m-%d}").in_year(year)
        assert found.weekday() == weekday
        assert least <= (found - base).days <= most


@given(YEARS)
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    assert easter(year).weekday() == orthodox_easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)
    behind = timedelta(year // 100 - year // 400 - 2)
    assert date(year, 3, 22) <= orthodox_easter(year) - behind <= date(year, 4, 25)
