import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.office import BOTH, CONFIG, DURING, ROOM, put

ROOM_JSON = (
    '{"observations": [{"term": "#Valmont", "observed_at": "2026-03-01T09:00:00Z",'
    ' "reasons": [{"title": "Shooting in Valmont"}]}]}'
)
HISTORY = """\
{"term": "#Lindental", "observed_at": "2026-03-01T09:00:00Z", "reasons": [{"title": "Shooting in Lindental"}]}
{"term": "#Lindental", "observed_at": "2026-06-01T09:00:00Z", "reasons": [{"title": "Spring in Lindental"}]}
"""


@pytest.fixture(autouse=True)
def _desk(office: Path) -> None:
    put(office, {"bad.txt": "Better than Globex!\n", "good.txt": "Doors open at nine.\n", "haste.md": "Do hurry\n"})


def gated(more: str = "") -> None:
    """From here on, rules read the room."""
    put(Path(), {"readtheroom.yaml": BOTH + more})


def verdicts(out: str) -> list[tuple[str, str]]:
    return [(post["path"], post["verdict"]) for post in json.loads(out)["posts"]]


# --- exit codes, in a process of its own ---


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["good.txt"], 0),
        (["good.txt", "bad.txt"], 1),
        (["haste.md"], 0),
        (["--fail-on", "warning", "haste.md"], 1),
        (["--fail-on", "never", "bad.txt"], 0),
        (["none.txt"], 2),
        (["--no-such-option"], 2),
        ([], 2),
    ],
)
def test_exit_codes(tool: Run, args: list[str], code: int) -> None:
    done = tool("lint", *args)
    assert done.code == code
    assert bool(done.out) is (code != 2)
    assert len(done.err.splitlines()) == (1 if code == 2 else 0)


def test_a_check_that_policy_requires_and_nobody_made(tool: Run) -> None:
    gated("room: {when_unavailable: block}\n")
    assert tool("lint", "good.txt").code == 3
    assert tool("lint", "good.txt", "bad.txt").code == 1
    assert tool("lint", "good.txt", "--room", "room.yaml", "--at", DURING).code == 0


def test_the_whole_output_of_a_finding(tool: Run) -> None:
    assert tool("lint", "bad.txt") == (
        1,
        (
            "bad.txt:1:13  error  rival  Names a rival: Globex\n"
            "  Better than Globex!\n"
            "              ^^^^^^\n"
            "\n"
            "1 blocked, 0 warned, 0 passed – 4 rules on 1 post\n"
        ),
        "",
    )


def test_standard_input(tool: Run) -> None:
    assert tool("lint", "-", stdin=b"Globex").out.startswith("<stdin>:1:1  error  rival")
    line = b'{"text": "fine"}\n{"text": "Globex"}\n'
    assert tool("lint", "-", "--stdin-filename", "d/a.jsonl", stdin=line).out.startswith("d/a.jsonl:2:11  error  rival")


def test_colour_is_for_terminals_and_those_who_ask(tool: Run) -> None:
    assert "\x1b[" not in tool("lint", "bad.txt").out
    assert "\x1b[" in tool("lint", "bad.txt", "--color", "always").out
    assert "\x1b[" in tool("lint", "bad.txt", "--color", "always", NO_COLOR="1").out


