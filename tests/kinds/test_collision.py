from __future__ import annotations

import pytest

from readtheroom.errors import PolicyError
from tests.kinds.calendar import at, said
from tests.kinds.check import rule

MINUTE = rule("collision", message="{other}{platforms}")
LABELS = [
    rule("keywords", None, name="jokes", label="tone.joking", terms=["haha"]),
    rule("keywords", None, name="grieves", label="tone.condolence", terms=["condolences"]),
]
BESIDE = [
    *LABELS,
    rule("collision", message="{apart} {other}", labels=["tone.joking"], beside=["tone.condolence"], within="2h"),
]


def test_two_posts_of_an_account_and_platform_in_one_minute() -> None:
    first = at("03 12:00", platforms=["mastodon", "x"])
    second = at("03 12:00", id="b", scheduled_at="2026-08-03T14:00:59+02:00")
    assert said(MINUTE, [first, second]) == {"b": ["03 12:00 (draft.json:1) on x"]}
    assert said(MINUTE, [first, second | {"scheduled_at": "2026-08-03T12:01:00Z"}]) == {}
    assert said(MINUTE, [first, second | {"platforms": ["linkedin"]}]) == {}
    assert said(MINUTE, [first, second | {"account": "alder"}]) == {}


def test_a_joke_near_a_condolence_before_or_after_on_any_platform() -> None:
    grave = at("03 12:00", "Our condolences", platforms=["linkedin"])
    drafts = [at("03 09:59", "haha"), at("03 10:00", "haha"), grave, at("03 13:30", "haha"), at("03 14:01", "haha")]
    assert said(BESIDE, drafts) == {
        "03 10:00": ["2 hours before 03 12:00 (draft.json:1)"],
        "03 13:30": ["90 minutes after 03 12:00 (draft.json:1)"],
    }
    assert said(BESIDE, [grave | {"account": "alder"}, *drafts[3:]]) == {}


def test_half_a_rule_is_faulty() -> None:
    with pytest.raises(PolicyError, match="rule 'collision': `labels` and `beside` go together"):
        said(rule("collision", labels=["tone.joking"]), [])
