"""`recheck --watch`, as a process of its own, with whom it tells."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.ears import LIMIT, SECRET, ear, said, until, watching
from tests.office import CONFIG, GUARD, RULES, put

QUEUE = "id,text,scheduled_at\na,Doors open at nine.,2190-03-01T12:00:00Z\nb,Hurry up,2190-03-02T12:00:00Z\n"


@pytest.fixture(autouse=True)
def queue(office: Path) -> Path:
    put(office, {"readtheroom.yaml": CONFIG, "house.yaml": RULES + GUARD, "q/a.csv": QUEUE})
    return office


def test_each_change_is_told_once_though_the_receiver_fails_and_the_watcher_is_killed(queue: Path) -> None:
    with ear(fails=2) as server:
        with watching(queue, "--webhook", server.url) as first:
            until(lambda: said(queue).count("it is tried again") == 1)
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
        assert len(set(server.ids())) == 8
    assert said(queue).count("webhook: answered 500; it is tried again") == 2
    assert "hidden" not in said(queue) + said(queue, "out")
    assert SECRET not in said(queue) + said(queue, "out")
    kept = b"".join(path.read_bytes() for path in (queue / "home").rglob("*") if path.is_file())
    assert b"hidden" not in kept
    assert SECRET.encode() not in kept


def test_a_broken_round_is_told_once_and_survived(queue: Path) -> None:
    with watching(queue, "--format", "json") as watcher:

        def rounds() -> int:
            return said(queue, "out").count("\n")

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
