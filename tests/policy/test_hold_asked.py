"""Holds that are asked for on the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from readtheroom.errors import FaultsError
from readtheroom.model import Hold, HoldScope
from readtheroom.policy.hold_asked import Asked, hold_of, names
from tests.policy.test_hold_file import SHOP

NOW = datetime(2026, 7, 20, 12, 0, 30, 5, tzinfo=UTC)
START = NOW.replace(microsecond=0)


def faults(asked: Asked) -> list[str]:
    with pytest.raises(FaultsError) as caught:
        hold_of(asked, SHOP, NOW)
    return [str(fault) for fault in caught.value.faults]


def test_a_reason_is_enough() -> None:
    assert hold_of(Asked(" Fire in\n town "), SHOP, NOW) == Hold("", "Fire in town", START)


def test_all_of_it() -> None:
    scopes = ["region=us,region=FR,platform=twitter,label=tone.promotional", "account=finchalder, all", "all", "all"]
    asked = Asked("Fire", "Ada", scopes, "2026-07-21 09:00", "2026-07-21")
    assert hold_of(asked, SHOP, NOW) == Hold(
        "",
        "Fire",
        datetime(2026, 7, 21, 7, tzinfo=UTC),
        datetime(2026, 7, 21, 22, tzinfo=UTC),
        "Ada",
        (
            HoldScope(("US", "FR"), ("x",), ("tone.promotional",)),
            HoldScope(accounts=("finchalder",), everything=True),
            HoldScope(everything=True),
        ),
    )


@pytest.mark.parametrize(
    ("until", "lasts"),
    [
        ("30m", timedelta(minutes=30)),
        ("4h", timedelta(hours=4)),
        ("2d", timedelta(days=2)),
        ("1w", timedelta(weeks=1)),
        ("2026-07-20T18:00:30Z", timedelta(hours=6)),
    ],
)
def test_how_long(until: str, lasts: timedelta) -> None:
    assert hold_of(Asked("Fire", until=until), SHOP, NOW).end == START + lasts


def test_everything_that_is_wrong_is_told() -> None:
    scopes = ["plaform=x,region=USA,foo", "label=tone.promtional", "account=finchaldr,platform=", ""]
    write = "write region=US, platform=x, label=tone.promotional, account=NAME or all"
    assert faults(Asked("  ", "A" * 201, scopes, "yesterday", "2026-02-30")) == [
        "--reason: must not be blank: say why nothing may go out",
        "--owner: is longer than 200 characters: say it shorter",
        f"--scope: 'plaform=x' is no scope: {write} – did you mean 'platform'?",
        "--scope: region must be an ISO 3166 code in capitals, like US or FR-75; not 'USA'",
        f"--scope: 'foo' is no scope: {write}",
        "--scope: no rule in use puts the label 'tone.promtional' – did you mean 'tone.promotional'?",
        "--scope: “finchaldr” is no account in accounts.yaml – did you mean @finchalder?",
        "--scope: 'platform=' names nothing: write platform=…",
        f"--scope: '' is no scope: {write}",
        "--start: 'yesterday' is no date and time: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00",
        "--until: '2026-02-30' is no day: write 2026-12-31",
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked("Fire", until="2026-07-20T12:00:30Z"), "--until: '2026-07-20T12:00:30Z' is not after the start, "),
        (Asked("Fire", start="2200-12-31T10:00Z", until="9999w"), "--until: the year 2392 is not between "),
        (Asked("Fire \udc80"), "--reason: is not UTF-8: "),
        (Asked("x" * 501), "--reason: is longer than 500 characters"),
    ],
)
def test_one_thing_wrong(asked: Asked, expected: str) -> None:
    (found,) = faults(asked)
    assert found.startswith(expected)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("Shooting in Aurora", "shooting-in-aurora"),
        ("../../etc/passwd", "etc-passwd"),
        ("Πυρκαγιά στο νησί!", "πυρκαγιά-στο-νησί"),
        ("???", "hold"),
        ("CON", "con"),
        (
            "A very long reason that goes on and on without ever coming to its end",
            "a-very-long-reason-that-goes-on-and-on",
        ),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_file_is_called_by_its_reason(reason: str, expected: str) -> None:
    found = list(islice(names(Hold("", reason, NOW)), 3))
    assert found == [expected, f"{expected}-2", f"{expected}-3"]
