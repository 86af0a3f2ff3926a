"""Whatever a run reads, several workers give the outcome of one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readtheroom.api.crew import WorkerError
from readtheroom.api.drafts import Draft, gather
from readtheroom.api.run import Run
from readtheroom.api.waiting import light
from readtheroom.errors import DraftError
from readtheroom.findings import PostResult
from readtheroom.readers._file import PathFile
from tests.office import RULES, put

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

NOW = datetime(2026, 3, 1, tzinfo=UTC)
CALENDAR = """\
  - id: minute
    kind: collision
    severity: error
    message: "same minute as {other}"
    why: One takes the other's readers.
"""
PADDING = "Doors open at nine, and the kettle is on. " * 6


@pytest.fixture
def desk(office: Path) -> Path:
    put(office, {"readtheroom.yaml": "extends: [house.yaml]\naudit: trail.jsonl\n", "house.yaml": RULES + CALENDAR})
    for other in ("gate.yaml", "room.yaml"):
        (office / other).unlink()
    return office


def line(number: int, day: int = 1) -> str:
    text = f"{number} {['Hurry', 'Globex', 'Perhaps', 'Fine', ''][number % 5]}! {PADDING}"
    at = f"2026-0{day % 9 + 1}-02T{number % 24:02}:{number % 7:02}:00Z"
    return json.dumps({"id": f"p{number}", "text": text, "scheduled_at": at}) + "\n"


def table(count: int) -> str:
    return "text,id\n" + "".join(f'"{number} Globex\n{PADDING}",c{number}\n' for number in range(count))


def fill(desk: Path) -> None:
    """Small files and big ones, in several formats and folders."""
    (desk / "more").mkdir()
    put(desk, {"more/readtheroom.yaml": "extends: [../house.yaml]\nrules: {haste: error}\n"})
    put(desk, {f"{number:02}.txt": f"{number} perhaps Globex\n" for number in range(40)})
    put(desk, {"c.csv": table(500), "m.jsonl": "".join(line(n, 3) for n in range(700)), "n.txt": "Hurry!"})
    put(desk, {f"more/{number}.md": f"---\nid: m{number}\n---\nGlobex {number}\n" for number in range(20)})
    put(desk, {"z.jsonl": "".join(line(n, n) for n in range(650)), "z.txt": "Globex"})


def lint(paths: list[str], jobs: int) -> tuple[list[PostResult], str]:
    """The results, light, and what is wrong with drafts."""
    run = Run(now=NOW)
    drafts = gather(paths, ("A Globex text",), None, run.keeps, run.is_hold).drafts
    run.prepare(drafts)
    results: list[PostResult] = []
    try:
        results.extend(map(light, run.lint(drafts, jobs)))
    except DraftError as error:
        return results, str(error)
    return results, ""


@pytest.mark.parametrize("jobs", [2, 3, 5])
def test_the_same_results_in_the_same_order(desk: Path, jobs: int) -> None:
    fill(desk)
    alone, faults = lint(["."], 1)
    assert faults == ""
    assert len(alone) == 1 + 40 + 500 + 700 + 1 + 20 + 650 + 1
    assert sum(finding.rule == "minute" for each in alone for finding in each.findings) > 100
    together, _ = lint(["."], jobs)
    assert together == alone


def test_the_same_audit_trail(desk: Path) -> None:
    fill(desk)
    trails = []
    for jobs in (1, 3):
        lint(["."], jobs)
        records = map(json.loads, (desk / "trail.jsonl").read_text("utf-8").splitlines())
        trails.append([{**each, "at": "", "hash": "", "previous": ""} for each in records])
        os.unlink(desk / "trail.jsonl")
        os.unlink(desk / "trail.jsonl.last")
    assert len(trails[0]) > 1000
    assert trails[0] == trails[1]


@pytest.mark.parametrize(
    "broken",
    [
        {"m.jsonl": "".join([*(line(n) for n in range(300)), "{\n", *(line(n) for n in range(400)), "[]\n"])},
        {"07.txt": "", "03.txt": "\x00", "m.jsonl": "{}\n"},
        {"m.jsonl": "".join(line(n) for n in range(400)) + "{}\n" * 500},
        {"c.csv": table(300) + '"open\n', "z.jsonl": "\n" * 70_000},
        {f"{n:02}.txt": "" for n in range(40)} | {f"more/{n}.md": "---\nid: [\n---\n" for n in range(20)},
    ],
)
def test_the_same_faults_and_nothing_is_judged_after_the_first(desk: Path, broken: dict[str, str]) -> None:
    fill(desk)
    put(desk, broken)
    alone = lint(["."], 1)
    assert alone[1]
    assert lint(["."], 3) == alone
    run = Run(now=NOW)
    drafts = gather(["."], (), None, run.keeps, run.is_hold).drafts
    with pytest.raises(DraftError) as caught:
        run.read_through(drafts, 3)
    assert str(caught.value) == alone[1]


def test_a_hopeless_lot_of_drafts_ends_where_it_does_with_one(desk: Path) -> None:
    put(desk, {f"{n:03}.jsonl": "{}\n" * 7 for n in range(100)})
    assert lint(["."], 2) == lint(["."], 1)


def test_a_few_drafts_need_no_other_process(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(desk, {"a.txt": "Globex"})
    monkeypatch.delattr(os, "fork")
    results, _ = lint(["a.txt"], 4)
    assert [each.verdict for each in results] == ["block", "block"]


def test_what_is_read_through_is_not_judged(desk: Path) -> None:
    fill(desk)
    run = Run(now=NOW)
    drafts: tuple[Draft, ...] = gather(["."], (), None, run.keeps, run.is_hold).drafts
    run.read_through(drafts, 2)
    assert not run.failed
    assert not (desk / "trail.jsonl").exists()


class Changing(PathFile):
    """A file that whoever reads it first finds longer than the others do."""

    __slots__ = ()

    def lines(self) -> Iterator[str]:
        try:
            os.close(os.open(f"{self.path}.read", os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return PathFile(f"{self.path}.before").lines()
        return super().lines()


def test_a_file_that_changes_while_it_is_read(desk: Path) -> None:
    put(desk, {"c.csv": table(500), "c.csv.before": table(100)})
    run = Run(now=NOW)
    drafts = [Draft(Changing("c.csv"))]
    run.prepare(drafts)
    with pytest.raises(WorkerError, match=r"^c\.csv: was changed while it was read: lint it again$"):
        list(run.lint(drafts, 2))
