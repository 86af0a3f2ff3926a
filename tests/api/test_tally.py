from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from readtheroom.api.drafts import Draft
from readtheroom.api.run import Run
from readtheroom.api.tally import Tally, fails
from readtheroom.findings import SEVERITIES, Finding, PostResult, Skip, Summary, Verdict
from readtheroom.model import Post, Severity
from readtheroom.readers._file import TextFile
from readtheroom.spans import Place


def judged(verdict: Verdict, *skipped: Skip) -> PostResult:
    result = next(iter(Run("readtheroom.yaml").lint([Draft(TextFile("hurry, perhaps", "text"), "text")])))
    return result._replace(verdict=verdict, skipped=skipped)


def test_a_tally_counts(office: Path) -> None:
    one, other = Skip("trend", "no room was given"), Skip("pulse", "no room was given", required=True)
    tally = Tally()
    for each in (judged("warn", one), judged("warn", one, other), judged("unknown", other), judged("pass")):
        tally.add(each)
    assert tally.summary(7) == Summary(
        posts=4,
        rules=7,
        block=0,
        warn=2,
        passed=1,
        unknown=1,
        errors=0,
        warnings=4,
        infos=4,
        skips=((other, 2), (one, 2)),
        per_rule=(("doubt", 4), ("haste", 4)),
    )


FINDING = Finding("rival", "error", "high", "", "text", 0, 0, Place(1, 1), Place(1, 1), "")
ORDER = [*SEVERITIES, "never"]


@given(st.lists(st.sampled_from(SEVERITIES), max_size=3), st.sampled_from(ORDER))
def test_what_fails_is_as_grave_or_graver(found: list[Severity], least: str) -> None:
    result = PostResult(Post("", "", 1, ()), "pass", tuple(FINDING._replace(severity=each) for each in found))
    expected = any(ORDER.index(each) >= ORDER.index(least) for each in found)
    assert fails(result, least) is expected
