import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.api.linter import Linter
from readtheroom.errors import DraftError, FaultsError, PolicyError, UsageError
from readtheroom.findings import PostResult
from readtheroom.model import Observation, Reason, Room
from tests.office import BOTH, DURING, OFFICE, RULES, put

NOW = datetime.fromisoformat(DURING)
ATTACK = Room(
    (Observation("#Lindental", "tag", "Trends", NOW, reasons=(Reason("Shooting in Lindental"),)),),
)
DRAFTS = ["Better than Globex!", "Do hurry", "Perhaps", "Doors open at nine.", "Off to #Lindental", "hurry, Globex"]


def said(result: PostResult) -> list[tuple[str, str, str, int, int]]:
    return [(each.rule, each.severity, each.field, each.start, each.end) for each in result.findings]


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    folder = tmp_path_factory.mktemp("office")
    put(folder, {**OFFICE, "readtheroom.yaml": BOTH})
    return Linter.from_config(str(folder / "readtheroom.yaml"), room=ATTACK, now=NOW)


@pytest.mark.parametrize(
    ("draft", "verdict", "findings"),
    [
        ("Better than Globex!", "block", [("rival", "error", "text", 12, 18)]),
        ({"text": "x", "title": "Do hurry"}, "warn", [("haste", "warning", "title", 3, 8)]),
        ("Perhaps", "pass", [("doubt", "info", "text", 0, 7)]),
        ("Doors open at nine.", "pass", []),
        ("Off to #Lindental", "block", [("trend", "error", "text", 7, 17)]),
    ],
)
def test_a_verdict(linter: Linter, draft: str, verdict: str, findings: list[tuple[str, str, str, int, int]]) -> None:
    result = linter.lint(draft)
    assert (result.verdict, said(result)) == (verdict, findings)


def test_only_rules_that_run_are_its_rules(linter: Linter) -> None:
    assert [rule.id for rule in linter.rules] == ["rival", "haste", "doubt", "violence", "trend"]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(DRAFTS))
def test_the_order_of_posts_changes_no_verdict(linter: Linter, drafts: list[str]) -> None:
    alone = {draft: linter.lint(draft) for draft in DRAFTS}
    for draft, result in zip(drafts, linter.lint_many(drafts), strict=True):
        assert (result.verdict, said(result)) == (alone[draft].verdict, said(alone[draft]))


def test_posts_are_taken_as_results_are_asked_for(linter: Linter) -> None:
    taken = 0

    def drafts() -> Iterator[str]:
        nonlocal taken
        for taken in range(1, 100_001):
            yield DRAFTS[taken % len(DRAFTS)]

    results = linter.lint_many(drafts())
    assert taken == 0
    for asked in range(1, 6):
        next(results)
        assert taken == asked
    tracemalloc.start()
    for _ in islice(results, 500):
        pass
    before = tracemalloc.get_traced_memory()[0]
    for _ in islice(results, 1_000):
        pass
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert taken == 1_505
    assert grown < 500_000  # a result takes more than a kilobyte, and a thousand went by


def test_posts_without_an_id_are_numbered(linter: Linter) -> None:
    assert [each.post.id for each in linter.lint_many(["x", {"id": "own", "text": "x"}, "x"])] == [
        "post 1",
        "own",
        "post 3",
    ]


def test_after_a_faulty_draft_one_may_go_on(linter: Linter) -> None:
    results = linter.lint_many(["Globex", {"txt": "x"}, "hurry"])
    assert next(results).verdict == "block"
    with pytest.raises(DraftError, match=r"^post 2: unknown key 'txt'"):
        next(results)
    assert next(results).verdict == "warn"
    assert list(results) == []


