from __future__ import annotations

import pytest

from readtheroom.errors import PolicyError
from readtheroom.model import Account
from tests.kinds.calendar import at, said
from tests.kinds.check import rule

HOURLY = rule("cadence", message="{problem}; {other}", max_per_hour=2)


def test_more_than_so_many_within_an_hour_of_an_account_on_a_platform() -> None:
    drafts = [at("03 12:00"), at("03 12:30"), at("03 12:59"), at("03 13:00")]
    assert said(HOURLY, drafts) == {
        "03 12:59": ["post number 3 on x within an hour, 2 at most; 03 12:00 (draft.json:1)"],
        "03 13:00": ["post number 3 on x within an hour, 2 at most; 03 12:30 (draft.json:1)"],
    }
    assert said(HOURLY, [*drafts[:2], at("03 12:59", account="alder")]) == {}
    assert said(HOURLY, [*drafts[:2], at("03 12:59", platforms=["mastodon"])]) == {}


def test_platforms_are_told_together() -> None:
    drafts = [at(time, platforms=["x", "mastodon"]) for time in ("03 12:00", "03 12:01")]
    assert said(rule("cadence", message="{problem}", min_gap="30m"), drafts) == {
        "03 12:01": ["a minute after the post before it on mastodon and x, 30 minutes at least"]
    }


def test_a_day_is_any_24_hours() -> None:
    daily = rule("cadence", message="{problem}", max_per_day=1)
    assert said(daily, [at("03 12:00"), at("04 12:00")]) == {}
    assert said(daily, [at("03 12:00"), at("04 11:59")]) == {
        "04 11:59": ["post number 2 on x within 24 hours, 1 at most"]
    }


def test_an_account_is_one_however_it_is_written() -> None:
    drafts = [at("03 12:00", account="@FinchShop"), at("03 12:01", account="finch"), at("03 12:02", account="Finch ")]
    finch = Account("finch", {"x": "FinchShop"})
    assert list(said(HOURLY, drafts, [finch])) == ["03 12:02"]
    assert said(HOURLY, drafts) == {}


def test_posts_that_are_out_count_and_are_not_told() -> None:
    out = [at("03 12:00") | {"scheduled_at": f"2026-07-20T11:{minute}:00Z"} for minute in ("30", "35", "40")]
    assert said(HOURLY, out) == {}
    assert list(said(HOURLY, [*out, at("03 12:00") | {"scheduled_at": "2026-07-20T12:10:00Z", "id": "next"}])) == [
        "next"
    ]


QUIET = rule("cadence", message="{problem}", options={"quiet": {"from": "23:00", "to": "06:00"}})


@pytest.mark.parametrize(
    ("time", "audience", "told"),
    [
        ("2027-03-28T04:30:00Z", ["FR"], None),  # 06:30, clocks have gone on that night
        ("2027-03-27T04:30:00Z", ["FR"], "05:30 in Europe/Paris, quiet from 23:00 to 06:00"),
        ("2027-03-28T03:59:00Z", ["FR-75"], "05:59 in Europe/Paris, quiet from 23:00 to 06:00"),
        ("2026-10-25T01:30:00Z", ["FR"], "02:30 in Europe/Paris, quiet from 23:00 to 06:00"),  # for the second time
        ("2026-10-25T05:00:00Z", ["FR"], None),
        ("2026-08-03T02:00:00Z", ["FR", "US"], None),  # evening there
        ("2026-08-03T02:00:00Z", ["FR", "GR"], "04:00 in Europe/Paris, quiet from 23:00 to 06:00"),
        ("2026-08-03T23:00:00Z", [], "23:00 in UTC, quiet from 23:00 to 06:00"),
    ],
)
def test_quiet_hours_are_those_of_the_whole_audience(time: str, audience: list[str], told: str | None) -> None:
    draft = at("03 12:00") | {"scheduled_at": time, "audience": list(audience)}
    assert said(QUIET, [draft]) == ({"03 12:00": [told]} if told else {})


def test_a_time_zone_that_is_none_is_a_fault_of_the_rule() -> None:
    with pytest.raises(PolicyError, match="'cadence': no time zone is called 'Mars'"):
        said(rule("cadence", timezone="Mars"), [])


def test_no_rule_looks_further_than_a_month() -> None:
    with pytest.raises(PolicyError, match="`min_gap: 9w` is longer than a calendar is looked at: at most 31d"):
        said(rule("cadence", min_gap="9w"), [])
