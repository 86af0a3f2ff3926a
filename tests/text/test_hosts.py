from __future__ import annotations

import pytest

from readtheroom.text.hosts import Host, is_deliverable, top_level_domains


def test_the_top_level_domains_are_all_there() -> None:
    names = top_level_domains()
    assert {"com", "org", "gr", "uk", "shop", "ελ", "рф", "中国"} <= names
    assert len(names) > 1400
    assert all(name == name.lower() and "." not in name and not name.startswith("xn--") for name in names)


@pytest.mark.parametrize(
    ("host", "ends"),
    [
        ("globex.com", [0, 10]),
        ("www.globex.com", [0, 0, 14]),
        ("globex.comだよ", [0, 10]),
        ("globex.com-a", [0, 0]),
        ("globex.com9", [0, 0]),
        ("globex.xn--p1ai", [0, 15]),
        ("globex.中国人", [0, 9]),
        ("globex.", [0, 0]),
    ],
)
def test_where_top_level_domains_end(host: str, ends: list[int]) -> None:
    assert Host(host, 0, len(host)).tlds == ends


@pytest.mark.parametrize(
    ("host", "reach"),
    [
        ("a.com", 1),
        ("a.b.com", 2),
        ("a.com.b", 1),
        ("a_b.com", None),
        ("a_b.c.com", 2),
        ("a.-b.com", None),
        ("a.com.-b.com", 1),
        ("a", None),
        ("a.b", None),
    ],
)
def test_how_far_a_domain_reaches(host: str, reach: int | None) -> None:
    assert Host(host, 0, len(host)).reach(0, 0) == reach


@pytest.mark.parametrize(
    ("domain", "length", "deliverable"),
    [
        ("a" * 63 + ".com", 67, True),
        ("a" * 64 + ".com", 68, False),
        ("ω" * 40 + ".com", 44, True),
        ("ω" * 64 + ".com", 68, False),
        ("中文" * 30 + ".com", 64, False),
        ("xn--ω.com", 9, False),
        ("a.com", 101, False),
        ("ω.com", 96, False),
    ],
)
def test_labels_and_urls_have_a_length_in_punycode(domain: str, length: int, deliverable: bool) -> None:
    assert is_deliverable(domain, length, limit=100) is deliverable
