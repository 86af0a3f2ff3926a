"""An account with authors, and a draft that does not say who wrote it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.office import put

RULES = """\
rules:
  - id: author
    kind: accounts
    severity: error
    message: "{value} may not"
    why: So.
    options: {check: author}
"""
ACCOUNTS = "accounts: [{name: Nordvik, handles: {x: nordvik}, authors: [Ada]}, {name: Alder, handles: {x: alder}}]\n"
NOBODY = [{"rule": "author", "reason": "the draft does not say who wrote it", "required": False}]


@pytest.mark.parametrize(
    ("draft", "verdict", "skipped"),
    [
        ("account: Nordvik", "pass", NOBODY),
        ("account: Nordvik\nauthor: Ada", "pass", []),
        ("account: Nordvik\nauthor: Ben", "block", []),
        ("account: Alder", "pass", []),
    ],
)
def test_what_could_not_be_checked_is_told_and_warns_nobody(
    here: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, draft: str, verdict: str, skipped: list[object]
) -> None:
    config = "extends: [house.yaml]\naccounts: accounts.yaml\n"
    put(tmp_path, {"readtheroom.yaml": config, "house.yaml": RULES, "accounts.yaml": ACCOUNTS})
    put(tmp_path, {"a.md": f"---\n{draft}\n---\nTea\n"})
    monkeypatch.chdir(tmp_path)
    [post] = json.loads(here("lint", "a.md", "--format", "json").out)["posts"]
    assert (post["verdict"], post["skipped"]) == (verdict, skipped)
