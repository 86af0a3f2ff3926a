from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.engine.engine import Engine, Settings
from readtheroom.errors import PolicyError
from readtheroom.model import Field, Json, Room
from readtheroom.spans import verbatim
from readtheroom.text.length import METHODS, count
from tests.kinds.check import NOW, check, judge, messages, post, rule

TEN: dict[str, Json] = {"x": {"length": {"most": 10, "count": "weighted"}}}


def of(item: str, most: int, **more: Json) -> dict[str, Json]:
    return {"x": {item: {"most": most, **more}}}


def test_what_is_over_is_marked() -> None:
    found = check(rule("limits", limits=TEN), {"text": "0123456789ab", "platforms": ["x"]})
    assert found == [("limits", "warning", "text", 10, 12, "ab")]


LINKED: dict[str, Json] = {"x": {"length": {"most": 40, "count": "weighted", "with_link": True}}}
SHOP = "https://example.com/pots/and/pans/of/every/size"


@pytest.mark.parametrize(
    ("limits", "text", "expected"),
    [
        (LINKED, "Sixteen letters!", []),
        (LINKED, "Seventeen letters", [("length", 16, "s", "41 characters, as it counts them with the link")]),
        (LINKED, f"In it: {SHOP}", []),
        (of("length", 40, count="weighted"), "Seventeen letters", []),
        (of("length", 20, count="weighted", with_link=True), "Pots", [
            ("length", 0, "Pots", "28 characters, as it counts them with the link")
        ]),
    ],
)  # fmt: skip
def test_a_link_that_joins_the_text_counts(
    limits: dict[str, Json], text: str, expected: list[tuple[str, int, str, str]]
) -> None:
    link = Field("link", SHOP, verbatim(SHOP))
    linked = post({"text": text, "platforms": ["x"], "thread": ["Seventeen letters"]})
    linked = linked._replace(fields=(*linked.fields, link))
    engine = Engine((rule("limits", name="length", message="{count} {unit}", limits=limits),), (), Settings())
    found = engine.judge(linked, engine.scene(Room()), NOW).findings
    assert [(each.rule, each.start, each.match, each.message) for each in found] == expected


def test_exactly_the_limit_is_fine() -> None:
    assert check(rule("limits", limits=TEN), {"text": "0123456789", "platforms": ["x"]}) == []


def test_it_counts_as_the_platform_does() -> None:
    draft: dict[str, Json] = {"text": "日本語日本語", "platforms": ["x"]}
    assert check(rule("limits", limits=TEN), draft) == [("limits", "warning", "text", 5, 6, "語")]
    assert check(rule("limits", limits=of("length", 10)), draft) == []


def test_no_platform_no_limit_unless_there_are_defaults() -> None:
    assert check(rule("limits", limits=TEN), "0123456789ab") == []
    found = check(rule("limits", limits=TEN, default_platforms=["x"]), "0123456789ab")
    assert found == [("limits", "warning", "text", 10, 12, "ab")]


def test_platforms_without_figures_have_no_limit() -> None:
    assert check(rule("limits", limits=TEN), {"text": "0123456789ab", "platforms": ["mastodon", "my-forum"]}) == []


def test_each_text_by_its_own_limit() -> None:
    limits: dict[str, Json] = {
        "x": {
            "length": {"most": 4},
            "title": {"most": 3},
            "alt": {"most": 2},
            "first_comment": {"most": 1},
            "poll_option": {"most": 5},
        }
    }
    draft: dict[str, Json] = {
        "platforms": ["x"],
        "text": "12345",
        "title": "1234",
        "first_comment": "12",
        "media": [{"file": "a.jpg", "alt": "123"}, {"file": "b.jpg", "alt": "12"}],
        "poll": ["12345", "123456"],
        "thread": ["1234", {"text": "123456", "media": [{"file": "c.jpg", "alt": "1234"}]}],
    }
    assert check(rule("limits", limits=limits), draft) == [
        ("limits", "warning", "text", 4, 5, "5"),
        ("limits", "warning", "title", 3, 4, "4"),
        ("limits", "warning", "first_comment", 1, 2, "2"),
        ("limits", "warning", "media[0].alt", 2, 3, "3"),
        ("limits", "warning", "poll[1]", 5, 6, "6"),
        ("limits", "warning", "thread[1]", 4, 6, "56"),
        ("limits", "warning", "thread[1].media[0].alt", 2, 4, "34"),
    ]


