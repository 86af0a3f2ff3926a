from __future__ import annotations

import pytest

from readtheroom.text.validity import is_hashtag, is_list, is_mention, is_url


def test_mentions_lists_and_tags_are_whole() -> None:
    assert is_mention("@globex")
    assert not is_mention("@globex!")
    assert not is_mention("globex")
    assert not is_mention("@globex/team")
    assert is_list("@globex/team")
    assert not is_list("@globex")
    assert not is_list("@globex/team ")
    assert is_hashtag("#Aurora")
    assert is_hashtag("＃αυγή")
    assert not is_hashtag("#2027")
    assert not is_hashtag("#a-b")


@pytest.mark.parametrize(
    "text",
    [
        "https://globex.com",
        "HTTP://a:b@sub_domain.globex.com:8080/a/b;c?d=e&f=%20#g/?",
        "http://γκλόμπεξ.ελ/σελίδα".replace("σελίδα", "page"),
        "http://127.0.0.1/x",
        "http://[::1]:80/",
    ],
)
def test_urls(text: str) -> None:
    assert is_url(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "globex.com",
        "ftp://globex.com",
        "http://globex",
        "http://glo_bex.com.a_b",
        "http://-a.com",
        "http://a.com/ x",
        "http://a.com/%zz",
    ],
)
def test_no_urls(text: str) -> None:
    assert not is_url(text)


def test_a_scheme_may_be_left_out_if_one_says_so() -> None:
    assert is_url("globex.com/x", scheme=False)
    assert not is_url("globex", scheme=False)


@pytest.mark.parametrize("unit", ["a", "a.", "a-", "/", "a:", "é_", "%20"])
def test_time_is_linear(unit: str) -> None:
    """Who looks at each sign from each other one takes hours."""
    is_url("http://" + unit * 300_000 + " ")
