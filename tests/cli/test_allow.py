"""A trend that somebody has looked into: what the record of it covers, and for how long."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.office import put

LIMITED = "extends: [core]\nallow: {rules: [trending-hashtag], by: [Ada], longest: 14d}\n"
DRAFT = """\
---
platforms: [x]
scheduled_at: 2027-03-01T12:00:00Z
allow: [{rule: trending-hashtag, %s}]
---
Our new bench on #Lindental square
"""
FAIR = "Spring fair opens in Lindental"
FIRE = "Hotel fire in Lindental"
GUNMAN = "Gunman wounds two in Lindental"


def found(tool: Run, allow: str, *headlines: str, draft: str = DRAFT) -> list[tuple[str, str, int, int]]:
    """Rule, severity and place of all that is said while these headlines are in the room."""
    seen = {
        "term": "#Lindental",
        "source": "town.example",
        "observed_at": "2027-03-01T09:00:00Z",
        "reasons": [{"title": title} for title in headlines],
    }
    put(Path(), {"draft.md": draft.replace("%s", allow), "room.json": json.dumps({"observations": [seen]})})
    done = tool("lint", "draft.md", "--room", "room.json", "--at", "2027-03-01T10:00:00Z", "--format", "json")
    (post,) = json.loads(done.out)["posts"]
    assert (done.code, done.err) == (int(post["verdict"] == "block"), "")
    return [(each["rule"], each["severity"], each["line"], each["column"]) for each in post["findings"]]


@pytest.fixture(autouse=True)
def desk(office: Path) -> Path:
    put(office, {"readtheroom.yaml": LIMITED})
    return office


GRAVE = [("allow-of-another-reason", "warning", 4, 9), ("trending-hashtag", "error", 6, 18)]
KNOWN = "reason: it is our fair, by: Ada, until: 2027-03-05"


def test_it_is_flagged_again_when_the_reasons_turn_grave(here: Run) -> None:
    assert found(here, KNOWN) == []
    assert found(here, KNOWN, FAIR) == []
    assert found(here, KNOWN, FAIR, FIRE) == GRAVE


def test_one_made_for_a_fire_covers_no_shooting(here: Run) -> None:
    relief = f"{KNOWN}, covers: crisis.fire"
    assert found(here, relief, FIRE) == []
    assert found(here, relief, GUNMAN) == GRAVE
    assert found(here, relief, FIRE, GUNMAN) == GRAVE
    assert found(here, f"{KNOWN}, covers: [crisis.fire, crisis.violence]", FIRE, GUNMAN) == []


def test_a_figure_of_speech_that_was_allowed_on_an_ordinary_day_is_flagged_when_it_turns(here: Run) -> None:
    """What is in the room alone, named by no trend of the draft, is a reason like any other."""
    draft = DRAFT.replace("trending-hashtag", "idiom-in-crisis-sells").replace(
        "#Lindental square", "fire: 20% off, order"
    )

    def told(allow: str, *headlines: str) -> list[tuple[str, str, int, int]]:
        return found(here, allow, *headlines, draft=draft)

    assert told(KNOWN, FAIR) == [("allow-unused", "warning", 4, 9)]
    assert told(KNOWN, FIRE) == [
        ("allow-of-another-reason", "warning", 4, 9), ("idiom-in-crisis-sells", "error", 6, 15)
    ]  # fmt: skip
    assert told(f"{KNOWN}, covers: crisis.fire", FIRE) == []
    assert told(f"{KNOWN}, covers: crisis.violence", FIRE)[1][0] == "idiom-in-crisis-sells"


@pytest.mark.parametrize(
    ("allow", "rule"),
    [
        ("by: Ada, until: 2027-03-05", "allow-without-reason"),
        ("reason: our fair, by: Bob, until: 2027-03-05", "allow-not-permitted"),
        ("reason: our fair, until: 2027-03-05", "allow-not-permitted"),
        ("reason: our fair, by: Ada", "allow-without-end"),
        ("reason: our fair, by: Ada, until: 2027-03-16", "allow-too-long"),
        ("reason: our fair, by: Ada, until: 2027-02-28", "allow-expired"),
    ],
)
def test_what_does_not_count_is_said_and_the_trend_stands(here: Run, allow: str, rule: str) -> None:
    assert found(here, allow) == [(rule, "error", 4, 9), ("trending-hashtag", "warning", 6, 18)]


def test_a_limit_for_a_rule_that_is_not_there_stops_the_run(here: Run, desk: Path) -> None:
    put(desk, {"readtheroom.yaml": "extends: [core]\nallow:\n  - rules: [trending-hastag]\n    by: [Ada]\n"})
    done = here("lint", "--text", "Fine")
    told = "readtheroom.yaml:3:13: no rule is called 'trending-hastag' – did you mean 'trending-hashtag'?\n"
    assert done == (2, "", told)
