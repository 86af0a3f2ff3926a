from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Event

import pytest

from readtheroom.errors import DraftError
from readtheroom.model import NO_ROOM, Gap, Room
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.room.current import CurrentRoom
from readtheroom.room.reading import LEAST
from tests.room.server import Server, Talk, says
from tests.room.test_live import FIRE, HOST, talk, tells, terms

pytestmark = pytest.mark.usefixtures("probe")

NOW = datetime.now(UTC)
ROSES = ["Roses", "Show opens"]


def later(**much: float) -> datetime:
    return datetime.now(UTC) + timedelta(**much)


@pytest.fixture
def no_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """So that what stands in for a silent source can only be what was read before."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(tmp_path / "file" / "no-folder"))


def current(*entries: SourceEntry, lasting: bool = True, max_age: float = 3600) -> CurrentRoom:
    return CurrentRoom(
        RoomConfig(entries, budget=30.0, max_age=timedelta(seconds=max_age), window=timedelta(days=9)),
        None,
        lasting=lasting,
    )


def test_it_is_read_once_while_it_is_fresh(server: Server) -> None:
    room = current(talk(server.plays("/a", tells(FIRE)), fresh=600))
    first = room.at(later())
    assert first is room.at(later(seconds=590))
    assert len(server.asked) == 1
    assert room.at(later(seconds=601)) is not first


def test_a_file_may_be_read_again_at_any_time_and_makes_no_answer_older(server: Server, tmp_path: Path) -> None:
    (tmp_path / "room.json").write_text('{"observations": []}', "utf-8")
    file = SourceEntry("file", {"path": str(tmp_path / "room.json")})
    reading = current(talk(server.plays("/a", tells(FIRE)), fresh=600), file).at(NOW)
    assert reading.due == NOW + LEAST
    assert reading.fresh_until is not None
    assert reading.fresh_until > NOW + 5 * LEAST


@pytest.mark.usefixtures("no_store")
def test_a_trend_that_begins_while_it_lasts(server: Server) -> None:
    room = current(talk(server.plays("/a", tells(ROSES)), fresh=600))
    assert terms(room.at(later()).room) == ["Roses"]
    server.plays("/a", tells(FIRE))
    assert terms(room.at(later(seconds=500)).room) == ["Roses"]
    assert terms(room.at(later(seconds=700)).room) == ["Lindental"]


def test_one_that_does_not_last_is_read_once(server: Server) -> None:
    room = current(talk(server.plays("/a", tells(FIRE)), fresh=1), lasting=False)
    assert room.at(later()) is room.at(later(days=300))
    given = CurrentRoom(RoomConfig(), Room(), lasting=True)
    assert given.at(NOW) is given.at(later(days=300))
    assert CurrentRoom(RoomConfig(), None, lasting=True).at(NOW).room is NO_ROOM


@pytest.mark.usefixtures("no_store")
def test_who_falls_silent_is_stood_in_for_up_to_an_age(server: Server) -> None:
    good, bad = talk(server.plays("/b", tells(ROSES)), fresh=600), talk(server.plays("/a", tells(FIRE)), fresh=600)
    room = current(good, bad, max_age=3600)
    first = room.at(later()).room
    server.plays("/a", says(status=404))
    second = room.at(later(minutes=30)).room
    assert terms(second) == terms(first) == ["Roses", "Lindental"]
    gap, store = second.gaps
    assert (gap.source, gap.note, store.source, store.note) == (HOST, True, "store", True)
    assert gap.reason.startswith("answered 404; an answer of ")
    assert gap.reason.endswith(" UTC is used, 30 min old")
    third = room.at(later(minutes=61)).room
    assert (terms(third), third.gaps, third.looked_up) == (["Roses"], (Gap(HOST, "answered 404"), store), True)
    server.plays("/a", tells(FIRE))
    assert room.at(later(minutes=63)).room.gaps == (store,)


def test_who_did_not_answer_is_asked_again_soon(server: Server) -> None:
    room = current(talk(server.plays("/a", says(status=404)), fresh=600))
    first = room.at(later())
    assert room.at(later() + LEAST / 2) is first
    server.plays("/a", tells(FIRE))
    assert terms(room.at(later() + LEAST).room) == ["Lindental"]


def test_what_is_the_same_is_the_same_object(server: Server) -> None:
    entries = (server.plays("/a", tells(FIRE)), server.plays("/b", says(status=404)))
    same = current(*(talk(url, fresh=3000) for url in entries))
    first = same.at(later()).room
    assert same.at(later(seconds=90)).room is first


def test_a_file_is_read_again_and_one_that_is_damaged_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "room.yaml"
    path.write_text("observations: []")
    room = current(SourceEntry("file", {"path": str(path)}))
    assert terms(room.at(later()).room) == []
    path.write_text(f"observations: [{{term: Roses, observed_at: {NOW:%Y-%m-%dT%H:%M:%SZ}}}]")
    assert terms(room.at(later(minutes=2)).room) == ["Roses"]
    path.write_text("observations: 1")
    held = room.at(later(minutes=30)).room
    assert terms(held) == ["Roses"]
    (gap,) = held.gaps
    assert (gap.source, gap.note) == ("room", True)
    assert gap.reason.startswith(f"{path}:1:")
    assert gap.reason.endswith(" UTC is used, 28 min old")
    (gap,) = room.at(later(hours=3)).room.gaps
    assert not gap.note
    path.write_text("observations: []")
    assert room.at(later(hours=4)).room == Room()


def test_a_file_that_was_never_readable_is_an_error(tmp_path: Path) -> None:
    room = current(SourceEntry("file", {"path": str(tmp_path / "none.yaml")}))
    for _ in range(2):
        with pytest.raises(DraftError, match="no such file"):
            room.at(NOW)


@pytest.mark.usefixtures("no_store")
def test_one_reads_and_others_go_on(server: Server) -> None:
    reads, go_on = Event(), Event()

    def slow(talk: Talk) -> None:
        reads.set()
        go_on.wait(20)
        tells(FIRE)(talk)

    room = current(talk(server.plays("/a", tells(ROSES)), fresh=60), max_age=3600)
    room.at(later())
    server.plays("/a", slow)
    with ThreadPoolExecutor(2) as pool:
        reader = pool.submit(room.at, later(minutes=5))
        assert reads.wait(20)
        assert terms(room.at(later(minutes=5)).room) == ["Roses"]
        waits = pool.submit(room.at, later(hours=2))  # the old one is too old to go on with
        go_on.set()
        assert terms(reader.result().room) == terms(waits.result().room) == ["Lindental"]
    assert len(server.asked) == 2


@pytest.mark.usefixtures("no_store")
def test_many_threads_read_it_once(server: Server) -> None:
    room = current(talk(server.plays("/a", tells(ROSES)), fresh=600))
    at_once, moment = Barrier(8), later()

    def read() -> list[str]:
        at_once.wait(20)
        return terms(room.at(moment).room)

    with ThreadPoolExecutor(8) as pool:
        assert [each.result() for each in [pool.submit(read) for _ in range(8)]] == [["Roses"]] * 8
    assert len(server.asked) == 1
