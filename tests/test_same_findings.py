"""Whichever way a post is judged, the findings are the same to the byte: fast and slow paths of texts, a policy that is
kept and one that is read anew, one post after the other and all at once, one worker and several."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.api.crew import Crew
from readtheroom.api.drafts import Draft
from readtheroom.api.linter import Linter
from readtheroom.api.run import Run
from readtheroom.errors import DraftError
from readtheroom.findings import PostResult
from readtheroom.model import Json, Post
from readtheroom.protocols import RunInfo
from readtheroom.readers._file import PathFile
from readtheroom.reporters import jsonl
from tests.office import put
from tests.reporters.strategies import NASTY

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
ROOM = """\
observations:
  - term: "#Lindental"
    observed_at: 2026-03-01T09:00:00Z
    reasons: [{title: "Nine people shot dead in Lindental", url: "https://news.example/1"}]
  - {term: "Baker Street", observed_at: 2026-03-01T09:00:00Z, reasons: [{title: "Fire in Baker Street"}]}
"""
WORDS = (
    "we are killing it",
    "#Lindental",
    "our doors are open",
    "20% off, shop now!",
    "pray for them",
    "Baker Street is lit 🔥",
    "{first_name}",
    "tränen lachen",
    "Ανοίγουμε στις εννιά",
    "nuestra oferta es la bomba",
    "on déchire tout",
    "https://shop.example/a?b=ñ",
    "@kettle_shop",
    "RIP",
)
NAMES = ("fixed", "crisislex_t26_dev.csv.gz", "ordinary_8lang_dev.csv.gz")


class Slow(str):
    """Never plain ASCII, so that no short cut is taken for it."""

    __slots__ = ()

    def isascii(self) -> bool:
        return False


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    put(folder, {"readtheroom.yaml": "extends: [core]\n", "room.yaml": ROOM})
    return folder


@pytest.fixture(scope="module")
def kept(desk: Path) -> Linter:
    """By the policy that a linter before it has kept."""
    config, room = str(desk / "readtheroom.yaml"), [str(desk / "room.yaml")]
    Linter.from_path(config, room, NOW)
    return Linter.from_path(config, room, NOW)


@pytest.fixture(scope="module")
def anew(desk: Path) -> Linter:
    """By a policy that is read from its files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("READTHEROOM_CACHE_DIR", str(desk / "readtheroom.yaml" / "no folder"))
        return Linter.from_path(str(desk / "readtheroom.yaml"), [str(desk / "room.yaml")], NOW)


def told(results: Iterable[PostResult]) -> list[str]:
    out = io.StringIO()
    report = jsonl.start(out, RunInfo((), "", labels=True))
    try:
        for each in results:
            report.add(each)
    except DraftError as error:
        out.write(str(error))
    return out.getvalue().splitlines()


def by_run(desk: Path, paths: Sequence[str], jobs: int) -> list[str]:
    run = Run(str(desk / "readtheroom.yaml"), [str(desk / "room.yaml")], NOW)
    drafts = [Draft(PathFile(path)) for path in paths]
    run.prepare(drafts)
    return told(run.lint(drafts, jobs))


def slowly(linter: Linter, posts: Sequence[Post]) -> list[str]:
    """In a process of its own, so that nothing is remembered of the other way."""
    slow = [post._replace(fields=tuple(each._replace(text=Slow(each.text)) for each in post.fields)) for post in posts]

    def work(_: int) -> Iterator[object]:
        yield told(map(linter.judge, slow))

    with Crew(1, work) as crew:
        lines = crew.next(0)
    assert isinstance(lines, list)
    return lines


def check(desk: Path, kept: Linter, anew: Linter, paths: Sequence[str]) -> None:
    """That all ways lead to the same."""
    together = by_run(desk, paths, 1)
    for jobs in (2, 3):
        assert by_run(desk, paths, jobs) == together
    posts: list[Post] = []
    try:
        for path in paths:
            posts.extend(kept.read(PathFile(path)))
    except DraftError:
        pass  # told by a run, too
    one_by_one = told(map(kept.judge, posts))
    assert told(map(anew.judge, posts)) == one_by_one
    assert slowly(anew, posts) == one_by_one
    assert told(kept.judge(post) for post in reversed(posts)) == one_by_one[::-1]
    if not any(post.scheduled_at for post in posts):
        assert together[: len(posts)] == one_by_one


TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=8) | st.text(NASTY, max_size=5), min_size=1, max_size=6)
POSTS = st.fixed_dictionaries(
    {"text": TEXTS.map(" ".join), "platforms": st.sampled_from([["x"], ["mastodon", "linkedin"]])},
    optional={
        "lang": st.sampled_from(["en", "fr", "el", "es", "de", "it", "pt"]),
        "scheduled_at": st.sampled_from(["2026-03-01T12:00:00Z", "2026-03-01T12:00:30Z", "2026-02-20T08:00:00Z"]),
    },
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(POSTS, min_size=1, max_size=4))
def test_of_any_posts(desk: Path, kept: Linter, anew: Linter, posts: list[dict[str, Json]]) -> None:
    paths = [str(desk / f"{number}.jsonl") for number in range(20)]
    for number, path in enumerate(paths):
        lines = (json.dumps({**post, "id": f"{number}-{at}"}) for at, post in enumerate(posts))
        Path(path).write_text("\n".join(lines) + "\n", "utf-8")
    check(desk, kept, anew, paths)


@pytest.mark.parametrize("name", NAMES)
def test_of_real_posts(desk: Path, kept: Linter, anew: Linter, name: str) -> None:
    if name != "fixed" and not (CORPUS / name).exists():
        pytest.skip("the corpora are no part of the project")
    texts = [" ".join(WORDS[n % 7 :: 1 + n % 5]) for n in range(150)] if name == "fixed" else _sample(CORPUS / name)
    path = desk / f"{name}.jsonl"
    lines = (json.dumps(_post(number, text)) for number, text in enumerate(texts))
    path.write_text("\n".join(lines) + "\n" * 70_000, "utf-8")  # so long that it is for all workers
    check(desk, kept, anew, [str(path)])


def _post(number: int, text: str) -> Mapping[str, Json]:
    times: dict[str, Json] = {"scheduled_at": f"2026-03-01T{number % 24:02}:00:00Z"} if number % 3 == 0 else {}
    return {"id": f"p{number}", "text": text, "platforms": ["x"], **times}


def _sample(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file) if row["text"].strip()]
    return texts[:: len(texts) // 250]
