"""What users get wrong, and what hostile files try: exit code 2, one plain line, nothing on standard output."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.checkout import environment

LIMIT = 60
"""Seconds for a run, which takes less than one."""

MEMORY = 128
"""MiB that a run on a line of 100 MB may hold."""

WATCH = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""
"""A small process in between: Linux counts the memory of the one that starts another as the other's."""

CANNOT = 2
FOUND = 1

Files = Mapping[str, str | bytes]


class Tool:
    """The command, run for real in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "desk"
        self.folder.mkdir()
        self._env = environment(folder / "home")

    def write(self, files: Files) -> None:
        """Files in the folder."""
        for name, content in files.items():
            (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    def start(self, *args: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        """The process, running."""
        return self._start("-m", "readtheroom", *args, stdout=stdout)

    def _start(self, *args: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        command = [sys.executable, *args]
        return subprocess.Popen(command, cwd=self.folder, env=self._env, stdout=stdout, stderr=subprocess.PIPE)

    def watched(self, *args: str) -> tuple[int, str, str]:
        """The same, with the most memory that it held, as the system counts it, on standard output."""
        with self._start("-c", WATCH, sys.executable, "-m", "readtheroom", *args) as process:
            out, err = process.communicate(timeout=LIMIT)
        return process.returncode, out.decode(), err.decode()

    def __call__(self, *args: str) -> tuple[int, str, str]:
        """Run to the end: exit code, standard output, standard error."""
        with self.start(*args) as process:
            out, err = process.communicate(timeout=LIMIT)
        return process.returncode, out.decode(), err.decode()


def rule(text: str) -> Files:
    """A config that extends one rule file."""
    return {"readtheroom.yaml": "extends: [house.yaml]\n", "house.yaml": "rules:\n" + text}


KEYWORDS = """\
  - id: acme/x
    kind: keywords
    label: x
    why: Legal asked for it.
    options: {terms: [Globex]}
"""
PATTERN = """\
  - id: acme/x
    kind: pattern
    label: x
    why: Legal asked for it.
    options: {pattern: "PATTERN"}
"""
TRENDING = """\
  - id: acme/trending
    kind: pattern
    severity: warning
    message: Look up why it is trending
    why: Nobody has looked.
    options: {pattern: is trending}
"""
SLOW = "(a|aa)+$"
COMBINATION = """\
  - id: acme/ID
    kind: combination
    label: ID
    why: Legal asked for it.
    options: {all: [OTHER]}