def test_tags_mentions_and_links_beyond_the_limit() -> None:
    text = "#a #b #c @d @e https://example.com https://example.org end"
    draft: dict[str, Json] = {"text": text, "platforms": ["x"]}
    assert check(rule("limits", limits=of("hashtags", 1)), draft) == [("limits", "warning", "text", 3, 8, "#b #c")]
    assert check(rule("limits", limits=of("mentions", 1)), draft) == [("limits", "warning", "text", 12, 14, "@e")]
    found = check(rule("limits", limits=of("links", 1)), draft)
    assert found == [("limits", "warning", "text", 35, 54, "https://example.org")]
    assert check(rule("limits", limits=of("hashtags", 3)), draft) == []


def test_mentions_are_those_of_the_platform() -> None:
    limits: dict[str, Json] = {"mastodon": {"mentions": {"most": 1}}, "bluesky": {"mentions": {"most": 1}}}
    draft: dict[str, Json] = {"text": "@ana @leo", "platforms": ["mastodon", "bluesky"]}
    assert check(rule("limits", limits=limits), draft) == [("limits", "warning", "text", 5, 9, "@leo")]


def test_poll_options_are_counted_per_poll() -> None:
    draft: dict[str, Json] = {
        "text": "?",
        "platforms": ["x"],
        "poll": ["a", "b"],
        "thread": [{"text": "??", "poll": ["c", "d", "e", "f"]}],
    }
    found = check(rule("limits", limits=of("poll_options", 2)), draft)
    assert found == [("limits", "warning", "thread[0].poll[2]", 0, 1, "e")]


def test_pictures_without_alt_text() -> None:
    none = rule("limits", message="{count} {unit}", limits=of("missing_alts", 0))
    media: list[Json] = ["a.jpg", {"file": "b.jpg", "alt": "A boat"}, {"file": "c.jpg", "alt": " "}]
    draft: dict[str, Json] = {"text": "a", "platforms": ["x"], "media": media}
    assert check(none, draft) == [("limits", "warning", "media", 0, 0, "")]
    assert messages(none, draft) == ["2 pictures without alt text"]
    assert check(none, {**draft, "media": media[1:2]}) == []
    assert check(none, {**draft, "platforms": ["mastodon"]}) == []


def test_of_several_limits_the_first_that_is_exceeded_is_told() -> None:
    limits: dict[str, Json] = {"x": {"length": [{"most": 9, "severity": "error"}, {"most": 5, "severity": "info"}]}}
    tell = rule("limits", limits=limits)
    assert check(tell, {"text": "1234567", "platforms": ["x"]}) == [("limits", "info", "text", 5, 7, "67")]
    assert check(tell, {"text": "1234567890", "platforms": ["x"]}) == [("limits", "error", "text", 9, 10, "0")]


def test_each_platform_is_told() -> None:
    limits: dict[str, Json] = {"x": {"length": {"most": 3}}, "bluesky": {"length": {"most": 2, "count": "utf8_bytes"}}}
    tell = rule("limits", message="{platform}: {count} {unit}, {most}, {over}", limits=limits)
    draft: dict[str, Json] = {"text": "1234", "platforms": ["x", "bluesky"]}
    assert messages(tell, draft) == ["bluesky: 4 bytes, 2, 2", "x: 4 characters, 3, 1"]


def test_own_limits_take_the_place_of_single_ones() -> None:
    limits: dict[str, Json] = {"x": {"length": {"most": 3}, "title": {"most": 3}}, "bluesky": {"length": {"most": 3}}}
    tell = rule("limits", limits=limits, own_limits={"x": {"length": {"most": 5}}, "forum": {"title": {"most": 1}}})
    draft: dict[str, Json] = {"text": "1234", "title": "1234", "platforms": ["x"]}
    assert check(tell, draft) == [("limits", "warning", "title", 3, 4, "4")]
    assert check(tell, {**draft, "platforms": ["forum"]}) == [("limits", "warning", "title", 1, 4, "234")]
    assert check(tell, {**draft, "platforms": ["bluesky"]}) == [("limits", "warning", "text", 3, 4, "4")]


def test_a_platform_by_another_name_is_a_fault() -> None:
    with pytest.raises(PolicyError) as caught:
        judge(rule("limits", limits={"twitter": {"length": {"most": 3}}}), "a")
    assert str(caught.value) == "rules.yaml:7: rule 'limits': the platform 'twitter' is called 'x' here"


@given(
    st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip), st.integers(0, 30), st.sampled_from(METHODS)
)
def test_what_is_left_fits_and_is_as_much_as_fits(text: str, most: int, method: str) -> None:
    found = judge(rule("limits", limits=of("length", most, count=method)), {"text": text, "platforms": ["x"]})
    if count(text, method) <= most:
        assert found.findings == ()
        return
    (only,) = found.findings
    assert (only.end, only.match) == (len(text), text[only.start :])
    assert only.start == 0 or count(text[: only.start], method) <= most
    assert count(text[: only.start + 1], method) > most
