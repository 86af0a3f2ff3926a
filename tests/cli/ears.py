"""A watcher as a process of its own, and somebody who hears what it tells."""

from __future__ import annotations

import hmac
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from tests.checkout import environment
from tests.room.server import Loopback, serving

LIMIT = 120
"""Seconds after which nothing will come of it."""

SECRET = "the-kettle-is-on"  # noqa: S105  for these tests alone


class Ear(Loopback):
    """Hears what is posted; answers 500 the first `fails` times, and not at all while it is `deaf`."""

    def __init__(self, fails: int = 0, redirect: str = "") -> None:
        super().__init__(_Talk)
        self.fails, self.redirect = fails, redirect
        self.deaf = threading.Event()
        self.refused: list[bytes] = []
        self.heard: list[tuple[bytes, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?token=hidden"

    def ids(self) -> list[str]:
        """Of what was told, each signed by whom it should be."""
        for body, signature in list(self.heard):
            assert signature == "sha256=" + hmac.new(SECRET.encode(), body, sha256).hexdigest()
        return [json.loads(body)["id"] for body, _ in list(self.heard)]

    def verdicts(self) -> set[str]:
        """All that were told."""
        return {json.loads(body)["post"]["verdict"] for body, _ in list(self.heard)}

    def told(self) -> list[tuple[str, str]]:
        """Of which post, and what."""
        return [(each["post"]["id"], each["change"]) for each in map(json.loads, [body for body, _ in self.heard])]


class _Talk(BaseHTTPRequestHandler):
    server: Ear

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.redirect:
            self.send_response(307)
            self.send_header("Location", self.server.redirect)
        elif len(self.server.refused) < self.server.fails:
            self.server.refused.append(body)
            self.send_response(500)
        else:
            self.server.heard.append((body, self.headers["X-Readtheroom-Signature-256"]))
            if self.server.deaf.is_set():
                self.server.ended.wait(LIMIT)
                return
            self.send_response(204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silence."""


def ear(fails: int = 0, redirect: str = "") -> AbstractContextManager[Ear]:
    return serving(Ear(fails, redirect))


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
