"""What went wrong with sources and with what is kept of them is told by every command: the tool as users have it."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from wcwidth import wcswidth

from readtheroom.model import Json
from readtheroom.room.store import FILE
from tests.checkout import environment
from tests.cli.conftest import Done, Run
from tests.office import BOTH, DURING, put
from tests.room.server import Server, running, says

FEED = """\
<rss version="2.0"><channel><title>Example News</title>
<item><title>Roses in bloom</title><link>https://news.example/1</link></item>
</channel></rss>
"""
TAGS = '[{"term": "#Lindental", "why": ["Shooting in Lindental"]}]'
XML = "application/rss+xml"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as one:
        one.plays("/feed", says(FEED.encode(), content_type=XML))
        one.plays("/tags", says(TAGS.encode(), content_type="application/json"))
        yield one


@pytest.fixture
def kept(office: Path, server: Server) -> Path:
    """The cache folder of a config with one list of trends, not made yet."""
    put(office, {"readtheroom.yaml": config(tags(server)), "draft.txt": "Roses"})
    return office / "kept"


@pytest.fixture
def cli(tool: Run, office: Path) -> Run:
    """The tool, with its cache beside the drafts."""

    def run(*args: str, **more: str) -> Done:
        return tool(*args, **{"READTHEROOM_CACHE_DIR": str(office / "kept"), **more})

    return run


def feed(server: Server) -> str:
    return f'{{kind: rss, url: "{server.url("/feed")}"}}'


def tags(server: Server) -> str:
    return f'{{kind: json, url: "{server.url("/tags")}", term: term, reasons: why}}'


def config(*sources: str, **more: str) -> str:
    rest = "".join(f", {key}: {value}" for key, value in more.items())
    return f"{BOTH}room: {{sources: [{', '.join(sources)}]{rest}}}\n"


def garbage(path: Path) -> None:
    path.write_bytes(b"\x00\xff no database at all" * 500)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def others(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE history (x)")


DAMAGE: dict[str, Callable[[Path], None]] = {"garbage": garbage, "cut": cut, "others": others}
COMMANDS: dict[str, tuple[str, ...]] = {
    "lint": ("lint", "--text", "Roses"),
    "room": ("room",),
    "record": ("room", "record", "day.jsonl"),
    "why": ("why", "Lindental"),
    "sources": ("sources",),
    "recheck": ("recheck", "draft.txt"),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_damaged_store_is_told_of_by_all_that_use_it(cli: Run, kept: Path, damage: str, command: str) -> None:
    assert cli("lint", "--text", "Roses").code == 0
    DAMAGE[damage](kept / FILE)
    done = cli(*COMMANDS[command])
    assert (done.code, done.err) == (0, "")
    assert "note: store: was damaged: set aside as " in done.out
    assert "not checked" not in done.out
    assert "not looked up" not in done.out
    assert any(".damaged-" in path.name for path in kept.iterdir())


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - {"record"}))
def test_a_damaged_store_is_told_of_to_programs(cli: Run, kept: Path, command: str) -> None:
    kept.mkdir(mode=0o700)
    garbage(kept / FILE)
    done = cli(*COMMANDS[command], "--format", "json")
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    told = told["summary"] if command in {"lint", "recheck"} else told
    (note,) = told["notes"]
    assert (note["source"], note["reason"].partition(":")[0]) == ("store", "was damaged")
    assert told.get("gaps", []) == told.get("skipped", []) == []


def test_what_uses_no_store_is_not_stopped_by_a_damaged_one(cli: Run, kept: Path) -> None:
    kept.mkdir(mode=0o700)
    garbage(kept / FILE)
    for command in (("explain", "trend"), ("hold", "list"), ("rules",)):
        assert cli(*command)[::2] == (0, "")
    assert [path.name for path in kept.iterdir() if ".damaged-" in path.name] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_cache_folder_that_cannot_be_used_is_told_of(cli: Run, kept: Path, command: str) -> None:
    kept.write_text("in its place")
    done = cli(*COMMANDS[command])
    assert (done.code, done.err) == (0, "")
    assert f"note: store: cannot be used ({kept}: File exists): nothing is kept of this run" in done.out
    assert done.out.count("store: cannot be used") == 1
    assert "not checked" not in done.out


POST = ("lint", "--text", "Off to #Lindental", "--format", "json")


def judged(done: Done) -> tuple[str, list[str], list[str]]:
    """The verdict on the one post, what was not checked, and the notes."""
    (post,) = json.loads(done.out)["posts"]
    return post["verdict"], [skip["reason"] for skip in post["skipped"]], [note["reason"] for note in post["notes"]]


@pytest.mark.parametrize("folder", ["/dev/full", "/proc/none", "/dev/null/kept"])
def test_verdicts_come_without_a_cache(cli: Run, kept: Path, folder: str) -> None:
    done = cli(*POST, READTHEROOM_CACHE_DIR=folder)
    verdict, skipped, (note,) = judged(done)
    assert (done.code, verdict, skipped, done.err) == (1, "block", [], "")
    assert note.startswith(f"cannot be used ({folder}: ")


LIMITED = """\
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from readtheroom.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of the size of files")
def test_a_full_disk_is_told_of(kept: Path) -> None:
    command = [sys.executable, "-c", LIMITED, *POST]
    env = environment(kept.parent) | {"READTHEROOM_CACHE_DIR": str(kept)}
    done = subprocess.run(command, cwd=kept.parent, env=env, capture_output=True, text=True, timeout=60, check=False)
    verdict, skipped, (note,) = judged(Done(done.returncode, done.stdout, done.stderr))
    assert (done.returncode, verdict, skipped, done.stderr) == (1, "block", [], "")
    assert note.startswith("cannot be used (")