"""
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.fixture
def tool(tmp_path: Path) -> Tool:
    made = Tool(tmp_path)
    made.write({"draft.txt": "Doors open at nine.\n", **rule(TRENDING)})
    return made


# --- policy ---

POLICY: Mapping[str, tuple[Files, str]] = {
    "broken YAML": (
        {"readtheroom.yaml": "extends: [core\naudience: US\n"},
        "readtheroom.yaml:2:9: not valid YAML: while parsing a flow sequence, did not find expected ',' or ']'",
    ),
    "misspelt key of the config": (
        {"readtheroom.yaml": "extends: [core]\naudiense: [US]\n"},
        "readtheroom.yaml:2:1: unknown key `audiense` in a config – did you mean 'audience'?",
    ),
    "misspelt key of a rule": (
        rule(KEYWORDS.replace("label", "lable")),
        "house.yaml:4:5: unknown key `lable` in rule 'acme/x' – did you mean 'label'?",
    ),
    "unknown pack": (
        {"readtheroom.yaml": "extends: [cor]\n"},
        "readtheroom.yaml:1:11: no pack is called 'cor' – did you mean 'core'?",
    ),
    "unknown kind": (
        rule(KEYWORDS.replace("keywords", "keyword")),
        "house.yaml:3:11: no kind is called 'keyword' – did you mean 'keywords'?",
    ),
    "unknown option": (
        rule(KEYWORDS.replace("terms", "termz")),
        "house.yaml:6:15: unknown key `termz` in `options` of rule 'acme/x' – did you mean 'terms'?",
    ),
    "invalid pattern": (
        rule(PATTERN.replace("PATTERN", "(a")),
        "house.yaml:2: rule 'acme/x': pattern '(a' is not valid: missing ) at position 2",
    ),
    "catastrophic pattern": (
        rule(PATTERN.replace("PATTERN", SLOW)),
        f"house.yaml:2: rule 'acme/x': pattern {SLOW!r} takes over 0.1 s on a short text: avoid repeats inside repeats",
    ),
    "failing example": (
        rule(KEYWORDS + "    examples: {flag: [Initech]}\n"),
        "house.yaml:7: rule 'acme/x': example 'Initech' must be flagged, but passes",
    ),
    "doubled id": (
        rule(KEYWORDS * 2),
        "house.yaml:7:5: rule 'acme/x' is there already, at house.yaml:2: give one another id",
    ),
    "circular labels": (
        rule(
            COMBINATION.replace("ID", "x").replace("OTHER", "y") + COMBINATION.replace("ID", "y").replace("OTHER", "x")
        ),
        "house.yaml:2: rule 'acme/x': labels go in a circle: acme/x (x) → acme/y (y) → acme/x (x)",
    ),
    "alias bomb": (
        {"readtheroom.yaml": BOMB},
        "readtheroom.yaml:1:8: too large once its aliases are expanded",
    ),
    "a folder as the rules": (
        {"readtheroom.yaml": "extends: [./nowhere]\n"},
        "readtheroom.yaml:1:11: no pack at nowhere: a path is relative to the config's folder",
    ),
    "no rule left": (
        {"readtheroom.yaml": "extends: [house.yaml]\nrules: {acme/x: off}\n", "house.yaml": "rules:\n" + KEYWORDS},
        "readtheroom.yaml: no rule is left to check with: turn one on",
    ),
    "binary config": (
        {"readtheroom.yaml": b"\x7fELF\x00\x01"},
        "readtheroom.yaml:1: a binary file, not text",
    ),
}


@pytest.mark.parametrize(("files", "line"), POLICY.values(), ids=POLICY)
def test_a_faulty_policy_judges_nothing(tool: Tool, files: Files, line: str) -> None:
    tool.write(files)
    assert tool("lint", "draft.txt") == (CANNOT, "", f"{line}\n")


def test_all_faults_are_told_at_once(tool: Tool) -> None:
    tool.write({"readtheroom.yaml": "extends: [cor]\naudiense: [US]\nroom: {window: soon}\n"})
    code, out, err = tool("lint", "draft.txt")
    assert (code, out) == (CANNOT, "")
    assert [line.partition(": ")[0] for line in err.splitlines()] == [
        "readtheroom.yaml:1:11",
        "readtheroom.yaml:2:1",
        "readtheroom.yaml:3:16",
    ]


SEVERAL = """\
  - {id: a, kind: keyword, severty: error, why: Because, options: {terms: [x]}}
  - {id: b, kind: pattern, label: b, why: Because, options: {pattern: "(a"}}
  - {id: c, kind: keywords, lable: c, why: Because, options: {termz: [x]}}
  - {id: d, kind: combination, label: d, why: Because, options: {all: [d]}}
  - {id: e, kind: keywords, label: e, why: Because, options: {terms: [fine]}}
  - {id: f, kind: keywords, severity: info, why: Because, message: "{0}", options: {terms: []}}
  - {id: g, kind: pattern, severity: info, why: Because, message: "{macht}", options: {pattern: "("}}
  - {id: h, kind: pattern, severity: "off", lable: h, why: Because, options: {pattern: "("}}
