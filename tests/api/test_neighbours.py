"""A calendar does not end where another config begins."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from readtheroom.cli.main import main
from readtheroom.model import Json
from tests.office import RULES, put

CALENDAR = """\
  - {id: minute, kind: collision, severity: error, message: "{other}", why: One takes the other's readers.}
  - {id: pace, kind: cadence, severity: warning, message: "{other}", why: Not so fast., options: {min_gap: 5m}}
"""
CONFIG = "extends: [../house.yaml]\n"
ACCOUNTS = "accounts: accounts.yaml\n"
AT = ("--at", "2026-03-01T00:00:00Z", "--format", "json")

Judge = Callable[..., dict[str, list[tuple[str, str]]]]


@pytest.fixture(autouse=True)
def brands(office: Path) -> Path:
    """Two folders, each with a config and a post of the same minute, and of the same account."""
    put(office, {"house.yaml": RULES + CALENDAR})
    for brand in ("alder", "finch"):
        put(office, {f"{brand}/readtheroom.yaml": CONFIG, f"{brand}/q.jsonl": post(brand)})
    return office


def post(brand: str, **more: Json) -> str:
    text = f"{brand} opens at nine."
    plain: dict[str, Json] = {"id": brand, "text": text, "platforms": ["x"], "scheduled_at": "2026-03-02T12:00:00Z"}
    return json.dumps({**plain, "account": "nordvik", **more})


@pytest.fixture(params=["lint", "recheck"])
def judge(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Judge:
    """By post: the rules that speak, and what they say."""

    def run(*more: str) -> dict[str, list[tuple[str, str]]]:
        main([request.param, "alder", "finch", *AT, *(more if request.param == "lint" else ())])
        posts = json.loads(capsys.readouterr().out)["posts"]
        return {each["id"]: [(said["rule"], said["message"]) for said in each["findings"]] for each in posts}

    return run


BOTH = [("minute", "alder (alder/q.jsonl:1)"), ("pace", "alder (alder/q.jsonl:1)")]


def test_posts_of_one_account_are_seen_together(judge: Judge) -> None:
    assert judge() == judge("--jobs", "2") == {"alder": [], "finch": BOTH}


def test_what_one_config_does_not_ask_for_the_other_still_sees(brands: Path, judge: Judge) -> None:
    put(brands, {"alder/readtheroom.yaml": f"{CONFIG}rules: {{minute: off, pace: off}}\n"})
    assert judge() == {"alder": [], "finch": BOTH}
    put(brands, {"finch/readtheroom.yaml": f"{CONFIG}rules: {{minute: off, pace: off}}\n"})
    assert judge() == {"alder": [], "finch": []}


@pytest.mark.parametrize("account", [None, "skerry"])
def test_posts_of_nobody_and_of_others_are_not(brands: Path, judge: Judge, account: str | None) -> None:
    put(brands, {"alder/q.jsonl": post("alder", account=account), "finch/q.jsonl": post("finch")})
    assert judge() == {"alder": [], "finch": []}
    put(brands, {"finch/q.jsonl": post("finch", account=None)})
    assert judge() == {"alder": [], "finch": []}


def test_one_name_may_stand_for_two_accounts(brands: Path, judge: Judge) -> None:
    """Where both policies know it, a handle in common tells that it is one."""
    for brand, handle in (("alder", "alder_of_nordvik"), ("finch", "finch_of_nordvik")):
        put(brands, {f"{brand}/readtheroom.yaml": CONFIG + ACCOUNTS})
        put(brands, {f"{brand}/accounts.yaml": f"accounts: [{{name: Nordvik, handles: {{x: {handle}}}}}]\n"})
    assert judge() == {"alder": [], "finch": []}
    put(brands, {"finch/accounts.yaml": "accounts: [{name: Nordvik, handles: {x: '@Alder_of_Nordvik'}}]\n"})
    put(brands, {"finch/q.jsonl": post("finch", account="@alder_of_nordvik")})
    first = "finch (finch/q.jsonl:1)"
    assert judge() == {"alder": [("minute", first), ("pace", first)], "finch": []}, "by its account, of one moment"
