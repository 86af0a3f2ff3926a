"""The clocks of an audience."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from readtheroom.kinds._zone_parts import PARTS
from readtheroom.kinds._zones import COUNTRIES, zones


@pytest.mark.parametrize("zone", sorted({zone for some in (*COUNTRIES.values(), *PARTS.values()) for zone in some}))
def test_every_clock_is_known(zone: str) -> None:
    assert ZoneInfo(zone).key == zone


@pytest.mark.parametrize("part", sorted(PARTS))
def test_every_part_is_one_of_a_country_with_several_clocks(part: str) -> None:
    country = part.partition("-")[0]
    assert len(COUNTRIES[country]) > 1 or country == "US"


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (("FR", "FR-75"), ("Europe/Paris",)),
        (("US-NY",), ("America/New_York",)),
        (("US-AZ", "US-CA"), ("America/Phoenix", "America/Los_Angeles")),
        (("US-TX",), ("America/Chicago", "America/Denver")),
        (("CA-BC",), ("America/Vancouver",)),
        (("AU-WA",), ("Australia/Perth",)),
        (("ES-MD",), ("Europe/Madrid",)),
        (("ES-CN",), ("Atlantic/Canary",)),
        (("PT-11", "PT-20"), ("Europe/Lisbon", "Atlantic/Azores")),
        (("TZ",), ("Africa/Dar_es_Salaam",)),
        (("US-ZZ",), COUNTRIES["US"]),
        (("FR", "ZZ"), ()),
        ((), ()),
    ],
)
def test_a_part_has_its_own_clocks(audience: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert zones(audience) == expected
