import pytest

from readtheroom.model import Example
from readtheroom.policy.document import parse_yaml
from readtheroom.policy.examples import EXAMPLE_MOMENT, example
from readtheroom.spans import FileText


def read(text: str) -> Example:
    return example(parse_yaml("a.yaml", FileText(text, 7)), "a.yaml")


def test_a_text_is_a_draft() -> None:
    assert read("Hello") == Example({"text": "Hello"}, (), None, 7, "a.yaml")


def test_match_and_room_are_no_part_of_the_draft() -> None:
    found = read("{title: T, account: acme, match: T, room: [{term: x, region: FR}]}")
    seen = {"source": "example", "observed_at": EXAMPLE_MOMENT, "term": "x", "region": "FR", "reasons": []}
    assert (found.draft, found.match, found.room) == ({"title": "T", "account": "acme"}, "T", (seen,))


def test_a_reason_is_a_headline_before_others() -> None:
    [seen] = read("room: [{term: x, source: s, reason: One, reasons: [{title: Two, url: u}]}]").room
    assert (seen["source"], seen["reasons"]) == ("s", [{"title": "One"}, {"title": "Two", "url": "u"}])


@pytest.mark.parametrize(
    ("scheduled", "seen"),
    [
        ("2026-07-20T15:00:00+02:00", "2026-07-20T15:00:00+02:00"),
        ("2026-07-20 15:00", "2026-07-20T15:00:00+00:00"),
        ("soon", EXAMPLE_MOMENT),
    ],
)
def test_the_room_is_seen_when_the_draft_goes_out(scheduled: str, seen: str) -> None:
    found = read(f"{{text: a, scheduled_at: '{scheduled}', room: [{{term: x}}, {{term: y, observed_at: z}}]}}")
    assert [each["observed_at"] for each in found.room] == [seen, "z"]
    assert found.draft["scheduled_at"] == scheduled
