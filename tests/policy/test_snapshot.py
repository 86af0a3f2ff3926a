import json
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readtheroom.errors import DraftError
from readtheroom.model import Gap, Json, Observation, Reason, Room
from readtheroom.policy.document import parse_yaml
from readtheroom.policy.draft_schema import OBSERVATION, ROOM
from readtheroom.policy.json_tree import tree
from readtheroom.policy.schema import check
from readtheroom.policy.snapshot import observation, plain, room
from readtheroom.policy.snapshot_faults import why
from readtheroom.policy.times import YEARS
from readtheroom.spans import FileText
from tests.policy.hold_samples import HELD

TIMES = st.sampled_from(
    [
        *("2026-03-01T09:00:00Z", "2026-03-01 09:00+01:00", "2026-03-01t09:00:00.123z", "2026-03-01T09:00:00"),
        *("20260301T090000Z", "2026-W09-7T09:00Z", "2026-03-01T09Z", "2026-02-30T09:00Z", "2026-03-01", "", "now"),
    ]
)
TEXTS = st.sampled_from(["", " ", "#Lindental", "pancakes", "tag", "headline", "Tag", "us", "FR-75"])
URLS = st.sampled_from(["", "https://news.example/1", "a b", "/1", "mailto:ada@example.org", "https://news.example/\n"])
ANY = st.one_of(st.none(), st.booleans(), st.integers(-2, 2), st.just(1.0), TEXTS, TIMES, st.just([]), st.just({}))


def mapping(keys: dict[str, st.SearchStrategy[Json]]) -> st.SearchStrategy[dict[str, Json]]:
    """Some of the keys, mostly with fitting values, and now and then one that is unknown."""
    mostly = {key: st.one_of(values, values, values, values, ANY) for key, values in keys.items()}
    return st.fixed_dictionaries({}, optional={**mostly, "extra": ANY})


REASON = mapping({"title": TEXTS, "url": URLS, "source": TEXTS, "published_at": TIMES})
SEEN = mapping(
    {
        "term": TEXTS,
        "kind": st.sampled_from(["tag", "query", "topic", "headline", "trend"]),
        "region": TEXTS,
        "rank": st.integers(-1, 3),
        "volume": st.integers(-1, 3),
        "source": TEXTS,
        "observed_at": TIMES,
        "reasons": st.lists(st.one_of(REASON, REASON, ANY), max_size=2),
        "labels": st.lists(st.one_of(TEXTS, ANY), max_size=2),
    }
)
GAP = mapping({"source": TEXTS, "reason": TEXTS, "note": st.booleans()})
ROOMS = mapping(
    {
        "observations": st.lists(SEEN, max_size=2),
        "gaps": st.lists(st.one_of(GAP, GAP, ANY), max_size=2),
        "looked_up": st.booleans(),
    }
)
GOOD: dict[str, Json] = {"term": "x", "observed_at": "2026-03-01T09:00:00Z"}


def accepts(data: Json) -> bool:
    try:
        room(data)
    except ValueError:
        return False
    return True


def faults_by_schema(data: Json) -> int:
    root = tree("r.json", FileText(json.dumps(data)))
    alone = isinstance(data, dict) and "term" in data
    return len(list(check(root, OBSERVATION if alone else ROOM, "r.json")))


@given(st.one_of(SEEN, ANY, ROOMS))
@example({"term": "x", "observed_at": "2026-03-01T09:00:00Z", "rank": 0})
@example({"term": "x", "observed_at": "2026-03-01T09:00:00Z", "rank": True})
@example({"term": "x", "observed_at": "2026-03-01T09:00:00Z", "kind": None})
@example({"term": "x", "observed_at": "2026-03-01T09:00:00Z", "reasons": [{"title": "y", "url": ""}]})
@example({"term": "x", "observed_at": "2026-03-01T09:00:00Z", "reasons": [{"title": "y", "published_at": ""}]})
@example({"observations": [], "term": "x"})
@example({"observations": [], "gaps": None})
@example({"observations": [], "gaps": [{"source": "x", "reason": "timeout", "note": 1}]})
@example({"observations": [], "looked_up": 1})
@example({"gaps": []})
def test_what_is_accepted_is_what_the_schema_says(data: Json) -> None:
    assert accepts(data) == (faults_by_schema(data) == 0)