"""


def test_no_fault_of_a_rule_hides_another(tool: Tool) -> None:
    tool.write(rule(SEVERAL))
    code, out, err = tool("lint", "draft.txt")
    assert (code, out) == (CANNOT, "")
    assert err.splitlines() == [
        "house.yaml:2:19: no kind is called 'keyword' – did you mean 'keywords'?",
        "house.yaml:2:28: unknown key `severty` in rule 'a' – did you mean 'severity'?",
        "house.yaml:3: rule 'b': pattern '(a' is not valid: missing ) at position 2",
        "house.yaml:4:29: unknown key `lable` in rule 'c' – did you mean 'label'?",
        "house.yaml:4:63: unknown key `termz` in `options` of rule 'c' – did you mean 'terms'?",
        "house.yaml:5: rule 'd': labels go in a circle: d (d) → d (d)",
        "house.yaml:7: rule 'f': has no terms: give it `terms` or a `lexicon`",
        "house.yaml:7:68: `message` may hold placeholders of one plain word only, like {match}; not '{0}'",
        "house.yaml:8: rule 'g': pattern '(' is not valid: missing ) at position 1",
        "house.yaml:8:67: `message`: nothing fills {macht} – did you mean 'match'?",
        "house.yaml:9:45: unknown key `lable` in rule 'h' – did you mean 'label'?",
    ]


# --- drafts and rooms ---

FORMATS = (".csv", ".js", ".json", ".jsonl", ".markdown", ".md", ".ndjson", ".tsv", ".tweet", ".txt", ".yaml", ".yml")
DRAFTS: Mapping[str, tuple[str, str | bytes, str]] = {
    "binary": ("bad.txt", b"a\nb\x00", "bad.txt:2: a binary file, not text"),
    "Latin-1": (
        "bad.txt",
        b"caf\xe9\n",
        "bad.txt:1:4: not UTF-8: byte 0xe9 cannot be read; save the file as UTF-8",
    ),
    "UTF-16": ("bad.txt", "café".encode("utf-16"), "bad.txt: is UTF-16: save it as UTF-8"),
    "alias bomb": ("bad.yaml", BOMB, "bad.yaml:1:8: too large once its aliases are expanded"),
    "missing column": (
        "bad.csv",
        "id,caption\n1,Hello\n",
        "bad.csv:1: no column is called text, nor does `columns` in the config name one; the columns are id, caption",
    ),
    "date": (
        "bad.md",
        "---\nscheduled_at: tomorrow\n---\nHello.\n",
        "bad.md:2:15: 'tomorrow' is no date and time: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00",
    ),
    "archive cut short": (
        "tweets.js",
        'window.YTD.tweets.part0 = [\n { "tweet" : { "full_text" : "Hel',
        "tweets.js:2:2: the file ends in the middle of this list: it was cut short, fetch it again",
    ),
    "unknown format": (
        "bad.docx",
        "Hello.",
        f"bad.docx: not a draft by its ending; drafts end in {', '.join(FORMATS)}",
    ),
}


@pytest.mark.parametrize(("name", "content", "line"), DRAFTS.values(), ids=DRAFTS)
def test_a_draft_that_cannot_be_trusted_fails_the_run(tool: Tool, name: str, content: str | bytes, line: str) -> None:
    tool.write({name: content})
    assert tool("lint", "--quiet", "--format=text", name) == (CANNOT, "", f"{line}\n")


def test_a_file_that_is_not_there(tool: Tool) -> None:
    (tool.folder / "link.txt").symlink_to("nowhere")
    assert tool("lint", "link.txt", "gone.txt") == (
        CANNOT,
        "",
        "link.txt: no such file\ngone.txt: no such file\n",
    )


PIPE = "a pipe or a device, not a file: lead it to standard input, and write - for it"


def test_a_pipe_is_not_waited_for(tool: Tool) -> None:
    os.mkfifo(tool.folder / "queue.md")
    (tool.folder / "zeros.csv").symlink_to("/dev/zero")
    code, out, err = tool("lint", "queue.md", "zeros.csv", "/dev/stdin", "draft.txt")
    assert (code, out) == (CANNOT, "")
    assert err.splitlines() == [f"queue.md: {PIPE}", f"zeros.csv: {PIPE}", f"/dev/stdin: {PIPE}"]
    assert tool("lint", "--quiet", ".", "*.md", "draft.txt")[::2] == (0, "")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tool: Tool) -> None:
    (tool.folder / "draft.txt").chmod(0)
    assert tool("lint", "draft.txt") == (CANNOT, "", "draft.txt: cannot be read: Permission denied\n")


def test_a_folder_in_the_place_of_a_file(tool: Tool) -> None:
    (tool.folder / "room.yaml").mkdir()
    assert tool("lint", "--room", "room.yaml", "draft.txt") == (CANNOT, "", "room.yaml: is a folder, not a file\n")


def test_a_room_that_is_none(tool: Tool) -> None:
    tool.write({"room.yaml": "observations: [{term: x}]\n", "bomb.yaml": BOMB})
    line = "room.yaml:1:16: item 1 of `observations` needs the key `observed_at`\n"
    assert tool("lint", "--room", "room.yaml", "draft.txt") == (CANNOT, "", line)
    line = "bomb.yaml:1:8: too large once its aliases are expanded\n"
    assert tool("lint", "--room", "bomb.yaml", "draft.txt") == (CANNOT, "", line)


def test_a_room_file_of_the_config_that_is_not_there(tool: Tool) -> None:
    tool.write({"readtheroom.yaml": "room:\n  sources:\n    - kind: file\n      path: gone.yaml\n"})
    line = "readtheroom.yaml:3: gone.yaml: no such file\n"
    assert tool("lint", "draft.txt") == (CANNOT, "", line)


def test_a_line_of_100_mb_takes_no_more_memory_than_others(tool: Tool) -> None:
    with (tool.folder / "posts.jsonl").open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(100):
            file.write(b"a" * 1_000_000)
        file.write(b'"}\n')
    code, peak, err = tool.watched("lint", "posts.jsonl")
    assert (code, err) == (CANNOT, "posts.jsonl:1: a line of more than 16 MiB\n")
    assert int(peak) / (1 << 20 if sys.platform == "darwin" else 1 << 10) < MEMORY


STRANGE = "“mian” is no account in accounts.yaml – did you mean main?"


def test_accounts_that_nobody_knows(tool: Tool) -> None:
    tool.write(
        {
            "readtheroom.yaml": "accounts: accounts.yaml\n",
            "accounts.yaml": "accounts:\n  - name: main\n    handles: {x: acme}\n",
            "draft.md": "---\naccount: mian\n---\nDoors open at nine.\n",
            "posts.jsonl": '{"text": "a", "account": "main"}\n{"text": "b", "account": "mian", "lang": 3}\n',
            "queue.csv": "text,account\nDoors open,@acme\nDoors open,mian\n",
        }
    )
    code, out, err = tool("lint", "draft.md", "posts.jsonl", "queue.csv")
    assert (code, out) == (CANNOT, "")
    assert err.splitlines() == [
        f"draft.md:2:10: {STRANGE}",
        f"posts.jsonl:2:26: {STRANGE}",
        "posts.jsonl:2:42: lang must be text, not a number",
        f"queue.csv:3:12: {STRANGE}",
    ]


@pytest.mark.parametrize("form", ["text", "jsonl", "json", "sarif", "github"])
def test_nothing_is_half_done(tool: Tool, form: str) -> None:
    tool.write({"a.txt": "The #Lumen dress is trending.\n", "b.md": "---\nlang: 3\n---\nHello.\n"})
    code, out, err = tool("lint", "--format", form, "--output", "jsonl=kept.jsonl", "a.txt", "b.md")
    assert (code, out, err) == (CANNOT, "", "b.md:2:7: '3' is no language code: write en, fr, pt-BR …\n")
    assert not (tool.folder / "kept.jsonl").exists()


# --- the command line ---

USAGE: Mapping[str, tuple[list[str], str]] = {
    "option": (["lint", "--fial-on", "error", "draft.txt"], "unrecognized arguments: --fial-on"),
    "command": (["lnt"], "argument COMMAND: invalid choice: 'lnt'"),
    "no command": ([], "the following arguments are required: COMMAND"),
    "no drafts": (["lint"], "name drafts to lint: files, folders, or -"),
    "format": (["lint", "--format", "xml", "draft.txt"], "no reporter is called 'xml'; known: github, json, jsonl,"),
    "time": (["lint", "--at", "soon", "draft.txt"], "--at: 'soon' is no date and time: write 2026-07-20 15:00"),
    "output": (["lint", "--output", "json", "draft.txt"], "--output json: write FORMAT=FILE, as in sarif="),
    "place": (["lint", "--output", "json=no/x", "draft.txt"], "--output no/x: cannot be written: No such file"),
    "stdin": (
        ["lint", "-", "--stdin-filename", "x.docx"],
        "x.docx: not a draft by its ending; drafts end in .csv, .js, .json,",
    ),
    "rule": (
        ["explain", "acme/trendin"],
        "no rule is called 'acme/trendin' – did you mean 'acme/trending'?",
    ),
    "folder": (["init", "draft.txt"], "draft.txt: File exists"),
    "pack": (["test", "nowhere"], "no pack is called 'nowhere'; known: core"),
}


@pytest.mark.parametrize(("args", "begins"), USAGE.values(), ids=USAGE)
def test_what_cannot_be_done_is_said_in_a_line(tool: Tool, args: list[str], begins: str) -> None:
    code, out, err = tool(*args)
    assert (code, out) == (CANNOT, "")
    assert err.startswith(f"readtheroom: {begins}")
    assert err.count("\n") == 1


def test_a_failed_run_leaves_older_output_alone(tool: Tool) -> None:
    tool.write({"report.json": "older", "bad.txt": b"\x00"})
    known = os.listdir(tool.folder)
    code, _, _ = tool("lint", "--output", "json=report.json", "draft.txt", "bad.txt")
    assert code == CANNOT
    assert (tool.folder / "report.json").read_text("utf-8") == "older"
    assert [name for name in os.listdir(tool.folder) if name not in known] == []


def closed_by_reader(tool: Tool) -> tuple[int, str]:
    reader, writer = os.pipe()
    os.close(reader)
    with tool.start("lint", "posts.jsonl", stdout=writer) as process:
        os.close(writer)
        _, err = process.communicate(timeout=LIMIT)
    return process.returncode, err.decode()


def full_disk(tool: Tool) -> tuple[int, str]:
    with open("/dev/full", "wb") as full, tool.start("lint", "posts.jsonl", stdout=full.fileno()) as process:
        _, err = process.communicate(timeout=LIMIT)
    return process.returncode, err.decode()


@pytest.mark.parametrize("posts", [1, 2000])
@pytest.mark.parametrize(
    ("run", "line"),
    [
        (closed_by_reader, "readtheroom: the output was closed before everything was written\n"),
        pytest.param(
            full_disk,
            "readtheroom: No space left on device\n",
            marks=pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here"),
        ),
    ],
)
def test_output_that_goes_nowhere(tool: Tool, run: Callable[[Tool], tuple[int, str]], line: str, posts: int) -> None:
    tool.write({"posts.jsonl": '{"text": "#Foo is trending"}\n' * posts})
    assert run(tool) == (CANNOT, line)
