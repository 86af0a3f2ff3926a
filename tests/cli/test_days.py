"""Days that are observed, for posts that were scheduled long before: each by the clocks of its audience."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.office import put

SOLD = "Kettles at half price, 20% off everything: shop now"
POSTS = (
    ("us-before", "US", "2027-09-11T03:30:00Z"),  # 23:30 of the day before in New York
    ("us-first", "US", "2027-09-11T00:30:00-04:00"),
    ("us-last", "US", "2027-09-12T05:30:00Z"),  # 22:30 in Los Angeles
    ("us-after", "US", "2027-09-12T12:00:00Z"),
    ("fr-same-day", "FR", "2027-09-11T12:00:00Z"),
    ("fr-own-day", "FR", "2027-11-13T12:00:00Z"),
    ("us-day-of-fr", "US", "2027-11-13T13:00:00Z"),
    ("nz-before", "NZ", "2027-04-24T10:00:00Z"),
    ("nz-first", "NZ", "2027-04-24T13:00:00Z"),  # 01:00 in Auckland
)
STOPPED = {
    "us-first": "11 September attacks (2001), 2027-09-11",
    "us-last": "11 September attacks (2001), 2027-09-11",
    "fr-own-day": "Attacks of 13 November in Paris (2015), 2027-11-13",
    "nz-first": "Anzac Day, 2027-04-25",
}


@pytest.mark.parametrize("command", ["lint", "recheck"])
def test_a_post_is_judged_for_the_day_on_which_it_goes_out(here: Run, office: Path, command: str) -> None:
    rows = [
        {"id": name, "text": SOLD, "platforms": ["x"], "audience": [region], "scheduled_at": at, "account": name}
        for name, region, at in POSTS
    ]
    put(office, {"readtheroom.yaml": "extends: [core]\n", "room.yml": "observations: []\n"})
    put(office, {"queue/q.jsonl": "".join(json.dumps(row) + "\n" for row in rows)})
    done = here(command, "queue", "--room", "room.yml", "--at", "2026-12-01T00:00:00Z", "--format", "json")
    assert (done.code, done.err) == (1, "")
    found = {
        post["id"]: each["message"].partition(", ")[2]
        for post in json.loads(done.out)["posts"]
        for each in post["findings"]
        if (each["rule"], each["severity"]) == ("promotion-on-solemn-day", "error")
    }
    assert found == STOPPED
