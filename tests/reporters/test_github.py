from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given

from readtheroom.findings import Evidence, Summary
from readtheroom.reporters import github
from readtheroom.reporters._terminal import visible
from readtheroom.spans import Place
from tests.reporters.results import GATE, INFO, RESULTS, field, finding, only, report
from tests.reporters.strategies import ANY_TEXT

GOLDEN = Path(__file__).parent / "golden" / "report.github"
COMMAND = re.compile(r"::(error|warning|notice) ((?:[A-Za-z]+=[^:,]*,?)+)::(.*)")


def test_a_run() -> None:
    assert report(github) == GOLDEN.read_text("utf-8")


def test_quiet_shows_errors_and_what_was_not_checked() -> None:
    lines = report(github, info=INFO._replace(quiet=True)).splitlines(keepends=True)
    golden = GOLDEN.read_text("utf-8").splitlines(keepends=True)
    assert lines == [golden[0], *golden[3:6]]


def test_escapes() -> None:
    where = field("100%")
    found = finding(GATE, where, "100%", "100% off: 5,00\nmore")._replace(rule="a:b,c%")
    assert report(github, [only(found, fields=[where], path="50%, a:b.md")]).splitlines()[0] == (
        "::error file=50%25%2C a%3Ab.md,line=1,col=1,endLine=1,endColumn=5,title=a%3Ab%2Cc%25::100%25 off: 5,00\\nmore"
    )


@pytest.mark.parametrize(
    ("place", "end", "properties"),
    [
        (Place(0, 0), Place(0, 0), ""),
        (Place(3, 0), Place(3, 0), "line=3,endLine=3,"),
        (Place(3, 4), Place(5, 1), "line=3,endLine=5,"),
        (Place(3, 4), Place(0, 0), "line=3,endLine=3,"),
    ],
)
def test_places_that_are_not_known(place: Place, end: Place, properties: str) -> None:
    found = finding(GATE, field("x"), "x", "m")._replace(place=place, end_place=end)
    assert report(github, [only(found, fields=[])]).splitlines()[0] == (
        f"::error file=drafts/a.md,{properties}title=trending-hashtag::m"
    )


@given(ANY_TEXT.filter(bool), ANY_TEXT)
def test_no_text_makes_or_breaks_a_command(draft: str, headline: str) -> None:
    where = field(draft)
    found = finding(
        GATE, where, draft, headline, advice="do", evidence=(Evidence(headline, headline or "u", headline),)
    )
    out = report(github, [only(found._replace(rule=headline or "r"), fields=[where], path=draft)], summary=Summary())
    lines = out.split("\n")
    assert [len(lines), lines[-1]] == [3, ""]
    assert visible(lines[0]) == lines[0]
    command = COMMAND.fullmatch(lines[0])
    assert command is not None
    assert [pair.partition("=")[0] for pair in command[2].split(",")][-1] == "title"
    assert command[3].count("%0A") == 3


def test_a_post_is_written_when_it_comes() -> None:
    assert report(github, RESULTS[:1], INFO._replace(quiet=True), Summary()) == report(github).split("\n")[0] + "\n"
