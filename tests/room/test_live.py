from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readtheroom.model import Gap, Json, Observation, Reason, Room
from readtheroom.policy.source_names import named
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.room.store import FILE, Store
from tests.room.look import room_of
from tests.room.server import Part, Server, Talk, drips, drips_head, hangs, pours, running, says

pytestmark = pytest.mark.usefixtures("probe")

FIRE = ["Lindental", "Hotel burns"]
HOST = "talk (127.0.0.1)"


def tells(*items: Sequence[str]) -> Part:
    return says(json.dumps(items).encode(), content_type="application/json", etag='"1"')


def talk(url: str, kind: str = "talk", fresh: float | None = None, **more: Json) -> SourceEntry:
    options: dict[str, Json] = {"url": url, **more}
    return SourceEntry(kind, options, fresh_for=None if fresh is None else timedelta(seconds=fresh))


def look(*entries: SourceEntry, offline: bool = False, tags: Sequence[str] | None = None, **more: float) -> Room:
    max_age = timedelta(seconds=more.get("max_age", 3600))
    config = RoomConfig(entries, budget=more.get("budget", 30.0), max_age=max_age)
    return room_of(config, offline=offline, tags=tags)


def terms(room: Room) -> list[str]:
    return [each.term for each in room.observations]


def test_what_a_source_tells(server: Server) -> None:
    before = datetime.now(UTC)
    room = look(talk(server.plays("/a", tells(FIRE)), word="secret"))
    (seen,) = room.observations
    assert room == Room((seen,))
    assert seen._replace(observed_at=before) == Observation(
        "Lindental", "topic", "Talk", before, reasons=(Reason("Hotel burns"),)
    )
    assert before <= seen.observed_at <= datetime.now(UTC)
    assert server.asked[0].headers["authorization"] == "secret"


def half(talk: Talk) -> None:
    talk.head(content_length="100", content_type="application/json")
    talk.wfile.write(b"[[")
    talk.close_connection = True


SHORT = 0.7
"""Seconds for what is to run out of time; all else has plenty, for this machine may be busy."""

FAILING: dict[str, tuple[Part, str]] = {
    "/hangs": (hangs, "timeout"),
    "/drips": (drips(b"[" * 500), "timeout"),
    "/text": (says(b"Please wait", content_type="text/plain"), "wrong type: text/plain"),
    "/shape": (says(b"{", content_type="application/json"), "answered in another shape"),
    "/half": (half, "the answer was cut short"),
    "/500": (says(status=500), "answered 500"),
    "/loop": (says(status=302, location="/loop"), "redirected more than 5 times"),
    "/private": (says(status=302, location="http://10.0.0.1/"), "redirected to a private address"),
    "/pours": (pours, "larger than 4 MiB"),
}


@pytest.mark.parametrize("path", FAILING)
def test_who_fails_is_told_of_and_the_rest_serves(server: Server, path: str) -> None:
    part, reason = FAILING[path]
    bad, good = talk(server.plays(path, part)), talk(server.plays("/good", tells(FIRE)))
    room = look(bad._replace(timeout=SHORT) if reason == "timeout" else bad, good)
    assert (terms(room), room.gaps, room.looked_up) == (["Lindental"], (Gap(HOST, reason),), True)


def test_all_that_fail_are_told_of(server: Server) -> None:
    server.plays("/good", tells(FIRE))
    server.plays("/hangs", hangs)
    with running() as other:
        busy_one = talk(other.plays("/busy", says(status=429, retry_after="600")))
        hanging_one = talk(server.url("/hangs"))._replace(timeout=SHORT)
        room = look(hanging_one, busy_one, talk(server.url("/good")), talk("http://127.0.0.1:1/"))
    assert terms(room) == ["Lindental"]
    hanging, busy, refused = room.gaps
    assert busy.reason.startswith("429 until ")
    assert (hanging, refused) == (Gap(HOST, "timeout"), Gap(HOST, "connection refused"))


def test_sources_of_one_kind_on_one_host_are_told_apart(server: Server) -> None:
    server.plays("/north", says(status=404))
    server.plays("/south", says(status=404))
    room = look(*named([talk(server.url("/north")), talk(server.url("/south"))]))
    assert room.gaps == (
        Gap("talk (127.0.0.1/north)", "answered 404"),
        Gap("talk (127.0.0.1/south)", "answered 404"),
    )