@pytest.mark.parametrize(
    ("variables", "colored"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_at_a_terminal(
    here: Run, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], colored: bool
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in here("lint", "bad.txt").out) is colored


def test_the_locale_of_a_process_does_not_matter(tool: Run) -> None:
    put(Path(), {"ü.txt": "Καλημέρα Globex 😀"})
    done = tool("lint", "ü.txt", LC_ALL="C", PYTHONIOENCODING="latin-1", TZ="Asia/Kathmandu")
    assert done.out.splitlines()[:2] == ["ü.txt:1:10  error  rival  Names a rival: Globex", "  Καλημέρα Globex 😀"]


# --- what is read ---


def test_texts(here: Run) -> None:
    done = here("lint", "--text", "Globex", "--text", "x", "--format", "json", "good.txt")
    assert verdicts(done.out) == [("text", "block"), ("text 2", "pass"), ("good.txt", "pass")]


def test_a_folder_without_what_policy_is_made_of(here: Run) -> None:
    put(Path(), {"other.json": '{"observations": []}'})
    gated("room: {sources: [{kind: file, path: room.yaml}]}\n")
    assert here("lint", ".", "--show-files", "--room", "other.json") == (0, "bad.txt\ngood.txt\nhaste.md\n", "")
    assert here("lint", "*.yaml", "good.txt", "--show-files").out == "good.txt\n"


def test_which_files_are_read_depends_on_a_sound_policy(here: Run) -> None:
    put(Path(), {"readtheroom.yaml": CONFIG + "extend: core\n"})
    done = here("lint", ".", "--show-files")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("readtheroom.yaml:2:1: unknown key `extend`")


def test_policy_that_is_named_is_no_draft(here: Run) -> None:
    done = here("lint", "readtheroom.yaml", "good.txt")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("readtheroom.yaml:1:1: is a config file of readtheroom")
    assert done.err.endswith("not a draft: leave it out\n")


def test_what_is_left_out_is_told(here: Run) -> None:
    put(Path(), {".readtheroomignore": "bad.txt\n"})
    assert here("lint", "bad.txt") == (
        0,
        "0 blocked, 0 warned, 0 passed – 0 rules on 0 posts\n",
        "readtheroom: bad.txt is left out by .readtheroomignore\n",
    )
    assert here("lint", "bad.txt", "--show-files") == (
        0,
        "",
        "readtheroom: bad.txt is left out by .readtheroomignore\n",
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "readtheroom: name drafts to lint: files, folders, or -"),
        (
            ["--stdin-filename", "a.md", "good.txt"],
            "readtheroom: --stdin-filename tells what - is called: give - as a path",
        ),
        (["--at", "soon", "good.txt"], "readtheroom: --at: 'soon' is no date and time: "),
        (["--format", "xml", "good.txt"], "readtheroom: no reporter is called 'xml'; known: github, "),
        (["--output", "json", "good.txt"], "readtheroom: --output json: write FORMAT=FILE"),
        (["--fail-on", "all", "good.txt"], "readtheroom: argument --fail-on: invalid choice: 'all'"),
        (["--config", "none.yaml", "good.txt"], "none.yaml: no such file"),
        (["--room", "none.yaml", "good.txt"], "none.yaml: no such file"),
        (["--bad\x1b[31m", "good.txt"], "readtheroom: unrecognized arguments: --bad\\x1b[31m"),
        (["\x1b.txt"], "\\x1b.txt: no such file"),
    ],
)
def test_what_cannot_be_done_is_one_line(here: Run, args: list[str], message: str) -> None:
    done = here("lint", *args)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(message)
    assert done.err.count("\n") == 1
    assert "\x1b" not in done.err


INPUTS = {
    "sure.yaml": "extends: [packs]\naccounts: known.yaml\nroom: {sources: [{kind: file, path: room.yaml}]}\n",
    "known.yaml": "accounts: [{name: acme, handles: {x: acme}}]\n",
    "packs/house.yaml": "rules: [{id: a, kind: keywords, label: a, why: w, options: {lexicon: words.txt}}]\n",
    "packs/words.txt": "gizmo\n",
}


@pytest.mark.parametrize("option", ["--output text=", "--save-room "])
@pytest.mark.parametrize("path", ["good.txt", "room.yaml", "here.yaml", *INPUTS, "link"])
def test_what_a_run_reads_it_does_not_write(here: Run, path: str, option: str) -> None:
    put(Path(), {**INPUTS, "here.yaml": ROOM})
    os.symlink("good.txt", "link")
    before = {each: each.read_bytes() for each in Path().rglob("*.*")}
    room = [] if path == "room.yaml" else ["--room", "here.yaml"]
    done = here("lint", "good.txt", "--config", "sure.yaml", *room, *f"{option}{path}".split())
    said = f"readtheroom: {option}{path}: this run reads that file: write to another one\n"
    assert done == (2, "", said)
    assert {each: each.read_bytes() for each in Path().rglob("*.*")} == before


def test_all_paths_that_lead_nowhere_are_told(here: Run) -> None:
    put(Path(), {"logo.png": "x"})
    done = here("lint", "none.txt", "logo.png", "d/*.md", "bad.txt")
    assert (done.code, done.out) == (2, "")
    assert [line.partition(": ")[0] for line in done.err.splitlines()] == ["none.txt", "logo.png", "d/*.md"]


def test_all_faults_of_policy_and_rooms_are_told(here: Run) -> None:
    put(Path(), {"readtheroom.yaml": CONFIG + "rules: {rivals: off}\n", "room.yaml": "observations: 1\n"})
    done = here("lint", "bad.txt", "--room", "room.yaml", "--output", "json=report.json")
    assert (done.code, done.out, os.path.exists("report.json")) == (2, "", False)
    assert [line.partition(": ")[0] for line in done.err.splitlines()] == ["room.yaml:1:15", "readtheroom.yaml:2:9"]


