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
    told = "audit.jsonl: is no file: a verdict could not be added to the audit trail"
    assert (done.code, done.err) == (2, f"readtheroom: {told}\n")
    assert "d/a.txt:1:13  error  rival  Names a rival: Globex\n" in done.out
    assert here("recheck", "d/a.txt")[::2] == (2, f"readtheroom: {told}\n")
    linter = Linter.from_config()
    with pytest.warns(RuntimeWarning, match=told):
        assert linter.lint("Globex").verdict == "block"
    (audited / "audit.jsonl").rmdir()
    linter.lint("Fine")
    assert [each["verdict"] for each in trail()] == ["block", "warn"]


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
