from __future__ import annotations

import json

from readtheroom.reporters import json as whole
from readtheroom.reporters import jsonl
from tests.reporters.results import INFO, report


def test_lines_are_the_posts_and_the_summary_of_json() -> None:
    for info in (INFO, INFO._replace(labels=True)):
        expected = json.loads(report(whole, info=info))
        *posts, last = [json.loads(line) for line in report(jsonl, info=info).split("\n") if line]
        assert posts == expected["posts"]
        assert last == {key: expected[key] for key in ("summary", "proposals", "version")}


def test_every_line_is_whole() -> None:
    out = report(jsonl)
    assert out.count("\n") == 5
    assert out.endswith("\n")
    assert report(jsonl, []).count("\n") == 1
