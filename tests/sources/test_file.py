from datetime import UTC, datetime
from pathlib import Path

import pytest

from readtheroom.errors import DraftError, UnavailableError
from readtheroom.model import Gap, Observation, Reason, Room
from readtheroom.room.load import Offline
from readtheroom.sources import file
from tests.office import put

OFFLINE = Offline()

SEEN = Observation(
    "#Lindental",
    "tag",
    "Trends",
    datetime(2026, 3, 1, 9, tzinfo=UTC),
    "US-CO",
    1,
    120_000,
    (Reason("Quake in Lindental", "https://news.example/1", "Example News", datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),),
)
YAML = """\
observations:
  - term: "#Lindental"
    kind: tag
    region: us-co
    rank: 1
    volume: 120000
    source: Trends
    observed_at: 2026-03-01T10:00:00+01:00
    reasons:
      - {title: Quake in Lindental, url: "https://news.example/1", source: Example News,
         published_at: 2026-03-01T08:30:00Z}
"""
ONE = (
    '{"term": "#Lindental", "kind": "tag", "region": "US-CO", "rank": 1, "volume": 120000, "source": "Trends",'
    ' "observed_at": "2026-03-01T09:00:00Z", "reasons": [{"title": "Quake in Lindental",'
    ' "url": "https://news.example/1", "source": "Example News", "published_at": "2026-03-01T08:30:00Z"}]}'
)
SPARE = Observation("pancakes", "topic", "file", datetime(2026, 3, 2, tzinfo=UTC))
SHORT = '{"term": "pancakes", "observed_at": "2026-03-02T00:00:00Z"}'


def observe(folder: Path, name: str, content: str | bytes) -> list[Observation | Gap]:
    put(folder, {name: content})
    return list(file.observe({"path": str(folder / name)}, OFFLINE, ()))


def faults(folder: Path, name: str, content: str | bytes) -> list[str]:
    with pytest.raises(DraftError) as caught:
        observe(folder, name, content)
    return [str(fault._replace(path=name)) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("room.yaml", YAML),
        ("ROOM.YML", YAML),
        ("room.yaml", YAML.replace("\n", "\r\n")),
        ("room.json", f'{{"observations": [{ONE}]}}'),
        ("room.json", ONE),
        ("room", ONE),
        ("room.json", b"\xef\xbb\xbf" + ONE.encode()),
    ],
)
def test_a_snapshot(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert observe(tmp_path, name, content) == [SEEN]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["history.jsonl", "history.NDJSON"])
def test_a_history_has_an_observation_or_a_snapshot_a_line(tmp_path: Path, name: str, end: str) -> None:
    content = end.join([ONE, "", f'{{"observations": [{SHORT}, {SHORT}]}}', '{"observations": []}', "  ", SHORT])
    assert observe(tmp_path, name, content) == [SEEN, SPARE, SPARE, SPARE]


@pytest.mark.parametrize(("name", "content"), [("r.yaml", "observations: []"), ("r.json", '{"observations": []}')])
def test_a_room_may_be_empty(tmp_path: Path, name: str, content: str) -> None:
    assert observe(tmp_path, name, content) == []


def test_every_fault_of_a_yaml_snapshot_has_its_place(tmp_path: Path) -> None:
    broken = YAML.replace("rank: 1", "rank: 0").replace("kind: tag", "kind: tags").replace('"https:', '"a b:')
    assert faults(tmp_path, "r.yaml", broken) == [
        "r.yaml:3:11: `kind` must be one of tag, query, topic, headline; not 'tags' – did you mean 'tag'?",
        "r.yaml:5:11: `rank` must be at least 1; not 0",
        "r.yaml:10:42: `url` must be an address like https://news.example/1; not 'a b://news.example/1'",
    ]


def test_every_fault_of_a_json_snapshot_has_its_place(tmp_path: Path) -> None:
    """Tabs, escapes and surrogate pairs are no YAML, but good JSON."""
    content = '{"observations": [\n\t{"term": "\\ud83d\\ude00 \\/", "rank": 0,\n\t"region": 7, "observed_at": "now"}]}'
    assert faults(tmp_path, "r.json", content) == [
        "r.json:2:38: `rank` must be at least 1; not 0",
        "r.json:3:12: `region` must be text; not 7: put it in quotes",
        "r.json:3:30: `observed_at` must be a time with its offset, like 2026-12-31T18:00:00Z; not 'now'",
    ]


def test_every_faulty_line_of_a_history_is_told(tmp_path: Path) -> None:
    content = SHORT + '\n{"term": "x"}\n{\n' + SHORT + '\n{"observations": [{"term": ""}]}'
    assert faults(tmp_path, "h.jsonl", content) == [
        "h.jsonl:2:1: an observation needs the key `observed_at`",
        "h.jsonl:3:2: not valid JSON: Expecting property name enclosed in double quotes",
        "h.jsonl:5:28: `term` must not be empty",
        "h.jsonl:5:19: item 1 of `observations` needs the key `observed_at`",
    ]


def test_reading_a_hopeless_history_ends(tmp_path: Path) -> None:
    assert len(faults(tmp_path, "h.jsonl", "{\n" * 1000)) == file.MOST_FAULTS


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("r.yaml", "", "r.yaml:1:1: a room snapshot must be a mapping of keys to values; not empty"),
        ("r.json", "", "r.json:1:1: not valid JSON: Expecting value"),
        ("r.json", "[]", "r.json:1:1: a room snapshot must be a mapping of keys to values; not a list"),
        ("r.json", '{"tags": []}', "r.json:1:1: a room snapshot needs the key `observations`"),
        ("r.yaml", "text: Doors open at nine.", "r.yaml:1:1: a room snapshot needs the key `observations`"),
        (
            "r.json",
            '{"term": "x", "observed_at": "0001-01-01T00:00:00+14:00"}',
            "r.json:1:1: the year 1 is not between 1970 and 2200",
        ),
        ("r.json", b"\xff\xfe{\x00", "r.json: is UTF-16: save it as UTF-8"),
    ],
)
def test_what_is_no_snapshot(tmp_path: Path, name: str, content: str | bytes, fault: str) -> None:
    assert fault in faults(tmp_path, name, content)


def test_a_missing_file(tmp_path: Path) -> None:
    path = str(tmp_path / "none.yaml")
    with pytest.raises(DraftError) as caught:
        file.observe({"path": path}, OFFLINE, ())
    assert str(caught.value) == f"{path}: no such file"


GAP = Gap("bluesky", "timeout")
TOLD = '{"observations": [%s], "gaps": [{"source": "bluesky", "reason": "timeout"}]}'
BLIND = '{"observations": [], "gaps": [{"source": "bluesky", "reason": "timeout"}], "looked_up": false}'


def test_what_could_not_be_looked_up_is_told(tmp_path: Path) -> None:
    assert observe(tmp_path, "room.json", TOLD % SHORT) == [SPARE, GAP]


def test_a_room_that_nobody_saw_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"^bluesky: timeout$"):
        observe(tmp_path, "room.json", BLIND)
    assert file.read(str(tmp_path / "room.json")) == Room((), (GAP,), looked_up=False)


def test_a_history_tells_what_was_missing_last(tmp_path: Path) -> None:
    assert observe(tmp_path, "a.jsonl", f"{TOLD % ''}\n{SHORT}\n") == [SPARE]
    assert observe(tmp_path, "b.jsonl", f"{SHORT}\n{TOLD % ''}\n") == [SPARE, GAP]
    assert observe(tmp_path, "c.jsonl", f"{SHORT}\n{BLIND}\n") == [SPARE, GAP]
