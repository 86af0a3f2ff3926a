from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from readtheroom.model import Gap, Room
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.room.about import AboutDrafts, ForDraft
from readtheroom.room.current import Reading
from tests.room.server import Server, says
from tests.room.test_live import FIRE, HOST, talk, tells, terms

pytestmark = pytest.mark.usefixtures("probe")

NOW = datetime.now(UTC)
LISTS = Reading(Room(), NOW)
NOBODY = Reading(Room(), NOW, by_list=False)
ABOUT = "talk-about (127.0.0.1)"


def about(server: Server, *others: SourceEntry) -> AboutDrafts:
    return AboutDrafts(RoomConfig((*others, talk(server.url("/a"), "talk-about", fresh=600)), budget=30.0))


def asked(server: Server) -> list[str]:
    return [each.path for each in server.asked]


def test_each_tag_is_asked_about_once_while_it_is_fresh(server: Server) -> None:
    server.plays("/a/Lindental", says())
    server.plays("/a/roses", says())
    one = about(server, talk(server.plays("/list", tells(FIRE))))
    first = one.room(LISTS, ["Lindental"], NOW)
    assert (terms(first.room), first.gaps, first.looked_up) == (["#Lindental"], (), True)
    again = one.room(LISTS, ["LINDENTAL"], NOW + timedelta(seconds=599))
    assert again.room is first.room
    assert asked(server) == ["/a/Lindental"]
    both = one.room(LISTS, ["Lindental", "roses"], NOW)
    assert terms(both.room) == ["#Lindental", "#roses"]
    assert asked(server) == ["/a/Lindental", "/a/roses"]


def test_a_draft_without_tags_asks_nobody(server: Server) -> None:
    assert about(server).room(NOBODY, [], NOW) == ForDraft(NOBODY.room, (), True)
    assert server.asked == []


def test_a_failure_concerns_the_drafts_that_have_the_tag(server: Server) -> None:
    server.plays("/a/Lindental", says())
    server.plays("/a/bad", says(status=404))
    one = about(server)
    failed = Gap(ABOUT, "answered 404")
    assert one.room(NOBODY, ["bad"], NOW)[1:] == ((failed,), False)
    assert one.room(LISTS, ["bad"], NOW)[1:] == ((failed,), True)
    assert one.room(NOBODY, ["Lindental"], NOW)[1:] == ((), True)
    assert one.room(NOBODY, [], NOW)[1:] == ((), True)
    assert one.room(NOBODY, ["bad", "Lindental"], NOW)[1:] == ((failed,), True)


def test_who_failed_is_asked_again_soon(server: Server) -> None:
    server.plays("/a/bad", says(status=404))
    one = about(server)
    for seconds in (0, 59, 61):
        one.room(LISTS, ["bad"], NOW + timedelta(seconds=seconds))
    assert asked(server) == ["/a/bad", "/a/bad"]


def test_what_the_room_has_of_its_own_stays(server: Server) -> None:
    server.plays("/a/Lindental", says())
    own = Gap(HOST, "timeout")
    found = about(server).room(Reading(Room(gaps=(own,)), NOW), ["Lindental"], NOW)
    assert (terms(found.room), found.gaps) == (["#Lindental"], (own,))
