from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.engine.engine import Engine, Settings
from readtheroom.errors import PolicyError
from readtheroom.findings import Evidence, Label, Skip
from readtheroom.kinds._regions import offsets
from readtheroom.model import NO_ROOM, Json, Room, Rule
from tests.kinds.check import NOW, check, judge, labels, post, read, room, rule, seen

URL = "https://days.example/1"


def day(name: str = "Fire Day", date: Json = "09-11", gravity: str = "high", **more: Json) -> dict[str, Json]:
    return {"name": name, "date": date, "gravity": gravity, "source": URL, **more}


def days(*some: dict[str, Json], **options: Json) -> Rule:
    listed: list[Json] = [*some]
    return rule("observance", None, name="days", label="observance", options={"days": listed, **options})


def draft(at: str, *audience: str, text: str = "Good morning", **more: Json) -> dict[str, Json]:
    return {"text": text, "scheduled_at": at, "audience": [*audience], **more}


def observed(rules: Rule | Sequence[Rule], at: str, *audience: str) -> list[str]:
    return [label for label, _ in labels(rules, draft(at, *audience))]


def named(rules: Rule | Sequence[Rule], text: str, at: str, *audience: str, **more: Json) -> list[tuple[str, str]]:
    found = labels(rules, draft(at, *audience, text=text, **more))
    return [pair for pair in found if pair[0].startswith("observance.named")]


def test_a_day_is_a_label_on_the_whole_post() -> None:
    result = judge(days(day(regions=["US"])), draft("2026-09-11T12:00:00Z", "US"))
    assert result.labels == (Label("observance.solemn.high", "days", "text", 0, 0, ""),)
    assert (result.verdict, result.findings, result.skipped) == ("pass", (), ())


@pytest.mark.parametrize("label", ["solemn.high", "solemn.low", "solemn.minor", "awareness", "festive", "commercial"])
def test_gravities(label: str) -> None:
    rules = days(day(gravity=label.rpartition(".")[2]))
    assert observed(rules, "2026-09-11T12:00:00Z", "US") == [f"observance.{label}"]


def test_a_day_that_is_both_is_both() -> None:
    both = days(day("Sales Day", "11-11", "commercial"), day("Peace Day", "11-11", "low", regions=["GB"]))
    assert observed(both, "2026-11-11T12:00:00Z", "GB", "US") == ["observance.commercial", "observance.solemn.low"]
    assert observed(both, "2026-11-11T12:00:00Z", "US") == ["observance.commercial"]


@pytest.mark.parametrize(
    ("region", "begins", "ends"),
    [
        ("US", "2026-09-11T04:00:00Z", "2026-09-12T10:00:00Z"),  # New York in summer, Honolulu
        ("US-NY", "2026-09-11T04:00:00Z", "2026-09-12T10:00:00Z"),
        ("JP", "2026-09-10T15:00:00Z", "2026-09-11T15:00:00Z"),
        ("IN", "2026-09-10T18:30:00Z", "2026-09-11T18:30:00Z"),
        ("NP", "2026-09-10T18:15:00Z", "2026-09-11T18:15:00Z"),
        ("DE", "2026-09-10T22:00:00Z", "2026-09-11T23:00:00Z"),  # summer time, and winter's end of day
        ("XX", "2026-09-10T10:00:00Z", "2026-09-12T12:00:00Z"),  # unknown: the whole earth
    ],
)
def test_a_day_lasts_from_the_first_place_to_the_last(region: str, begins: str, ends: str) -> None:
    rules = days(day())
    for at, found in ((begins, True), (ends, False)):
        moment = datetime.fromisoformat(at)
        assert bool(observed(rules, moment.isoformat(), region)) is found
        assert bool(observed(rules, (moment - timedelta(seconds=1)).isoformat(), region)) is not found


def test_local_times_are_compared_as_moments() -> None:
    rules = days(day(regions=["NZ"]))
    assert observed(rules, "2026-09-11T00:30:00+12:00", "NZ") == ["observance.solemn.high"]
    assert observed(rules, "2026-09-10T20:30:00+12:00", "NZ") == []
    assert observed(rules, "2026-09-10T08:00:00-05:00", "NZ") == ["observance.solemn.high"]