def test_a_source_that_is_broken_breaks_nothing(server: Server) -> None:
    room = look(talk(server.plays("/a", tells(FIRE)), "talk-wrong"), talk(server.url("/a")))
    assert room.gaps == (Gap("talk-wrong (127.0.0.1)", "internal error (AttributeError)"),)
    assert terms(room) == ["Lindental"]


def test_nobody_answers(server: Server) -> None:
    room = look(*(talk(server.plays(f"/{n}", hangs), word=str(n)) for n in range(8)), budget=SHORT)
    assert room == Room((), (Gap(HOST, "timeout"),), looked_up=False)


@pytest.mark.parametrize("part", [hangs, drips_head, drips(b"[" * 500)])
def test_a_source_may_have_less_time_than_all(server: Server, part: Part) -> None:
    room = look(talk(server.plays("/a", part))._replace(timeout=SHORT))
    assert room.gaps == (Gap(HOST, "timeout"),)


# --- what is kept ---


def test_what_is_fresh_is_not_asked_for_again(server: Server) -> None:
    entry = talk(server.plays("/a", tells(FIRE)))
    assert look(entry) == look(entry) == look(entry, offline=True)
    assert len(server.asked) == 1
    look(talk(server.url("/a"), word="other"))
    assert len(server.asked) == 2


def test_what_is_not_is_asked_for_by_its_tag(server: Server) -> None:
    def part(talk: Talk) -> None:
        tells(FIRE)(talk) if "if-none-match" not in talk.headers else talk.answer(status=304)

    entry = talk(server.plays("/a", part), fresh=0.001)
    first, second = look(entry), look(entry)
    assert [each.headers.get("if-none-match") for each in server.asked] == [None, '"1"']
    assert second.gaps == ()
    assert second.observations[0].observed_at > first.observations[0].observed_at


@pytest.mark.parametrize("part", [says(status=500), says(b"Please wait", content_type="text/plain"), hangs])
def test_an_old_answer_stands_in(server: Server, part: Part) -> None:
    entry = talk(server.plays("/a", tells(FIRE)), fresh=0.001)
    first = look(entry)
    server.plays("/a", part)
    room = look(entry, budget=SHORT)
    assert room.observations == first.observations
    assert room.looked_up
    (gap,) = room.gaps
    assert gap.note
    assert f"; an answer of {first.observations[0].observed_at:%F %R} UTC is used, 0 min old" in gap.reason


def test_one_that_is_too_old_does_not(server: Server) -> None:
    entry = talk(server.plays("/a", tells(FIRE)), fresh=0.001)
    (seen,) = look(entry).observations
    server.plays("/a", says(status=500))
    room = look(entry, max_age=0)
    assert room == Room(
        (seen,),  # it was seen in the window all the same
        (Gap(HOST, f"answered 500; the last answer, of {seen.observed_at:%F %R} UTC, is too old"),),
        looked_up=False,
    )


def test_offline_nobody_is_asked(server: Server) -> None:
    entry = talk(server.plays("/a", tells(FIRE)))
    assert look(entry, offline=True) == Room((), (Gap(HOST, "offline"),), looked_up=False)
    assert server.asked == []
    first = look(entry)
    stale = look(entry._replace(fresh_for=timedelta(microseconds=1)), offline=True)
    assert stale.observations == first.observations
    assert [(gap.note, gap.reason.partition(";")[0]) for gap in stale.gaps] == [(True, "offline")]


def test_what_was_seen_in_the_window_still_counts(server: Server) -> None:
    entry = talk(server.plays("/a", tells(FIRE)), fresh=0.001)
    look(entry)
    server.plays("/a", tells(["Roses", "Show opens"]))
    assert terms(look(entry)) == ["Roses", "Lindental"]
    past = room_of(RoomConfig((entry,), window=timedelta(hours=1)), at=datetime.now(UTC) - timedelta(hours=2))
    assert terms(past) == ["Roses"]
    assert terms(look(talk(server.url("/a"), word="other"))) == ["Roses"]


def test_who_has_had_enough_is_left_alone_by_all_that_comes_after(server: Server) -> None:
    server.plays("/a", says(status=429, retry_after="600"))
    server.plays("/b", tells(FIRE))
    first, second = look(talk(server.url("/a"))), look(talk(server.url("/b")))
    assert first.gaps == second.gaps
    assert len(server.asked) == 1
    until = datetime.now(UTC) + timedelta(seconds=600)
    assert first.gaps[0].reason in {f"429 until {until - timedelta(seconds=s):%R} UTC" for s in (0, 1, 2, 3)}


