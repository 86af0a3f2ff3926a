from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readtheroom.api.drafts import Draft
from readtheroom.api.examples import failures
from readtheroom.api.linter import Linter
from readtheroom.api.run import Run
from readtheroom.cli.main import main
from readtheroom.errors import DraftError
from readtheroom.model import Json, Room
from readtheroom.policy.load import load_policy
from readtheroom.readers._file import PathFile
from tests.office import RULES, put

CALENDAR = """\
  - id: minute
    kind: collision
    severity: error
    message: "same minute as {other}"
    why: One takes the other's readers.
"""
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def draft(number: int, time: str | None = "2026-03-02T12:00:00Z", **more: Json) -> dict[str, Json]:
    return {"id": f"p{number}", "text": f"Words {number}", **({"scheduled_at": time} if time else {}), **more}


@pytest.fixture
def desk(office: Path) -> Path:
    put(office, {"readtheroom.yaml": "extends: [house.yaml]\n", "house.yaml": RULES + CALENDAR})
    return office


def lines(*drafts: dict[str, Json]) -> str:
    return "".join(json.dumps(each) + "\n" for each in drafts)


@pytest.mark.usefixtures("desk")
def test_a_calendar_in_the_library() -> None:
    linter = Linter.from_path("readtheroom.yaml", Room(), NOW)
    drafts = [draft(1), draft(2, None), draft(3, "2026-03-02T13:00:30+01:00"), draft(4, "2026-02-28T12:00:00Z")]
    results = linter.lint_calendar(drafts)
    assert [(each.post.id, each.verdict) for each in results] == [
        ("p1", "pass"),
        ("p2", "pass"),
        ("p3", "block"),
        ("p4", "pass"),
    ]
    (found,) = results[2].findings
    assert (found.rule, found.field, found.message) == ("minute", "scheduled_at", "same minute as p1")
    (other,) = found.evidence
    assert (other.title, other.published_at) == ("p1", datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert [each.verdict for each in linter.lint_many(drafts)] == ["pass"] * 4


@pytest.mark.usefixtures("desk")
def test_what_is_allowed_in_the_draft_is_suppressed() -> None:
    linter = Linter.from_path("readtheroom.yaml", Room(), NOW)
    allow: list[Json] = [{"rule": "minute", "reason": "a pair", "by": "Ada"}]
    _, result = linter.lint_calendar([draft(1), draft(2, allow=allow)])
    assert (result.verdict, result.findings, [each.rule for each in result.suppressed]) == ("pass", (), ["minute"])


def test_posts_of_several_files_are_one_calendar_in_their_order(desk: Path) -> None:
    put(desk, {"a.jsonl": lines(draft(1), draft(2, None)), "b.jsonl": lines(draft(3))})
    run = Run(now=NOW)
    drafts = [Draft(PathFile(path)) for path in ("a.jsonl", "b.jsonl")]
    found = [(each.post.id, [(f.message, f.place) for f in each.findings]) for each in run.lint(drafts)]
    assert found == [("p1", []), ("p2", []), ("p3", [("same minute as p1 (a.jsonl:1)", (1, 50))])]
    assert run.failed


def test_results_go_out_at_once_until_one_is_to_come(desk: Path) -> None:
    put(desk, {"a.jsonl": lines(draft(1, "2026-02-01T12:00:00Z"), draft(2, None), draft(3), draft(4, None))})
    run = Run(now=NOW)
    assert [each.post.id for each in run.lint([Draft(PathFile("a.jsonl"))])] == ["p1", "p2", "p3", "p4"]


def test_a_finding_of_the_calendar_fails_the_run(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(desk, {"a.jsonl": lines(draft(1), draft(2))})
    for form in ("text", "json", "jsonl", "sarif", "github"):
        assert main(["lint", "a.jsonl", "--at", "2026-03-01T00:00:00Z", "--format", form]) == 1
        assert "same minute as p1 (a.jsonl:1)" in capsys.readouterr().out


def test_an_override_decides_for_the_posts_of_its_files(desk: Path) -> None:
    put(
        desk,
        {
            "readtheroom.yaml": "extends: [house.yaml]\noverrides: [{files: [b.jsonl], rules: {minute: off}}]\n",
            "a.jsonl": lines(draft(1)),
            "b.jsonl": lines(draft(2)),
            "c.jsonl": lines(draft(3)),
        },
    )
    drafts = [Draft(PathFile(f"{name}.jsonl")) for name in "abc"]
    found = {each.post.id: [f.message for f in each.findings] for each in Run(now=NOW).lint(drafts)}
    assert found == {"p1": [], "p2": [], "p3": ["same minute as p1 (a.jsonl:1)"]}


def test_the_share_of_promotion_that_a_team_decides_on(office: Path) -> None:
    rules = "rules:\n  promotion-share: {severity: warning, options: {max_share: 0.3, window: 7d}}\n"
    put(office, {"readtheroom.yaml": f"extends: [core]\n{rules}"})
    linter = Linter.from_path("readtheroom.yaml", Room(), NOW)
    texts = [
        "20% off quilts, shop now!",
        "The bread is warm.",
        "Butter and more.",
        "Jam from our plums.",
        "15% off lamps, shop now!",
    ]
    drafts = [draft(n, f"2026-03-0{n}T12:00:00Z", text=text, lang="en") for n, text in enumerate(texts, 2)]
    assert [[each.rule for each in result.findings] for result in linter.lint_calendar(drafts)] == [[]] * 4 + [
        ["promotion-share"]
    ]


def test_examples_of_the_rules_that_core_leaves_off() -> None:
    settings = load_policy().settings
    rules = [each.rule._replace(severity="warning") if each.off else each.rule for each in settings]
    of_calendar = [each for each in rules if each.path.endswith("calendar.yaml")]
    assert len(of_calendar) == 8
    assert list(failures(rules, of_calendar)) == []


@pytest.mark.usefixtures("desk")
def test_the_audit_trail_has_what_the_calendar_says(desk: Path) -> None:
    put(desk, {"readtheroom.yaml": "extends: [house.yaml]\naudit: trail.jsonl\n"})
    put(desk, {"q.jsonl": lines(draft(1), draft(2))})
    run = Run(now=NOW)
    results = list(run.lint([Draft(PathFile("q.jsonl"))]))
    records = [json.loads(line) for line in (desk / "trail.jsonl").read_text("utf-8").splitlines()]
    assert [each["verdict"] for each in records] == [each.verdict for each in results] == ["pass", "block"]
    assert [[each["rule"] for each in record["findings"]] for record in records] == [[], ["minute"]]


@pytest.mark.usefixtures("desk")
def test_policy_says_who_may_accept_what_the_calendar_finds(desk: Path) -> None:
    put(desk, {"readtheroom.yaml": "extends: [house.yaml]\nallow: [{rules: [minute], by: [Ines]}]\n"})
    linter = Linter.from_path("readtheroom.yaml", Room(), NOW)
    mine, other = (
        linter.lint_calendar([draft(1), draft(2, allow=[{"rule": "minute", "reason": "A pair.", "by": by}])])[1]
        for by in ("Ines", "Bo")
    )
    assert (mine.verdict, [each.rule for each in mine.suppressed]) == ("pass", ["minute"])
    assert (other.verdict, [each.rule for each in other.findings]) == ("block", ["minute"])


def test_posts_before_a_draft_that_cannot_be_read_are_judged_beside_each_other(desk: Path) -> None:
    put(desk, {"q.jsonl": lines(draft(1), draft(2)), "r.jsonl": "{\n"})
    results = Run(now=NOW).lint([Draft(PathFile("q.jsonl")), Draft(PathFile("r.jsonl"))])
    assert [next(results).verdict, next(results).verdict] == ["pass", "block"]
    with pytest.raises(DraftError):
        next(results)


@pytest.mark.usefixtures("desk")
def test_what_is_a_little_late_is_still_judged_beside_the_others() -> None:
    drafts = [draft(1, "2026-02-28T23:50:00Z"), draft(2, "2026-02-28T23:50:00Z")]
    late = Linter.from_path("readtheroom.yaml", Room(), NOW)
    assert [each.verdict for each in late.lint_calendar(drafts)] == ["pass", "block"]
    out = Linter.from_path("readtheroom.yaml", Room(), NOW.replace(minute=6))
    assert [each.verdict for each in out.lint_calendar(drafts)] == ["pass", "pass"]


def test_nor_does_a_run_let_go_of_it(desk: Path) -> None:
    put(desk, {"a.jsonl": lines(draft(1, "2026-02-28T23:50:00Z"), draft(2, "2026-02-28T23:50:00Z"))})
    assert [each.verdict for each in Run(now=NOW).lint([Draft(PathFile("a.jsonl"))])] == ["pass", "block"]
