from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.errors import PolicyError
from readtheroom.policy.discovery import find_config
from readtheroom.policy.load import load_policy
from readtheroom.policy.times import duration
from readtheroom.policy.values import (
    AllowLimit,
    ApprovalsConfig,
    Config,
    HoldsConfig,
    Proposal,
    RoomConfig,
    SourceEntry,
)
from readtheroom.protocols import ReadOptions

Write = Callable[[dict[str, str]], None]

ONE = "rules:\n- {id: one, kind: probe, severity: error, message: m, why: w, options: {limit: 1}}\n"


def config(write: Write, text: str, path: str = "readtheroom.yaml") -> Config:
    folder = Path(path).parent
    write(
        {
            path: text,
            str(folder / "pack/a.yaml"): ONE,
            str(folder / "accounts.yaml"): "accounts: [{name: a, handles: {x: a}}]",
        }
    )
    return load_policy(path).config


def faults(write: Write, text: str) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        config(write, text)
    return str(caught.value).splitlines()


# --- discovery ---


def test_the_nearest_config_above_is_found(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"readtheroom.yaml": "", "a/.readtheroom.yml": "", "a/b/c/x.md": "", "d/x.md": ""})
    assert find_config("a/b/c") == "a/.readtheroom.yml"
    assert find_config(str(tmp_path / "d")) == "readtheroom.yaml"
    assert find_config("a/b/not-there-yet") == "a/.readtheroom.yml"
    monkeypatch.chdir(tmp_path / "d")
    assert find_config(".") == str(tmp_path / "readtheroom.yaml")


def test_none_is_found_at_the_root() -> None:
    assert find_config("/") is None


def test_a_folder_of_that_name_is_no_config(write: Write) -> None:
    write({"readtheroom.yaml": "", "a/readtheroom.yaml/x": ""})
    assert find_config("a") == "readtheroom.yaml"


def test_two_in_a_folder_are_one_too_many(write: Write, tmp_path: Path) -> None:
    write({"readtheroom.yaml": "", ".readtheroom.yaml": ""})
    with pytest.raises(PolicyError) as caught:
        find_config(".")
    assert str(caught.value) == f".readtheroom.yaml: stands beside {tmp_path / 'readtheroom.yaml'}: keep one of them"


# --- content ---

FULL = """\
extends: pack/
audience: US
accounts: accounts.yaml
room:
  sources:
    - {kind: probe-feed, url: "https://news.example/feed", cache: seen/feed.json,
       timeout: 2.5, fresh_for: 15m, region: US}
  when_unavailable: block
  window: 7d
  max_age: 2h
  budget: 3
drafts:
  columns: {text: Body, media: [Image 1, Image 2]}
  preset: buffer
  platforms: [Twitter, bluesky]
  timezone: Europe/Paris
  day_first: true
languages: [en, pt-BR]
holds:
  folder: stops
  propose: {labels: crisis, regions: [US], sources: 2, until: 6h}
approvals: {from: git, folder: words}
allow: {rules: ["on*"], by: Ada, longest: 14d}
fail_on: warning
"""


def test_every_key_arrives_and_paths_are_relative_to_the_config(write: Write) -> None:
    assert config(write, FULL, "team/readtheroom.yaml") == Config(
        path="team/readtheroom.yaml",
        folder="team",
        extends=("pack/",),
        audience=("US",),
        accounts="team/accounts.yaml",
        room=RoomConfig(
            (
                SourceEntry(
                    "probe-feed",
                    {"url": "https://news.example/feed", "cache": "team/seen/feed.json"},
                    2.5,
                    timedelta(minutes=15),
                    "US",
                    "team/readtheroom.yaml",
                    6,
                ),
            ),
            "block",
            timedelta(days=7),
            timedelta(hours=2),
            3.0,
        ),
        drafts=ReadOptions(
            {"text": "Body", "media": ["Image 1", "Image 2"]},
            "buffer",
            ("x", "bluesky"),
            "Europe/Paris",
            day_first=True,
        ),
        languages=("en", "pt-BR"),
        fail_on="warning",
        holds=HoldsConfig("team/stops", (Proposal(("crisis",), ("US",), 2, timedelta(hours=6)),)),
        approvals=ApprovalsConfig("team/words", ("git",)),
        allow=(AllowLimit(("on*",), ("Ada",), timedelta(days=14)),),
    )


