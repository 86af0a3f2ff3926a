"""The regions of an account are the audience of its posts that name none."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from readtheroom.api.linter import Linter
from readtheroom.model import Json
from tests.office import BOTH, GUARD, RULES, put

ACCOUNTS = """\
accounts:
  - {name: finch, handles: {x: "@finch", mastodon: "@finch@town.example"}, regions: [FR]}
  - {name: alder, handles: {x: "@alder"}}
"""
ROOM = """\
observations:
  - term: "#Lindental"
    region: FR
    observed_at: 2026-03-01T09:00:00Z
    reasons: [{title: "Shooting in Lindental", url: "https://news.example/1"}]
"""
HOLD = "reason: Fire\nowner: Ada\nstart: 2026-03-01T08:00:00Z\nend: 2026-03-02\nscope: {region: FR}\n"
NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def desk(office: Path) -> Path:
    config = f"{BOTH}accounts: accounts.yaml\naudience: [US]\n"
    put(office, {"readtheroom.yaml": config, "accounts.yaml": ACCOUNTS, "room.yaml": ROOM, "house.yaml": RULES + GUARD})
    return office


def rules(**draft: Json) -> list[str]:
    linter = Linter.from_config(room="room.yaml", now=NOW)
    return [finding.rule for finding in linter.lint({"text": "See you in #Lindental", **draft}).findings]


@pytest.mark.parametrize("account", ["finch", "@finch", "@finch@town.example"])
def test_their_room_is_read(account: str) -> None:
    assert rules(account=account) == ["trend"]


def test_the_draft_comes_first_and_the_config_last() -> None:
    assert rules(account="finch", audience=["US"]) == []
    assert rules(account="alder") == rules() == []
    assert rules(account="alder", audience=["FR"]) == ["trend"]


def test_their_holds_stand(desk: Path) -> None:
    put(desk, {"holds/fire.yaml": HOLD, "room.yaml": "observations: []\n"})
    assert (rules(account="finch"), rules(account="alder")) == (["stop"], [])