def test_all_faults_of_drafts_are_told(here: Run) -> None:
    put(Path(), {"b.yaml": "txt: x\n", "c.json": "{"})
    done = here("lint", "good.txt", "b.yaml", "bad.txt", "c.json", "--output", "json=report.json")
    assert (done.code, done.out, os.path.exists("report.json")) == (2, "", False)
    assert [line.partition(": ")[0] for line in done.err.splitlines()] == ["b.yaml:1:6", "c.json:1:2"]


def test_a_long_list_of_faults_is_cut(here: Run) -> None:
    paths = [f"none{number}.txt" for number in range(150)]
    lines = here("lint", *paths).err.splitlines()
    assert (len(lines), lines[-1]) == (101, "readtheroom: and 50 more")


# --- the room ---


@pytest.mark.parametrize(
    ("name", "content"), [("r.yaml", ROOM), ("r.json", ROOM_JSON.replace("Valmont", "Lindental")), ("r.jsonl", HISTORY)]
)
def test_a_room_in_each_format(here: Run, name: str, content: str) -> None:
    gated()
    put(Path(), {name: content})
    done = here("lint", "--text", "Off to #Lindental", "--room", name, "--at", DURING)
    assert (done.code, done.out.splitlines()[0]) == (
        1,
        "text:1:8  error  trend  #Lindental trends because of something grave: “Shooting in Lindental”",
    )


def test_a_history_speaks_for_each_moment(here: Run) -> None:
    gated()
    put(Path(), {"h.jsonl": HISTORY})
    posts = '{{"text": "#Lindental", "scheduled_at": "{}"}}\n'
    times = ["2026-03-01T10:00:00Z", "2026-06-01T10:00:00Z", "2026-09-01T10:00:00Z"]
    put(Path(), {"posts.jsonl": "".join(map(posts.format, times))})
    done = here("lint", "posts.jsonl", "--room", "h.jsonl", "--format", "json", "--at", "2020-01-01T00:00:00Z")
    assert [verdict for _, verdict in verdicts(done.out)] == ["block", "pass", "warn"]
    assert [len(post["skipped"]) for post in json.loads(done.out)["posts"]] == [0, 0, 1]


def test_several_rooms_and_none_of_the_config(here: Run) -> None:
    gated("room: {sources: [{kind: file, path: none.yaml}]}\n")
    put(Path(), {"r.json": ROOM_JSON})
    args = ["lint", "--text", "#Lindental", "--text", "#Valmont", "--at", DURING, "--format", "json"]
    assert verdicts(here(*args, "--room", "room.yaml", "--room", "r.json").out) == [
        ("text", "block"),
        ("text 2", "block"),
    ]
    assert verdicts(here(*args, "--room", "r.json").out) == [("text", "pass"), ("text 2", "block")]
    assert here(*args).err == "readtheroom.yaml:2: none.yaml: no such file\n"


def test_an_empty_room_was_looked_up(here: Run) -> None:
    gated("room: {when_unavailable: block}\n")
    put(Path(), {"empty.yaml": "observations: []\n"})
    done = here("lint", "good.txt", "--room", "empty.yaml")
    assert (done.code, done.out) == (0, "0 blocked, 0 warned, 1 passed – 5 rules on 1 post\n")


@pytest.mark.parametrize(
    ("when", "verdict", "code"), [("ignore", "pass", 0), ("warn", "warn", 0), ("block", "unknown", 3)]
)
def test_no_room_is_said_in_every_format(here: Run, when: str, verdict: str, code: int) -> None:
    gated(f"room: {{when_unavailable: {when}}}\n")
    args = ["lint", "good.txt", "--output", "json=r.json", "--output", "sarif=r.sarif", "--output", "github=r.txt"]
    done = here(*args)
    assert done.code == code
    assert "not checked: trend: no room was given (1 post)" in done.out
    (post,) = json.loads(Path("r.json").read_text())["posts"]
    assert (post["verdict"], post["skipped"]) == (
        verdict,
        [{"rule": "trend", "reason": "no room was given", "required": when == "block"}],
    )
    for name in ("r.sarif", "r.txt"):
        assert "no room was given" in Path(name).read_text("utf-8")


# --- what is said ---


def test_several_formats_at_once(here: Run) -> None:
    done = here("lint", "bad.txt", "--format", "jsonl", "--output", "json=r.json", "--output", "text=r.txt")
    assert done.code == 1
    first, last = map(json.loads, done.out.splitlines())
    report = json.loads(Path("r.json").read_text())
    assert (report["posts"], report["summary"]) == ([first], last["summary"])
    assert Path("r.txt").read_text("utf-8").startswith("bad.txt:1:13  error  rival")


