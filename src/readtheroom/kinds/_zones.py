"""The clocks of a region, by the tz database (https://www.iana.org/time-zones): for quiet hours.

Of a region with several zones, those in which people live in numbers, the largest first. Kosovo has the clocks of
Belgrade; Ukraine those of Bucharest, since systems disagree on the name of its own zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache


def _of(continent: str, cities: str) -> dict[str, tuple[str, ...]]:
    pairs = (each.split("=") for each in cities.split())
    return {region: (f"{continent}/{city}",) for region, city in pairs}


_ZONES: Mapping[str, tuple[str, ...]] = {
    **_of(
        "Africa",
        """
        EG=Cairo KE=Nairobi MA=Casablanca NG=Lagos RW=Kigali ZA=Johannesburg
        """,
    ),
    **_of(
        "America",
        """
        AR=Argentina/Buenos_Aires BO=La_Paz CL=Santiago CO=Bogota CR=Costa_Rica CU=Havana DO=Santo_Domingo
        EC=Guayaquil GT=Guatemala HN=Tegucigalpa NI=Managua PA=Panama PE=Lima PR=Puerto_Rico PY=Asuncion
        SV=El_Salvador UY=Montevideo VE=Caracas
        """,
    ),
    **_of(
        "Asia",
        """
        AE=Dubai AM=Yerevan BD=Dhaka CN=Shanghai CY=Nicosia HK=Hong_Kong IL=Jerusalem IN=Kolkata JP=Tokyo
        KR=Seoul LB=Beirut LK=Colombo MY=Kuala_Lumpur NP=Kathmandu PH=Manila PK=Karachi PS=Gaza SA=Riyadh
        SG=Singapore TH=Bangkok TW=Taipei VN=Ho_Chi_Minh
        """,
    ),
    **_of(
        "Atlantic",
        """
        IS=Reykjavik
        """,
    ),
    **_of(
        "Europe",
        """
        AL=Tirane AT=Vienna BA=Sarajevo BE=Brussels BG=Sofia BY=Minsk CH=Zurich CZ=Prague DE=Berlin
        DK=Copenhagen EE=Tallinn FI=Helsinki FR=Paris GB=London GR=Athens HR=Zagreb HU=Budapest IE=Dublin
        IT=Rome LT=Vilnius LU=Luxembourg LV=Riga MD=Chisinau ME=Podgorica MK=Skopje MT=Malta NL=Amsterdam
        NO=Oslo PL=Warsaw RO=Bucharest RS=Belgrade SE=Stockholm SI=Ljubljana SK=Bratislava TR=Istanbul
        UA=Bucharest XK=Belgrade
        """,
    ),
    **_of(
        "Pacific",
        """
        NZ=Auckland
        """,
    ),
    "AU": ("Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin", "Australia/Perth"),
    "BR": ("America/Sao_Paulo", "America/Fortaleza", "America/Manaus", "America/Rio_Branco"),
    "CA": (
        "America/Toronto",
        "America/St_Johns",
        "America/Halifax",
        "America/Winnipeg",
        "America/Regina",
        "America/Edmonton",
        "America/Vancouver",
    ),
    "ES": ("Europe/Madrid", "Atlantic/Canary"),
    "ID": ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
    "MX": ("America/Mexico_City", "America/Cancun", "America/Hermosillo", "America/Tijuana"),
    "PT": ("Europe/Lisbon", "Atlantic/Azores"),
    "RU": (
        "Europe/Moscow",
        "Europe/Kaliningrad",
        "Europe/Samara",
        "Asia/Yekaterinburg",
        "Asia/Omsk",
        "Asia/Krasnoyarsk",
        "Asia/Irkutsk",
        "Asia/Yakutsk",
        "Asia/Vladivostok",
        "Asia/Magadan",
        "Asia/Kamchatka",
    ),
    "US": (
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Anchorage",
        "Pacific/Honolulu",
    ),
}


@lru_cache(maxsize=1024)
def zones(audience: tuple[str, ...]) -> tuple[str, ...]:
    """IANA names for the regions of an audience (a part of one, `US-NY`, has those of the whole), each once.

    None for an audience of which any region is not known.
    """
    found = [_ZONES.get(region.partition("-")[0]) for region in audience]
    return () if None in found else tuple(_each(each for each in found if each))


def _each(groups: Iterable[tuple[str, ...]]) -> Iterable[str]:
    return dict.fromkeys(zone for group in groups for zone in group)
