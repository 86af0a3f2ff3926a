import pytest

from readtheroom.policy.formats import FORMATS


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "date",
            ["2026-12-31", "2024-02-29"],
            ["2026-2-3", "20261231", "2026-02-30", "2026-12-31T00:00:00Z", "٢٠٢٦-12-31"],
        ),
        (
            "date-time",
            ["2026-12-31T18:00:00Z", "2026-12-31 18:00+02:00", "2026-12-31t18:00:00.123456z"],
            ["2026-12-31T18:00:00", "2026-12-31", "2026-12-31T25:00:00Z", "2026-12-31T18:00:00+0200"],
        ),
        ("jmespath", ["@", "news[].{title: head}", "a || b"], ["", "na[", "a b", "(" * 900]),
        ("uri", ["https://news.example/1", "mailto:a@b.example"], ["news.example", "https:// x", "", "a:\x1b[0m"]),
    ],
)
def test_what_fits_and_what_does_not(name: str, good: list[str], bad: list[str]) -> None:
    accepts = FORMATS[name].accepts
    assert [text for text in good if not accepts(text)] == []
    assert [text for text in bad if accepts(text)] == []


def test_each_example_in_a_message_fits() -> None:
    for known in FORMATS.values():
        assert known.accepts(known.what.rsplit(" ", 1)[1])
