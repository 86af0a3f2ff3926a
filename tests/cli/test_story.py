"""A queue of two accounts on three platforms, a shooting at noon, a hold and its end: by the command line alone."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readtheroom.model import Json
from tests.cli.conftest import Done
from tests.cli.ears import LIMIT, Ear, ear, until, variables, watching
from tests.office import put
from tests.room.server import Server, running, says

POSTS = 200
APART = timedelta(minutes=15)
HELD = timedelta(hours=4)
"""How long after the first post the hold stands."""

ADJECTIVES = ("blue", "oval", "woollen", "narrow", "striped", "glazed", "tiny", "folding", "walnut", "quiet")
THINGS = (
    *("teapot", "ladder", "lantern", "basket", "drawer", "mirror", "kettle", "hammock", "stool", "umbrella"),
    *("inkwell", "bookend", "compass", "trellis", "thimble", "bellows", "cushion", "decanter", "notebook", "kite"),
)
MOURNING = 100
"""The post that offers condolences."""

CONFIG = """\
extends: [core]
audience: [US]
accounts: accounts.yaml
room:
  sources:
    - {{kind: json, url: "{url}", items: trends, term: tag, where: region, reasons: news, fresh_for: 1s}}
"""
ACCOUNTS = """\
accounts:
  - {name: finch, handles: {x: finchmakes, mastodon: finch@makers.example, threads: finchmakes}}
  - {name: alder, handles: {x: aldershop, mastodon: alder@makers.example, threads: aldershop}}
"""
QUIET: Json = {"trends": []}
SHOOTING: Json = {
    "trends": [
        {
            "tag": "#Brookvale",
            "region": "US",
            "news": [{"title": "Shooting in Brookvale: nine people shot dead at market hall", "source": "The wire"}],
        }
    ]
}
TOOL = """\
import json, sys
from readtheroom import Checks, Linter

checks = Checks(Linter.from_config("readtheroom.yaml"))
for draft in map(json.loads, sys.stdin):
    granted, why, _ = checks.may_go_out(draft)
    print(json.dumps([draft["id"], granted]))
    print(draft["id"], *why, sep=": ", file=sys.stderr)
