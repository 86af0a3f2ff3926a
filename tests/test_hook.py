"""The hook, for real: git calls pre-commit, which installs this checkout and runs it on what is committed.

pre-commit clones a hook's repository and installs it with pip. Here it does so from a commit of the working tree, with
pip told to ask no index: the build backend and the dependencies come from the environment that runs the tests, by
PYTHONPATH. Everything else is as users have it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import ROOT, copy_of_checkout, dependencies, environment

LIMIT = 180
"""Seconds for one step; the first commit takes a few, since it installs."""

CONFIG = """\
repos:
  - repo: {repo}
    rev: {rev}
    hooks:
      - id: readtheroom
        files: ^(drafts|holds)/
      - id: readtheroom-rules
        args: [house.yaml]
"""
RULES = """\
rules:
  - id: acme/no-competitors
    kind: keywords
    severity: error
    message: "Names a competitor: {match}"
    why: Legal asked for it.
    options: {terms: [Globex]}
    examples:
      flag: [{text: "Better than Globex!", match: Globex}]
      pass: ["Better than ever!"]
"""


class Repository:
    """A git repository of drafts that uses the hook."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.folder, self._env = folder, env
        folder.mkdir(exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *args: str) -> str:
        """The output of a git command that must succeed."""
        done = self._run("git", *args)
        assert done.returncode == 0, done.stdout
        return done.stdout.strip()

    def pre_commit(self, *args: str) -> None:
        """Run pre-commit, which must succeed."""
        done = self._run(sys.executable, "-m", "pre_commit", *args)
        assert done.returncode == 0, done.stdout

    def commit(self, *paths: str) -> tuple[int, str]:
        """Try to commit just these: the exit code, and all that was said."""
        self.git("add", *paths)
        done = self._run("git", "commit", "--message=next")
        if done.returncode:
            self.git("reset", "--quiet")
        return done.returncode, done.stdout

    def write(self, name: str, text: str) -> None:
        """A file in it."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self._env,
            check=False,
            timeout=LIMIT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    desk = tmp_path_factory.mktemp("hook")
    env = environment(
        desk / "home",
        PRE_COMMIT_HOME=str(desk / "pre-commit"),
        PYTHONPATH=str(dependencies(desk / "dependencies")),
        PIP_NO_DEPS="1",
        PIP_NO_BUILD_ISOLATION="0",  # pip's way to say that there is none
        VIRTUALENV_NO_DOWNLOAD="1",
        **{f"GIT_{who}_{what}": "ada@acme.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    )
    content = Repository(desk / "content", env)
    for name in ("readtheroom.yaml", "accounts.yaml", "room.yaml"):
        shutil.copy(ROOT / "examples" / name, content.folder)
    content.write(".pre-commit-config.yaml", CONFIG.format(repo=desk / "hooks", rev=_commit_checkout(desk, env)))
    content.write("house.yaml", RULES)
    content.pre_commit("install")
    code, said = content.commit(".")
    assert code == 0, said
    return content


def _commit_checkout(desk: Path, env: dict[str, str]) -> str:
    """A repository that holds the working tree; its commit."""
    hooks = Repository(copy_of_checkout(desk / "hooks"), env)
    hooks.git("add", ".")
    hooks.git("commit", "--quiet", "--message=working tree")
    return hooks.git("rev-parse", "HEAD")


def test_a_blocked_draft_is_not_committed(repository: Repository) -> None:
    repository.write("drafts/aurora.md", (ROOT / "examples/drafts/aurora.md").read_text("utf-8"))
    code, said = repository.commit("drafts/aurora.md")
    assert code == 1
    assert "drafts/aurora.md:6:1  error  trending-hashtag" in said
    assert "12 dead in Aurora cinema shooting" in said
    assert "drafts/aurora.md" not in repository.git("ls-files")


def test_a_harmless_draft_is_committed(repository: Repository) -> None:
    repository.write("drafts/harmless.md", (ROOT / "examples/drafts/harmless.md").read_text("utf-8"))
    code, said = repository.commit("drafts/harmless.md")
    assert code == 0, said
    assert "drafts/harmless.md" in repository.git("ls-files")


def test_what_is_no_draft_is_passed_over(repository: Repository) -> None:
    repository.write("drafts/kettle.svg", "<svg/>")
    repository.write("drafts/Makefile", "all:\n")
    code, said = repository.commit("drafts/kettle.svg", "drafts/Makefile")
    assert code == 0, said
    assert "(no files to check)Skipped" in said


def test_a_rule_that_fails_its_examples_is_not_committed(repository: Repository) -> None:
    repository.write("house.yaml", RULES.replace("terms: [Globex]", "terms: [Initech]"))
    code, said = repository.commit("house.yaml")
    repository.write("house.yaml", RULES)
    assert code == 1
    assert "house.yaml:9: rule 'acme/no-competitors': example 'Better than Globex!' must be flagged, but passes" in said


def test_a_hold_stops_promotion_and_lets_sympathy_pass(repository: Repository) -> None:
    """Holds are committed like drafts, given to the hook by name, and count as soon as they are there."""
    hold = "reason: Shooting in Brookvale\nowner: Ada\nstart: 2026-03-01T08:00:00Z\nend: 2026-03-08\n"
    repository.write("holds/brookvale.yaml", hold)
    code, said = repository.commit("holds/brookvale.yaml")
    assert code == 0, said
    head = "---\nplatforms: [x]\nscheduled_at: 2026-03-02T09:00:00Z\n---\n"
    repository.write("drafts/quilts.md", f"{head}15% off all quilts until Sunday, shop now!\n")
    code, said = repository.commit("drafts/quilts.md")
    assert code == 1
    until = "since 2026-03-01 08:00 UTC, until 2026-03-09 00:00 UTC"
    assert f"drafts/quilts.md:3:15  error  hold  On hold {until}: Shooting in Brookvale (Ada)\n" in said
    assert f'"Shooting in Brookvale", Ada, holds/brookvale.yaml, {until}\n' in said
    assert "drafts/quilts.md" not in repository.git("ls-files")
    repository.write("drafts/sympathy.md", f"{head}Our condolences to everyone in Brookvale.\n")
    code, said = repository.commit("drafts/sympathy.md")
    assert code == 0, said
    assert "drafts/sympathy.md" in repository.git("ls-files")
    repository.write("holds/brookvale.yaml", hold.replace("reason", "reson"))
    code, said = repository.commit("holds/brookvale.yaml")
    assert code == 1
    assert "holds/brookvale.yaml:1:1: unknown key `reson` in a hold – did you mean 'reason'?\n" in said
    repository.write("holds/brookvale.yaml", hold.replace("2026-03-08", "2026-03-02T08:00:00Z"))
    code, said = repository.commit("holds/brookvale.yaml", "drafts/quilts.md")
    assert code == 0, said
