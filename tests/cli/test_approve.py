"""`readtheroom approve`, and what `lint` makes of its records."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.office import put

RULES = """\
rules:
  - id: needed
    kind: accounts
    severity: error
    message: "needs {approvers}, has {value}"
    why: So.
    options: {check: approver}
  - {id: changed, kind: approval, severity: warning, message: "{by}: {changed}", why: So., options: {check: changed}}
  - {id: expired, kind: approval, severity: warning, message: "{by} until {until}", why: So., options: {check: expired}}
"""
CONFIG = "extends: [house.yaml]\naccounts: accounts.yaml\n"
RECORDS = "approvals: {from: records}\n"
ACCOUNTS = "accounts: [{name: Nordvik, handles: {x: nordvik}, approvers: [Joan, Ben]}]\n"
DRAFT = "---\naccount: Nordvik\nplatforms: [x]\n---\nDoors open at nine.\n"
QUEUE = "id,text,account\na,Doors open at nine.,Nordvik\nb,Doors open at ten.,Nordvik\n"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {"readtheroom.yaml": CONFIG + RECORDS, "house.yaml": RULES, "accounts.yaml": ACCOUNTS}
    put(tmp_path, {**files, "drafts/a.md": DRAFT, "queue.csv": QUEUE})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(here: Run, *paths: str) -> list[str]:
    """Rule and message of what is found."""
    plain = json.loads(here("lint", *paths, "--format", "json").out)
    return [f"{each['rule']}: {each['message']}" for post in plain["posts"] for each in post["findings"]]


def test_a_record_is_written_and_counts(here: Run, desk: Path) -> None:
    assert said(here, "drafts") == ["needed: needs Joan, Ben, has nobody"]
    done = here("approve", "drafts/a.md", "--as", "joan")
    (made,) = (desk / "approvals").iterdir()
    assert done.out == f"written  approvals/{made.name}\n  joan approves drafts/a.md as it is\n"
    assert (done.code, done.err, made.name[:7]) == (0, "", "a-joan-")
    assert said(here, "drafts") == []


def test_the_same_again_writes_nothing(here: Run, desk: Path) -> None:
    assert here("approve", "drafts/a.md", "--as", "joan").code == 0
    before = {path.name: path.read_bytes() for path in (desk / "approvals").iterdir()}
    done = here("approve", "drafts/a.md", "--as", "joan")
    assert (done.code, done.err) == (0, "")
    assert {path.name: path.read_bytes() for path in (desk / "approvals").iterdir()} == before


def test_nothing_is_overwritten(here: Run, desk: Path) -> None:
    assert here("approve", "drafts/a.md", "--as", "joan").code == 0
    (made,) = (desk / "approvals").iterdir()
    made.write_text(made.read_text().replace('"joan"', '"Ben"'))
    first = made.read_bytes()
    assert here("approve", "drafts/a.md", "--as", "joan").code == 0
    assert made.read_bytes() == first
    assert len(list((desk / "approvals").iterdir())) == 2


def test_a_change_to_what_would_be_published_voids_it_and_is_told(here: Run, desk: Path) -> None:
    assert here("approve", "drafts/a.md", "--as", "joan").code == 0
    put(desk, {"drafts/a.md": DRAFT.replace("[x]", "[x, mastodon]").replace("nine", "ten")})
    assert said(here, "drafts") == ["changed: joan: platforms, text", "needed: needs Joan, Ben, has nobody"]
    assert here("approve", "drafts/a.md", "--as", "joan").code == 0
    assert said(here, "drafts") == []


def test_a_change_elsewhere_does_not(here: Run, desk: Path) -> None:
    assert here("approve", "drafts/a.md", "--as", "joan").code == 0
    put(desk, {"drafts/a.md": DRAFT.replace("platforms", "x-note: ask Ben\nauthor: ana\nplatforms")})
    assert said(here, "drafts") == []


def test_nor_does_another_name_of_the_file(here: Run, desk: Path) -> None:
    assert here("approve", "drafts/a.md", "--as", "joan").code == 0
    (desk / "drafts/a.md").rename(desk / "drafts/b.md")
    assert said(here, "drafts") == []


def test_an_expired_one_is_told(here: Run, desk: Path) -> None:
    assert here("approve", "drafts/a.md", "--as", "joan", "--until", "2d").code == 0
    assert said(here, "drafts") == []
    put(desk, {"drafts/a.md": DRAFT.replace("platforms", "scheduled_at: 2100-01-01T09:00:00Z\nplatforms")})
    first, second = said(here, "drafts")
    assert first.startswith("expired: joan until 2")
    assert second == "needed: needs Joan, Ben, has nobody"


def test_a_name_alone_does_not_say_what_was_approved(here: Run, desk: Path) -> None:
    put(desk, {"drafts/a.md": DRAFT.replace("platforms", "approved_by: joan\nplatforms")})
    alone = ["needed: needs Joan, Ben, has nobody (joan: a name alone does not say what was approved)"]
    for proofs in ("", RECORDS, "approvals: {from: draft}\n"):
        put(desk, {"readtheroom.yaml": CONFIG + proofs})
        assert said(here, "drafts") == alone
    put(desk, {"readtheroom.yaml": CONFIG + "approvals: {from: [names, records]}\n"})
    assert said(here, "drafts") == []


def test_an_approval_in_the_draft_counts_for_what_was_read(here: Run, desk: Path) -> None:
    put(desk, {"readtheroom.yaml": CONFIG})
    done = here("approve", "drafts/a.md", "--as", "joan", "--until", "2d", "--print")
    first, line = done.out.splitlines()
    assert (done.code, first, line[:21], (desk / "approvals").exists()) == (
        0, "# drafts/a.md", 'approved_by: ["joan a', False
    )  # fmt: skip
    approved = DRAFT.replace("platforms", f"{line}\nplatforms")
    put(desk, {"drafts/a.md": approved})
    assert said(here, "drafts") == []
    put(desk, {"drafts/a.md": approved.replace("platforms", "x-note: ask Ben\nauthor: ana\nplatforms")})
    assert said(here, "drafts") == []
    put(desk, {"drafts/a.md": approved.replace("nine", "ten")})
    assert said(here, "drafts") == ["changed: joan: what is published", "needed: needs Joan, Ben, has nobody"]
    put(desk, {"drafts/a.md": approved.replace("platforms", "scheduled_at: 2100-01-01T09:00:00Z\nplatforms")})
    assert [each.split(" until")[0] for each in said(here, "drafts")] == [
        "expired: joan", "needed: needs Joan, Ben, has nobody"
    ]  # fmt: skip


def test_so_it_does_in_a_table(here: Run, desk: Path) -> None:
    put(desk, {"readtheroom.yaml": CONFIG})
    line = here("approve", "queue.csv", "--as", "Ben", "--post", "b", "--print").out.splitlines()[1]
    words = line.removeprefix('approved_by: ["').removesuffix('"]')
    rows = QUEUE.replace(",account", ",account,approved_by").replace("ten.,Nordvik", f"ten.,Nordvik,{words}")
    put(desk, {"queue.csv": rows.replace("nine.,Nordvik", f"nine.,Nordvik,{words}")})
    assert said(here, "queue.csv") == ["changed: Ben: what is published", "needed: needs Joan, Ben, has nobody"]


def test_where_drafts_do_not_count_that_is_said(here: Run, desk: Path) -> None:
    done = here("approve", "drafts/a.md", "--as", "Ben", "--print")
    assert done.out.endswith("note: policy takes no approvals in drafts here (approvals: {from: [records]})\n")


def test_by_default_a_record_counts_too(here: Run, desk: Path) -> None:
    put(desk, {"readtheroom.yaml": CONFIG})
    assert here("approve", "drafts/a.md", "--as", "Ben").code == 0
    assert said(here, "drafts") == []


def test_where_records_do_not_count_that_is_said(here: Run, desk: Path) -> None:
    put(desk, {"readtheroom.yaml": CONFIG + "approvals: {from: draft}\n"})
    done = here("approve", "drafts/a.md", "--as", "Ben")
    assert done.out.endswith("note: policy takes no records here (approvals: {from: [draft]})\n")


def test_of_several_posts_one_must_be_named(here: Run) -> None:
    done = here("approve", "queue.csv", "--as", "Ben")
    said_so = "2 posts are in it: name those to approve with --post (a, b), or say --all"
    assert (done.code, done.out, done.err) == (2, "", f"readtheroom: {said_so}\n")
    assert here("approve", "queue.csv", "--as", "Ben", "--post", "c").err.endswith("'c'; there are a, b\n")
    assert here("approve", "queue.csv", "--as", "Ben", "--post", "b").code == 0
    assert said(here, "queue.csv") == ["needed: needs Joan, Ben, has nobody"]
    assert here("approve", "queue.csv", "--as", "Ben", "--all").code == 0
    assert said(here, "queue.csv") == []


def test_records_are_no_drafts(here: Run, desk: Path) -> None:
    assert here("approve", "drafts/a.md", "--as", "joan").code == 0
    (made,) = (desk / "approvals").iterdir()
    assert here("lint", ".", "--show-files").out == "queue.csv\ndrafts/a.md\n"
    done = here("lint", f"approvals/{made.name}")
    assert (done.code, done.err) == (0, "")
    assert "on 0 posts" in done.out


@pytest.mark.parametrize(
    ("options", "said_so"),
    [
        (["--as", "jon"], "'jon' may not approve for Nordvik – did you mean 'Joan'?"),
        (["--as", " "], "whoever approves needs a name of 1 to 200 letters that can be shown"),
        (["--as", "a\x1b[31m"], "whoever approves needs a name of 1 to 200 letters that can be shown"),
        (["--as", "Ben", "--until", "2020-01-01"], "an approval until 2020-01-01 23:59 would be over already"),
        (
            ["--as", "Ben", "--until", "soon"],
            "--until: 'soon' is no date and time: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00",
        ),
    ],
)
def test_what_cannot_be_written_is_told(here: Run, desk: Path, options: list[str], said_so: str) -> None:
    done = here("approve", "drafts/a.md", *options)
    assert (done.code, done.out, done.err) == (2, "", f"readtheroom: {said_so}\n")
    assert not (desk / "approvals").exists()


def test_without_a_config_there_is_nowhere_to_keep_it(here: Run, desk: Path) -> None:
    (desk / "readtheroom.yaml").unlink()
    done = here("approve", "drafts/a.md", "--as", "Ben")
    assert done.code == 2
    assert done.err.startswith("readtheroom: no readtheroom.yaml here or above")


def test_faults_of_records_stop_the_run_all_at_once(here: Run, desk: Path) -> None:
    put(desk, {"approvals/a.json": "{", "approvals/b.json": '{"by": "Bo",\n "hash": "x"}', "approvals/note.txt": "hi"})
    done = here("lint", "drafts")
    assert (done.code, done.out) == (2, "")
    assert [line.partition(": ")[0] for line in done.err.splitlines()] == [
        "approvals/a.json:1:2",
        "approvals/b.json:1:1",
        "approvals/b.json:2:10",
    ]


def test_a_process_of_its_own(tool: Run) -> None:
    assert tool("lint", "drafts").code == 1
    assert tool("approve", "drafts/a.md", "--as", "Ben").code == 0
    assert tool("lint", "drafts").code == 0


def test_another_picture_of_the_same_name_voids_it(here: Run, desk: Path) -> None:
    post = "---\naccount: Nordvik\nplatforms: [x]\nmedia: [a.png, shared/b.png, https://pictures.example/c.png]\n---\nTea\n"
    put(desk, {"drafts/a.md": post, "drafts/a.png": b"tea", "shared/b.png": b"cups"})
    assert here("approve", "drafts/a.md", "--as", "Joan").code == 0
    assert said(here, "drafts") == []
    put(desk, {"drafts/a.png": b"gin"})
    assert said(here, "drafts") == ["changed: Joan: what is in a.png", "needed: needs Joan, Ben, has nobody"]
    put(desk, {"drafts/a.png": b"tea"})
    assert said(here, "drafts") == []
    (desk / "shared/b.png").unlink()
    assert said(here, "drafts")[0] == "changed: Joan: what is in shared/b.png"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_picture_that_is_no_file_is_not_waited_for(here: Run, desk: Path) -> None:
    put(desk, {"drafts/a.md": DRAFT.replace("---\nDoors", "media: [a.png, drafts]\n---\nDoors")})
    os.mkfifo(desk / "drafts/a.png")
    assert here("approve", "drafts/a.md", "--as", "Joan").code == 0
    assert said(here, "drafts") == []
