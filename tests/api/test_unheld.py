"""A hold that no rule of a policy minds is told of, and where policy did not say so, nothing is passed off as clean."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readtheroom.api.checks import Checks
from readtheroom.api.linter import Linter
from readtheroom.cli.main import main
from tests.office import CONFIG, DURING, FIRE, GUARD, RULES, put

MISSING = "the hold “Fire” stands, and no rule of this policy stops posts: extend `core`"
OFF = "the hold “Fire” stands, and policy has turned off the rule that would stop the post"
POST = "---\nplatforms: [x]\naudience: [US]\n---\nDoors open at nine.\n"

Lint = Callable[..., tuple[int, str, list[object]]]


@pytest.fixture(autouse=True)
def brands(office: Path) -> Path:
    """Holds above two brands; one has a policy without any rule for them, the other has turned it off."""
    guarded = f"{CONFIG}rules: {{stop: off}}\n"
    put(office, {"house.yaml": RULES + GUARD, "finch/house.yaml": RULES, "holds/fire.yaml": FIRE})
    put(office, {"finch/readtheroom.yaml": CONFIG, "finch/a.md": POST})
    put(office, {"alder/house.yaml": RULES + GUARD, "alder/readtheroom.yaml": guarded, "alder/a.md": POST})
    return office


@pytest.fixture
def lint(capsys: pytest.CaptureFixture[str]) -> Lint:
    def run(path: str, command: str = "lint", at: str = DURING) -> tuple[int, str, list[object]]:
        code = main([command, path, "--at", at, "--format", "json"])
        post = json.loads(capsys.readouterr().out)["posts"][0]
        return code, post["verdict"], [each for each in post["skipped"] if each["rule"] == "hold"]

    return run


@pytest.mark.parametrize("command", ["lint", "recheck"])
def test_without_a_rule_nobody_knows_whether_a_post_may_go_out(lint: Lint, command: str) -> None:
    told = [{"rule": "hold", "reason": MISSING, "required": True}]
    assert lint("finch/a.md", command) == (3, "unknown", told)


@pytest.mark.parametrize("command", ["lint", "recheck"])
def test_what_policy_has_turned_off_is_told(lint: Lint, command: str) -> None:
    told = [{"rule": "hold", "reason": OFF, "required": False}]
    assert lint("alder/a.md", command) == (0, "pass", told)


def test_so_is_what_it_has_turned_off_for_some_drafts(brands: Path, lint: Lint) -> None:
    override = "overrides: [{files: [a.md], rules: {stop: off}}]\n"
    put(brands, {"alder/readtheroom.yaml": CONFIG + override})
    assert lint("alder/a.md")[1:] == ("pass", [{"rule": "hold", "reason": OFF, "required": False}])


@pytest.mark.parametrize("scope", ["{platform: mastodon}", "{region: FR}"])
def test_a_hold_that_means_others_is_not_told(brands: Path, lint: Lint, scope: str) -> None:
    put(brands, {"holds/fire.yaml": f"{FIRE}scope: {scope}\n"})
    assert lint("finch/a.md") == (0, "pass", [])


def test_nor_is_one_that_is_over(lint: Lint) -> None:
    assert lint("finch/a.md", at="2026-03-05T10:00:00Z") == (0, "pass", [])


def test_several_are_told_once(brands: Path, lint: Lint) -> None:
    put(brands, {"holds/flood.yaml": FIRE.replace("Fire", "Flood"), "finch/holds/fire.yaml": FIRE})
    [told] = lint("finch/a.md")[2]
    assert " and 2 more stands" in str(told)


def test_nothing_goes_out_before_a_check_that_is_newer_than_its_end(
    brands: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(brands / "kept"))
    now = datetime(2026, 3, 1, 10, tzinfo=UTC)
    checks = Checks(Linter.from_config("finch/readtheroom.yaml", now=lambda: now))
    draft = {"text": "Doors open at nine.", "platforms": ["x"]}
    assert checks.may_go_out(draft).why == (f"not checked: {MISSING}",)
    now = datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert not checks.may_go_out(draft).granted
    checks.recheck(draft)
    assert checks.may_go_out(draft).granted
