"""Hold files: what they mean, and what is wrong with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readtheroom.model import Account, Hold, HoldScope
from readtheroom.policy.hold_file import LIMIT, MOST_FAULTS, end_of, read_holds, start_of
from readtheroom.policy.hold_scope import Known
from readtheroom.policy.register import Register
from tests.office import put

ACCOUNTS = [Account("Finch & Alder", {"x": "finchalder"})]
LABELS = frozenset({"tone.promotional", "tone.joking", "crisis.fire"})
SHOP = Known("Europe/Paris", Register(ACCOUNTS, "accounts.yaml"), LABELS)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(text: str, by: Known = SHOP) -> Hold:
    put(Path(), {"holds/fire.yaml": text})
    (hold,), faults = read_holds(["holds/fire.yaml"], by)
    assert faults == ()
    return hold


def faults(text: str | bytes) -> list[str]:
    put(Path(), {"fire.yaml": text})
    holds, found = read_holds(["fire.yaml"], SHOP)
    assert holds == ()
    return [str(fault).removeprefix("fire.yaml") for fault in found]


def test_all_that_a_hold_may_say() -> None:
    text = """\
# asked for by the board
reason: "Fire in the
  old town"
owner: Ada
start: 2026-07-20 15:00
end: 2026-07-21
scope:
  - {region: US, platform: Twitter, label: [tone.promotional, tone.joking], account: "@finchalder"}
  - region: [FR, FR-75]
    all: true
ended_at: 2026-07-20T16:00:00Z
ended_by: Bo
x-ticket: 17
"""
    assert read(text) == Hold(
        "fire",
        "Fire in the old town",
        datetime(2026, 7, 20, 13, tzinfo=UTC),
        datetime(2026, 7, 21, 22, tzinfo=UTC),
        "Ada",
        (
            HoldScope(("US",), ("x",), ("tone.promotional", "tone.joking"), ("@finchalder",)),
            HoldScope(("FR", "FR-75"), everything=True),
        ),
        "holds/fire.yaml",
        "Bo",
        datetime(2026, 7, 20, 16, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("", HoldScope()),
        ("scope: all", HoldScope(everything=True)),
        ("scope: {all: true}", HoldScope(everything=True)),
        ("scope: {label: tone}", HoldScope(labels=("tone",))),
        ("scope: {label: observance.solemn}", HoldScope(labels=("observance.solemn",))),
        ("scope: {region: NO}", HoldScope(("NO",))),
    ],
)
def test_a_scope_may_be_short(scope: str, expected: HoldScope) -> None:
    assert read(f"reason: Fire\nowner:\nend:\nstart: 2026-07-20T15:00Z\n{scope}\n").scope == (expected,)


def test_without_an_accounts_file_any_account_may_be_named() -> None:
    anybody = SHOP._replace(accounts=Register(()))
    hold = read("reason: Fire\nstart: 2026-07-20T15:00Z\nscope: {account: finchaldr}\n", anybody)
    assert hold.scope == (HoldScope(accounts=("finchaldr",)),)


@pytest.mark.parametrize(
    ("zone", "day", "length"),
    [
        ("Europe/Paris", "2026-03-29", 23),
        ("Europe/Paris", "2026-10-25", 25),
        ("Europe/Paris", "2026-07-20", 24),
        ("UTC", "2026-03-29", 24),
        ("America/Havana", "2026-03-08", 23),  # midnight itself is left out
        ("America/Havana", "2026-03-07", 24),
        ("America/Asuncion", "2024-03-23", 25),  # the hour before midnight comes twice
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Pacific/Kiritimati", "2026-01-01", 24),
    ],
)
def test_a_last_day_counts_to_its_end_whatever_clocks_do(zone: str, day: str, length: float) -> None:
    before = (datetime.fromisoformat(day) - timedelta(days=1)).strftime("%Y-%m-%d")
    assert end_of(day, zone) - end_of(before, zone) == timedelta(hours=length)


def test_times_are_those_of_the_configured_zone_unless_they_say_otherwise() -> None:
    assert start_of("2026-10-25 02:30", "Europe/Paris") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert start_of("2026-10-25T02:30+01:00", "Europe/Paris") == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert end_of("2026-01-20 15:00", "America/New_York") == datetime(2026, 1, 20, 20, tzinfo=UTC)


def test_a_hold_stands_from_its_start_on_and_before_its_end() -> None:
    hold = read("reason: Fire\nstart: 2026-03-29 01:59\nend: 2026-03-29 03:01\n")
    assert hold.end is not None
    assert hold.end - hold.start == timedelta(minutes=2)
    second = timedelta(seconds=1)
    standing = [hold.stands(each) for each in (hold.start - second, hold.start, hold.end - second, hold.end)]
    assert standing == [False, True, True, False]
    assert [hold.is_over(each) for each in (hold.start, hold.end - second, hold.end)] == [False, False, True]


def test_one_that_was_ended_before_it_began_never_stands() -> None:
    at = "2026-07-20T15:00:00Z"
    hold = read(f"reason: Fire\nstart: {at}\nend: {at}\nended_at: 2026-07-19T15:00:00Z\n")
    assert not hold.stands(hold.start)
    assert hold.is_over(hold.start - timedelta(days=1))


def test_all_that_is_wrong_with_a_hold_is_told_with_its_place() -> None:
    text = """\