def test_a_day_with_an_eve_begins_in_the_afternoon_before() -> None:
    rules = days(day(date=["2026-04-14"], regions=["IL"], eve=True))
    assert observed(rules, "2026-04-13T12:59:00Z", "IL") == []
    assert observed(rules, "2026-04-13T13:00:00Z", "IL") == ["observance.solemn.high"]
    assert observed(rules, "2026-04-14T21:59:00Z", "IL") == ["observance.solemn.high"]
    assert observed(rules, "2026-04-14T22:00:00Z", "IL") == []


def test_days_that_last_even_over_the_new_year() -> None:
    rules = days(day(date="12-30", lasts=4, regions=["JP"]))
    found = [bool(observed(rules, f"{date}T03:00:00Z", "JP")) for date in ("2026-12-29", "2026-12-30", "2027-01-02")]
    assert found == [False, True, True]
    assert observed(rules, "2027-01-03T03:00:00Z", "JP") == []


def test_years_since_and_until() -> None:
    rules = days(day(since=2001, until=2020))
    found = [y for y in range(1990, 2030) if observed(rules, f"{y}-09-11T12:00:00Z", "US")]
    assert found == list(range(2001, 2021))


@pytest.mark.parametrize("year", ["0001", "1599", "9000", "9999"])
def test_years_without_a_calendar(year: str) -> None:
    engine = Engine([days(day(date="01-01"), day("x", "12-31"))])
    result = engine.judge(post("Good morning"), engine.scene(Room()), datetime(int(year), 1, 1, 12, tzinfo=UTC))
    assert result.labels == ()


def test_without_an_audience_days_of_the_whole_world_count() -> None:
    at = "2026-09-11T12:00:00Z"
    assert observed(days(day()), at) == ["observance.solemn.high"]
    assert observed(days(day(regions=["US"])), at) == []
    assert observed(days(day(regions=["US"], worldwide="low")), at) == ["observance.solemn.low"]
    assert observed(days(day(regions=["US"], worldwide="low")), at, "US") == ["observance.solemn.high"]
    assert observed(days(day(regions=["US"], worldwide="low")), at, "FR") == []
    # on the clocks of those who keep it
    assert observed(days(day(regions=["US"], worldwide="low")), "2026-09-11T03:59:00Z") == []
    assert observed(days(day(regions=["US"], worldwide="low")), "2026-09-12T09:59:00Z") == ["observance.solemn.low"]


def test_the_audience_of_the_policy_counts_where_the_post_has_none() -> None:
    engine = Engine([days(day(regions=["US"]))], settings=Settings(audience=("US",)))
    result = engine.judge(post("Good morning"), engine.scene(Room()), datetime(2026, 9, 11, 12, tzinfo=UTC))
    assert [each.label for each in result.labels] == ["observance.solemn.high"]


FIRE = day(regions=["US"], terms={"any": ["9/11"], "en": ["fire day"], "fr": ["jour du feu"]}, named="low")


def test_words_that_name_a_day_near_it() -> None:
    rules = days(FIRE)
    for at, found in (
        ("2026-09-08T03:59:00Z", []),
        ("2026-09-08T04:00:00Z", [("observance.named.low", "Fire Day")]),
        ("2026-09-15T09:59:00Z", [("observance.named.low", "Fire Day")]),
        ("2026-09-15T10:00:00Z", []),
    ):
        assert named(rules, "A Fire Day parade", at) == found
    assert named(days(FIRE, near=0), "A Fire Day parade", "2026-09-10T12:00:00Z") == []
    assert named(days(FIRE, near=30), "A Fire Day parade", "2026-08-13T12:00:00Z") == [
        ("observance.named.low", "Fire Day")
    ]


