"""All rooms of a run are looked at together, while policies are read, in one budget."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier
from time import monotonic, sleep

import pytest

from readtheroom.api.drafts import gather
from readtheroom.api.linter import Linter
from readtheroom.api.looking import Looking
from readtheroom.api.run import Run
from readtheroom.errors import FaultsError
from readtheroom.model import Gap
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.room.load import from_each
from tests.office import GATE, RULES, put
from tests.room.server import Server, Talk, hangs, running, says

FEED = b"<rss><channel><title>News</title><item><title>Shooting in Lindental</title></item></channel></rss>"
TEXT = "Doors open in Lindental"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as one:
        yield one


@pytest.fixture(autouse=True)
def _by_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(tmp_path / "kept"))


def team(folder: Path, url: str, budget: float = 20, rules: str = RULES) -> str:
    """A folder with a config, its packs and a draft; returns the draft's path."""
    source = {"kind": "rss", "url": url}
    config = {"extends": ["house.yaml", "gate.yaml"], "room": {"budget": budget, "sources": [source]}}
    put(folder, {"readtheroom.yaml": json.dumps(config), "house.yaml": rules, "gate.yaml": GATE, "post.txt": TEXT})
    return str(folder / "post.txt")


def asked(server: Server) -> bool:
    """Whether somebody asks within a while."""
    give_up = monotonic() + 20
    while not server.asked and monotonic() < give_up:
        sleep(0.01)
    return server.asked != []


def test_rooms_of_several_configs_are_looked_at_together(server: Server, tmp_path: Path) -> None:
    """Each answer comes only once all were asked for."""
    together = Barrier(3)

    def part(talk: Talk) -> None:
        together.wait(20)
        talk.answer(FEED, content_type="application/rss+xml")

    paths = [team(tmp_path / name, server.plays(f"/{name}", part)) for name in ("north", "south", "west")]
    run = Run()
    drafts = gather(paths, [], None, run.keeps).drafts
    run.prepare(drafts)
    assert [len(run.linter(path).room.observations) for path in paths] == [1, 1, 1]
    assert len(list(run.lint(drafts))) == 3


def test_faults_of_all_configs_are_told_and_so_are_rooms(server: Server, tmp_path: Path) -> None:
    good = team(tmp_path / "north", server.plays("/north", says(FEED, content_type="application/rss+xml")))
    bad = team(tmp_path / "south", server.url("/north"), rules=RULES.replace("Better than Globex", "Better than ever"))
    run = Run()
    drafts = gather([good, bad], [], None, run.keeps).drafts
    with pytest.raises(FaultsError, match="Better than ever"):
        run.prepare(drafts)


@pytest.mark.parametrize("ahead", [True, False])
def test_the_look_begins_before_the_rules_are_proven(server: Server, tmp_path: Path, ahead: bool) -> None:
    """Also where they turn out to have faults; but only for who will want the room."""
    url = server.plays("/", says(FEED, content_type="application/rss+xml"))
    team(tmp_path, url, rules=RULES.replace("[Globex]", "[]"))
    with pytest.raises(FaultsError):
        Linter.from_path(str(tmp_path / "readtheroom.yaml"), how=Looking(ahead=ahead))
    assert not ahead or asked(server)
    if not ahead:
        assert server.asked == []


def test_what_was_begun_is_what_posts_are_judged_by(server: Server, tmp_path: Path) -> None:
    team(tmp_path, server.plays("/", says(FEED, content_type="application/rss+xml")))
    linter = Linter.from_path(str(tmp_path / "readtheroom.yaml"), how=Looking(ahead=True))
    linter.prepare([""])
    assert [each.term for each in linter.room.observations] == ["Shooting in Lindental"]
    assert len(server.asked) == 1


def test_a_run_that_is_told_of_files_alone_looks_at_no_room(server: Server, tmp_path: Path) -> None:
    path = team(tmp_path, server.url("/"))
    run = Run()
    run.prepare(gather([path], [], None, run.keeps).drafts, look=False)
    assert server.asked == []


def test_what_a_run_has_spent_is_taken_off_its_budget(server: Server) -> None:
    entry = SourceEntry("rss", {"url": server.plays("/", hangs)})
    now = monotonic()
    long_ago = now - 100
    (told,), _ = from_each(RoomConfig((entry,), budget=30), since=long_ago)
    assert told.gaps == (Gap("rss (127.0.0.1)", "timeout"),)
    assert monotonic() - now < 25  # all of it would take longer
    server.plays("/", says(FEED, content_type="application/rss+xml"))
    (told,), _ = from_each(RoomConfig((entry,), budget=20), since=long_ago)
    assert told.answered