def test_defaults(write: Write) -> None:
    beside = {"holds": HoldsConfig("holds"), "approvals": ApprovalsConfig("approvals")}
    assert config(write, "extends: [pack]\n") == Config("readtheroom.yaml", "", ("pack",))._replace(**beside)  # type: ignore[arg-type]  # by name
    assert Config().extends == ("core",)
    assert Config().holds.folder is None


def test_seconds_may_be_said_with_their_unit(write: Write) -> None:
    room = "{budget: 7s, max_age: 90s, sources: [{kind: rss, url: 'https://news.example/', timeout: 2s}]}"
    read = config(write, f"extends: [pack]\nroom: {room}\n").room
    assert (read.budget, read.max_age, read.sources[0].timeout) == (7.0, timedelta(seconds=90), 2.0)


def test_when_to_propose_a_hold_may_be_one_case_or_several(write: Write) -> None:
    several = config(
        write, "extends: pack\nholds: {propose: [{labels: [crisis.war, crisis.fire]}, {labels: crisis}]}\n"
    )
    assert several.holds == HoldsConfig("holds", (Proposal(("crisis.war", "crisis.fire")), Proposal(("crisis",))))
    assert config(write, "extends: pack\nholds: ../stops\n").holds == HoldsConfig("../stops")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extend: x", "1:1: unknown key `extend` in a config – did you mean 'extends'?"),
        ("audience: [us]", "1:12: item 1 of `audience` must be an ISO 3166 code in capitals, like US or FR-75; not 'u"),
        ("audience: NO\nroom: {window: 48}", "2:16: `window` must be text; not 48: put it in quotes"),
        ("room: {window: 2 days}", "1:16: `window` must look like 30m, 48h or 7d; not '2 days'"),
        ("room: {when_unavailable: warning}", "1:26: `when_unavailable` must be one of ignore, warn, block; not 'warn"),
        ("room: {sources: [fiel]}", "1:18: no source is called 'fiel' – did you mean 'file'?"),
        ("room: {sources: [{kind: zzz}]}", "1:25: no source is called 'zzz'; known: "),
        ("room: {sources: [probe-feed]}", "1:18: source 'probe-feed' needs the key `url`"),
        ("room: {sources: [{kind: probe-feed, ulr: a}]}", "1:18: source 'probe-feed' needs the key `url`|1:37: unknow"),
        ("room: {sources: [{kind: probe-feed, url: a}]}", "1:42: `url` must be an address like https://news.example/1"),
        ("room: {sources: [{kind: file, path: a, timeout: 0}]}", "1:49: `timeout` must be more than 0; not 0"),
        ("room: {sources: [{kind: file, path: a, fresh_for: 5}]}", "1:51: `fresh_for` must be text; not 5: put it in"),
        ("room: {budget: 5 s}", "1:16: `budget` must look like 5s"),
        ("room: {budget: 600, max_age: soon}", "1:16: `budget` must be at most 120; not 600|1:30: `max_age` must look"),
        ("room: {sources: [{url: a}]}", "1:18: item 1 of `sources` needs the key `kind`"),
        ("holds: {proposse: []}", "1:9: unknown key `proposse` in `holds` – did you mean 'propose'?"),
        ("holds: {propose: {label: x}}", "1:9: `propose` needs the key `labels`|1:19: unknown key `label` in"),
        ("holds: {propose: [{labels: X, until: 6}]}", "1:28: `labels` must look like tone.promotional; not 'X'|1:38:"),
        ("holds: {folder: 3}", "1:17: `folder` must be text; not 3: put it in quotes"),
        ("holds: []", "1:8: `holds` must be text or a mapping of keys to values; not a list"),
        ("room: {sources: [3]}", "1:18: item 1 of `sources` must be text or a mapping of keys to values; not 3"),
        ("rules: {one: eror}", "1:14: `one` must be one of error, warning, info, off; not 'eror' – did you mean 'erro"),
        ("rules: {one: {severty: off}}", "1:15: unknown key `severty` in `one` – did you mean 'severity'?"),
        ("rules: {oen: off}", "1:9: no rule is called 'oen' – did you mean 'one'?"),
        ("rules: {one: {options: {limt: 2}}}", "1:25: unknown key `limt` in `options` of rule 'one' – did you mean 'l"),
        ("rules: {one: {options: {limit: 0}}}", "1:32: `limit` must be at least 1; not 0"),
        ("rules: {one: }", "1:14: `one` must be text or a mapping of keys to values; not empty"),
        ("rules: {one: off}", ": no rule is left to check with: turn one on"),
        ("overrides: [{files: [], rules: {}}]", "1:21: `files` needs 1 item or more"),
        ("overrides: [{files: ['!'], rules: {}}]", "1:22: '!' is no pattern for files: write one like drafts/news/**"),
        ("overrides: [{files: [a], rules: {oen: off}}]", "1:34: no rule is called 'oen' – did you mean 'one'?"),
        ("overrides: [{files: [a], rules: {one: {options: {limit: 0}}}}]", "1:57: `limit` must be at least 1; not 0"),
        ("drafts: {timezone: Europe/Pari}", "1:20: no time zone is called 'Europe/Pari' – did you mean 'Europe/Paris'"),
        ("drafts: {timezone: ../../etc/passwd}", "1:20: no time zone is called '../../etc/passwd'"),
        ("drafts: {preset: bufer}", "1:18: no CSV preset is called 'bufer' – did you mean 'buffer'?"),
        ("drafts: {platforms: [mastodno]}", "1:21: no platform is called 'mastodno' – did you mean 'mastodon'?"),
        ("allow: {rules: [oen, one]}", "1:17: no rule is called 'oen' – did you mean 'one'?"),
        ("allow: [{by: A}, {rules: [o*e, tw*]}]", "1:32: no rule is called like 'tw*'; known: one"),
        ("languages: [english]", "1:13: item 1 of `languages` must be a language code, like en or pt-BR; not 'english"),
        ("fail_on: never", "1:10: `fail_on` must be one of error, warning, info; not 'never'"),
        ("accounts: none.yaml", "1:11: no accounts file at none.yaml: a path is relative to the config's folder"),
        ("- a", "1:1: a config must be a mapping of keys to values; not a list"),
        ("a: &a [x, x]\nb: [*a, *a]\na: 1", "3:1: key 'a' is given twice"),
    ],
)  # fmt: skip
def test_a_faulty_config(write: Write, text: str, said: str) -> None:
    extended = text if text.startswith(("-", "a:")) else f"{text}\nextends: pack"
    found = [line.removeprefix("readtheroom.yaml:") for line in faults(write, extended)]
    starts = [each.removeprefix(":") for each in said.split("|")]
    assert [fault[: len(start)] for fault, start in zip(found, starts, strict=True)] == starts


