"""The days of the core pack are data, and data is tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import cast

import pytest

from readtheroom.engine.engine import Engine
from readtheroom.kinds._days import parse
from readtheroom.kinds._regions import EVERYWHERE, offsets
from readtheroom.kinds._terms import by_language
from readtheroom.kinds.observance import DayOptions, Options
from readtheroom.model import Json, Room, Rule
from tests.checkout import ROOT
from tests.kinds.check import post, read

FILES = ("americas", "asia-africa", "commonwealth", "europe", "festive", "world")
MARKETS = (
    *("AM", "AR", "AT", "AU", "BA", "BE", "BR", "CA", "CH", "CL", "CN", "CO", "CY", "DE", "ES", "FR", "GB", "GR"),
    *("IE", "IL", "IN", "IT", "JP", "KR", "LU", "MX", "NL", "NO", "NZ", "PE", "PK", "PL", "PT", "RW", "TR", "UA"),
    *("US", "ZA"),
)
LANGUAGES = {"any", "en", "fr", "el", "es", "de", "it", "pt"}


@cache
def rules() -> tuple[Rule, ...]:
    texts = [(ROOT / "rules/core" / f"observances-{name}.yaml").read_text("utf-8") for name in FILES]
    return tuple(rule for text in texts for rule in read(text))


@cache
def engine() -> Engine:
    return Engine(rules())


def days() -> Iterator[DayOptions]:
    for rule in rules():
        yield from cast("Options", rule.options)["days"]


def observed(on: str, *audience: str, text: str = "Good morning") -> set[str]:
    """The labels of a post at noon UTC."""
    listed: list[Json] = [*audience]
    written = post({"text": text, "audience": listed, "scheduled_at": f"{on}T12:00:00Z"})
    result = engine().judge(written, engine().scene(Room()), datetime.now(UTC))
    return {each.label.removeprefix("observance.") for each in result.labels}


def test_days_are_sorted_and_none_is_there_twice() -> None:
    for rule in rules():
        names = [day["name"] for day in cast("Options", rule.options)["days"]]
        assert names == sorted(names), rule.id
    assert [name for name, count in Counter(day["name"] for day in days()).items() if count > 1] == []


def test_regions_are_sorted_and_their_clocks_are_known() -> None:
    for day in days():
        regions = day.get("regions", [])
        assert regions == sorted(set(regions)), day["name"]
        assert [each for each in regions if offsets(each) is EVERYWHERE] == [], day["name"]


def test_terms_are_sorted_and_none_is_there_twice() -> None:
    for day in days():
        terms = day.get("terms", {})
        assert isinstance(terms, dict), day["name"]
        assert terms.keys() <= LANGUAGES, day["name"]
        for some in terms.values():
            assert some == sorted(set(some)), day["name"]
            assert [term for term in some if term != term.lower()] == [], day["name"]
        anywhere = {term for lang, term in by_language(terms) if lang is None}
        assert [term for lang, term in by_language(terms) if lang and term in anywhere] == [], day["name"]


def test_every_day_has_its_source() -> None:
    assert [day["name"] for day in days() if not day["source"].startswith("https://")] == []


def test_listed_dates_cover_twenty_years() -> None:
    listed = {day["name"]: day["date"] for day in days() if isinstance(day["date"], list)}
    assert len(listed) == 13
    for name, some in listed.items():
        assert list(some) == sorted(set(some)), name
        assert {date.fromisoformat(each).year for each in some} >= set(range(2011, 2031)), name
        gaps = [(date.fromisoformat(b) - date.fromisoformat(a)).days for a, b in pairwise(some)]
        # lunar years have 354 or 355 days, leap years up to 385; some days are put off by a day or two
        assert [gap for gap in gaps if not 351 <= gap <= 386] == [], name


def test_rules_of_days_give_one_date_a_year() -> None:
    for day in days():
        if isinstance(day["date"], str):
            assert [len(list(parse(day["date"]).in_year(year))) for year in (2011, 2026, 2100)] == [1, 1, 1], day[
                "name"
            ]


def test_every_market_has_solemn_and_festive_days() -> None:
    for gravities in (("high", "low", "minor"), ("festive",)):
        known = {region for day in days() if day["gravity"] in gravities for region in day.get("regions", [])}
        missing = (
            {"IE", "LU", "CH", "RW", "AM", "BA", "UA", "IL", "KR", "JP", "CN"} if gravities == ("festive",) else set()
        )
        assert set(MARKETS) - known <= missing


@pytest.mark.parametrize("region", MARKETS)
def test_solemn_days_are_few(region: str) -> None:
    """Who is warned every week stops listening."""
    year = [date(2026, 1, 1) + timedelta(n) for n in range(365)]
    solemn = Counter(label for each in year for label in observed(str(each), region) if label.startswith("solemn"))
    assert solemn["solemn.high"] <= 4
    assert solemn["solemn.high"] + solemn["solemn.low"] <= 12


def test_without_an_audience_two_days_of_the_year_are_solemn() -> None:
    year = [str(date(2026, 1, 1) + timedelta(n)) for n in range(365)]
    assert [each for each in year if observed(each) & {"solemn.high", "solemn.low"}] == ["2026-01-27", "2026-09-11"]


@pytest.mark.parametrize(
    ("on", "region", "label"),
    [
        ("2026-09-11", "US", "solemn.high"),
        ("2026-12-07", "US", "solemn.minor"),
        ("2026-05-25", "US", "solemn.low"),
        ("2026-01-27", "DE", "solemn.low"),
        ("2026-01-27", "PL", "solemn.low"),
        ("2026-11-09", "DE", "solemn.low"),
        ("2026-11-15", "DE", "solemn.low"),
        ("2026-11-22", "DE", "solemn.minor"),
        ("2026-11-08", "GB", "solemn.high"),
        ("2026-11-11", "GB", "solemn.low"),
        ("2026-11-11", "CA", "solemn.high"),
        ("2026-11-11", "FR", "solemn.low"),
        ("2026-09-30", "CA", "solemn.low"),
        ("2026-12-06", "CA", "solemn.low"),
        ("2026-04-14", "IL", "solemn.high"),
        ("2025-04-24", "IL", "solemn.high"),
        ("2026-04-21", "IL", "solemn.high"),
        ("2026-07-23", "IL", "solemn.low"),
        ("2026-08-06", "JP", "solemn.high"),
        ("2026-03-11", "JP", "solemn.high"),
        ("2026-07-22", "NO", "solemn.high"),
        ("2026-03-14", "NZ", "solemn.low"),  # where it is the next day already
        ("2026-04-25", "AU", "solemn.high"),
        ("2026-05-04", "NL", "solemn.high"),
        ("2026-07-11", "BA", "solemn.high"),
        ("2026-12-13", "CN", "solemn.high"),
        ("2026-04-16", "KR", "solemn.high"),
        ("2026-11-26", "IN", "solemn.low"),
        ("2026-03-11", "ES", "solemn.high"),
        ("2026-11-13", "FR", "solemn.high"),
        ("2026-11-28", "UA", "solemn.high"),
        ("2026-04-07", "RW", "solemn.high"),
        ("2026-04-24", "AM", "solemn.high"),
        ("2026-02-28", "GR", "solemn.high"),
        ("2026-07-20", "CY", "solemn.high"),
        ("2026-03-24", "AR", "solemn.high"),
        ("2026-06-17", "PT", "solemn.low"),
        ("2026-01-27", "BR", "solemn.low"),
        ("2026-09-19", "MX", "solemn.low"),
        ("2026-03-08", "IT", "awareness"),
        ("2026-11-25", "IT", "solemn.minor"),
        ("2022-11-25", "IT", "commercial"),
        ("2026-11-11", "DE", "commercial"),
        ("2026-11-30", "FR", "commercial"),
        ("2026-05-10", "US", "festive"),
        ("2026-03-15", "GB", "festive"),
        ("2026-05-03", "ES", "festive"),
        ("2026-10-18", "AR", "festive"),
        ("2026-04-12", "GR", "festive"),
        ("2026-04-05", "FR", "festive"),
        ("2026-11-26", "US", "festive"),
        ("2026-02-17", "CN", "festive"),
        ("2026-03-20", "TR", "festive"),
        ("2026-11-08", "IN", "festive"),
    ],
)
def test_known_days(on: str, region: str, label: str) -> None:
    assert label in observed(on, region)


HARMLESS = [
    *("Porsche 911 Carrera", "Never forget your keys", "Never forget to breathe", "Anzac biscuits", "Sale until 26/11"),
    *(
        "Offer ends 7/7",
        "Sale ends 9/11",
        "Opens September 11th",
        "Version 3.11 is out",
        "Call 911",
        "Dana sings",
        "Superga sneakers",
        "The Itaewood trail",
    ),
    *(
        "Σπουδές στο Μετσόβιο Πολυτεχνείο",
        "Δεν ξεχνώ να πιω νερό",
        "Nunca más pases frío",
        "Rendez-vous le 11 septembre",
    ),
    *(
        "Apriamo l'11 settembre",
        "Am 9. November öffnen wir",
        "Diada de l'11-S",
        "Amatriciana fresca",
        "Hotel Piazza Fontana",
    ),
    *("Petronas Twin Towers tour", "Weinfest im Ahrtal", "Bilhetes Chapecoense", "Bombe au chocolat", "Fresh bread"),
]


def test_harmless_words_name_no_day_on_any_date() -> None:
    text = "\n".join(HARMLESS)
    year = [str(date(2026, 1, 1) + timedelta(n)) for n in range(365)]
    assert [each for each in year if any(x.startswith("named") for x in observed(each, text=text))] == []
