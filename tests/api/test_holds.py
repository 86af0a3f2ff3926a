"""Holds as a linter sees them: now, and when their files change while it runs."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.api import holds as holds_module
from readtheroom.api.drafts import gather
from readtheroom.api.hold_files import Holds
from readtheroom.api.linter import Linter
from readtheroom.api.run import Run
from readtheroom.errors import DraftError, FaultsError, PolicyError, UsageError
from readtheroom.model import Room
from readtheroom.policy.hold_asked import Asked
from tests.office import CONFIG, DURING, FIRE, GUARD, RULES, put

NOW = datetime.fromisoformat(DURING)


@pytest.fixture(autouse=True)
def guarded(office: Path) -> Path:
    put(office, {"house.yaml": RULES + GUARD})
    return office


def linter() -> Linter:
    return Linter.from_config(room=Room(), now=NOW)


def test_without_the_folder_there_are_no_holds() -> None:
    assert linter().holds == ()
    assert linter().lint("Doors open at nine").verdict == "pass"


def test_an_empty_folder_holds_nothing_and_hidden_and_other_files_are_no_holds(guarded: Path) -> None:
    put(
        guarded,
        {"holds/.gitkeep": "", "holds/.fire.yaml": FIRE, "holds/README.md": "Our holds", "holds/old/a.yaml": "["},
    )
    assert linter().holds == ()


@pytest.mark.parametrize("name", ["holds/fire.yaml", "holds/FIRE.YML"])
def test_a_hold_stops_posts_of_its_time(guarded: Path, name: str) -> None:
    put(guarded, {name: FIRE})
    mine = linter()
    assert [each.message for each in mine.lint("Doors").findings] == ["Fire"]
    assert mine.lint({"text": "Doors", "scheduled_at": "2026-03-03T00:00:00Z"}).verdict == "pass"
    assert mine.lint({"text": "Doors", "scheduled_at": "2026-03-02T23:59:59Z"}).verdict == "block"


@pytest.mark.parametrize("key", ["holds: stops", "holds: {folder: stops}"])
def test_the_config_may_name_another_folder(guarded: Path, key: str) -> None:
    put(guarded, {"readtheroom.yaml": f"{CONFIG}{key}\n", "stops/fire.yaml": FIRE, "holds/a.yaml": "["})
    assert [hold.path for hold in linter().holds] == ["stops/fire.yaml"]


def test_times_without_an_offset_are_those_of_the_config(guarded: Path) -> None:
    put(guarded, {"readtheroom.yaml": f"{CONFIG}drafts: {{timezone: Asia/Tokyo}}\n", "holds/fire.yaml": FIRE})
    (hold,) = linter().holds
    assert (hold.start, hold.end) == (
        datetime(2026, 3, 1, 8, tzinfo=UTC),
        datetime(2026, 3, 2, 15, tzinfo=UTC),
    )


def test_a_kept_policy_reads_holds_afresh(guarded: Path) -> None:
    assert linter().lint("Doors").verdict == "pass"
    put(guarded, {"holds/fire.yaml": FIRE})
    assert linter().lint("Doors").verdict == "block"
    put(guarded, {"holds/fire.yaml": FIRE.replace("03-02", "03-01T09:00Z")})
    assert linter().lint("Doors").verdict == "pass"


def test_holds_of_a_saved_room_count_besides(guarded: Path) -> None:
    put(guarded, {"holds/fire.yaml": FIRE})
    run = Run(None, [], NOW)
    run.linter()
    (saved,) = run.rooms.values()
    assert [hold.reason for hold in saved.holds] == ["Fire"]
    os.remove("holds/fire.yaml")
    assert Linter.from_config(room=saved, now=NOW).lint("Doors").verdict == "block"


# --- while it runs ---


def test_a_linter_sees_holds_that_start_and_end_while_it_runs() -> None:
    mine = linter()
    verdicts = [mine.lint("Doors").verdict]
    for _ in range(3):
        hold = Holds().start(Asked("Fire", "Ada", start=DURING), NOW)
        verdicts.append(mine.lint("Doors").verdict)
        Holds().end(hold.id, "Ada", NOW)
        verdicts.append(mine.lint("Doors").verdict)
    os.rename("holds", "gone")
    verdicts.append(mine.lint("Doors").verdict)
    assert verdicts == ["pass", *["block", "pass"] * 3, "pass"]


def test_a_file_that_is_edited_in_place_counts_when_files_are_next_looked_at(
    guarded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(guarded, {"holds/fire.yaml": FIRE})
    for path in ("holds/fire.yaml", "holds"):
        os.utime(path, (1, 1))
    monkeypatch.setattr(holds_module, "AGAIN_AFTER", 0.0)
    mine = linter()
    assert mine.lint("Doors").verdict == "block"
    put(guarded, {"holds/fire.yaml": FIRE.replace("08:00", "18:00")})
    assert mine.lint("Doors").verdict == "pass"


def test_what_does_not_change_is_not_read_again(guarded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(guarded, {"holds/fire.yaml": FIRE})
    for path in ("holds/fire.yaml", "holds"):
        os.utime(path, (1, 1))
    monkeypatch.setattr(holds_module, "AGAIN_AFTER", 0.0)
    mine = linter()
    first = mine.holds
    mine.lint("Doors")
    assert mine.holds[0] is first[0]


def test_a_hold_that_is_broken_while_it_runs_stops_the_linter(guarded: Path) -> None:
    mine = linter()
    put(guarded, {"holds/fire.yaml": "reson: Fire\n"})
    with pytest.raises(PolicyError, match=r"^holds/fire\.yaml:1:1: a hold needs the key `reason`\n"):
        mine.lint("Doors")
    put(guarded, {"holds/fire.yaml": FIRE})
    assert mine.lint("Doors").verdict == "block"


def test_eight_threads_see_a_hold_once_it_is_there() -> None:
    mine = linter()
    started = Event()

    def judge(_: int) -> tuple[bool, str]:
        known = started.is_set()
        return known, mine.lint("Doors").verdict

    with ThreadPoolExecutor(8) as pool:
        before = pool.map(judge, range(200))
        Holds().start(Asked("Fire", "Ada", start=DURING), NOW)
        started.set()
        after = pool.map(judge, range(200))
        found = [*before, *after]
    assert {verdict for known, verdict in found if known} == {"block"}
    assert {verdict for _, verdict in found} <= {"block", "pass"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_in_which_holds_were_written_changes_no_verdict(guarded: Path, names: list[str]) -> None:
    texts = {
        "a": FIRE,
        "b": FIRE.replace("Fire", "Flood").replace("08:00", "07:00"),
        "c": FIRE.replace("03-02", "03-01T09:00Z"),
        "d": FIRE.replace("Fire", "Storm") + "scope: {region: FR}\n",
    }
    for name in texts:
        Path(f"holds/{name}.yaml").unlink(missing_ok=True)
    for name in names:
        put(guarded, {f"holds/{name}.yaml": texts[name]})
    found = linter().lint({"text": "Doors", "audience": "US"}).findings
    assert [(each.message, [one.title for one in each.evidence]) for each in found] == [("Flood", ["Flood", "Fire"])]


# --- what cannot be read ---


def test_faults_of_all_holds_are_told_before_anything_is_judged(guarded: Path) -> None:
    put(guarded, {"holds/a.yaml": "reason: [", "holds/b.yaml": "[]", "a.txt": "Globex", "c.txt": "hurry"})
    run = Run(None, [], NOW)
    drafts = gather(["a.txt", "c.txt"], (), None, run.keeps, run.is_hold).drafts
    with pytest.raises(FaultsError) as caught:
        run.prepare(drafts)
    assert [fault.path for fault in caught.value.faults] == ["holds/a.yaml", "holds/b.yaml"]


def test_too_many_holds(guarded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(guarded, {f"holds/{number}.yaml": FIRE for number in range(3)})
    monkeypatch.setattr(holds_module, "MOST_FILES", 2)
    with pytest.raises(PolicyError, match=r"^holds: holds more than 2 files: move those that have ended elsewhere$"):
        linter()


def test_a_folder_that_is_a_file(guarded: Path) -> None:
    put(guarded, {"holds": "x"})
    with pytest.raises(PolicyError, match=r"^holds: the holds cannot be read: Not a directory$"):
        linter()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_pipe_is_not_waited_for(guarded: Path) -> None:
    put(guarded, {"holds/fire.yaml": FIRE})
    os.mkfifo("holds/pipe.yaml")
    os.symlink("nowhere", "holds/link.yaml")
    with pytest.raises(PolicyError, match=r"^holds/pipe\.yaml: is no file: a hold is a text in YAML$"):
        linter()
    os.remove("holds/pipe.yaml")
    with pytest.raises(PolicyError, match=r"^holds/link\.yaml: no such file$"):
        linter()


# --- hold files are no drafts ---


def test_hold_files_are_never_taken_for_drafts(guarded: Path) -> None:
    put(guarded, {"holds/fire.yaml": FIRE, "holds/README.md": "Our holds", "a.md": "Doors"})
    run = Run(None, [], NOW)
    found = gather(["a.md", "holds/fire.yaml"], (), None, run.keeps, run.is_hold)
    assert [draft.file.path for draft in found.drafts] == ["a.md"]
    names = {draft.file.path for draft in gather(["."], (), None, run.keeps, run.is_hold).drafts}
    assert names & {"a.md", "holds/fire.yaml"} == {"a.md"}
    for paths in (["holds/fire.yaml"], ["./holds/../holds/fire.yaml"], ["holds/*.yaml"]):
        assert gather(paths, (), None, run.keeps, run.is_hold).drafts == ()
    os.remove("holds/fire.yaml")
    os.remove("holds/README.md")
    with pytest.raises(UsageError, match="no drafts in holds"):
        gather(["holds"], (), None, run.keeps, run.is_hold)


def test_a_hold_that_lies_elsewhere_is_no_draft_either(guarded: Path) -> None:
    put(guarded, {"old/fire.yaml": FIRE})
    with pytest.raises(
        DraftError, match=r"^old/fire\.yaml:1:1: is a hold of readtheroom \(it has 'reason'\), not a draft"
    ):
        list(linter().lint_file("old/fire.yaml"))


# --- what a hold lacks ---


def test_a_hold_without_end_or_owner_is_told_once_of_its_file(guarded: Path) -> None:
    put(guarded, {"holds/fire.yaml": "reason: Fire\nstart: 2026-03-05T08:00Z\n", "holds/b.yaml": FIRE})
    put(guarded, {"holds/old.yaml": "reason: Old\nstart: 2026-01-05T08:00Z\nend: 2026-01-06\n", "a.txt": "Doors"})
    run = Run(None, [], NOW, "warning")
    drafts = gather(["a.txt"], ["Doors"], None, run.keeps, run.is_hold).drafts
    results = [*run.lint(drafts)]
    assert [(each.post.path, each.verdict) for each in results] == [
        ("text", "block"),
        ("a.txt", "block"),
        ("holds/fire.yaml", "warn"),
    ]
    assert [(each.rule, each.severity, each.message, each.field, each.place) for each in results[-1].findings] == [
        ("endless", "warning", "no end: Fire", "end", (1, 1)),
        ("ownerless", "info", "no owner: Fire", "owner", (1, 1)),
    ]
    assert results[-1].skipped == ()


def test_what_is_told_of_holds_is_policy(guarded: Path) -> None:
    put(guarded, {"holds/fire.yaml": "reason: Fire\nstart: 2026-03-01T08:00Z\n"})
    rules = "rules: {ownerless: off, endless: error}\n"
    override = 'overrides: [{files: ["holds/**"], rules: {endless: info}}]\n'
    for more, expected in (
        (rules, ["error"]),
        (rules + override, ["info"]),
        ("rules: {ownerless: off, endless: off}", []),
    ):
        put(guarded, {"readtheroom.yaml": CONFIG + more})
        found = [finding.severity for result in linter().lint_holds() for finding in result.findings]
        assert found == expected


def test_it_may_fail_a_run_that_has_no_draft(guarded: Path) -> None:
    put(guarded, {"holds/fire.yaml": "reason: Fire\nstart: 2026-03-01T08:00Z\n"})
    run = Run(None, [], NOW, "warning")
    drafts = gather(["holds/fire.yaml"], (), None, run.keeps, run.is_hold).drafts
    run.prepare(drafts)
    assert [result.verdict for result in run.lint(drafts)] == ["warn"]
    assert run.failed


# --- files ---


def test_nothing_is_overwritten() -> None:
    made = [Holds().start(Asked("Fire", "Ada"), NOW) for _ in range(3)]
    assert [hold.path for hold in made] == ["holds/fire.yaml", "holds/fire-2.yaml", "holds/fire-3.yaml"]
    assert sorted(os.listdir("holds")) == ["fire-2.yaml", "fire-3.yaml", "fire.yaml"]
    assert set(linter().holds) == set(made)


def test_nor_is_another_spelling_of_its_name(guarded: Path) -> None:
    put(guarded, {"holds/FIRE.yml": FIRE})
    assert Holds().start(Asked("Fire"), NOW).path == "holds/fire-2.yaml"


def test_many_may_start_holds_at_once() -> None:
    holds = Holds()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: holds.start(Asked("Fire", "Ada"), NOW).path, range(24)))
    assert len(set(made)) == 24
    assert sorted(f"holds/{name}" for name in os.listdir("holds")) == sorted(made)


def test_it_can_be_read_with_the_times_of_its_zone(guarded: Path) -> None:
    put(guarded, {"readtheroom.yaml": f"{CONFIG}drafts: {{timezone: Europe/Paris}}\n"})
    hold = Holds().start(Asked("Fire", "Ada", start="2026-03-29 01:30", until="2h"), NOW)
    written = Path(hold.path).read_text()
    assert "start: 2026-03-29T01:30:00+01:00\nend: 2026-03-29T04:30:00+02:00\n" in written
    assert linter().holds == (hold,)


def test_to_end_a_hold_keeps_all_else(guarded: Path) -> None:
    before = "# asked for\r\nreason: Fire # in town\r\nstart: 2026-03-01T08:00Z\r\nend: 2026-04-01\r\nx-a: {b: [1]}\r\n"
    put(guarded, {"holds/fire.yaml": b"\xef\xbb\xbf" + before.encode()})
    os.chmod("holds/fire.yaml", 0o640)
    hold = Holds().end("fire", "Bo", NOW + timedelta(milliseconds=5))
    assert (hold.end, hold.ended_at, hold.ended_by) == (NOW, NOW + timedelta(milliseconds=5), "Bo")
    changed = before.replace("end: 2026-04-01", "end: 2026-03-01T10:00:00Z")
    ended = "ended_at: 2026-03-01T10:00:00.005Z\r\nended_by: Bo\r\n"
    assert Path("holds/fire.yaml").read_bytes() == b"\xef\xbb\xbf" + (changed + ended).encode()
    assert os.stat("holds/fire.yaml").st_mode & 0o777 == 0o640
    assert os.listdir("holds") == ["fire.yaml"]


def test_one_that_is_to_come_never_begins(guarded: Path) -> None:
    hold = Holds().start(Asked("Fire", "Ada", start="2026-04-01 10:00"), NOW)
    ended = Holds().end("holds/fire.yaml", "Bo", NOW)
    assert (ended.end, ended.ended_at) == (hold.start, NOW)
    assert not ended.stands(hold.start)
    assert Holds().end("fire", "Eve", NOW + timedelta(hours=1)) == ended


def test_one_that_has_ended_stays_as_it_is(guarded: Path) -> None:
    put(guarded, {"holds/fire.yaml": FIRE.replace("03-02", "02-28T10:00Z").replace("2026-03-01", "2026-02-01")})
    before = Path("holds/fire.yaml").read_bytes()
    Holds().end("fire", "Bo", NOW)
    assert Path("holds/fire.yaml").read_bytes() == before


def test_a_link_stays_a_link(guarded: Path) -> None:
    put(guarded, {"real/fire.yaml": FIRE, "holds/a.txt": ""})
    os.symlink("../real/fire.yaml", "holds/fire.yaml")
    Holds().end("fire", "Bo", NOW)
    assert os.path.islink("holds/fire.yaml")
    assert "ended_by: Bo" in Path("real/fire.yaml").read_text()
    assert os.listdir("real") == ["fire.yaml"]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("fires", r"no hold in holds is called 'fires' – did you mean 'fire'\?"),
        ("../readtheroom", "no hold in holds is called 'readtheroom'"),
        ("flood", r"'flood' may be flood\.yaml or flood\.yml: name the file"),
    ],
)
def test_a_hold_that_is_not_there(guarded: Path, named: str, expected: str) -> None:
    put(guarded, {"holds/fire.yaml": FIRE, "holds/flood.yaml": FIRE, "holds/flood.yml": FIRE})
    with pytest.raises(UsageError, match=expected):
        Holds().end(named, "Bo", NOW)


def test_one_that_cannot_be_read_is_not_touched(guarded: Path) -> None:
    put(guarded, {"holds/fire.yaml": "reason: ["})
    with pytest.raises(FaultsError, match=r"^holds/fire\.yaml:1:10: not valid YAML"):
        Holds().end("fire", "Bo", NOW)
    assert Path("holds/fire.yaml").read_text() == "reason: ["


def test_without_a_config_there_is_no_place_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bare").mkdir()
    os.remove("readtheroom.yaml")
    monkeypatch.chdir(tmp_path / "bare")
    with pytest.raises(UsageError, match=r"^no readtheroom\.yaml here or above"):
        Holds()


def test_where_no_rule_minds_holds_none_is_started(guarded: Path) -> None:
    put(guarded, {"readtheroom.yaml": f"{CONFIG}rules: {{stop: off}}\n"})
    with pytest.raises(UsageError, match="no rule here stops posts while a hold stands"):
        Holds().start(Asked("Fire"), NOW)
    assert not os.path.exists("holds")


# --- what it costs ---


@pytest.mark.parametrize(("name", "loaded"), [("holds/.gitkeep", "False"), ("holds/fire.yaml", "True")])
def test_yaml_is_loaded_only_where_there_are_holds(guarded: Path, name: str, loaded: str) -> None:
    put(guarded, {name: FIRE, "a.txt": "Doors"})
    code = "import sys; from readtheroom.cli.main import main; main(['lint', 'a.txt']); print('yaml' in sys.modules)"
    for _ in range(2):  # the first keeps the policy
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split()[-1] == loaded


def test_a_check_just_before_the_end_is_older(guarded: Path) -> None:
    put(guarded, {"holds/fire.yaml": FIRE})
    now = NOW + timedelta(microseconds=934_201)
    ended = Holds().end("fire", "Bo", now)
    assert (ended.end, ended.ended_at) == (NOW, NOW + timedelta(milliseconds=935))
    assert ended.is_over(now)
    assert Holds().end("fire", "Ada", now + timedelta(seconds=5)) == ended
