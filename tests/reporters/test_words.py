from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from readtheroom.findings import Evidence, Skip, Summary
from readtheroom.reporters._words import all_not_checked, headline, headlines, not_checked, verdicts, when

AT = datetime(2012, 7, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (AT, "20 Jul 2012 09:00 UTC"),
        (datetime(2027, 1, 1, 1, 5, tzinfo=timezone(timedelta(hours=2))), "31 Dec 2026 23:05 UTC"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))), "1 Jan 1 00:00 UTC+02:00"),
    ],
)
def test_when(time: datetime, words: str) -> None:
    assert when(time) == words


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (
            Evidence("Fire", "https://news.example", "Example News", AT, AT),
            '"Fire", Example News, 20 Jul 2012 09:00 UTC',
        ),
        (Evidence("Fire", observed_at=AT), '"Fire", seen 20 Jul 2012 09:00 UTC'),
        (Evidence("half price"), "half price"),
        (Evidence("\x1b]0;x\x07", source="a\nb"), '"\\x1b]0;x\\x07", a\\nb'),
        (Evidence("x" * 300, "https://news.example"), '"' + "x" * 199 + '…"'),
    ],
)
def test_headline(evidence: Evidence, words: str) -> None:
    assert headline(evidence) == words


def test_headlines_are_few_and_the_rest_is_counted() -> None:
    many = tuple(Evidence(f"h{n}", f"https://news.example/{n}") for n in range(5))
    assert list(headlines(many)) == [
        '"h0"',
        "  https://news.example/0",
        '"h1"',
        "  https://news.example/1",
        '"h2"',
        "  https://news.example/2",
        "and 2 more",
    ]


@pytest.mark.parametrize(
    ("summary", "allowed", "words"),
    [
        (Summary(), 0, "0 blocked, 0 warned, 0 passed – 0 rules on 0 posts"),
        (Summary(1, 1, passed=1), 0, "0 blocked, 0 warned, 1 passed – 1 rule on 1 post"),
        (Summary(4, 42, 1, 0, 3), 0, "1 blocked, 0 warned, 3 passed – 42 rules on 4 posts"),
        (
            Summary(2, 3, unknown=2),
            5,
            "0 blocked, 0 warned, 0 passed, 2 unknown – 3 rules on 2 posts; 5 findings allowed",
        ),
    ],
)
def test_verdicts(summary: Summary, allowed: int, words: str) -> None:
    assert verdicts(summary, allowed) == words


def test_not_checked() -> None:
    told = "not checked: trending-hashtag, promotion: no room was given (4 posts)"
    assert not_checked(["trending-hashtag", "promotion"], "no room was given", 4) == told


def test_every_silent_source_is_told_of() -> None:
    reason = "; ".join(
        f"rss (news{n}.example): answered in another shape: text/html instead of XML" for n in range(100)
    )
    assert not_checked(["trending-hashtag"], reason, 1) == f"not checked: trending-hashtag: {reason} (1 post)"
    endless = not_checked(["trending-hashtag"], "x" * 1_000_000, 1)
    assert len(endless) < 21_000


def test_a_line_for_each_reason() -> None:
    skips = [(Skip("a", "no room"), 2), (Skip("b", "no list"), 1), (Skip("c", "no room"), 2), (Skip("d", "no room"), 1)]
    assert list(all_not_checked(skips)) == [
        "not checked: a, c: no room (2 posts)",
        "not checked: b: no list (1 post)",
        "not checked: d: no room (1 post)",
    ]
