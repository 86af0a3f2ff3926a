"""How far the clocks of a region are apart: which moments belong to a date there.

Hours from UTC at its western and at its eastern edge, summer time included, by the tz database
(https://www.iana.org/time-zones). Far territories are left out (Guam, La Réunion, Bermuda …): they have codes of their
own. Where the clocks change, a day is taken an hour too wide rather than too narrow.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple


class Offsets(NamedTuple):
    west: timedelta
    east: timedelta


def _offsets(west: float, east: float | None = None) -> Offsets:
    return Offsets(timedelta(hours=west), timedelta(hours=west if east is None else east))


def _same(regions: str, offsets: Offsets) -> dict[str, Offsets]:
    return dict.fromkeys(regions.split(), offsets)


EVERYWHERE = _offsets(-12, 14)

_CENTRAL = _offsets(1, 2)
_EASTERN = _offsets(2, 3)

_OFFSETS: Mapping[str, Offsets] = {
    **_same("AL AT BA BE CH CZ DE DK FR HR HU IT LU ME MK MT NL NO PL RS SE SI SK XK", _CENTRAL),
    **_same("BG CY EE EG FI GR IL LB LT LV MD PS RO UA", _EASTERN),
    **_same("GB IE", _offsets(0, 1)),
    **_same("ES MA", _offsets(0, 2)),
    **_same("CR GT HN NI SV", _offsets(-6)),
    **_same("CO PA PE", _offsets(-5)),
    **_same("BO DO PR VE", _offsets(-4)),
    **_same("AR UY", _offsets(-3)),
    **_same("RW ZA", _offsets(2)),
    **_same("BY KE SA TR", _offsets(3)),
    **_same("AE AM", _offsets(4)),
    **_same("CN HK MY PH SG TW", _offsets(8)),
    **_same("JP KR", _offsets(9)),
    **_same("TH VN", _offsets(7)),
    **_same("IN LK", _offsets(5.5)),
    "AU": _offsets(8, 11),
    "BD": _offsets(6),
    "BR": _offsets(-5, -2),
    "CA": _offsets(-8, -2.5),
    "CL": _offsets(-6, -3),
    "CU": _offsets(-5, -4),
    "EC": _offsets(-6, -5),
    "ID": _offsets(7, 9),
    "IS": _offsets(0),
    "MX": _offsets(-8, -5),
    "NG": _offsets(1),
    "NP": _offsets(5.75),
    "NZ": _offsets(12, 13),
    "PK": _offsets(5),
    "PT": _offsets(-1, 1),
    "PY": _offsets(-4, -3),
    "RU": _offsets(2, 12),
    "US": _offsets(-10, -4),
}


def offsets(region: str) -> Offsets:
    """Of a region (`US`, or a part of it: `US-NY`); of the whole earth where it is not known."""
    return _OFFSETS.get(region.partition("-")[0], EVERYWHERE)