def test_a_day_is_named_for_any_audience_and_in_hashtags() -> None:
    assert named(days(FIRE), "#FireDay", "2026-09-11T12:00:00Z", "JP") == [("observance.named.low", "FireDay")]
    assert named(days(FIRE), "It is 9/11", "2026-09-11T12:00:00Z", lang="de") == [("observance.named.low", "9/11")]
    assert named(days(FIRE), "Jour du feu", "2026-09-11T12:00:00Z", lang="de") == []
    assert named(days(FIRE), "Jour du feu", "2026-09-11T12:00:00Z", lang="fr") == [
        ("observance.named.low", "Jour du feu")
    ]


def test_phrases_in_which_no_day_is_named() -> None:
    rules = days(FIRE, unless=["fire day blend"])
    assert named(rules, "Our Fire Day Blend", "2026-09-11T12:00:00Z") == []
    assert named(rules, "Our Fire Day Blend for Fire Day", "2026-09-11T12:00:00Z") == [
        ("observance.named.low", "Fire Day")
    ]


def test_the_day_of_the_audience_is_meant_and_a_longer_name_before_a_shorter() -> None:
    rules = days(
        day("A", "11-11", "high", regions=["CA"], terms=["remembrance day"]),
        day("B", "11-11", "low", regions=["GB"], terms=["remembrance day"]),
        day("C", "11-10", "minor", regions=["FR"], terms=["poppy remembrance day"]),
    )
    at, text = "2026-11-11T12:00:00Z", "Remembrance Day"
    assert named(rules, text, at) == [("observance.named.high", text)]
    assert named(rules, text, at, "GB") == [("observance.named.low", text)]
    assert named(rules, text, at, "GB", "CA") == [("observance.named.high", text)]
    assert named(rules, "Poppy " + text, at, "GB") == [("observance.named.minor", "Poppy " + text)]


def test_words_said_a_thousand_times_name_a_day_once_in_each_field() -> None:
    text = "fire day " * 1000
    found = judge(days(FIRE), draft("2026-09-11T12:00:00Z", text=text, title="Fire Day")).labels
    assert [(each.field, each.start, each.end) for each in found] == [("text", 0, 8), ("title", 0, 8)]


ALL = [
    days(FIRE, day("Sales Day", gravity="commercial")),
    rule("keywords", None, name="sale", label="tone.promotional", terms=["shop now"]),
    rule(
        "combination",
        "error",
        name="both",
        message="{because}",
        all=["tone.promotional", {"any": ["observance.solemn.high", "observance.named.low"]}],
    ),
]


def test_a_combination_points_at_the_words_and_tells_the_day() -> None:
    (found,) = judge(ALL, draft("2026-09-11T12:00:00Z", "US", text="Good morning, shop now")).findings
    assert (found.rule, found.severity, found.field, found.start, found.end) == ("both", "error", "text", 14, 22)
    assert found.message == "“shop now”, Fire Day, 2026-09-11"
    assert found.labels == ("tone.promotional", "observance.solemn.high")
    assert found.evidence == (Evidence("Fire Day, 2026-09-11, US", URL),)


def test_a_combination_with_words_that_name_the_day() -> None:
    (found,) = judge(ALL, draft("2026-09-10T12:00:00Z", "FR", text="Fire Day, shop now")).findings
    assert (found.match, found.message) == ("shop now", "“shop now”, Fire Day, 2026-09-11 “Fire Day”")
    assert check(ALL, draft("2026-09-20T12:00:00Z", "US", text="Fire Day, shop now")) == []


def test_evidence_of_a_day_of_many_regions_and_of_all() -> None:
    many = day("M", regions=["AT", "BE", "CH", "DE", "ES", "FR", "GB"])
    rules = [days(many, day("E")), rule("combination", "info", name="all", all=["observance.solemn"])]
    (found,) = judge(rules, draft("2026-09-11T12:00:00Z", "DE")).findings
    assert [each.title for each in found.evidence] == [
        "M, 2026-09-11, AT, BE, CH, DE, ES, FR …",
        "E, 2026-09-11, everywhere",
    ]


