"""The audit trail, as commands and the library write it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from readtheroom import Linter
from tests.checkout import environment
from tests.cli.conftest import Run
from tests.office import BOTH, CONFIG, DURING, put


@pytest.fixture(autouse=True)
def audited(office: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOGNAME", "grace")
    put(office, {"readtheroom.yaml": f"{BOTH}audit: audit.jsonl\n", "d/a.txt": "Better than Globex!"})
    put(office, {"d/b.txt": "Off to #Lindental"})
    return office


def trail() -> list[dict[str, object]]:
    return [json.loads(line) for line in Path("audit.jsonl").read_text("ascii").splitlines()]


def test_every_verdict_is_written(here: Run) -> None:
    assert here("lint", "d", "--room", "room.yaml", "--at", DURING).code == 1
    first, second = trail()
    assert {key: first[key] for key in ("by", "verdict", "judged_for", "findings", "allowed", "not_checked")} == {
        "by": {"user": "grace", "account": None, "author": None},
        "verdict": "block",
        "judged_for": DURING,
        "findings": [{"rule": "rival", "severity": "error", "field": "text", "start": 12, "end": 18}],
        "allowed": [],
        "not_checked": {},
    }
    assert first["room"] == second["room"]
    assert first["rules"] == second["rules"]
    here("recheck", "d", "--room", "room.yaml", "--at", DURING)
    Linter.from_config().lint("Globex")
    assert [each["verdict"] for each in trail()] == ["block", "block", "block", "block", "block"]
    assert trail()[2]["post"] == first["post"]
    assert trail()[4]["room"] != first["room"]
    assert "Globex" not in Path("audit.jsonl").read_text()
    done = here("audit", "verify")
    assert done == (
        0,
        f"audit.jsonl: 5 verdicts, as they were written\nthe last has the hash {trail()[4]['hash']}\n",
        "",
    )
    assert here("audit", "verify", "--known", str(first["hash"])).code == 0


def test_rules_that_change_have_another_hash(here: Run, audited: Path) -> None:
    here("lint", "d")
    put(audited, {"readtheroom.yaml": f"{BOTH}audit: audit.jsonl\nrules: {{haste: error}}\n"})
    here("lint", "d")
    hashes = [str(each["rules"]) for each in trail()]
    assert hashes[0] == hashes[1] != hashes[2] == hashes[3]


def test_what_was_changed_is_found(here: Run) -> None:
    here("lint", "d")
    text = Path("audit.jsonl").read_text()
    Path("audit.jsonl").write_text(text.replace('"block"', '"pass"', 1))
    done = here("audit", "verify", "audit.jsonl")
    assert done == (
        1,
        "audit.jsonl: 2 verdicts, not to be trusted\n",
        "audit.jsonl:1: is not as it was written: the line was changed or cut\n",
    )


def test_it_is_no_draft(here: Run) -> None:
    here("lint", ".", "--room", "room.yaml", "--at", DURING)
    assert len(trail()) == 2
    done = here("lint", "--show-files", ".", "--room", "room.yaml")
    assert done.out == "d/a.txt\nd/b.txt\n"


def test_where_it_cannot_be_written_the_verdict_is_given(here: Run, audited: Path) -> None:
    (audited / "audit.jsonl").mkdir()
    done = here("lint", "d/a.txt")
    told = "audit.jsonl: is a folder, and a trail is a file: a verdict could not be added to the audit trail"
    assert (done.code, done.err) == (2, f"readtheroom: {told}\n")
    assert "d/a.txt:1:13  error  rival  Names a rival: Globex\n" in done.out
    assert here("recheck", "d/a.txt")[::2] == (2, f"readtheroom: {told}\n")
    linter = Linter.from_config()
    with pytest.warns(RuntimeWarning, match=told):
        assert linter.lint("Globex").verdict == "block"
    (audited / "audit.jsonl").rmdir()
    linter.lint("Fine")
    assert [each["verdict"] for each in trail()] == ["block", "warn"]


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no such device")
def test_a_device_is_no_trail(tool: Run, audited: Path) -> None:
    put(audited, {"readtheroom.yaml": f"{BOTH}audit: /dev/null\n"})
    done = tool("lint", "d/a.txt")
    why = "is a device, and a trail is a file: a verdict could not be added to the audit trail"
    assert (done.code, done.err) == (2, f"readtheroom: /dev/null: {why}\n")


@pytest.mark.skipif(sys.platform == "win32", reason="no ulimit")
def test_a_full_disk_is_told_and_the_verdict_is_given(tool: Run, audited: Path) -> None:
    assert tool("lint", "d/b.txt").code == 0
    before = trail()
    command = f"ulimit -f 0; exec {sys.executable} -m readtheroom lint d"
    home = environment(audited / "home")
    done = subprocess.run(["sh", "-c", command], env=home, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (2, "d/a.txt:1:13  error  rival  Names a rival: Globex")
    assert done.stderr == "readtheroom: audit.jsonl: File too large: 2 verdicts could not be added to the audit trail\n"
    assert (trail(), tool("audit", "verify").code) == (before, 0)


def test_several_processes_may_write_at_once(audited: Path, tool: Run) -> None:
    put(audited, {f"many/{n:02}.txt": "Better than Globex!" for n in range(20)})
    command = [sys.executable, "-m", "readtheroom", "lint", "many", "--quiet"]
    home = environment(audited / "home")
    running = [subprocess.Popen(command, env=home, stdout=subprocess.DEVNULL) for _ in range(4)]
    assert [each.wait(60) for each in running] == [1, 1, 1, 1]
    assert [each["n"] for each in trail()] == list(range(1, 81))
    done = tool("audit", "verify")
    assert (done.code, done.out.splitlines()[0]) == (0, "audit.jsonl: 80 verdicts, as they were written")


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ([0, 2, 3], ["audit.jsonl:2: is number 3 where 2 belongs: lines are missing, were added or were moved"]),
        (
            [0, 2, 1, 3],
            [
                "audit.jsonl:2: is number 3 where 2 belongs: lines are missing, were added or were moved",
                "audit.jsonl:3: is number 2 where 4 belongs: lines are missing, were added or were moved",
                "audit.jsonl:4: is number 4 where 3 belongs: lines are missing, were added or were moved",
            ],
        ),
        ([0, 1, 1, 2, 3], ["audit.jsonl:3: is number 2 where 3 belongs: lines are missing, were added or were moved"]),
        ([0, 1], ["audit.jsonl: the end was cut off: 2 lines are missing"]),
        ([], ["audit.jsonl: the end was cut off: 4 lines are missing"]),
    ],
    ids=["gap", "reorder", "added", "cut", "emptied"],
)
def test_what_was_taken_out_moved_or_cut_off_is_found(tool: Run, order: list[int], said: list[str]) -> None:
    tool("lint", "d")
    tool("lint", "d")
    lines = Path("audit.jsonl").read_bytes().splitlines(keepends=True)
    assert len(lines) == 4
    Path("audit.jsonl").write_bytes(b"".join(lines[at] for at in order))
    done = tool("audit", "verify")
    assert (done.code, done.err.splitlines()) == (1, said)


def test_where_none_is_configured(here: Run, audited: Path) -> None:
    put(audited, {"readtheroom.yaml": CONFIG})
    done = here("audit", "verify")
    assert done.code == 2
    assert done.err.startswith("readtheroom: no audit trail is named here: write `audit: FILE`")
    assert '"audit": null' in here("lint", "--show-config").out
    code = "import sys; from readtheroom.cli.main import main; main(['lint', '-q', 'd/b.txt']); print(*sys.modules)"
    command = [sys.executable, "-c", code]
    done_too = subprocess.run(command, env=environment(audited / "home"), capture_output=True, text=True, check=True)
    assert {"readtheroom.api.audit", "readtheroom.api.trail"}.isdisjoint(done_too.stdout.split())
    assert os.listdir("d") == ["a.txt", "b.txt"] or os.listdir("d") == ["b.txt", "a.txt"]
