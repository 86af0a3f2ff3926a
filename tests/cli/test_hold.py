"""`readtheroom hold`, and holds in what other commands say."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path

import pytest

from readtheroom.cli.main import main
from tests.cli.conftest import Run
from tests.office import BOTH, DURING, FIRE, GUARD, RULES, put

SPARED = "condolences, service notices and apologies"
ROOM = ("--room", "room.yaml", "--at", DURING)


@pytest.fixture(autouse=True)
def guarded(office: Path) -> Path:
    put(office, {"house.yaml": RULES + GUARD, "a.txt": "Doors open at nine."})
    return office


def test_start_list_and_end(here: Run) -> None:
    asked = ["--reason", "Fire in town", "--owner", "Ada", "--scope", "region=us,platform=x", "--scope", "region=FR"]
    done = here("hold", "start", *asked, "--start", "2026-03-01 08:00", "--until", "2026-03-01")
    assert (done.code, done.err) == (0, "")
    about = (
        "  Fire in town  since 1 Mar 2026 08:00 UTC, until 2 Mar 2026 00:00 UTC\n"
        "  Ada  holds/fire-in-town.yaml\n"
        "  stops region=US,platform=x; or region=FR, but no condolences, service notices and apologies\n"
    )
    assert done.out == (
        f"written  holds/fire-in-town.yaml\n{about.removeprefix('  ')}"
        "next: commit it where the drafts are; `readtheroom hold end fire-in-town` ends it\n"
    )
    done = here("hold", "list", "--at", DURING)
    assert done == (0, f"standing  fire-in-town\n{about}1 standing, 0 to come, 0 ended\n", "")
    assert here("hold", "list", "--at", "2026-02-28T10:00Z").out.startswith("to come   fire-in-town\n")
    assert here("hold", "list").out.startswith("ended     fire-in-town\n")
    assert here("hold", "end", "fire-in-town").out == "ended already, 2 Mar 2026 00:00 UTC: holds/fire-in-town.yaml\n"


def test_the_end_of_a_hold_says_that_it_releases_nothing(here: Run) -> None:
    assert here("hold", "start", "--reason", "Fire", "--until", "4h").code == 0
    assert here("lint", "a.txt").code == 1
    done = here("hold", "end", "fire", "--by", "Bo")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "ended    holds/fire.yaml, by Bo\n"
        "This releases nothing: each post that it stopped needs a fresh check, made after now:\n"
        "`readtheroom recheck PATH`\n"
    )
    assert here("lint", "a.txt").code == 0
    assert "  ended by Bo\n0 standing, 0 to come, 1 ended\n" in here("hold", "list").out


def test_who_ends_it_is_the_user_unless_it_is_said(here: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "grace")
    here("hold", "start", "--reason", "Fire")
    assert here("hold", "end", "fire").out.startswith("ended    holds/fire.yaml, by grace\n")


def test_what_is_missing_is_said_at_once(here: Run) -> None:
    out = here("hold", "start", "--reason", "Fire").out
    assert "  without --until, each run warns of it\n  without --owner, each run warns of it\n" in out


def test_everything_that_is_wrong_is_told_and_nothing_is_written(here: Run) -> None:
    done = here("hold", "start", "--reason=", "--scope", "platform=instagrm", "--scope", "lable=x", "--until", "soon")
    assert (done.code, done.out) == (2, "")
    assert [line.split(": ")[0] for line in done.err.splitlines()] == ["--reason", "--scope", "--scope", "--until"]
    assert not os.path.exists("holds")


@pytest.mark.parametrize("args", [["hold"], ["hold", "stop"], ["hold", "start"], ["hold", "end"], ["hold", "end", "x"]])
def test_what_cannot_be_understood(here: Run, args: list[str]) -> None:
    done = here(*args)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("readtheroom: ")


def test_those_that_cannot_be_read_are_listed_too(here: Run, guarded: Path) -> None:
    put(guarded, {"holds/a.yaml": FIRE, "holds/b.yaml": "reson: x\nstart: soon\n", "holds/c.yaml": "["})
    done = here("hold", "list", "--at", DURING)
    assert (done.code, done.out.splitlines()[0], done.out.splitlines()[-1]) == (
        2,
        "standing  a",
        "1 standing, 0 to come, 0 ended",
    )
    assert [line.split(": ")[0] for line in done.err.splitlines()] == [
        *("holds/b.yaml:1:1", "holds/b.yaml:1:1", "holds/b.yaml:2:8"),
        "holds/c.yaml:1:2",
    ]
    assert here("lint", "a.txt") == (2, "", done.err)


def test_a_list_for_programs(here: Run, guarded: Path) -> None:
    put(guarded, {"holds/a.yaml": FIRE + "scope: all\n"})
    assert json.loads(here("hold", "list", "--at", DURING, "--format", "json").out) == {
        "version": 1,
        "holds": [
            {
                "id": "a",
                "reason": "Fire",
                "owner": "Ada",
                "path": "holds/a.yaml",
                "start": "2026-03-01T08:00:00Z",
                "end": "2026-03-03T00:00:00Z",
                "scope": "all",
                "state": "standing",
            }
        ],
    }


def test_hostile_words_do_not_drive_a_terminal(here: Run) -> None:
    done = here("hold", "start", "--reason", "Fire\x1b[2J\n \u202e", "--owner", "A\x07")
    assert "Fire\\x1b[2J \\u202e" in done.out
    assert "\x1b" not in done.out + here("hold", "list").out + here("lint", "a.txt").out
    assert here("hold", "list").code == 0


# --- lint ---


def test_a_hold_blocks_what_is_in_its_time(here: Run, guarded: Path) -> None:
    put(guarded, {"holds/fire.yaml": FIRE})
    done = here("lint", "a.txt", "holds/fire.yaml", "--at", DURING, "--format", "json")
    (post,) = json.loads(done.out)["posts"]
    assert (done.code, post["verdict"]) == (1, "block")
    (found,) = post["findings"]
    assert (found["rule"], found["severity"], found["message"]) == ("stop", "error", "Fire")
    source = "Ada, holds/fire.yaml, since 2026-03-01 08:00 UTC, until 2026-03-03 00:00 UTC"
    assert [(each["title"], each["source"]) for each in found["evidence"]] == [("Fire", source)]


def test_a_run_on_holds_alone_has_nothing_to_judge(here: Run, guarded: Path) -> None:
    put(guarded, {"holds/fire.yaml": FIRE})
    done = here("lint", "holds/fire.yaml")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("0 blocked, 0 warned, 0 passed – ")


def test_a_hold_that_lacks_something_is_warned_of_once(here: Run, guarded: Path) -> None:
    put(guarded, {"holds/fire.yaml": "reason: Fire\nowner: Ada\nstart: 2026-03-02T08:00Z\n", "b.txt": "x"})
    done = here("lint", "a.txt", "b.txt", "--at", DURING)
    assert (done.code, done.out.count("no end: Fire")) == (0, 1)
    assert "holds/fire.yaml:1:1  warning  endless  no end: Fire\n" in done.out
    assert here("lint", "a.txt", "--at", DURING, "--fail-on", "warning").code == 1


def test_a_saved_room_holds_what_was_held(here: Run, guarded: Path) -> None:
    put(guarded, {"readtheroom.yaml": BOTH, "holds/fire.yaml": FIRE})
    first = here("lint", "a.txt", *ROOM, "--save-room", "saved.json", "--format", "json")
    os.remove("holds/fire.yaml")
    again = here("lint", "a.txt", "--room", "saved.json", "--at", DURING, "--format", "json")
    assert first.code == 1
    assert again == first
    put(guarded, {"holds/fire.yaml": FIRE.replace("03-02", "03-01T08:30Z")})
    assert here("lint", "a.txt", "--room", "saved.json", "--at", DURING, "--format", "json") == first


# --- proposals ---

PROPOSE = f"{BOTH}audience: [DE]\nholds: {{propose: {{labels: crisis, until: 6h}}}}\n"
NOTE = "policy proposes a hold: crisis.violence, DE: “Shooting in Lindental”\n"
COMMAND = "readtheroom hold start '--reason=Shooting in Lindental' --until 6h --scope region=DE --owner \"$USER\"\n"


def test_policy_may_propose_a_hold(here: Run, guarded: Path) -> None:
    put(guarded, {"readtheroom.yaml": PROPOSE})
    done = here("lint", "a.txt", *ROOM)
    assert (done.code, done.err) == (0, f"readtheroom: {NOTE}  {COMMAND}")
    assert here("lint", "a.txt", *ROOM, "--quiet").err == ""
    done = here("room", *ROOM)
    assert done.out.startswith(f"{NOTE}  {COMMAND}crises:\n  #Lindental  [crisis.violence]")
    shown = json.loads(here("room", *ROOM, "--format", "json").out)["proposals"]
    assert json.loads(here("lint", "a.txt", *ROOM, "--format", "json", "--quiet").out)["proposals"] == shown
    lines = here("lint", "a.txt", *ROOM, "--format", "jsonl").out.splitlines()
    assert json.loads(lines[-1])["proposals"] == shown
    assert [(each["labels"], each["regions"], each["reason"], each["command"]) for each in shown] == [
        (["crisis.violence"], ["DE"], "Shooting in Lindental", COMMAND.rstrip())
    ]


def test_the_command_that_is_proposed_starts_a_hold_and_then_none_is_proposed(here: Run, guarded: Path) -> None:
    put(guarded, {"readtheroom.yaml": PROPOSE})
    words = [word for word in shlex.split(COMMAND) if word != "$USER"][1:]
    assert here(*words, "Ada", "--start", "2026-03-01 09:30").code == 0
    done = here("lint", "a.txt", *ROOM)
    assert (done.code, done.err) == (1, "")
    assert "proposes" not in here("room", *ROOM).out


def test_a_headline_cannot_run_in_a_shell(here: Run, guarded: Path) -> None:
    title = "Shooting '; touch owned; $(touch owned) `touch owned`"
    room = Path("room.yaml").read_text().replace('"Shooting in Lindental"', json.dumps(title))
    put(guarded, {"readtheroom.yaml": PROPOSE, "room.yaml": room})
    line = here("lint", "a.txt", *ROOM).err.splitlines()[1]
    assert os.system(line.replace("readtheroom", "true", 1)) == 0  # noqa: S605  a shell is what it is about
    assert not os.path.exists("owned")
    assert main([word for word in shlex.split(line)[1:] if word != "$USER"] + ["Ada"]) == 0
    assert f"reason: {json.dumps(title)}" in Path("holds/shooting-touch-owned-touch-owned-touch.yaml").read_text()


# --- room ---


def test_the_room_shows_what_is_held_for_its_audience(here: Run, guarded: Path) -> None:
    put(guarded, {"readtheroom.yaml": BOTH, "holds/fire.yaml": FIRE + "scope: {region: US}\n", "holds/b.yaml": FIRE})
    put(guarded, {"holds/over.yaml": FIRE.replace("03-02", "03-01T09:00Z")})
    everywhere = (
        "on hold: Fire  since 1 Mar 2026 08:00 UTC, until 3 Mar 2026 00:00 UTC\n"
        "  Ada  holds/b.yaml\n"
        "  stops all posts, but no condolences, service notices and apologies\n"
    )
    in_us = everywhere.replace("b.yaml", "fire.yaml").replace("all posts", "region=US")
    assert here("room", *ROOM, "--region", "US").out.startswith(everywhere + in_us + "crises:\n  #Lindental")
    assert here("room", *ROOM, "--region", "FR").out.startswith(everywhere + "crises:\n  #Lindental")
    shown = json.loads(here("room", *ROOM, "--region", "FR", "--format", "json").out)
    assert [hold["id"] for hold in shown["holds"]] == ["b"]


@pytest.mark.parametrize(
    ("scopes", "said"),
    [
        (["all"], f"all posts, {SPARED} too"),
        (["region=US,all"], f"region=US, {SPARED} too"),
        (["region=US,all", "platform=x"], f"region=US,all; or platform=x (`all`: {SPARED} too)"),
    ],
)
def test_whom_a_hold_stops_is_said(here: Run, scopes: list[str], said: str) -> None:
    options = [word for scope in scopes for word in ("--scope", scope)]
    assert f"  stops {said}\n" in here("hold", "start", "--reason", "Fire", *options).out