def test_labels(here: Run) -> None:
    args = ["lint", "--text", "A shooting", "--format", "json"]
    assert "labels" not in json.loads(here(*args).out)["posts"][0]
    (label,) = json.loads(here(*args, "--labels").out)["posts"][0]["labels"]
    assert (label["label"], label["rule"], label["match"]) == ("crisis.violence", "violence", "shooting")


def test_quiet_says_errors_only(here: Run) -> None:
    assert here("lint", "haste.md", "good.txt", "--quiet") == (0, "", "")
    assert here("lint", "haste.md", "bad.txt", "-q").out.splitlines()[0].startswith("bad.txt:1:13  error")
    gated()
    assert here("lint", "good.txt", "-q").out == "not checked: trend: no room was given (1 post)\n"


def test_statistics(here: Run) -> None:
    out = here("lint", "haste.md", "bad.txt", "--text", "Globex", "--statistics").out
    assert out.endswith("\nfindings per rule:\n  2  rival\n  1  haste\n")


STATISTICS: dict[str, Callable[[str], object]] = {
    "json": lambda out: json.loads(out)["summary"],
    "jsonl": lambda out: json.loads(out.splitlines()[-1])["summary"],
    "sarif": lambda out: json.loads(out)["runs"][0]["properties"]["summary"],
}


@pytest.mark.parametrize("name", STATISTICS)
def test_statistics_for_programs(here: Run, name: str) -> None:
    args = ["lint", "haste.md", "bad.txt", "--text", "Globex", "--format", name]
    plain, counted = (STATISTICS[name](here(*args, *more).out) for more in ([], ["--statistics"]))
    assert isinstance(plain, dict)
    assert counted == {**plain, "statistics": {"rival": 2, "haste": 1}}
    assert STATISTICS[name](here("lint", "good.txt", "--format", name, "--statistics").out) == {
        **dict.fromkeys(("block", "warn", "unknown"), 0),
        "posts": 1,
        "pass": 1,
        "rules": 4,
        "skipped": [],
        "notes": [],
        "statistics": {},
    }


def test_statistics_in_a_workflow(here: Run) -> None:
    done = here("lint", "haste.md", "bad.txt", "--text", "Globex", "--format", "github", "--statistics", "--quiet")
    assert done.out.splitlines()[-1] == "::notice title=findings per rule::2  rival%0A1  haste"
    assert "per rule" not in here("lint", "good.txt", "--format", "github", "--statistics").out


def test_the_policy_that_holds(here: Run) -> None:
    put(Path(), {"readtheroom.yaml": f'{CONFIG}overrides: [{{files: ["*.md"], rules: {{haste: error}}}}]\n'})
    for args, severity in ([], "warning"), (["good.txt"], "warning"), (["haste.md"], "error"):
        done = here("lint", "--show-config", *args)
        shown = json.loads(done.out)
        assert (done.code, shown["config"], shown["rules"]["haste"]["severity"]) == (0, "readtheroom.yaml", severity)


def test_the_nearest_config_counts(here: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put(Path(), {"in/readtheroom.yaml": "extends: [../house.yaml]\nrules: {rival: info}\n", "in/bad.txt": "Globex"})
    assert here("lint", "in", "bad.txt").code == 1
    assert here("lint", "in").code == 0
    monkeypatch.chdir("in")
    assert here("lint", "bad.txt").code == 0
    assert here("lint", "../bad.txt").code == 1
    assert here("lint", "bad.txt", "--config", "../readtheroom.yaml").code == 1


def test_fail_on_of_the_config(here: Run) -> None:
    put(Path(), {"readtheroom.yaml": CONFIG + "fail_on: warning\n"})
    assert here("lint", "haste.md").code == 1
    assert here("lint", "haste.md", "--fail-on", "error").code == 0


NOT_NEEDED = {"csv", "email", "importlib.metadata", "pathspec", "tempfile"}


def test_a_plain_run_imports_no_more_than_it_needs() -> None:
    """Plug-ins are asked only for names that are not ours, patterns are compiled only where there are some."""
    code = (
        "import sys; from readtheroom.cli.main import main;"
        "main(['lint', '.', '--output', 'json=r.json', '--format', 'jsonl', '-q']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    for name in ("haste.md", "gate.yaml", "room.yaml"):
        os.unlink(name)
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout.splitlines()[-1])["summary"]["posts"] == 2
    assert NOT_NEEDED & set(done.stderr.split()) == set()


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_format_that_needs_its_end_is_written_whole_or_not_at_all(here: Run, form: str) -> None:
    put(Path(), {"broken.yaml": "text: [\n"})
    done = here("lint", "good.txt", "broken.yaml", "--format", form)
    assert (done.code, done.out) == (2, "")
    json.loads(here("lint", "good.txt", "--format", form).out)
