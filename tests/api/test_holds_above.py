"""A hold stops posts below its folder, whatever configs stand in between."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from readtheroom.api.linter import Linter
from readtheroom.cli.main import main
from tests.office import CONFIG, DURING, FIRE, GUARD, RULES, put

BRANDS = "extends: [../house.yaml]\n"
BELOW = "extends: [../../house.yaml]\n"
AT = ("--at", DURING)

Lint = Callable[..., tuple[int, str]]


@pytest.fixture(autouse=True)
def repository(office: Path) -> Path:
    """A repository with two brands, each with a config of its own, and one between them and the top."""
    put(office, {"house.yaml": RULES + GUARD, "readtheroom.yaml": CONFIG, "brands/readtheroom.yaml": BRANDS})
    for brand in ("finch", "alder"):
        put(office, {f"brands/{brand}/readtheroom.yaml": BELOW, f"brands/{brand}/q/a.md": "Doors open at nine.\n"})
    subprocess.run(["git", "init", "--quiet", str(office)], check=True)
    return office


@pytest.fixture
def lint(capsys: pytest.CaptureFixture[str]) -> Lint:
    def run(*args: str) -> tuple[int, str]:
        code = main(["lint", *args, *AT, "--room", "room.yaml"])
        return code, "".join(capsys.readouterr())

    return run


@pytest.mark.parametrize("holds", ["holds", "brands/holds", "brands/finch/holds"])
def test_what_pre_commit_asks_about_is_stopped_from_above(repository: Path, lint: Lint, holds: str) -> None:
    put(repository, {f"{holds}/fire.yaml": FIRE})
    code, said = lint("brands/finch/q/a.md", f"{holds}/fire.yaml")
    assert (code, said.splitlines()[0].split("  ")[1:]) == (1, ["error", "stop", "Fire"])
    assert lint("brands/alder/q/a.md")[0] == (0 if "finch" in holds else 1)


def test_so_it_is_in_the_folder_itself(repository: Path, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    put(repository, {"holds/fire.yaml": FIRE})
    monkeypatch.chdir(repository / "brands/finch")
    put(repository / "brands/finch", {"room.yaml": "observations: []"})
    assert lint("q/a.md")[0] == 1
    assert Linter.from_config().policy.config.holds.above[0].folder == str(repository / "brands/holds")


def test_a_hold_that_starts_above_counts_for_a_policy_that_is_kept(repository: Path, lint: Lint) -> None:
    assert lint("brands/finch/q/a.md")[0] == 0
    put(repository, {"holds/fire.yaml": FIRE})
    assert lint("brands/finch/q/a.md")[0] == 1
    put(repository, {"readtheroom.yaml": f"{CONFIG}holds: stops\n"})
    assert lint("brands/finch/q/a.md")[0] == 0
    put(repository, {"stops/fire.yaml": FIRE})
    assert lint("brands/finch/q/a.md")[0] == 1


def test_so_does_a_config_that_comes_later(repository: Path, lint: Lint) -> None:
    put(repository, {"holds/fire.yaml": FIRE})
    (repository / "readtheroom.yaml").unlink()
    assert lint("brands/finch/q/a.md")[0] == 0
    put(repository, {"readtheroom.yaml": CONFIG})
    assert lint("brands/finch/q/a.md")[0] == 1


@pytest.mark.parametrize("root", ["brands/finch/readtheroom.yaml", "brands/readtheroom.yaml"])
def test_a_root_looks_no_further(repository: Path, lint: Lint, root: str) -> None:
    put(repository, {"holds/fire.yaml": FIRE, root: (repository / root).read_text("utf-8") + "root: true\n"})
    assert lint("brands/finch/q/a.md")[0] == 0


def test_nor_does_a_repository(repository: Path, lint: Lint) -> None:
    put(repository, {"holds/fire.yaml": FIRE, "brands/.git": "gitdir: elsewhere\n"})
    assert lint("brands/finch/q/a.md")[0] == 0


def test_its_words_and_times_are_those_of_its_folder(repository: Path, lint: Lint) -> None:
    """Whom a label means that is not known below, nobody can tell there; an unknown key is a mistake."""
    put(repository, {"readtheroom.yaml": f"{CONFIG}drafts: {{timezone: Asia/Tokyo}}\n"})
    put(repository, {"holds/fire.yaml": "reason: Fire\nowner: Ada\nstart: 2026-03-01 18:00\nend: 2026-03-01 20:00\n"})
    assert lint("brands/finch/q/a.md")[0] == 1
    put(repository, {"holds/fire.yaml": f"{FIRE}scope: {{label: topic.tea}}\n"})
    code, said = lint("brands/finch/q/a.md")
    assert (code, "not checked: stop: the hold “Fire” is for posts with topic.tea" in said) == (3, True)
    put(repository, {"holds/fire.yaml": f"{FIRE}scop: all\n"})
    code, said = lint("brands/finch/q/a.md")
    assert (code, said) == (
        2, "holds/fire.yaml:5:1: unknown key `scop` in a hold – did you mean 'scope'?\n"
    )  # fmt: skip


def test_a_config_above_that_cannot_be_read_is_told(repository: Path, lint: Lint) -> None:
    put(repository, {"readtheroom.yaml": "holds: [\n"})
    code, said = lint("brands/finch/q/a.md")
    assert (code, said.startswith("readtheroom.yaml:")) == (2, True)
    put(repository, {"readtheroom.yaml": CONFIG, "readtheroom.yml": CONFIG})
    code, said = lint("brands/finch/q/a.md")
    assert (code, "readtheroom.yml: stands beside another config" in said) == (2, True)


def test_one_that_lacks_something_is_told_once(repository: Path, lint: Lint) -> None:
    put(repository, {"holds/fire.yaml": "reason: Fire\nowner: Ada\nstart: 2026-03-01T08:00:00Z\n", "a.md": "Tea\n"})
    said = lint("brands", "a.md")[1]
    assert said.count("no end: Fire") == 1


def test_holds_above_are_listed_and_may_be_ended_from_below(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["hold", "start", "--reason", "Fire", "--owner", "Ada", "--until", "4h"]) == 0
    monkeypatch.chdir(repository / "brands/finch")
    capsys.readouterr()
    assert main(["hold", "start", "--reason", "Fire", "--owner", "Bo", "--until", "4h"]) == 0
    above = f"it stops posts below . alone; one in {repository / 'holds'} would stop more"
    assert above in capsys.readouterr().out
    assert main(["hold", "list"]) == 0
    assert "2 standing" in capsys.readouterr().out
    assert main(["hold", "end", str(repository / "holds/fire.yaml")]) == 0
    assert main(["hold", "list"]) == 0
    assert "1 standing, 0 to come, 1 ended" in capsys.readouterr().out
    assert main(["hold", "end", "fire"]) == 0
    assert "ended    holds/fire.yaml" in capsys.readouterr().out


@pytest.mark.parametrize(("where", "what"), [(".", "brands"), ("brands/finch", ".")])
def test_the_queue_is_stopped_too(repository: Path, monkeypatch: pytest.MonkeyPatch, where: str, what: str) -> None:
    put(repository, {"holds/fire.yaml": FIRE})
    monkeypatch.chdir(repository / where)
    assert main(["recheck", what, *AT]) == 1
