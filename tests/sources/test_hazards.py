from __future__ import annotations

import pytest

from readtheroom.sources._countries import alpha2
from readtheroom.sources._hazards import family


@pytest.mark.parametrize(
    ("event", "label"),
    [
        *((each, "crisis.quake") for each in ("Earthquake Warning", "Volcano Warning", "Ashfall Advisory")),
        *(
            (each, "crisis.fire")
            for each in ("Red Flag Warning", "Extreme forest-fire warning", "Wildfire", "Fire Warning")
        ),
        *(
            (each, "crisis.water")
            for each in ("Flash Flood Emergency", "Tornado Warning", "Hurricane Force Wind Warning")
        ),
        *((each, "crisis.water") for each in ("Tsunami Warning", "Severe snow-ice warning", "Extreme rain warning")),
        *(
            (each, "crisis.water")
            for each in ("Moderate avalanches warning", "Severe Thunderstorm Warning", "Ice Storm")
        ),
        *((each, "crisis.other") for each in ("Extreme Heat Warning", "Law Enforcement Warning", "Police notice", "")),
        *((each, "crisis.other") for each in ("Evacuation Immediate", "Nuclear Power Plant Warning", "Training day")),
    ],
)
def test_events_by_their_names(event: str, label: str) -> None:
    assert family(event) == label


@pytest.mark.parametrize(
    ("three", "two"),
    [
        ("DEU", "DE"),
        (" prt ", "PT"),
        ("SRB", "RS"),
        ("XKX", "XK"),
        ("GBR", "GB"),
        ("CHE", "CH"),
        ("", None),
        ("ABC", None),
    ],
)
def test_countries(three: str, two: str | None) -> None:
    assert alpha2(three) == two
