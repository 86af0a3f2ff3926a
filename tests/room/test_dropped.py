from __future__ import annotations

import os
import re
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from readtheroom.engine.engine import Engine, Settings
from readtheroom.findings import PostResult
from readtheroom.model import Gap, Observation, Room
from readtheroom.policy.values import RoomConfig, SourceEntry
from readtheroom.room.dropped import dropped
from readtheroom.room.load import together
from readtheroom.room.told import Told
from tests.kinds.check import NOW, post, rule, seen

SAID = Told((seen("#Lindental", "Hotel on fire"),))
SILENT = Told(answered=False)


def entry(config: Path | str, name: str) -> SourceEntry:
    return SourceEntry("rss", {"url": f"https://{name}.example/feed?key=t0p-secret"}, config=str(config))


def asked(config: Path | str, *names: str, window: timedelta = timedelta(hours=48)) -> RoomConfig:
    return RoomConfig(tuple(entry(config, name) for name in names), window=window)


def names(gaps: tuple[Gap, ...]) -> list[str]:
    return sorted(gap.source for gap in gaps)


def test_who_was_heard_is_missed(tmp_path: Path) -> None:
    config = tmp_path / "readtheroom.yaml"
    assert dropped(asked(config, "a", "b", "c"), [SAID, SAID, SILENT]) == ()
    (gap,) = dropped(asked(config, "a"), [SAID])
    assert (gap.source, gap.required, gap.note) == ("rss (b.example)", False, False)
    assert re.fullmatch(r"no longer in the config; what it said until [0-9: -]{16} UTC is left out", gap.reason)
    assert dropped(asked(config, "a"), [SILENT]) == (gap,)
    assert dropped(asked(tmp_path / "other.yaml", "a"), [SAID]) == ()
    assert dropped(asked(config, "a", window=timedelta()), [SAID]) == ()
    assert dropped(asked(config, "a"), [SAID]) == ()  # what it said no longer counts: it is forgotten


def test_who_comes_back_is_missed_no_more(tmp_path: Path) -> None:
    config = tmp_path / "readtheroom.yaml"
    dropped(asked(config, "a", "b"), [SAID, SAID])
    assert names(dropped(asked(config, "b"), [SAID])) == ["rss (a.example)"]
    assert dropped(asked(config, "b", "a"), [SAID, SILENT]) == ()


def test_other_options_make_another_source(tmp_path: Path) -> None:
    config = tmp_path / "readtheroom.yaml"
    dropped(asked(config, "a"), [SAID])
    moved = asked(config, "a").sources[0]._replace(region="FR")
    assert names(dropped(RoomConfig((moved,)), [SAID])) == ["rss (a.example)"]


def test_addresses_are_not_remembered(tmp_path: Path) -> None:
    dropped(asked(tmp_path / "readtheroom.yaml", "a"), [SAID])
    (kept,) = (tmp_path / "kept").iterdir()
    assert "t0p-secret" not in kept.read_text()


def test_what_is_damaged_is_begun_anew(tmp_path: Path) -> None:
    config = tmp_path / "readtheroom.yaml"
    dropped(asked(config, "a", "b"), [SAID, SAID])
    (kept,) = (tmp_path / "kept").iterdir()
    kept.write_bytes(b"\xff\x00\tnone\n1\t99999999999999\tx\n\n" + os.urandom(2000))
    assert dropped(asked(config, "a"), [SAID]) == ()
    dropped(asked(config, "a", "b"), [SAID, SAID])
    assert names(dropped(asked(config, "b"), [SAID])) == ["rss (a.example)"]


ENGINE = Engine(
    [
        rule("trending-hashtag", "error", name="gate"),
        rule("keywords", None, name="fire", label="crisis.fire", terms=["fire"]),
    ],
    settings=Settings(when_unavailable="warn"),
)
TERMS = st.sampled_from(["#Lindental", "Lindental", "Roses", "Hotel on fire in Lindental"])
TITLES = st.lists(st.sampled_from(["Hotel on fire", "Show opens in Lindental"]), max_size=2, unique=True)
SEEN = st.builds(lambda term, titles: seen(term, *titles), TERMS, TITLES)
SOURCES = st.lists(st.lists(SEEN, max_size=3), min_size=2, max_size=4)


@given(SOURCES, st.integers(0, 3))
def test_a_source_that_is_taken_out_turns_no_block_into_pass_unsaid(every: list[list[Observation]], out: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "readtheroom.yaml")
        called = [f"s{number}" for number in range(len(every))]
        heard = [Told(tuple(each)) for each in every]
        before = _judged(heard, dropped(asked(config, *called), heard))
        del called[out % len(every)], heard[out % len(every)]
        after = _judged(heard, dropped(asked(config, *called), heard))
    if before.verdict == "block" and after.verdict != "block":
        assert [skip.rule for skip in after.skipped] == ["gate"]
        assert f"rss (s{out % len(every)}.example): no longer in the config" in after.skipped[0].reason


def _judged(heard: list[Told], gaps: tuple[Gap, ...]) -> PostResult:
    world = together([*(Room(each.seen, each.gaps, each.answered) for each in heard), Room(gaps=gaps, looked_up=False)])
    return ENGINE.judge(post("Off to #Lindental"), ENGINE.scene(world), NOW)