def test_a_room_is_not_needed_and_its_headlines_have_no_day() -> None:
    result = judge(days(day()), draft("2026-09-11T12:00:00Z"), NO_ROOM)
    assert (result.verdict, result.skipped) == ("pass", ())
    everyday = days(*(day(f"Day {n}", f"{n:02}-{d:02}") for n in range(1, 13) for d in range(1, 29)))
    trends = rule("trending-hashtag", "error", name="gate", options={"sensitive": ["observance"]})
    found = judge([everyday, trends], "#Brookvale", room(seen("#Brookvale", "Roses in bloom")))
    assert [each.severity for each in found.findings] == ["info"]
    skips = judge([everyday, trends], "#Brookvale", NO_ROOM).skipped
    assert skips == (Skip("gate", "no room was given"),)


def test_faults_of_days() -> None:
    with pytest.raises(PolicyError) as told:
        check(days(day(date="easter-2x"), day("B", "13-01"), day("C", terms=["ab*"])), "x")
    assert [(each.path, each.line, each.message[:42]) for each in told.value.faults] == [
        ("rules.yaml", 7, "rule 'days': day 'Fire Day': 'easter-2x' i"),
        ("rules.yaml", 7, "rule 'days': day 'B': '13-01' is on no cal"),
        ("rules.yaml", 7, "rule 'days': term 'ab*' needs at least 3 l"),
    ]


def test_options_are_checked_where_they_stand() -> None:
    text = (
        "rules:\n- id: x/days\n  kind: observance\n  label: observance\n  why: x\n  options:\n    days:\n"
        "    - {name: A, date: [2026-02-30], gravity: solemn, source: nowhere, region: US}\n"
        "  examples: {flag: [{text: x, scheduled_at: 2026-02-28T12:00:00Z}], pass: [x]}\n"
    )
    with pytest.raises(PolicyError) as told:
        read(text)
    assert {each.line for each in told.value.faults} == {8}
    assert len(told.value.faults) >= 4


def moments() -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime(2000, 1, 2), datetime(2050, 12, 30), timezones=st.just(UTC))


def september() -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime(2026, 9, 9), datetime(2026, 9, 14), timezones=st.just(UTC))


PLACES = ("US", "FR", "JP", "NP", "NZ", "AU", "BR", "XX")
ENGINE = Engine(
    [days(day(), day("Eve", "easter", "low", eve=True), day("Long", "last monday of may", "minor", lasts=9))]
)


def dates_in(region: str, moment: datetime) -> Iterator[str]:
    west, east = offsets(region)
    first, last = (moment + west).date(), (moment + east).date()
    yield from (str(first + timedelta(n)) for n in range((last - first).days + 1))


@given(st.one_of(moments(), september()), st.sampled_from(PLACES))
def test_it_is_a_date_where_some_clock_of_the_region_says_so(moment: datetime, region: str) -> None:
    result = ENGINE.judge(post({"text": "x", "audience": [region]}), ENGINE.scene(Room()), moment)
    expected = any(local.endswith("-09-11") for local in dates_in(region, moment))
    assert ("observance.solemn.high" in [each.label for each in result.labels]) is expected


@given(st.lists(moments(), min_size=2, max_size=6), st.lists(st.sampled_from(PLACES), max_size=3))
def test_what_was_asked_before_makes_no_difference(times: list[datetime], audience: list[str]) -> None:
    listed: list[Json] = [*audience]
    written = post({"text": "x", "audience": listed})
    fresh = Engine(ENGINE.rules)
    for at in reversed(times):
        assert fresh.judge(written, fresh.scene(Room()), at) == ENGINE.judge(written, ENGINE.scene(Room()), at)


def test_many_moments_do_not_fill_the_memory() -> None:
    (stage,) = ENGINE._stages["moment"].checkers
    for quarter in range(5000):
        ENGINE.judge(post("x"), ENGINE.scene(Room()), NOW + timedelta(minutes=15 * quarter))
    assert 0 < len(stage._known) <= 4096  # type: ignore[attr-defined]  # of this kind alone