def test_eight_threads_say_the_same_as_one(office: Path) -> None:
    """Also of overrides, which are compiled while all threads want them."""
    folders = [f"d{number}" for number in range(4)]
    overrides = "".join(f'  - {{files: ["{name}/**"], rules: {{doubt: error}}}}\n' for name in folders)
    put(office, {"readtheroom.yaml": BOTH + "overrides:\n" + overrides})
    linter = Linter.from_config(room=ATTACK, now=NOW)
    posts = [linter.lint(draft).post._replace(path=f"{name}/a.md") for draft in DRAFTS for name in [*folders, "e"]] * 8
    alone = [said(result) for result in Linter.from_config(room=ATTACK, now=NOW).lint_many(posts)]
    with ThreadPoolExecutor(8) as pool:
        assert [said(result) for result in pool.map(linter.lint, posts)] == alone
    assert ("doubt", "error", "text", 0, 7) in {each for some in alone for each in some}
    assert ("doubt", "info", "text", 0, 7) in {each for some in alone for each in some}


def test_a_config_is_found_upward(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (office / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(office / "deep" / "er")
    assert [rule.id for rule in Linter.from_config().rules] == ["rival", "haste", "doubt", "violence"]


@pytest.mark.parametrize("room", ["room.yaml", ["room.yaml"], ["empty.yaml", "room.yaml"]])
def test_rooms_may_be_paths(office: Path, room: str | list[str]) -> None:
    put(office, {"readtheroom.yaml": BOTH, "empty.yaml": "observations: []"})
    result = Linter.from_config(room=room, now=NOW).lint("Off to #Lindental")
    assert [(each.title, each.url) for each in result.findings[0].evidence] == [
        ("Shooting in Lindental", "https://news.example/1")
    ]


def test_a_room_that_is_given_overrides_the_sources_of_the_config(office: Path) -> None:
    put(office, {"readtheroom.yaml": BOTH + "room: {sources: [{kind: file, path: room.yaml}]}\n"})
    assert Linter.from_config(now=NOW).lint("Off to #Lindental").verdict == "block"
    assert Linter.from_config(now=NOW, room=Room()).lint("Off to #Lindental").verdict == "pass"


@pytest.mark.parametrize(
    ("when_unavailable", "verdict", "required"),
    [("ignore", "pass", False), ("warn", "warn", False), ("block", "unknown", True)],
)
def test_where_nobody_looked_it_is_said(office: Path, when_unavailable: str, verdict: str, required: bool) -> None:
    put(office, {"readtheroom.yaml": f"{BOTH}room: {{when_unavailable: {when_unavailable}}}\n"})
    linter = Linter.from_config(now=NOW)
    result = linter.lint("Off to #Lindental")
    assert (result.verdict, result.skipped) == (verdict, (("trend", "no room was given", required),))
    assert linter.lint("Globex").verdict == "block"


def test_a_call_may_require_the_room(office: Path) -> None:
    put(office, {"readtheroom.yaml": f"{BOTH}room: {{when_unavailable: ignore}}\n"})
    result = Linter.from_config(now=NOW, require_room=True).lint("Off to #Lindental")
    assert (result.verdict, result.skipped) == ("unknown", (("trend", "no room was given", True),))


def test_offline_only_files_are_read(office: Path) -> None:
    sources = '[{kind: file, path: room.yaml}, {kind: rss, url: "http://localhost:1/"}]'
    put(office, {"readtheroom.yaml": f"{BOTH}room: {{sources: {sources}}}\n"})
    result = Linter.from_config(now=NOW, offline=True).lint("Off to #Lindental")
    assert (result.verdict, result.skipped) == ("block", (("trend", "rss (localhost): offline", False),))


def test_what_is_talked_about(office: Path) -> None:
    put(office, {"readtheroom.yaml": BOTH})
    (trend,) = Linter.from_config(now=NOW, room="room.yaml").trends()
    assert (trend.term, trend.labels) == ("#Lindental", ("crisis.violence",))
    assert Linter.from_config(now=NOW, room=Room()).trends(("US",)) == []


def test_an_empty_room_counts_as_looked_up(office: Path) -> None:
    put(office, {"readtheroom.yaml": BOTH, "empty.yaml": "observations: []"})
    result = Linter.from_config(room="empty.yaml", now=NOW).lint("Off to #Lindental")
    assert (result.verdict, result.skipped) == ("pass", ())


def test_a_time_of_its_own_is_the_moment_of_a_post(linter: Linter) -> None:
    assert linter.lint({"text": "#Lindental", "scheduled_at": NOW}).verdict == "block"
    result = linter.lint({"text": "#Lindental", "scheduled_at": datetime(2026, 4, 1, tzinfo=UTC)})
    assert (result.findings, [skip.rule for skip in result.skipped]) == ((), ["trend"])


@pytest.mark.usefixtures("office")
def test_the_present_needs_a_time_zone() -> None:
    with pytest.raises(UsageError, match=r"^`now` needs a time zone"):
        Linter.from_config(now=datetime(2026, 3, 1))


def test_overrides_hold_for_their_files_alone(office: Path) -> None:
    put(office, {"readtheroom.yaml": f'{BOTH}overrides: [{{files: ["old/**"], rules: {{rival: off}}}}]\n'})
    put(office, {"old/a.txt": "Globex", "new/a.txt": "Globex"})
    linter = Linter.from_config(room=Room())
    found = {path: [each.verdict for each in linter.lint_file(path)] for path in ("old/a.txt", "new/a.txt")}
    assert found == {"old/a.txt": ["pass"], "new/a.txt": ["block"]}


def test_a_file_is_read_by_its_ending_or_as_it_is_said_to_be(office: Path, linter: Linter) -> None:
    put(office, {"a.jsonl": '{"text": "Globex"}\n{"text": "x"}\n', "b.draft": "Globex"})
    assert [each.verdict for each in linter.lint_file("a.jsonl")] == ["block", "pass"]
    assert [each.verdict for each in linter.lint_file("b.draft", "text")] == ["block"]
    with pytest.raises(UsageError, match=r"^b\.draft: no format is known by this ending"):
        linter.lint_file("b.draft")
    with pytest.raises(UsageError, match=r"^no reader is called 'word'"):
        linter.lint_file("b.draft", "word")


def test_faults_of_overrides_come_when_they_are_prepared_all_of_them(office: Path) -> None:
    every = "{rival: off, haste: off, doubt: off, violence: off}"
    put(office, {"readtheroom.yaml": f'extends: [house.yaml]\noverrides: [{{files: ["old/**"], rules: {every}}}]\n'})
    linter = Linter.from_config()
    linter.prepare(["new/a.txt", "a.txt", ""])
    with pytest.raises(PolicyError, match="no rule is left") as caught:
        linter.prepare(["old/a.txt", "new/a.txt", "old/b.txt"])
    assert len(caught.value.faults) == 1


def test_its_files_are_those_of_policy_and_room(office: Path) -> None:
    accounts = "accounts: [{name: main, handles: {x: main}}]\n"
    house = RULES.replace("terms: [Globex]", "lexicon: words/rivals.txt")
    put(office, {"rules/house.yaml": house, "rules/words/rivals.txt": "Globex\n", "rules/pack.yaml": "name: house\n"})
    put(
        office,
        {
            "accounts.yaml": accounts,
            "readtheroom.yaml": "extends: [rules]\naccounts: accounts.yaml\n"
            "room: {sources: [{kind: file, path: room.yaml}]}\n",
        },
    )
    pack = ["rules/house.yaml", "rules/pack.yaml", "rules/words/rivals.txt"]
    names = ["readtheroom.yaml", "accounts.yaml", "room.yaml", *pack]
    assert Linter.from_config().files == {str(office / name) for name in names}


def test_faults_of_policy_and_room_are_errors_of_ours(office: Path) -> None:
    put(office, {"readtheroom.yaml": BOTH + "extend: [x]\n"})
    with pytest.raises(FaultsError, match=r"^readtheroom\.yaml:2:1: unknown key `extend`"):
        Linter.from_config()
    put(office, {"readtheroom.yaml": BOTH})
    with pytest.raises(FaultsError, match=r"^none\.yaml: no such file$"):
        Linter.from_config(room="none.yaml")
