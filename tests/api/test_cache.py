import marshal
import os
from pathlib import Path
from zlib import crc32

import pytest

from readtheroom.api import cache
from readtheroom.api.linter import Linter
from readtheroom.findings import PostResult
from readtheroom.policy.frozen import LONG
from tests.office import RULES, put

CONFIG = "readtheroom.yaml"
TEXTS = ["Better than Globex!", "Do hurry", "Doors open at nine.", "A shooting", ""]


@pytest.fixture
def kept(office: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only file in a cache of its own, after one linter was made."""
    folder = office / "cache"
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(folder))
    Linter.from_config(CONFIG)
    (file,) = folder.iterdir()
    return file


def results() -> list[PostResult]:
    return [Linter.from_config(CONFIG).lint(text or "…") for text in TEXTS]


def test_a_policy_that_is_kept_judges_as_the_one_that_was_read(kept: Path) -> None:
    recalled = results()
    assert cache.recall(CONFIG) is not None
    kept.unlink()
    fresh = results()
    assert [(each.verdict, each.findings, each.labels) for each in recalled] == [
        (each.verdict, each.findings, each.labels) for each in fresh
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"house.yaml": RULES.replace("Globex", "Initech")},
        {CONFIG: "extends: [house.yaml]\nfail_on: warning\n"},
    ],
)
def test_a_file_that_changed_is_read_again(kept: Path, change: dict[str, str]) -> None:
    assert cache.recall(CONFIG) is not None
    put(Path(), change)
    assert cache.recall(CONFIG) is None


def test_files_that_are_only_newer_are_read_once(kept: Path) -> None:
    first = kept.read_bytes()
    os.utime("house.yaml", (1, 1))
    assert cache.recall(CONFIG) is not None
    assert kept.read_bytes() != first
    Path("house.yaml").write_text(RULES.replace("Globex", "Glabex"), "utf-8")  # of the same size
    os.utime("house.yaml", (1, 1))
    assert cache.recall(CONFIG) is None


def test_long_lists_are_kept_again_where_files_are_only_newer(office: Path, kept: Path) -> None:
    terms = ", ".join(f"rival{number}" for number in range(LONG + 1))
    put(office, {"house.yaml": RULES.replace("terms: [Globex]", f"terms: [Globex, {terms}]")})
    Linter.from_config(CONFIG)
    for _ in range(2):
        os.utime("house.yaml", (1, 1))
        assert cache.recall(CONFIG) is not None
        os.utime("house.yaml", (2, 2))
        assert Linter.from_config(CONFIG).lint("Better than Globex!").verdict == "block"


def test_a_file_that_a_pack_gained_is_read(office: Path, kept: Path) -> None:
    put(office, {"pack/a.yaml": RULES, CONFIG: "extends: [pack]\n"})
    Linter.from_config(CONFIG)
    assert cache.recall(CONFIG) is not None
    put(office, {"pack/b.yaml": RULES.replace("id: ", "id: b-")})
    assert cache.recall(CONFIG) is None
    assert len(Linter.from_config(CONFIG).rules) == 8


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 4000])
def test_what_is_damaged_is_made_anew(kept: Path, damage: bytes) -> None:
    kept.write_bytes(damage)
    assert cache.recall(CONFIG) is None
    assert Linter.from_config(CONFIG).lint("Better than Globex!").verdict == "block"
    assert cache.recall(CONFIG) is not None


@pytest.mark.parametrize("plain", [(), ("key", [], 1, 2), ([], [], [], []), (0,) * 4])
def test_what_is_something_else_is_made_anew(kept: Path, plain: tuple[object, ...]) -> None:
    body = marshal.dumps(plain)  # type: ignore[arg-type]  # what can be marshalled
    kept.write_bytes(crc32(body).to_bytes(4, "big") + body)
    assert cache.recall(CONFIG) is None


def test_a_relative_config_counts_where_it_was_read(kept: Path, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = office / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert cache.recall(CONFIG) is None
    absolute = str(office / CONFIG)
    Linter.from_config(absolute)
    monkeypatch.chdir(office)
    assert cache.recall(absolute) is not None


def test_the_core_pack_is_kept_for_every_folder(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(office, {"empty/x": ""})
    Linter.from_path(None)
    assert cache.recall(None) is not None
    monkeypatch.chdir(office / "empty")
    assert cache.recall(None) is not None


def test_a_folder_of_others_is_not_trusted(kept: Path) -> None:
    kept.parent.chmod(0o777)
    assert cache.recall(CONFIG) is None
    kept.parent.chmod(0o700)
    assert cache.recall(CONFIG) is not None


def test_a_policy_that_fails_its_examples_is_not_kept(kept: Path) -> None:
    put(Path(), {"house.yaml": RULES.replace("See you there", "See you at Globex")})
    with pytest.raises(Exception, match="must pass, but is flagged at 'Globex'"):
        Linter.from_config(CONFIG)
    assert cache.recall(CONFIG) is None