def test_a_config_that_is_not_there(write: Write) -> None:
    with pytest.raises(PolicyError, match=r"^none\.yaml: no such file$"):
        load_policy("none.yaml")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfea\x00", "readtheroom.yaml: is UTF-16: save it as UTF-8"),
        (b"a: b\nc: \xe9", "readtheroom.yaml:2:4: not UTF-8: byte 0xe9 cannot be read; save the file as UTF-8"),
        (b"\x7fELF\x00", "readtheroom.yaml:1: a binary file, not text"),
        (
            b"a: [\n",
            "readtheroom.yaml:2:1: not valid YAML: while parsing a flow node, did not find expected node content",
        ),
        (b"#" * (8 * 1024**2 + 1), "readtheroom.yaml: larger than 8 MiB: split it, or give a smaller file"),
    ],
    ids=["utf-16", "latin-1", "binary", "yaml", "large"],
)
def test_a_config_that_is_no_text(write: Write, data: bytes, said: str) -> None:
    write({})
    Path("readtheroom.yaml").write_bytes(data)
    with pytest.raises(PolicyError) as caught:
        load_policy("readtheroom.yaml")
    assert str(caught.value) == said


@given(st.integers(1, 9999), st.sampled_from([("m", 1), ("h", 60), ("d", 1440), ("w", 10080)]))
def test_durations(count: int, unit: tuple[str, int]) -> None:
    assert duration(f"{count}{unit[0]}") == timedelta(minutes=count * unit[1])
