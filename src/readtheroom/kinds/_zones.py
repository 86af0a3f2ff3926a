"""The clocks of a region, by the tz database (https://www.iana.org/time-zones): for quiet hours.

Of a country with several zones, those in which people live in numbers, the largest first. Kosovo has the clocks of
Belgrade; Ukraine those of Bucharest, since systems disagree on the name of its own zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from readtheroom.kinds._zone_parts import PARTS


def _of(continent: str, cities: str) -> dict[str, tuple[str, ...]]:
    pairs = (each.split("=") for each in cities.split())
    return {region: (f"{continent}/{city}",) for region, city in pairs}


COUNTRIES: Mapping[str, tuple[str, ...]] = {
    **_of(
        "Africa",
        """
        AO=Luanda BF=Ouagadougou BI=Bujumbura BJ=Porto-Novo BW=Gaborone CF=Bangui CG=Brazzaville CI=Abidjan
        CM=Douala DJ=Djibouti DZ=Algiers EG=Cairo EH=El_Aaiun ER=Asmara ET=Addis_Ababa GA=Libreville GH=Accra
        GM=Banjul GN=Conakry GQ=Malabo GW=Bissau KE=Nairobi LR=Monrovia LS=Maseru LY=Tripoli MA=Casablanca
        ML=Bamako MR=Nouakchott MW=Blantyre MZ=Maputo NA=Windhoek NE=Niamey NG=Lagos RW=Kigali SD=Khartoum
        SL=Freetown SN=Dakar SO=Mogadishu SS=Juba ST=Sao_Tome SZ=Mbabane TD=Ndjamena TG=Lome TN=Tunis
        TZ=Dar_es_Salaam UG=Kampala ZA=Johannesburg ZM=Lusaka ZW=Harare
        """,
    ),
    **_of(
        "America",
        """
        AG=Antigua AI=Anguilla AR=Argentina/Buenos_Aires AW=Aruba BB=Barbados BO=La_Paz BS=Nassau BZ=Belize
        CL=Santiago CO=Bogota CR=Costa_Rica CU=Havana CW=Curacao DM=Dominica DO=Santo_Domingo EC=Guayaquil
        GD=Grenada GF=Cayenne GP=Guadeloupe GT=Guatemala GY=Guyana HN=Tegucigalpa HT=Port-au-Prince JM=Jamaica
        KN=St_Kitts KY=Cayman LC=St_Lucia MQ=Martinique MS=Montserrat NI=Managua PA=Panama PE=Lima PM=Miquelon
        PR=Puerto_Rico PY=Asuncion SR=Paramaribo SV=El_Salvador TC=Grand_Turk TT=Port_of_Spain UY=Montevideo
        VC=St_Vincent VE=Caracas VG=Tortola VI=St_Thomas
        """,
    ),
    **_of(
        "Asia",
        """
        AE=Dubai AF=Kabul AM=Yerevan AZ=Baku BD=Dhaka BH=Bahrain BN=Brunei BT=Thimphu CN=Shanghai CY=Nicosia
        GE=Tbilisi HK=Hong_Kong IL=Jerusalem IN=Kolkata IQ=Baghdad IR=Tehran JO=Amman JP=Tokyo KG=Bishkek
        KH=Phnom_Penh KP=Pyongyang KR=Seoul KW=Kuwait KZ=Almaty LA=Vientiane LB=Beirut LK=Colombo
        MM=Yangon MN=Ulaanbaatar MO=Macau MY=Kuala_Lumpur NP=Kathmandu OM=Muscat PH=Manila PK=Karachi PS=Gaza
        QA=Qatar SA=Riyadh SG=Singapore SY=Damascus TH=Bangkok TJ=Dushanbe TL=Dili TM=Ashgabat TW=Taipei
        UZ=Tashkent VN=Ho_Chi_Minh YE=Aden
        """,
    ),
    **_of(
        "Atlantic",
        """
        BM=Bermuda CV=Cape_Verde FK=Stanley FO=Faroe IS=Reykjavik SH=St_Helena
        """,
    ),
    **_of(
        "Europe",
        """
        AD=Andorra AL=Tirane AT=Vienna AX=Mariehamn BA=Sarajevo BE=Brussels BG=Sofia BY=Minsk CH=Zurich CZ=Prague
        DE=Berlin
        DK=Copenhagen EE=Tallinn FI=Helsinki FR=Paris GB=London GG=Guernsey GI=Gibraltar GR=Athens HR=Zagreb
        HU=Budapest IE=Dublin IM=Isle_of_Man IT=Rome JE=Jersey LI=Vaduz LT=Vilnius LU=Luxembourg LV=Riga MC=Monaco
        MD=Chisinau ME=Podgorica MK=Skopje MT=Malta NL=Amsterdam NO=Oslo PL=Warsaw RO=Bucharest RS=Belgrade
        SE=Stockholm SI=Ljubljana SK=Bratislava SM=San_Marino TR=Istanbul UA=Bucharest VA=Vatican XK=Belgrade
        """,
    ),
    **_of(
        "Pacific",
        """
        AS=Pago_Pago CK=Rarotonga FJ=Fiji GU=Guam MH=Majuro MP=Saipan NC=Noumea NF=Norfolk NR=Nauru NU=Niue
        NZ=Auckland PF=Tahiti PG=Port_Moresby PW=Palau SB=Guadalcanal TO=Tongatapu TV=Funafuti VU=Efate WF=Wallis
        WS=Apia
        """,
    ),
    **_of("Indian", "KM=Comoro MG=Antananarivo MU=Mauritius MV=Maldives RE=Reunion SC=Mahe YT=Mayotte"),
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
    "CD": ("Africa/Kinshasa", "Africa/Lubumbashi"),
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
    """IANA names for the regions of an audience, each once; a part that is not known has those of the whole.

    None for an audience of which any country is not known.
    """
    found = [_clocks(region) for region in audience]
    return () if None in found else tuple(_each(each for each in found if each))


def _clocks(region: str) -> tuple[str, ...] | None:
    country, dash, _ = region.partition("-")
    return PARTS.get(region) or PARTS.get(country + dash) or COUNTRIES.get(country)


def _each(groups: Iterable[tuple[str, ...]]) -> Iterable[str]:
    return dict.fromkeys(zone for group in groups for zone in group)