"""
"""A publishing tool, as the README has it: it asks before each post."""


def drafts(start: datetime) -> list[dict[str, Json]]:
    """One each quarter of an hour, each tenth with the tag."""
    return [_draft(n, start + n * APART) for n in range(POSTS)]


def _draft(number: int, at: datetime) -> dict[str, Json]:
    text = f"The {ADJECTIVES[number % 10]} {THINGS[number // 10]} stands in our window, and you may turn it around."
    if number == MOURNING:
        text = "Our hearts go out to the families of #Brookvale. Our deepest condolences."
    elif number % 10 == 0:
        text += " See you in #Brookvale!"
    return {
        "id": f"p{number}",
        "text": text,
        "lang": "en",
        "account": ("finch", "alder")[number % 2],
        "platforms": [("x", "mastodon", "threads")[number % 3]],
        "audience": ["FR"] if number % 30 == 20 else ["US"],
        "scheduled_at": at.isoformat(),
    }


def put_queue(folder: Path, queue: list[dict[str, Json]]) -> None:
    """As a table, as lines of JSON, and as Markdown."""
    rows = [{key: ",".join(map(str, v)) if isinstance(v, list) else v for key, v in each.items()} for each in queue]
    table = io.StringIO()
    writer = csv.DictWriter(table, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows[:120])
    lines = "".join(f"{json.dumps(each)}\n" for each in queue[120:180])
    put(folder, {"q/table.csv": table.getvalue(), "q/lines.jsonl": lines})
    for each in queue[180:]:
        head = json.dumps({key: value for key, value in each.items() if key != "text"})
        put(folder, {f"q/{each['id']}.md": f"---\n{head}\n---\n{each['text']}\n"})


class Desk:
    """A folder with a queue, a source of news, and what may be asked there."""

    def __init__(self, folder: Path, wire: Server) -> None:
        self.folder, self._wire = folder, wire
        self.news(QUIET)
        self.start = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=1)
        self.queue = drafts(self.start)
        put(folder, {"readtheroom.yaml": CONFIG.format(url=wire.url("/wire")), "accounts.yaml": ACCOUNTS})
        put(folder, {"tool.py": TOOL})
        put_queue(folder, self.queue)

    def news(self, answer: Json) -> None:
        """From now on the source says this."""
        self._wire.plays("/wire", says(json.dumps(answer).encode(), content_type="application/json"))

    def run(self, *args: str) -> Done:
        """A command."""
        return self._do([sys.executable, "-m", "readtheroom", *args])

    def lets_out(self, expected: dict[str, bool]) -> None:
        """Which posts a publishing tool may send, of those that are named; who fails here is told the reasons."""
        some = "".join(f"{json.dumps(each)}\n" for each in self.queue if each["id"] in expected)
        done = self._do([sys.executable, "tool.py"], some)
        assert (done.code, dict(map(json.loads, done.out.splitlines()))) == (0, expected), done.err

    def _do(self, command: list[str], stdin: str = "") -> Done:
        env, pipe = variables(self.folder), subprocess.PIPE
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=env,
            input=stdin.encode(),
            stdout=pipe,
            stderr=pipe,
            timeout=LIMIT,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with running() as wire:
        yield Desk(tmp_path, wire)


def tagged() -> set[str]:
    """Whom the shooting concerns: with the tag, for that region, within two days, and no condolence."""
    ahead = timedelta(hours=46) // APART
    return {f"p{n}" for n in range(0, ahead, 10) if n % 30 != 20 and n != MOURNING}


def held() -> set[str]:
    """Whom the hold concerns, and nothing else did."""
    return {f"p{n}" for n in range(HELD // APART + 1) if n % 30 != 20} - tagged()


def changes(server: Ear, change: str) -> list[str]:
    return [name for name, told in server.told() if told == change]


def test_at_noon(desk: Desk) -> None:
    everyone = [str(each["id"]) for each in desk.queue]
    with ear() as server:
        with watching(desk.folder, "--webhook", server.url) as watcher:
            until(lambda: len(server.heard) == POSTS)
            assert sorted(changes(server, "new")) == sorted(everyone)
            assert server.verdicts() <= {"pass", "warn"}

            server.fails = 2
            desk.news(SHOOTING)
            until(lambda: len(changes(server, "unsafe")) >= len(tagged()))
            desk.lets_out({"p0": False, f"p{MOURNING}": True, "p20": True})

            end = desk.start + HELD + timedelta(minutes=5)
            options = ("--reason", "Shooting in Brookvale", "--owner", "Ada", "--scope", "region=US")
            started = desk.run("hold", "start", *options, "--until", end.isoformat())
            assert (started.code, started.err) == (0, "")
            until(lambda: len(changes(server, "unsafe")) >= len(tagged() | held()))
            desk.lets_out({"p1": False, f"p{MOURNING}": True, "p20": True})
            watcher.send_signal(signal.SIGTERM)
            assert watcher.wait(LIMIT) == 0

        unsafe = changes(server, "unsafe")
        assert (set(unsafe[: len(tagged())]), set(unsafe[len(tagged()) :])) == (tagged(), held())
        told = server.ids()
        assert len(told) == len(set(told)) == POSTS + len(tagged()) + len(held())
        assert server.refused == [server.heard[POSTS][0]] * 2, "tried again, in order, with the same words"

        assert desk.run("hold", "end", "shooting-in-brookvale", "--by", "Ada").code == 0
        desk.lets_out({"p1": False, "p20": True, "p99": False, f"p{MOURNING}": True})

        done = desk.run("recheck", "q", "--webhook", server.url, "--format", "json")
        assert (done.code, done.err) == (1, "")
        verdicts = {each["id"]: each["verdict"] for each in json.loads(done.out)["posts"]}
        assert {name for name, verdict in verdicts.items() if verdict == "block"} == tagged()
        assert sorted(changes(server, "safe")) == sorted(held())
        assert len(server.heard) == len(told) + len(held())
        desk.lets_out({"p0": False, "p1": True, "p20": True, "p99": True, f"p{MOURNING}": True})
