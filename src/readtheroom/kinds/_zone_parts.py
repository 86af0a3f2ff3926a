"""The clocks of parts of countries that have several, by ISO 3166-2 and the tz database: for quiet hours.

`ES-` is any part of Spain that is not named. Of a part with two clocks, both, where people live in numbers by each.
"""

from __future__ import annotations

from collections.abc import Mapping


def _parts(country: str, clocks: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for zone, parts in clocks.items():
        for part in parts.split():
            key = f"{country}-{part.strip('*')}"
            found[key] = (*found.get(key, ()), zone)
    return found


PARTS: Mapping[str, tuple[str, ...]] = {
    **_parts(
        "AU",
        {
            "Australia/Sydney": "ACT NSW TAS VIC",
            "Australia/Brisbane": "QLD",
            "Australia/Adelaide": "SA",
            "Australia/Darwin": "NT",
            "Australia/Perth": "WA",
        },
    ),
    **_parts(
        "BR",
        {
            "America/Sao_Paulo": "DF ES GO MG PR RJ RS SC SP",
            "America/Fortaleza": "AL AP BA CE MA PA PB PE PI RN SE TO",
            "America/Manaus": "AM MS MT RO RR",
            "America/Rio_Branco": "AC",
        },
    ),
    **_parts(
        "CA",
        {
            "America/Toronto": "NU ON QC",
            "America/St_Johns": "NL",
            "America/Halifax": "NB NS PE",
            "America/Winnipeg": "MB NU",
            "America/Regina": "SK",
            "America/Edmonton": "AB NT",
            "America/Vancouver": "BC",
            "America/Whitehorse": "YT",
        },
    ),
    **_parts("ES", {"Europe/Madrid": "*", "Atlantic/Canary": "CN GC TF"}),
    **_parts(
        "ID",
        {
            "Asia/Jakarta": "AC BB BE BT JA JB JI JK JT JW KB KT KR LA RI SB SM SS SU YO",
            "Asia/Makassar": "BA GO KI KS KU NB NT NU SA SG SL SN SR ST",
            "Asia/Jayapura": "MA ML MU PA PB PD PE PP PS PT",
        },
    ),
    **_parts(
        "MX",
        {
            "America/Mexico_City": "*",
            "America/Cancun": "ROO",
            "America/Hermosillo": "SON",
            "America/Mazatlan": "BCS NAY SIN",
            "America/Tijuana": "BCN",
        },
    ),
    **_parts("PT", {"Europe/Lisbon": "*", "Atlantic/Azores": "20"}),
    **_parts(
        "US",
        {
            "America/New_York": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC TN VA VT WV",
            "America/Chicago": "AL AR FL IA IL IN KS KY LA MN MO MS ND NE OK SD TN TX WI",
            "America/Denver": "CO ID MT ND NE NM SD TX UT WY",
            "America/Phoenix": "AZ",
            "America/Los_Angeles": "CA ID NV OR WA",
            "America/Anchorage": "AK",
            "Pacific/Honolulu": "HI",
            "America/Puerto_Rico": "PR VI",
            "Pacific/Guam": "GU MP",
            "Pacific/Pago_Pago": "AS",
        },
    ),
}
