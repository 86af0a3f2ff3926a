from collections.abc import Sequence
from pathlib import Path

import pytest

from readtheroom.api.drafts import Draft
from readtheroom.api.run import MOST_FAULTS, Run
from readtheroom.errors import DraftError, FaultsError
from readtheroom.findings import Verdict
from readtheroom.readers._file import PathFile, TextFile
from tests.office import BOTH, CONFIG, put


def drafts(*paths: str) -> list[Draft]:
    return [Draft(PathFile(path)) for path in paths]


def verdicts(run: Run, paths: Sequence[str]) -> list[tuple[str, Verdict]]:
    return [(result.post.path, result.verdict) for result in run.lint(drafts(*paths))]


@pytest.fixture
def two_desks(office: Path) -> Path:
    """Below the office's folder another one, with a config that is stricter about haste and fails on it."""
    put(
        office,
        {
            "strict/readtheroom.yaml": "extends: [../house.yaml]\nrules: {haste: error}\n",
            "lax/readtheroom.yaml": "extends: [../house.yaml]\nfail_on: warning\n",
            **dict.fromkeys(["a.txt", "strict/b.txt", "strict/in/c.txt", "lax/d.txt"], "hurry\n"),
        },
    )
    return office


PATHS = ["a.txt", "strict/b.txt", "strict/in/c.txt", "lax/d.txt"]


@pytest.mark.usefixtures("two_desks")
def test_each_draft_is_judged_by_its_nearest_config() -> None:
    expected: list[tuple[str, Verdict]] = [
        ("a.txt", "warn"),
        ("strict/b.txt", "block"),
        ("strict/in/c.txt", "block"),
        ("lax/d.txt", "warn"),
    ]
    assert verdicts(Run(), PATHS) == expected
    assert verdicts(Run(), PATHS[::-1]) == expected[::-1]


@pytest.mark.usefixtures("two_desks")
def test_one_config_may_stand_for_all() -> None:
    assert {verdict for _, verdict in verdicts(Run("strict/readtheroom.yaml"), PATHS)} == {"block"}


@pytest.mark.usefixtures("two_desks")
def test_the_policy_of_the_current_folder() -> None:
    assert Run().linter().policy.config.path == "readtheroom.yaml"
    assert Run().linter("strict/in/new.md").policy.config.path == "strict/readtheroom.yaml"


@pytest.mark.usefixtures("two_desks")
def test_a_config_is_read_once_for_all_folders() -> None:
    run = Run()
    assert run.linter("strict/b.txt") is run.linter("strict/in/c.txt") is run.linter("strict/in/../x.txt")


@pytest.mark.usefixtures("two_desks")
@pytest.mark.parametrize(
    ("paths", "fail_on", "failed"),
    [
        (["a.txt"], None, False),
        (["lax/d.txt"], None, True),
        (["a.txt", "strict/b.txt"], None, True),
        (["strict/b.txt"], "never", False),
        (["a.txt"], "warning", True),
        (["lax/d.txt"], "error", False),
    ],
)
def test_each_config_says_what_fails_unless_the_run_does(paths: list[str], fail_on: str | None, failed: bool) -> None:
    run = Run(fail_on=fail_on)
    assert not run.failed
    verdicts(run, paths)
    assert run.failed is failed


def test_faults_of_all_policies_and_rooms_come_before_any_result(two_desks: Path) -> None:
    put(
        two_desks,
        {
            "strict/readtheroom.yaml": "extends: [../house.yaml]\nextend: core\n",
            "lax/readtheroom.yaml": "extends: [../house.yaml]\nrules: {rivals: off}\n",
            "room.json": "{",
        },
    )
    run = Run(rooms=["room.json", "none.yaml"])
    with pytest.raises(FaultsError) as caught:
        run.prepare(drafts(*PATHS))
    assert [(fault.path, fault.line) for fault in caught.value.faults] == [
        ("room.json", 1),
        ("none.yaml", 0),
        ("strict/readtheroom.yaml", 2),
        ("lax/readtheroom.yaml", 2),
    ]
    with pytest.raises(FaultsError):
        run.linter("a.txt")


