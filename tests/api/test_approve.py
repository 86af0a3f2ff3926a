"""Approvals in the library, and from git."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.api.linter import Linter
from readtheroom.cli.main import main
from readtheroom.errors import UsageError
from readtheroom.findings import PostResult
from readtheroom.model import Json
from readtheroom.readers._file import PathFile
from tests.office import put

NOW = datetime(2026, 7, 20, 12, tzinfo=UTC)
RULES = """\
rules:
  - {id: needed, kind: accounts, severity: error, message: "{value}", why: So., options: {check: approver}}
  - {id: changed, kind: approval, severity: warning, message: "{by}: {changed}", why: So., options: {check: changed}}
"""
ACCOUNTS = "accounts: [{name: Nordvik, handles: {x: nordvik}, approvers: [Joan, 'ben@nordvik.example', '@li']}]\n"
DRAFT: dict[str, Json] = {"text": "Doors open at nine.", "account": "Nordvik", "platforms": ["x"]}
FILE = "---\naccount: Nordvik\nplatforms: [x]\n---\nDoors open at nine.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    put(tmp_path, {"house.yaml": RULES, "accounts.yaml": ACCOUNTS, "drafts/a.md": FILE})
    config(tmp_path, "records")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def config(folder: Path, proof: str) -> None:
    put(folder, {"readtheroom.yaml": f"extends: [house.yaml]\naccounts: accounts.yaml\napprovals: {{from: {proof}}}\n"})


def linter() -> Linter:
    return Linter.from_config("readtheroom.yaml", offline=True, now=NOW)


# --- records ---


def test_an_approval_counts_at_once(desk: Path) -> None:
    here = linter()
    assert here.lint(DRAFT).verdict == "block"
    made = here.approve(DRAFT, "Joan", NOW + timedelta(days=1))
    assert (made.by, made.at, made.until) == ("Joan", NOW, NOW + timedelta(days=1))
    assert os.path.isfile(made.file)
    assert here.lint(DRAFT).verdict == "pass"
    assert here.lint({**DRAFT, "scheduled_at": "2026-07-22T12:00:00Z"}).verdict == "block"
    assert here.approve(DRAFT, "Joan", NOW + timedelta(days=1)) == made


def test_what_cannot_be_approved(desk: Path) -> None:
    with pytest.raises(UsageError, match="needs a time zone"):
        linter().approve(DRAFT, "Joan", datetime(2027, 1, 1))
    with pytest.raises(UsageError, match="may not approve for Nordvik"):
        linter().approve(DRAFT, "Ana")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.dictionaries(st.sampled_from(["text", "title", "first_comment"]), st.sampled_from(["One", "Two"])))
def test_an_approval_counts_for_what_was_approved_and_nothing_else(desk: Path, more: dict[str, Json]) -> None:
    here = linter()
    here.approve(DRAFT, "Joan")
    other = {**DRAFT, **more}
    assert (here.lint(other).verdict == "pass") == (other == DRAFT)


# --- git ---


def git(*words: str, name: str = "Ana", mail: str = "ana@nordvik.example") -> None:
    own = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail, "GIT_COMMITTER_NAME": "ci", "GIT_COMMITTER_EMAIL": "c@i"}
    env = {**os.environ, **own, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], check=True, env=env, capture_output=True)


@pytest.fixture
def repository(desk: Path) -> Path:
    config(desk, "git")
    git("init", "-q")
    return desk


def judged() -> PostResult:
    (result,) = linter().lint_file("drafts/a.md")
    return result


def commit(name: str, mail: str = "") -> None:
    git("add", "-A")
    git("commit", "-qm", "A draft", "--allow-empty", name=name, mail=mail or f"{name.lower()}@nordvik.example")


@pytest.mark.parametrize(
    ("name", "mail", "verdict"),
    [
        ("Joan", "j@nordvik.example", "pass"),
        ("Benjamin", "Ben@nordvik.example", "pass"),
        ("Li Berg", "12345+li@users.noreply.github.com", "pass"),
        ("Ana", "ana@nordvik.example", "block"),
        ("Ana", "12345+li@evil.example", "block"),
    ],
)
def test_whoever_committed_the_draft_approves_it(repository: Path, name: str, mail: str, verdict: str) -> None:
    commit(name, mail)
    assert judged().verdict == verdict


def test_the_last_change_decides(repository: Path) -> None:
    commit("Joan")
    put(repository, {"drafts/a.md": FILE.replace("nine", "ten")})
    assert judged().verdict == "block"
    commit("Ana")
    assert judged().verdict == "block"
    put(repository, {"notes.txt": "for later"})
    commit("Joan")
    assert judged().verdict == "block"


def test_what_is_staged_is_judged_as_the_commit_that_it_will_be(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Joan")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "joan@nordvik.example")
    assert judged().verdict == "block"
    git("add", "-A")
    assert judged().verdict == "pass"
    put(repository, {"drafts/a.md": FILE.replace("nine", "ten")})
    assert judged().verdict == "block"


PICTURE = "---\nplatforms: [x]\naccount: Nordvik\nmedia: [{file: boat.png, alt: A boat}]\n---\nAt sea.\n"


def test_another_picture_under_the_same_name_is_somebody_elses_post(repository: Path) -> None:
    put(repository, {"drafts/a.md": PICTURE, "boat.png": b"a boat"})
    commit("Joan")
    assert judged().verdict == "pass"
    put(repository, {"boat.png": b"another"})
    assert judged().verdict == "block"
    commit("Ana")
    assert judged().verdict == "block", "Joan has not seen it"
    put(repository, {"drafts/a.md": f"{PICTURE}Ahoy.\n"})
    commit("Joan")
    assert judged().verdict == "pass"
    put(repository, {".gitignore": "/drafts/*.png\n", "drafts/boat.png": b"a third, and git does not keep it"})
    commit("Joan")
    assert judged().verdict == "block"


def test_a_picture_that_lies_elsewhere_cannot_be_vouched_for(repository: Path, tmp_path: Path) -> None:
    put(tmp_path.parent, {f"{tmp_path.name}-boat.png": b"a boat"})
    put(repository, {"drafts/a.md": PICTURE.replace("boat.png", str(tmp_path.parent / f"{tmp_path.name}-boat.png"))})
    commit("Joan")
    (reason,) = unchecked(judged())
    assert "outside repository" in reason


def unchecked(result: PostResult) -> list[str]:
    assert (result.verdict, result.findings) == ("unknown", ())
    return [each.reason for each in result.skipped]


def test_while_git_cannot_be_asked_no_approval_has_lapsed(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(repository / "kept"))
    commit("Joan")

    def rechecked() -> tuple[str, list[str], list[str]]:
        main(["recheck", "drafts", "--format", "json"])
        (told,) = json.loads(capsys.readouterr().out)["posts"]
        return told["verdict"], told["changes"], told["lapsed"]

    assert rechecked() == ("pass", ["new"], [])
    with monkeypatch.context() as without:
        without.setenv("PATH", "/nowhere")
        assert rechecked() == ("unknown", ["unsafe"], [])
    assert rechecked() == ("pass", ["safe"], [])


def test_without_git_nothing_is_approved_and_it_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert unchecked(judged()) == ["approvals: git is not installed"]


def test_nor_in_no_repository(desk: Path) -> None:
    config(desk, "git")
    assert unchecked(judged()) == ["approvals: the draft lies in no git repository"]
    result = linter().lint(DRAFT)
    assert unchecked(result) == ["approvals: the draft is no file, so git does not know it"]


def test_nor_in_a_clone_without_the_commit(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit("Ana")
    put(repository, {"notes.txt": "for later"})
    commit("Joan")
    shallow = tmp_path / "shallow"
    git("clone", "-q", "--depth", "1", repository.as_uri(), str(shallow))
    monkeypatch.chdir(shallow)
    (reason,) = unchecked(judged())
    assert "the clone is shallow" in reason


def test_records_may_stand_beside_git(repository: Path) -> None:
    config(repository, "[git, records]")
    commit("Ana")
    assert judged().verdict == "block"
    here = linter()
    (post,) = here.read(PathFile("drafts/a.md"))
    here.approve(post, "Joan")
    assert judged().verdict == "pass"


@pytest.mark.parametrize(
    ("owners", "name", "verdict"),
    [
        ("drafts/ joan@nordvik.example\n", "Joan", "pass"),
        ("*.md @Joan\n", "Joan", "pass"),
        ("*.md @Ana\n", "Joan", "block"),
        ("*.md @Joan\ndrafts/ @ana\n", "Joan", "block"),
        ("drafts/* ben@nordvik.example # him\n", "Ben", "pass"),
    ],
)
def test_code_owners(repository: Path, owners: str, name: str, verdict: str) -> None:
    config(repository, "codeowners")
    put(repository, {".github/CODEOWNERS": owners})
    commit(name)
    assert judged().verdict == verdict


def test_code_owners_that_are_not_committed_prove_nothing(repository: Path) -> None:
    config(repository, "codeowners")
    commit("Joan")
    put(repository, {"CODEOWNERS": "* @Joan\n"})
    (reason,) = unchecked(judged())
    assert reason.startswith("approvals: the repository has no CODEOWNERS")