reason: "  "
ower: Ada
start: 2026-03-29 02:30
end: tomorrow
scope:
  - {region: usa, platfrm: x}
  - {label: tone.promtional, platform: instagrm}
  - {account: finchaldr}
  - {}
"""
    assert faults(text) == [
        ":1:9: reason must not be blank: say why nothing may go out",
        ":2:1: unknown key `ower` in a hold – did you mean 'owner'?",
        ":3:8: there is no 02:30 on 2026-03-29 in Europe/Paris: clocks go on to 03:30",
        ":4:6: 'tomorrow' is no date and time: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00",
        ":6:14: `region` must be an ISO 3166 code in capitals, like US or FR-75; not 'usa'",
        ":6:19: unknown key `platfrm` in item 1 of `scope` – did you mean 'platform'?",
        ":7:13: no rule in use puts the label 'tone.promtional' – did you mean 'tone.promotional'?",
        ":7:40: no platform is called 'instagrm' – did you mean 'instagram'?",
        ":8:15: “finchaldr” is no account in accounts.yaml – did you mean @finchalder?",
        ":9:5: item 4 of `scope` needs 1 key or more",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ":1:1: a hold must be a mapping of keys to values; not empty"),
        ("[]", ":1:1: a hold must be a mapping of keys to values; not a list"),
        ("reason: [", ":1:10: not valid YAML: "),
        (b"reason: \xff", ":1:9: not UTF-8: byte 0xff cannot be read; save the file as UTF-8"),
        (b"\x00", ":1: a binary file, not text"),
        ("reason: Fire", ":1:1: a hold needs the key `start`"),
        ("start: 2026-07-20T15:00Z", ":1:1: a hold needs the key `reason`"),
        ("{reason: Fire, start: 2026-07-20}", ":1:23: '2026-07-20' names no time of day: "),
        ("{reason: Fire, start: 9999-07-20T15:00Z}", ":1:23: the year 9999 is not between 1970 and 2200"),
        ("{reason: Fire, start: 5}", ":1:23: `start` must be text; not 5: put it in quotes"),
        ("{reason: Fire, start: [2026-07-20T15:00Z]}", ":1:23: `start` must be text; not a list"),
        ("{reason: Fire, start: 2026-07-20T15:00Z, end: 2026-07-20T15:00Z}", ":1:47: end must come after start"),
        ("{reason: Fire, start: 2026-07-20T15:00Z, end: 2026-07-19}", ":1:47: end must come after start"),
        ("{reason: Fire, start: 2026-07-20T15:00Z, scope: everything}", ":1:49: `scope` must be one of all; not "),
        ("{reason: Fire, start: 2026-07-20T15:00Z, scope: []}", ":1:49: `scope` needs 1 item or more"),
        ("{reason: Fire, start: 2026-07-20T15:00Z, scope: {all: yes}}", ":1:55: `all` must be true or false; not "),
        (
            f"{{reason: {'x' * 501}, start: 2026-07-20T15:00Z}}",
            ":1:10: `reason` must not have more than 500 characters",
        ),
        ("x" * (LIMIT + 1), f": larger than {LIMIT} bytes: split it, or give a smaller file"),
        ("[" * 600, ":1: nested deeper than 40"),
    ],
)
def test_a_hold_with_one_thing_wrong(text: str | bytes, expected: str) -> None:
    (found,) = faults(text)
    assert found.startswith(expected)


def test_guessing_what_was_meant_has_an_end() -> None:
    labels = ", ".join(f"tone.promtional{number}" for number in range(2_000))
    found = faults(f"reason: Fire\nstart: 2026-07-20T15:00Z\nscope: {{label: [{labels}]}}\n")
    assert len(found) == MOST_FAULTS
    assert found[0].startswith(":3:16: `label` must not have more than 100 items")


def test_a_file_that_is_not_there() -> None:
    assert [str(fault) for fault in read_holds(["none.yaml"], SHOP)[1]] == ["none.yaml: no such file"]


def test_faults_of_one_hide_no_other() -> None:
    put(Path(), {"a.yaml": "reason: [", "b.yaml": "reason: Fire\nstart: 2026-07-20T15:00Z\n", "c.yaml": "[]"})
    holds, found = read_holds(["a.yaml", "b.yaml", "c.yaml"], SHOP)
    assert [hold.id for hold in holds] == ["b"]
    assert [fault.path for fault in found] == ["a.yaml", "c.yaml"]
