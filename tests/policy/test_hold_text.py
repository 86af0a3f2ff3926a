"""Hold files are written so that they can be read again, and changed so that nothing of them is lost."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.model import Hold, HoldScope
from readtheroom.policy.document import parse_yaml
from readtheroom.policy.hold_file import read_holds
from readtheroom.policy.hold_scope import Known
from readtheroom.policy.hold_text import HEAD, changed, compose, quoted
from readtheroom.policy.register import Register
from readtheroom.spans import FileText
from tests.policy.hold_samples import LABELS, ONE_LINE, SCOPES, TEXT, TIMES

BY = Known("UTC", Register(()), frozenset(LABELS))
AT = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_file_as_a_person_would_write_it() -> None:
    scopes = (HoldScope(("US",), ("x",), ("tone.promotional",)), HoldScope(accounts=("main",), everything=True))
    hold = Hold("", "Fire in the old town", AT, AT + timedelta(hours=2), "Ada", scopes)
    assert compose(hold, "Europe/Paris") == HEAD + (
        "reason: Fire in the old town\n"
        "owner: Ada\n"
        "start: 2026-10-25T02:30:00+02:00\n"
        "end: 2026-10-25T03:30:00+01:00\n"
        "scope:\n"
        "  - {region: [US], platform: [x], label: [tone.promotional]}\n"
        "  - {account: [main], all: true}\n"
    )
    assert compose(Hold("", "No", AT, scope=(HoldScope(everything=True),)), "UTC") == HEAD + (
        'reason: "No"\nstart: 2026-10-25T00:30:00Z\nscope: all\n'
    )


@given(
    reason=ONE_LINE,
    owner=TEXT,
    start=TIMES,
    lasts=st.one_of(st.none(), st.integers(1, 10**6)),
    scope=st.one_of(st.just((HoldScope(),)), st.lists(SCOPES, min_size=1, max_size=3).map(tuple)),
    zone=st.sampled_from(["UTC", "Europe/Paris", "Asia/Kathmandu", "America/Havana"]),
)
def test_what_is_written_is_read_again(
    reason: str, owner: str, start: datetime, lasts: int | None, scope: tuple[HoldScope, ...], zone: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "a.yaml"))
        hold = Hold("a", reason, start, start + timedelta(seconds=lasts) if lasts else None, owner, scope, path)
        Path(path).write_bytes(compose(hold, zone).encode())
        assert read_holds([path], BY) == ((hold,), ())


# --- changes ---

NEW = {"end": "2026-07-21T10:00:00Z", "ended_by": "Ada"}


def change(text: str) -> str:
    return changed(parse_yaml("a.yaml", FileText(text)), NEW)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "reason: Fire # big\nend: 2026-08-01  # or later\n",
            "reason: Fire # big\nend: {end}  # or later\nended_by: Ada\n",
        ),
        ("# top\nend: |\n  2026\nreason: Fire\n# tail", "# top\nend: {end}reason: Fire\n# tail\nended_by: Ada\n"),
        ("end:\nreason: Fire", "end: {end}\nreason: Fire\nended_by: Ada\n"),
        ("end: ~\r\nreason: Fire\r\n", "end: {end}\r\nreason: Fire\r\nended_by: Ada\r\n"),
        ("reason: Fire", "reason: Fire\nend: {end}\nended_by: Ada\n"),
        ("---\nreason: Fire\n...\n", "---\nreason: Fire\nend: {end}\nended_by: Ada\n...\n"),
        ("  reason: Fire\n  end: 'x'\n", "  reason: Fire\n  end: {end}\n  ended_by: Ada\n"),
        ("{reason: Fire, end: x}\n# ok\n", "{reason: Fire, end: {end}, ended_by: Ada}\n# ok\n"),
        ("{reason: Fire,}", "{reason: Fire, end: {end}, ended_by: Ada}"),
        ("ended_by: Bo\nx-mine: [1, 2]\nend: x\n", "ended_by: Ada\nx-mine: [1, 2]\nend: {end}\n"),
    ],
)
def test_a_change_leaves_the_rest_alone(before: str, after: str) -> None:
    assert change(before) == after.replace("{end}", NEW["end"])


@given(ONE_LINE)
def test_any_text_can_be_quoted(text: str) -> None:
    assert parse_yaml("a", FileText(f"a: {quoted(text)}\n")).plain() == {"a": text}
