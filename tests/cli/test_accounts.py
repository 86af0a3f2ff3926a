"""The wrong account, the wrong person, the wrong text: each as its maker would see it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.conftest import Run
from tests.office import put

ACCOUNTS = """\
accounts:
  - name: Nordvik
    handles: {x: "@nordvik_ferries"}
    owner: Joan
    authors: [ada, ben]
    approvers: [joan]
    ambassadors: ["@ada_runs_far"]
  - {name: Ada, handles: {x: "@ada_runs_far"}}
"""
ROOM = "observations: []\n"
NINE = "The last ferry leaves at nine."
AT = "2027-03-02T10:00:00Z"


class Said(NamedTuple):
    """A finding, as far as its place and words go."""

    rule: str
    severity: str
    field: str
    start: int
    end: int
    line: int
    column: int
    match: str
    message: str


@pytest.fixture(autouse=True)
def desk(office: Path) -> Path:
    config = "extends: [core]\naccounts: accounts.yaml\napprovals: {from: records}\n"
    put(office, {"readtheroom.yaml": config, "accounts.yaml": ACCOUNTS, "room.yaml": ROOM})
    return office


def draft(text: str, *, account: str = "Nordvik", author: str = "ada") -> str:
    return f"---\naccount: '{account}'\nauthor: {author}\nplatforms: [x]\nscheduled_at: {AT}\n---\n{text}\n"


def lint(tool: Run) -> tuple[int, list[Said]]:
    done = tool("lint", "draft.md", "--room", "room.yaml", "--at", "2027-03-01T10:00:00Z", "--format", "json")
    (post,) = json.loads(done.out)["posts"]
    return done.code, [Said(*(each[key] for key in Said._fields)) for each in post["findings"]]


def approved(tool: Run, *, until: str = "2027-03-05") -> None:
    assert tool("approve", "draft.md", "--as", "joan", "--until", until).code == 0


def test_a_personal_post_drafted_for_a_brand(tool: Run, desk: Path) -> None:
    text = "Off the boat. Ugh, my boss moved the meeting AGAIN"
    put(desk, {"draft.md": draft(text, account="Ada")})
    assert lint(tool) == (0, [])
    put(desk, {"draft.md": draft(text)})
    approved(tool)
    message = "“Ugh” sounds like a private person, and Nordvik is a brand: is this the right account?"
    expected = Said("personal-tone-of-brand", "warning", "text", 14, 17, 7, 15, "Ugh", message)
    assert lint(tool) == (0, [expected])


def test_a_look_alike_handle(tool: Run, desk: Path) -> None:
    """With a Cyrillic letter: as a mention it is a finding, as the account of the draft nobody knows it."""
    put(desk, {"draft.md": draft("Ask @nоrdvik_ferries for the times.")})
    approved(tool)
    message = "“@nоrdvik_ferries” looks like @nordvik_ferries, and is another account"
    expected = Said("look-alike-account", "warning", "text", 4, 20, 7, 5, "@nоrdvik_ferries", message)
    assert lint(tool) == (0, [expected])
    put(desk, {"draft.md": draft(NINE, account="@nоrdvik_ferries")})
    done = tool("lint", "draft.md")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "draft.md:2:10: “@nоrdvik_ferries” is no account in accounts.yaml – did you mean @nordvik_ferries? "
        "“о” is cyrillic small letter o\n"
    )


def test_an_author_who_left(tool: Run, desk: Path) -> None:
    put(desk, {"draft.md": draft(NINE, author="ben")})
    approved(tool)
    assert lint(tool) == (0, [])
    put(desk, {"accounts.yaml": ACCOUNTS.replace("[ada, ben]", "[ada]")})
    message = "ben may not write for Nordvik; its authors are ada"
    assert lint(tool) == (1, [Said("unapproved-author", "error", "author", 0, 0, 3, 9, "", message)])


def test_an_approval_of_the_text_of_yesterday(tool: Run, desk: Path) -> None:
    put(desk, {"draft.md": draft(NINE)})
    approved(tool)
    at = json.loads(next(desk.glob("approvals/*.json")).read_text("utf-8"))["at"]
    assert lint(tool) == (0, [])
    put(desk, {"draft.md": draft(NINE.replace("nine", "ten"))})
    changed = f"joan approved another version on {at[:10]} {at[11:16]} UTC; since then other: text"
    missing = "Nordvik needs the approval of joan; approved by nobody"
    assert lint(tool) == (
        1,
        [
            Said("approval-of-another-text", "warning", "approved_by", 0, 0, 1, 1, "", changed),
            Said("missing-approval", "error", "approved_by", 0, 0, 1, 1, "", missing),
        ],
    )


def test_an_approval_that_ends_before_the_post_goes_out(tool: Run, desk: Path) -> None:
    put(desk, {"draft.md": draft(NINE)})
    approved(tool, until="2027-03-01")
    ended = "The approval by joan ends on 2027-03-01 23:59 UTC, before the post goes out"
    code, (first, second) = lint(tool)
    assert (code, first.rule, first.message, second.rule) == (1, "approval-expired", ended, "missing-approval")