@given(st.one_of(SEEN, ANY, ROOMS))
def test_what_is_refused_has_a_fault_with_a_line_in_json_and_yaml(data: Json) -> None:
    if not accepts(data):
        file = FileText(json.dumps(data))
        for root in (tree("r", file), parse_yaml("r", file, DraftError)):
            error = why("r", root)
            assert error.faults
            assert all((fault.path, fault.line) == ("r", 1) and fault.message for fault in error.faults)


@given(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)))
@example(datetime(1, 1, 1, tzinfo=UTC))
@example(datetime(9999, 12, 31, tzinfo=UTC))
def test_years_that_are_typing_errors_are_faults(time: datetime) -> None:
    written = time.isoformat(timespec="seconds")
    item: Json = {"term": "x", "observed_at": written}
    assert accepts(item) == (time.year in YEARS)
    if time.year not in YEARS:
        error = why("r", tree("r", FileText(json.dumps({"observations": [GOOD, item]}))))
        assert str(error).endswith(f": the year {time.year} is not between 1970 and 2200")
        assert len(error.faults) == 1


@pytest.mark.parametrize("offset", ["+14:00", "-12:00"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_faults(day: str, offset: str) -> None:
    assert not accepts({"term": "x", "observed_at": f"{day}T23:00:00{offset}"})


@pytest.mark.parametrize(
    ("term", "kind"), [("#Lindental", "tag"), ("＃Lindental", "tag"), ("Lindental", "topic"), ("C#", "topic")]
)
def test_a_term_with_its_sign_is_a_tag(term: str, kind: str) -> None:
    assert observation({**GOOD, "term": term}).kind == kind


def test_what_is_left_out() -> None:
    expected = Observation("x", "topic", "file", datetime(2026, 3, 1, 9, tzinfo=UTC))
    assert observation(GOOD) == expected
    assert (
        observation({**GOOD, "region": None, "rank": None, "volume": None, "source": "", "reasons": None}) == expected
    )


MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 31), timezones=st.just(UTC))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
REASONS = st.builds(Reason, WORDS, st.sampled_from([None, "https://news.example/1"]), WORDS, MOMENTS, st.none())
OBSERVATIONS = st.builds(
    Observation,
    WORDS,
    st.sampled_from(["tag", "query", "topic", "headline"]),
    WORDS,
    MOMENTS,
    st.sampled_from([None, "US", "FR-75"]),
    st.none() | st.integers(1, 50),
    st.none() | st.integers(0, 10**9),
    st.lists(REASONS, max_size=3).map(tuple),
    st.lists(WORDS, max_size=2).map(tuple),
)


GAPS = st.builds(Gap, WORDS, WORDS, st.booleans(), st.sampled_from([None, "FR"]), st.booleans())


@given(
    st.builds(
        Room,
        st.lists(OBSERVATIONS, max_size=3).map(tuple),
        st.lists(GAPS, max_size=2).map(tuple),
        st.booleans(),
        st.lists(HELD, max_size=2).map(tuple),
    )
)
def test_a_room_that_is_written_is_read_again(seen: Room) -> None:
    written = plain(seen)
    assert room(json.loads(json.dumps(written))) == seen
    assert faults_by_schema(written) == 0


def test_addresses_that_are_none_are_not_written() -> None:
    seen = Observation("x", "topic", "s", datetime(2026, 3, 1, 9, tzinfo=UTC), reasons=(Reason("y", "no address"),))
    assert plain(Room((seen,))) == {
        "observations": [
            {
                "term": "x",
                "kind": "topic",
                "source": "s",
                "observed_at": "2026-03-01T09:00:00Z",
                "reasons": [{"title": "y"}],
            }
        ]
    }
