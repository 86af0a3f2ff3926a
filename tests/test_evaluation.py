"""Our own posts are judged as an editor would, save for the misses that are owned up to; absent sets are no failure."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from tests.checkout import ROOT, environment

FOLDER = ROOT / "evaluation"
EXPECTED = ("block", "warn", "pass")
LANGUAGES = ("en", "fr", "el", "es", "de", "it", "pt")
HURTFUL = {"trend", "idiom", "promotion", "joke", "solemn", "slip", "group", "hashtag"}
HARMLESS = {"condolence", "service", "calm idiom", "product", "festive"}
FAKE = """
import sys
if sys.argv[1] == "crisis":
    sys.exit("no such rows")
print("rules 3, incidents 2")
print(f"{'kind a':42} n=  2  caught  50.0%  blocked   0.0%" if sys.argv[1] == "incidents" else "")
print(f"{'lang=french':42} n=    41  crisis label  2.44%  blocked  0.00%  warned  4.88%")
"""


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("evaluation_judge", FOLDER / "judge.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RUN = _module()
MARKETS = yaml.safe_load((FOLDER / "posts.yaml").read_text("utf-8"))
BLIND = yaml.safe_load((FOLDER / "blind.yaml").read_text("utf-8"))
ALL = [post for markets in (MARKETS, BLIND) for market in markets.values() for post in market["posts"]]


@pytest.fixture(scope="module")
def judged() -> list[object]:
    found: list[object] = RUN.judge()
    return found


def test_every_language_has_posts_of_every_kind() -> None:
    assert tuple(MARKETS) == LANGUAGES
    for market in MARKETS.values():
        kinds = {expect: {each["kind"] for each in market["posts"] if each["expect"] == expect} for expect in EXPECTED}
        assert kinds["block"] | kinds["warn"] == HURTFUL
        assert kinds["pass"] >= HARMLESS
        assert len({(each["text"], each.get("room")) for each in market["posts"]}) == len(market["posts"]) >= 12


def test_each_post_says_why_and_each_miss_its_cause() -> None:
    assert all(each["why"] for market in MARKETS.values() for each in market["posts"])
    for post in ALL:
        assert bool(post.get("cause")) is post.get("known_miss", False), post["text"]


def test_the_blind_set_has_two_halves_in_each_language() -> None:
    assert tuple(BLIND) == LANGUAGES
    for market in BLIND.values():
        seen = sum(each.get("seen", False) for each in market["posts"])
        assert len({each["text"] for each in market["posts"]}) == len(market["posts"]) >= 60
        assert 0 <= 2 * seen - len(market["posts"]) <= 4
        assert all(each["account"] and each["expect"] in EXPECTED for each in market["posts"])


def test_no_room_is_heard_on_the_day_of_another() -> None:
    for market in (*MARKETS.values(), *BLIND.values()):
        days: list[date] = sorted([*(room["day"] for room in market["rooms"].values()), RUN.ORDINARY_DAY])
        assert all(later - earlier >= timedelta(days=2) for earlier, later in pairwise(days))


def test_our_own_posts_are_judged_as_expected(judged: list[object]) -> None:
    wrong = [line for line in RUN.unexpected(judged) if "known miss" not in line]
    assert wrong == []


def test_known_misses_are_still_missed(judged: list[object]) -> None:
    known = sum(post.get("known_miss", False) for post in ALL)
    assert len([line for line in RUN.unexpected(judged) if "known miss" in line]) == known


def _run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(FOLDER / "judge.py"), *options],
        env=environment(folder / "home", PYTHONUTF8="1"),
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def test_absent_sets_are_named_and_no_failure(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "judgement.md"
    done = _run(tmp_path, "--corpus", str(tmp_path / "nowhere"), "--write", str(page))
    assert (done.returncode, done.stderr) == (0, "")
    written = page.read_text("utf-8")
    assert "Sets: own, blind. Not there: incidents, ordinary posts, crisis posts." in written
    assert "| own | pt, hurtful | 12 |" in written


def test_larger_sets_are_taken_over_as_far_as_they_run(tmp_path: Path) -> None:
    corpus, page = tmp_path / "corpus", tmp_path / "judgement.md"
    corpus.mkdir()
    (corpus / "evaluate").write_text(FAKE, "utf-8")
    for name in ("incidents.yaml", "ordinary.csv.gz", "crisis.csv"):
        (corpus / name).touch()
    done = _run(tmp_path, "--corpus", str(corpus), "--write", str(page))
    assert done.returncode == 0
    assert done.stderr == "crisis posts: `evaluate` ended with 1: no such rows\n" * 2
    written = page.read_text("utf-8")
    assert "Sets: own, blind, incidents, ordinary posts. Not there: crisis posts." in written
    assert "| incidents | kind a | 2 | 50.0% | 0.0% |  |  |\n" in written
    assert "| ordinary posts | lang=french | 41 |  | 0.00% | 4.88% | 2.44% |\n" in written
