from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.findings import Evidence, Label, Summary
from readtheroom.reporters import text
from readtheroom.reporters._terminal import visible
from tests.reporters.results import GATE, INFO, RESULTS, RIVALS, SUMMARY, field, finding, only, report
from tests.reporters.strategies import ANY_TEXT

GOLDEN = Path(__file__).parent / "golden" / "report.txt"


def test_a_run() -> None:
    assert report(text) == GOLDEN.read_text("utf-8")


def test_color_changes_nothing_else() -> None:
    colored = report(text, info=INFO._replace(color=True))
    for code in ("1", "2", "31", "33", "34", "0"):
        assert f"\x1b[{code}m" in colored
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == GOLDEN.read_text("utf-8")


def test_quiet_shows_errors_and_what_was_not_checked() -> None:
    assert report(text, info=INFO._replace(quiet=True)) == (
        "drafts/aurora.md:6:1  error  trending-hashtag  #Aurora is trending because of a tragedy\n"
        "  #Aurora lights up our hall, as does a new dress\n"
        "  ^^^^^^^\n"
        '  "12 dead in Aurora cinema shooting", Example News, 20 Jul 2012 09:00 UTC\n'
        "    https://news.example/1\n"
        '  "Vigil tonight", seen 20 Jul 2012 15:00 UTC\n'
        "  → Take the tag out.\n"
        "\n"
        "not checked: trending-hashtag, promotion-on-tragedy: no room was given (1 post)\n"
        "not checked: hashtag-reading: no word list for fi (1 post)\n"
    )


COUNTED = Summary(per_rule=(("trending-hashtag", 10), ("account", 1), ("acme/no-competitors", 1)))


def test_statistics_come_last_the_most_frequent_first() -> None:
    quiet = INFO._replace(statistics=True, quiet=True)
    out = report(text, (RESULTS[0], RESULTS[1], *[RESULTS[0]] * 9), quiet, COUNTED)
    assert out.endswith("\n\nfindings per rule:\n  10  trending-hashtag\n   1  account\n   1  acme/no-competitors\n")


def test_labels_stand_at_their_places() -> None:
    where = field("a fire\nat sea", line=5)
    said = (Label("crisis.fire", "crisis-fire", "text", 2, 6, "fire"), Label("place", "odd\x1b", "text", 10, 13, "sea"))
    result = only(fields=[where])._replace(labels=said)
    assert report(text, [result], INFO._replace(labels=True), Summary()).startswith(
        "drafts/a.md:5:3  label  crisis.fire  “fire”  (crisis-fire)\n"
        "drafts/a.md:6:4  label  place  “sea”  (odd\\x1b)\n\n"
    )
    assert "label" not in report(text, [result], INFO._replace(labels=False), Summary())
    assert "label" not in report(text, [result], INFO._replace(labels=True, quiet=True), Summary())


@pytest.mark.parametrize(
    ("quiet", "written"),
    [(False, "0 blocked, 0 warned, 1 passed – 42 rules on 1 post\n"), (True, "")],
)
def test_a_clean_run_says_what_ran(quiet: bool, written: str) -> None:
    info = INFO._replace(quiet=quiet, statistics=True)
    assert report(text, RESULTS[3:], info, Summary(1, 42, passed=1)) == written


def test_a_post_is_written_when_it_comes() -> None:
    assert report(text, RESULTS).startswith(report(text, RESULTS[:1], summary=Summary()).partition("\n\n")[0])


@given(ANY_TEXT.filter(bool), ANY_TEXT)
def test_nothing_drives_the_terminal(draft: str, headline: str) -> None:
    where = field(draft)
    found = finding(GATE, where, draft, headline, advice=headline, evidence=(Evidence(headline, headline, headline),))
    renamed = found._replace(rule=headline)
    out = report(text, [only(found, fields=[where]), only(renamed, fields=[where], path=draft)])
    assert [line for line in out.split("\n") if visible(line) != line] == []
    benign = finding(
        GATE, field("a"), "a", "a", advice=headline and "a", evidence=(Evidence("a", headline and "a", "a"),)
    )
    same = report(text, [only(benign, fields=[field("a")])] * 2)
    assert out.count("\n") == same.count("\n")


@given(st.text("ab 界🎉\t", max_size=30), st.text("ab 界🎉\t", max_size=30))
def test_carets_stand_under_the_match(before: str, after: str) -> None:
    where = field(f"{before}Globex{after}")
    lines = report(text, [only(finding(RIVALS, where, "Globex", "m"), fields=[where])]).split("\n")
    wide = sum(2 if char in "界🎉" else 4 if char == "\t" else 1 for char in before)
    if "…" not in lines[1]:
        assert lines[2] == " " * (2 + wide) + "^" * 6
    assert lines[2].strip() == "^" * 6


def test_imports_stay_light() -> None:
    heavy = "{'json', 'wcwidth', 'pathlib', 'enum', 'dataclasses', 'hashlib', 'urllib.parse'}"
    code = (
        "import sys, re; before = set(sys.modules);"
        "import readtheroom.reporters.text, readtheroom.reporters.github;"
        f"print(sorted((set(sys.modules) - before) & {heavy}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_the_summary_names_every_skip() -> None:
    told = [line for line in report(text).splitlines() if line.startswith("not checked: ")]
    assert [
        skip.rule for skip, _ in SUMMARY.skips if any(skip.rule in line and skip.reason in line for line in told)
    ] == [
        "trending-hashtag",
        "promotion-on-tragedy",
        "hashtag-reading",
    ]
