"""The standing list of places and names: sorted, single, and each with its day and a source."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from readtheroom.text.normalise import fold

FILE = Path(__file__).parents[2] / "rules" / "core" / "lexicons" / "any" / "scars.txt"
LINE = re.compile(r"(?P<term>\S.*?)  # (?P<day>\d{4}-\d\d-\d\d) (?P<source>https://\S+)")


def test_each_name_has_its_day_and_a_source() -> None:
    header, *lines = FILE.read_text(encoding="utf-8").splitlines()
    found = [LINE.fullmatch(line) for line in lines]
    assert header.startswith("# ")
    assert len(lines) > 50
    assert [line for line, match in zip(lines, found, strict=True) if not match] == []
    days = [date.fromisoformat(match["day"]) for match in found if match]
    assert max(days) < date(2026, 1, 1)


def test_names_are_sorted_and_single() -> None:
    terms = [line.partition("  #")[0] for line in FILE.read_text(encoding="utf-8").splitlines()[1:]]
    keys = [" ".join(map(fold, term.split())) for term in terms]
    assert keys == sorted(set(keys))
