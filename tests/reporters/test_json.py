from __future__ import annotations

import io
import json
from pathlib import Path

from hypothesis import given
from jsonschema import Draft202012Validator

from readtheroom.findings import Evidence, Summary
from readtheroom.reporters import json as reporter
from readtheroom.reporters._schema import REPORT
from tests.reporters.results import GATE, INFO, RESULTS, SUMMARY, field, finding, only, report
from tests.reporters.strategies import ANY_TEXT

GOLDEN = Path(__file__).parent / "golden" / "report.json"
SCHEMA = Draft202012Validator(REPORT)


def test_a_run_with_labels() -> None:
    out = report(reporter, info=INFO._replace(labels=True))
    assert out == GOLDEN.read_text("utf-8")
    SCHEMA.validate(json.loads(out))


def test_labels_only_when_asked_for() -> None:
    plain = json.loads(report(reporter))
    labelled = json.loads(GOLDEN.read_text("utf-8"))
    for post in labelled["posts"]:
        del post["labels"]
    assert plain == labelled
    SCHEMA.validate(plain)


def test_the_schema_is_one_and_misses_what_is_not_there() -> None:
    Draft202012Validator.check_schema(REPORT)
    broken = json.loads(report(reporter))
    del broken["posts"][0]["findings"][0]["evidence"][0]["url"]
    broken["summary"]["pass"] = -1
    assert sorted(error.json_path for error in SCHEMA.iter_errors(broken)) == [
        "$.posts[0].findings[0].evidence[0]",
        "$.summary.pass",
    ]


def test_statistics_only_when_asked_for() -> None:
    counted = json.loads(report(reporter, info=INFO._replace(statistics=True), summary=Summary(per_rule=(("a", 2),))))
    SCHEMA.validate(counted)
    assert counted["summary"]["statistics"] == {"a": 2}
    assert "statistics" not in json.loads(report(reporter))["summary"]


def test_no_posts() -> None:
    assert json.loads(report(reporter, [], summary=Summary(rules=3))) == {
        "version": 1,
        "posts": [],
        "proposals": [],
        "summary": {"posts": 0, "rules": 3, "block": 0, "warn": 0, "pass": 0, "unknown": 0, "skipped": [], "notes": []},
    }


def test_posts_are_written_as_they_come() -> None:
    out = io.StringIO()
    writing = reporter.start(out, INFO)
    for number, result in enumerate(RESULTS):
        writing.add(result)
        assert [post["id"] for post in json.loads(out.getvalue() + "]}")["posts"]] == [
            result.post.id for result in RESULTS[: number + 1]
        ]
    writing.finish(SUMMARY)
    assert out.getvalue() == report(reporter)


def _sound(text: str) -> str:
    """As a strict parser would have it: pairs joined, lone surrogates replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@given(ANY_TEXT.filter(bool), ANY_TEXT)
def test_any_text_stays_whole(draft: str, headline: str) -> None:
    where = field(draft)
    found = finding(GATE, where, draft, headline, evidence=(Evidence(headline, headline, headline),))
    out = report(reporter, [only(found, fields=[where])], summary=Summary())
    assert out.isascii()
    assert len(out.splitlines()) == 5
    read = json.loads(out)
    SCHEMA.validate(read)
    (back,) = read["posts"][0]["findings"]
    assert (back["match"], back["message"]) == (_sound(draft), _sound(headline))
