"""`recheck --watch`, as a process of its own, with whom it tells."""

from __future__ import annotations

import hmac
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.checkout import environment
from tests.cli.conftest import Run
from tests.office import CONFIG, GUARD, RULES, put

LIMIT = 60
SECRET = "the-kettle-is-on"  # noqa: S105  for these tests alone
QUEUE = "id,text,scheduled_at\na,Doors open at nine.,2190-03-01T12:00:00Z\nb,Hurry up,2190-03-02T12:00:00Z\n"


class Ear(ThreadingHTTPServer):
    """Hears what is posted; answers 500 the first `fails` times."""

    daemon_threads = True

    def __init__(self, fails: int = 0, redirect: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.fails, self.redirect = fails, redirect
        self.refused = 0
        self.heard: list[tuple[bytes, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?token=hidden"

    def told(self) -> list[tuple[str, str]]:
        plain = [json.loads(body) for body, _ in self.heard]
        return [(each["post"]["id"], each["change"]) for each in plain]


class _Talk(BaseHTTPRequestHandler):
    server: Ear

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.redirect:
            self.send_response(307)
            self.send_header("Location", self.server.redirect)
        elif self.server.refused < self.server.fails:
            self.server.refused += 1
            self.send_response(500)
        else:
            self.server.heard.append((body, self.headers["X-Readtheroom-Signature-256"]))
            self.send_response(204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silence."""


@contextmanager
def ear(fails: int = 0, redirect: str = "") -> Iterator[Ear]:
    server = Ear(fails, redirect)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True)
def queue(office: Path) -> Path:
    put(office, {"readtheroom.yaml": CONFIG, "house.yaml": RULES + GUARD, "q/a.csv": QUEUE})
    return office


def variables(office: Path) -> dict[str, str]:
    return environment(office / "home", READTHEROOM_WEBHOOK_SECRET=SECRET)


@contextmanager
def watching(office: Path, *args: str) -> Iterator[subprocess.Popen[bytes]]:
    """A watcher; what it says goes to the files `out` and `err`."""
    command = [sys.executable, "-m", "readtheroom", "recheck", "q", "--watch", "--interval", "1s", *args]
    with (office / "out").open("ab") as out, (office / "err").open("ab") as err:
        started = subprocess.Popen(command, cwd=office, env=variables(office), stdout=out, stderr=err)
        try:
            yield started
        finally:
            started.kill()
            started.wait(LIMIT)


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT
    while not what():
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.02)


def said(office: Path, name: str = "err") -> str:
    return (office / name).read_text("utf-8") if (office / name).exists() else ""


def test_each_change_is_told_once_though_the_receiver_fails_and_the_watcher_is_killed(queue: Path) -> None:
    with ear(fails=2) as server:
        with watching(queue, "--webhook", server.url) as first:
            until(lambda: server.refused == 1)
            first.kill()
        put(queue, {"holds/fire.yaml": "reason: Fire\nowner: Ada\nstart: 2026-01-01T00:00:00Z\nend: 2191-01-01\n"})
        with watching(queue, "--webhook", server.url) as second:
            until(lambda: len(server.heard) == 4)
            (queue / "holds/fire.yaml").unlink()
            until(lambda: len(server.heard) == 6)
            put(queue, {"readtheroom.yaml": f"{CONFIG}rules: {{haste: error}}\n"})
            until(lambda: len(server.heard) == 7)
            put(queue, {"q/a.csv": QUEUE.splitlines(keepends=True)[0] + "b,Hurry up,2190-03-02T12:00:00Z\n"})
            until(lambda: len(server.heard) == 8)
            second.send_signal(signal.SIGTERM)
            assert second.wait(LIMIT) == 0
        assert server.told() == [
            *[("a", "new"), ("b", "new"), ("a", "unsafe"), ("b", "unsafe"), ("a", "safe"), ("b", "safe")],
            *[("b", "unsafe"), ("a", "gone")],
        ]
        assert len({json.loads(body)["id"] for body, _ in server.heard}) == 8
        for body, signature in server.heard:
            assert signature == "sha256=" + hmac.new(SECRET.encode(), body, sha256).hexdigest()
    assert said(queue).count("webhook: answered 500; it is tried again") == 2
    assert "hidden" not in said(queue) + said(queue, "out")
    assert SECRET not in said(queue) + said(queue, "out")
    kept = b"".join(path.read_bytes() for path in (queue / "home").rglob("*") if path.is_file())
    assert b"hidden" not in kept
    assert SECRET.encode() not in kept


def test_a_broken_round_is_told_once_and_survived(queue: Path) -> None:
    with watching(queue, "--format", "json") as watcher:
        rounds: Callable[[], int] = lambda: said(queue, "out").count("\n")  # noqa: E731
        until(lambda: rounds() >= 1)
        put(queue, {"q/b.csv": "text,scheduled_at\nTea,soon\n"})
        before = rounds()
        until(lambda: rounds() >= before + 3)
        put(queue, {"readtheroom.yaml": "extends: [none.yaml]\n"})
        until(lambda: "none.yaml" in said(queue))
        put(queue, {"readtheroom.yaml": CONFIG})
        (queue / "q/b.csv").unlink()
        before = rounds()
        until(lambda: rounds() >= before + 1)
        watcher.send_signal(signal.SIGINT)
        assert watcher.wait(LIMIT) == 0
    assert said(queue).count("q/b.csv:2:") == 1
    assert said(queue).count("none.yaml") == 1
    assert "Traceback" not in said(queue)


def test_a_command_gets_each_change_until_it_takes_it(queue: Path) -> None:
    script = (
        "import sys, os\n"
        "body = sys.stdin.read()\n"
        "tries = len(open('tries').read()) if os.path.exists('tries') else 0\n"
        "open('tries', 'a').write('x')\n"
        "if tries < 2: sys.exit(3)\n"
        "open('heard', 'a').write(body + '\\n')\n"
    )
    put(queue, {"ear.py": script})
    with watching(queue, "--exec", f"{sys.executable} ear.py"):
        until(lambda: said(queue, "heard").count("\n") == 2)
    plain = [json.loads(line) for line in said(queue, "heard").splitlines()]
    assert [(each["post"]["id"], each["change"]) for each in plain] == [("a", "new"), ("b", "new")]
    assert plain[1]["post"]["verdict"] == "warn"
    assert plain[1]["post"]["findings"][0]["rule"] == "haste"
    assert said(queue).count("command: failed (exit 3); it is tried again\n") == 1


def test_what_cannot_be_delivered_by_one_recheck_waits_for_the_next(tool: Run) -> None:
    with ear(fails=1) as server:
        command = ("recheck", "q", "--webhook", server.url)
        done = tool(*command, READTHEROOM_WEBHOOK_SECRET=SECRET)
        assert (done.code, done.err) == (
            0, "readtheroom: webhook: answered 500; it is tried again by the next recheck\n"
        )  # fmt: skip
        until(lambda: not tool(*command, READTHEROOM_WEBHOOK_SECRET=SECRET).err and len(server.heard) == 2)
        tool(*command, READTHEROOM_WEBHOOK_SECRET=SECRET)
        assert server.told() == [("a", "new"), ("b", "new")]


def test_nobody_is_sent_elsewhere_with_what_is_told(tool: Run) -> None:
    with ear() as other, ear(redirect=other.url) as server:
        done = tool("recheck", "q", "--webhook", server.url, READTHEROOM_WEBHOOK_SECRET=SECRET)
        assert "webhook: redirected: name the address itself" in done.err
        assert other.heard == []


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("--webhook", "http://127.0.0.1:1/"), "--webhook: set READTHEROOM_WEBHOOK_SECRET to a secret"),
        (("--exec", '"'), "--exec: No closing quotation"),
        (("--exec", ""), "--exec: name a program"),
        (("--interval", "5m"), "--interval is for --watch"),
        (("--watch", "--interval", "soon"), "--interval: 'soon' is no length of time: write 30s, 5m, 2h or 1d"),
        (("--watch", "--at", "2026-03-01T09:00Z"), "--watch goes on from now: leave out --at"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    here: Run, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], why: str
) -> None:
    monkeypatch.delenv("READTHEROOM_WEBHOOK_SECRET", raising=False)
    done = here("recheck", "q", *args)
    assert done.code == 2
    assert done.err.startswith(f"readtheroom: {why}")
    assert os.path.exists("q/a.csv")