def test_two_configs_in_a_folder_are_a_fault(two_desks: Path) -> None:
    put(two_desks, {"lax/.readtheroom.yml": CONFIG})
    with pytest.raises(FaultsError, match=r"stands beside .*lax.readtheroom\.yaml: keep one of them$"):
        Run().prepare(drafts(*PATHS))


def test_overrides_are_compiled_before_any_result(office: Path) -> None:
    every = "{rival: off, haste: off, doubt: off, violence: off}"
    put(office, {"readtheroom.yaml": f'{CONFIG}overrides: [{{files: ["old/**"], rules: {every}}}]\n'})
    run = Run()
    run.prepare(drafts("a.txt"))
    with pytest.raises(FaultsError, match="no rule is left"):
        run.prepare(drafts("a.txt", "old/b.txt"))


def test_faults_of_all_drafts_are_told_and_nothing_is_judged_after_the_first(office: Path) -> None:
    put(office, {"a.txt": "x", "b.yaml": "txt: x\n", "c.txt": "Globex", "d.json": "{", "e.md": "hurry"})
    run = Run()
    results = run.lint(drafts("a.txt", "b.yaml", "c.txt", "d.json", "none.txt", "e.md"))
    assert next(results).post.path == "a.txt"
    with pytest.raises(DraftError) as caught:
        next(results)
    assert [(fault.path, fault.line) for fault in caught.value.faults] == [
        ("b.yaml", 1),
        ("d.json", 1),
        ("none.txt", 0),
    ]
    assert not run.failed


def test_reading_hopeless_drafts_ends(office: Path) -> None:
    many = [Draft(TextFile("{", f"{number}.json"), "json") for number in range(MOST_FAULTS * 2)]
    with pytest.raises(DraftError) as caught:
        list(Run().lint(many))
    assert len(caught.value.faults) == MOST_FAULTS + 1


def test_what_policy_and_room_are_made_of_is_no_draft(office: Path) -> None:
    accounts = "accounts: [{name: main, handles: {x: main}}]\n"
    config = f"{CONFIG}accounts: who.yaml\nroom: {{sources: [{{kind: file, path: room.yaml}}]}}\n"
    put(office, {"readtheroom.yaml": config, "who.yaml": accounts, "other.yaml": "observations: []", "sub/x.yaml": ""})
    run = Run(rooms=["other.yaml"])
    kept = [
        "readtheroom.yaml",
        ".readtheroom.yml",
        "house.yaml",
        "who.yaml",
        "room.yaml",
        "other.yaml",
        "sub/../who.yaml",
    ]
    assert [path for path in kept if not run.keeps(path)] == []
    assert [path for path in ["draft.yaml", "gate.yaml", "sub/x.yaml", "sub/house.yaml"] if run.keeps(path)] == []


def test_whether_a_file_is_policy_needs_no_sound_policy(office: Path) -> None:
    put(office, {"readtheroom.yaml": CONFIG + "extend: core\n"})
    run = Run()
    assert (run.keeps("readtheroom.yaml"), run.keeps("draft.yaml")) == (True, False)
    with pytest.raises(FaultsError, match=r"^readtheroom\.yaml:2:1: unknown key `extend`"):
        run.prepare(drafts("draft.yaml"))


def test_the_rules_of_several_policies_count_once(two_desks: Path) -> None:
    put(two_desks, {"lax/readtheroom.yaml": BOTH.replace("house", "../house").replace("gate", "../gate")})
    run = Run()
    run.prepare(drafts(*PATHS))
    assert sorted(rule.id for rule in run.rules) == ["doubt", "haste", "rival", "trend", "violence"]


@pytest.mark.usefixtures("two_desks")
def test_the_policy_for_a_draft_as_data() -> None:
    shown = Run().effective("strict/b.txt")
    assert isinstance(shown, dict)
    assert shown["config"] == "strict/readtheroom.yaml"
    rules = shown["rules"]
    assert isinstance(rules, dict)
    assert isinstance(rules["haste"], dict)
    assert rules["haste"]["severity"] == "error"