# --- notes and gaps ---


def age(path: Path, hours: float) -> None:
    """Make all that is kept older."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("UPDATE replies SET fetched_at = fetched_at - ?", (hours * 3600,))
        file.execute("DELETE FROM refusals")


@pytest.fixture
def stale(cli: Run, server: Server, kept: Path) -> str:
    """How the note begins that an answer of three hours ago is used."""
    assert cli(*POST).code == 1
    age(kept / FILE, 3)
    server.plays("/tags", says(status=404))
    return "json (127.0.0.1): answered 404; an answer of "


@pytest.mark.usefixtures("stale")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_stale_answer_is_a_note(cli: Run, command: str) -> None:
    done = cli(*COMMANDS[command])
    assert (done.code, done.err) == (0, "")
    assert "answered 404; an answer of " in done.out
    assert " UTC is used, 3 h 0 min old" in done.out
    assert "not checked" not in done.out
    assert "not looked up" not in done.out


NOTED = {
    "text": "note: json (127.0.0.1): answered 404; an answer of ",
    "jsonl": '"notes": [{"source": "json (127.0.0.1)", "reason": "answered 404; an answer of ',
    "json": '"notes": [{"source": "json (127.0.0.1)", "reason": "answered 404; an answer of ',
    "sarif": '{"level": "note", "message": {"text": "json (127.0.0.1): answered 404; an answer of ',
    "github": "::notice title=readtheroom::note: json (127.0.0.1): answered 404; an answer of ",
}


@pytest.mark.usefixtures("stale")
@pytest.mark.parametrize("form", NOTED)
def test_notes_stand_apart_in_every_output(cli: Run, form: str) -> None:
    done = cli("lint", "--text", "Off to #Lindental", "--format", form)
    assert (done.code, done.err) == (1, "")
    assert NOTED[form] in done.out
    assert "not checked" not in done.out
    assert not re.search(r'"skipped": \[\{', done.out)


@pytest.mark.usefixtures("stale")
def test_one_that_is_too_old_is_not_checked(cli: Run, server: Server, kept: Path) -> None:
    put(kept.parent, {"readtheroom.yaml": config(tags(server), max_age="2h")})
    done = cli("lint", "--text", "Roses")
    assert "not checked: trend: json (127.0.0.1): answered 404; the last answer, of " in done.out
    assert "note: " not in done.out


# --- who is missed ---


def test_one_of_two_that_is_dead_is_said_beside_the_verdict(cli: Run, server: Server, kept: Path) -> None:
    dead = '{kind: rss, url: "http://localhost:1/"}'
    put(kept.parent, {"readtheroom.yaml": config(tags(server), dead)})
    reason = "rss (localhost): connection refused"
    assert cli("lint", "--text", "Roses").out == (
        f"0 blocked, 1 warned, 0 passed – 5 rules on 1 post\nnot checked: trend: {reason} (1 post)\n"
    )
    put(kept.parent, {"readtheroom.yaml": config(tags(server), dead.replace("}", ", region: FR}"))})
    for audience, verdict in (("US", "pass"), ("FR", "warn")):
        put(kept.parent, {"draft.json": json.dumps({"text": "Roses", "audience": [audience]})})
        assert judged(cli("lint", "draft.json", "--format", "json")) == (verdict, [reason], [])


def test_who_is_taken_out_of_the_config_is_missed(cli: Run, server: Server, kept: Path) -> None:
    put(kept.parent, {"readtheroom.yaml": config(tags(server), feed(server), when_unavailable="block")})
    assert judged(cli(*POST)) == ("block", [], [])
    put(kept.parent, {"readtheroom.yaml": config(feed(server), when_unavailable="block")})
    verdict, (reason,), notes = judged(cli(*POST))
    assert (verdict, notes) == ("pass", [])
    assert re.fullmatch(
        r"json \(127\.0\.0\.1\): no longer in the config; what it said until [0-9: -]+ UTC is left out", reason
    )
    for command in ("room", "why", "sources", "record"):
        assert f"not looked up: {reason}\n" in cli(*COMMANDS[command]).out
    saved = cli(*POST, "--save-room", "room.json")
    assert cli(*POST, "--room", "room.json").out == saved.out
    put(kept.parent, {"readtheroom.yaml": config(tags(server), feed(server))})
    assert judged(cli(*POST)) == ("block", [], [])


def test_a_file_that_is_taken_out_is_missed_as_well(cli: Run, kept: Path) -> None:
    at = ("--at", DURING)
    both = ("{kind: file, path: room.yaml}", "{kind: file, path: quiet.yaml}")
    quiet = 'observations: [{term: Roses, observed_at: "2026-03-01T09:00:00Z"}]\n'
    put(kept.parent, {"readtheroom.yaml": config(*both), "quiet.yaml": quiet})
    assert judged(cli(*POST, *at)) == ("block", [], [])
    put(kept.parent, {"readtheroom.yaml": config(both[1])})
    verdict, (reason,), _ = judged(cli(*POST, *at))
    assert (verdict, reason.partition(";")[0]) == ("pass", "file (room.yaml): no longer in the config")


# --- what people see ---


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals")
def test_a_terminal_of_80_columns_is_enough(kept: Path) -> None:
    import fcntl  # noqa: PLC0415  not everywhere
    import pty  # noqa: PLC0415  likewise
    import termios  # noqa: PLC0415  likewise

    titles: list[Json] = ["Shooting in Lindental, " + "many are hurt " * 8, "界" * 30]
    seen: Json = {
        "term": "#Lindental",
        "observed_at": "2026-03-01T09:00:00Z",
        "reasons": [{"title": t} for t in titles],
    }
    put(kept.parent, {"saved.json": json.dumps({"observations": [seen]})})
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [sys.executable, "-m", "readtheroom", "room", "--room", "saved.json", "--at", DURING]
    env = {key: value for key, value in environment(kept.parent).items() if key != "COLUMNS"}
    with subprocess.Popen(command, cwd=kept.parent, env=env, stdout=theirs, stderr=subprocess.STDOUT):
        os.close(theirs)
        lines = read_all(ours).splitlines()
    os.close(ours)
    assert lines[:2] == ["crises:", "  #Lindental  [crisis.violence]  file, 60 min ago"]
    assert lines[2].startswith('    "Shooting in Lindental, many are hurt')
    assert lines[3].startswith("        ")
    assert max(map(wcswidth, lines)) <= 80


def read_all(descriptor: int) -> str:
    read = b""
    while True:
        try:
            more = os.read(descriptor, 4096)
        except OSError:  # nobody holds the other end any more
            more = b""
        if not more:
            return read.decode()
        read += more


# --- a day ---


def test_a_day_in_which_a_tag_turns(cli: Run, server: Server, kept: Path) -> None:
    put(kept.parent, {"readtheroom.yaml": config(tags(server))})
    day = ["Lindental opens its baths"] * 3 + ["Shooting in Lindental"] * 3
    moments = []
    for title in day:
        answer = json.dumps([{"term": "#Lindental", "why": [title]}])
        server.plays("/tags", says(answer.encode(), content_type="application/json"))
        assert cli("room", "record", "day.jsonl").code == 0
        moments.append(datetime.now(UTC).isoformat())
        age(kept / FILE, 4)
    assert (len(server.asked), len((kept.parent / "day.jsonl").read_text().splitlines())) == (6, 6)
    judgements = []
    for moment in moments:
        done = cli(*POST, "--room", "day.jsonl", "--at", moment)
        (post,) = json.loads(done.out)["posts"]
        judgements.append((done.code, post["verdict"], post["findings"][0]["evidence"][0]["title"]))
    assert judgements == [(0, "pass", day[0])] * 3 + [(1, "block", day[5])] * 3


# --- whether drafts are told of ---


def test_a_query_of_ones_own_sends_nothing_of_drafts(cli: Run, server: Server, kept: Path) -> None:
    server.plays("/doc", says(b'{"articles": []}', content_type="application/json"))
    url = server.url("/doc")
    put(kept.parent, {"readtheroom.yaml": config(f'{{kind: gdelt, url: "{url}", query: flood}}')})
    assert "gdelt (127.0.0.1) – sends" not in cli("explain", "trend").out
    assert "  sends nothing of drafts\n" in cli("sources").out
    cli(*POST)
    (asked,) = server.asked
    assert ("flood" in asked.path, "Lindental" in asked.path) == (True, False)
    put(kept.parent, {"readtheroom.yaml": config(f'{{kind: gdelt, url: "{url}"}}')})
    assert "gdelt (127.0.0.1) – sends the hashtags of drafts" in cli("explain", "trend").out
    assert "  sends the hashtags of drafts\n" in cli("sources").out