def test_an_answer_that_was_not_believed_is_not_asked_for_at_once(server: Server) -> None:
    entry = talk(server.plays("/a", says(b"Please wait", content_type="text/plain")))
    assert look(entry).gaps[0].reason == "wrong type: text/plain"
    assert look(entry).gaps[0].reason.startswith("unexpected answer, left alone until ")
    assert len(server.asked) == 1


def test_what_was_said_before_the_failure_counts(server: Server) -> None:
    server.plays("/a/more", says(status=404))
    room = look(talk(server.plays("/a", tells(FIRE, ["broken"], ["Roses"]))))
    assert (terms(room), room.gaps) == (["Lindental"], (Gap(HOST, "answered 404"),))


def test_secrets_are_not_stored(server: Server, tmp_path: Path) -> None:
    look(talk(server.plays("/a", tells(FIRE)), word="t0p-secret"), talk(server.url("/a?key=t0p-secret")))
    kept = b"".join(path.read_bytes() for path in (tmp_path / "kept").iterdir())
    assert b"Hotel burns" in kept
    assert b"t0p-secret" not in kept


def test_a_damaged_store_is_told_of(server: Server, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir(mode=0o700)
    (tmp_path / "kept" / FILE).write_bytes(b"damaged" * 1000)
    room = look(talk(server.plays("/a", tells(FIRE))))
    assert (terms(room), [(gap.source, gap.note) for gap in room.gaps]) == (["Lindental"], [("store", True)])


# --- what is sent ---


def test_tags_are_sent_only_where_they_are_asked_for(server: Server) -> None:
    server.plays("/a/Lindental", says())
    room = look(talk(server.url("/a"), "talk-about"), talk(server.plays("/b", tells(FIRE))), tags=["Lindental"])
    assert terms(room) == ["#Lindental", "Lindental"]
    assert {each.path for each in server.asked} == {"/a/Lindental", "/b"}


def test_tags_that_nobody_handed_over(server: Server) -> None:
    entry = talk(server.url("/a"), "talk-about")
    reason = "asks about the hashtags of drafts, and none were handed over"
    assert look(entry) == Room((), (Gap("talk-about (127.0.0.1)", reason),), looked_up=False)
    assert look(entry, tags=[]) == Room()
    assert server.asked == []


# --- what comes ---


def test_what_no_snapshot_could_hold_is_left_out(server: Server) -> None:
    server.plays("/a", tells(["x" * 1000, "\ud800 half", " "], ["", "no name"]))
    assert [(each.term, each.reasons) for each in look(talk(server.url("/a"))).observations] == [
        ("x" * 300, (Reason("? half"),))
    ]


def test_a_source_stands_for_a_region(server: Server) -> None:
    entry = talk(server.plays("/a", tells(FIRE)))._replace(region="FR")
    assert [each.region for each in look(entry).observations] == ["FR"]


# --- many at once ---

ASKER = """\
import sys
from datetime import UTC, datetime
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.room.current import CurrentRoom

config = RoomConfig((SourceEntry("talk", {"url": sys.argv[1]}),), budget=20)
room = CurrentRoom(config, None).at(datetime.now(UTC)).room
print(*(each.term for each in room.observations), *room.gaps)
"""


def test_of_many_processes_one_asks(server: Server, probe: Path, tmp_path: Path) -> None:
    def slow(talk: Talk) -> None:
        talk.ended.wait(0.3)
        tells(FIRE)(talk)

    url = server.plays("/a", slow)
    env = {**os.environ, "PYTHONPATH": str(probe), "READTHEROOM_CACHE_DIR": str(tmp_path / "shared")}
    askers = [
        subprocess.Popen([sys.executable, "-c", ASKER, url], env=env, stdout=subprocess.PIPE, text=True)
        for _ in range(5)
    ]
    assert [asker.communicate(timeout=60)[0] for asker in askers] == ["Lindental\n"] * 5
    assert len(server.asked) == 1
    store = Store(str(tmp_path / "shared"))
    assert [each.term for each in store.story("Lindental")] == ["Lindental"]
