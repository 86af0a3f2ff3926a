from __future__ import annotations

import pytest

from readtheroom.model import Account, Json, Rule
from tests.kinds.check import check, messages, rule

HOTEL = Account(
    "Nordvik Hotels",
    {"x": "@nordvik_hotels", "instagram": "nordvik.hotels", "mastodon": "@nordvik@social.example"},
    authors=("Ana", "Léa"),
    approvers=("Jo Berg", "mia"),
    languages=("en", "pt-BR"),
    barred_topics=("politics", "topic.religion"),
)
BAKERY = Account("Tournesol", {"x": "tournesol", "instagram": "nordvik_hotels"})
BOTH = (HOTEL, BAKERY)


PERSON = Account("Ana", {"x": "ana_of_nordvik"}, voice="personal")


@pytest.mark.parametrize(
    ("options", "named", "told"),
    [
        ({}, "Nordvik Hotels", True),
        ({}, "Ana", True),
        ({"voice": "brand"}, "Nordvik Hotels", True),
        ({"voice": "brand"}, "Ana", False),
        ({"voice": "personal"}, "Ana", True),
        ({"voice": "brand"}, None, False),
    ],
)
def test_labels_may_be_barred_for_one_voice_alone(options: dict[str, Json], named: str | None, told: bool) -> None:
    sound = rule("keywords", None, label="tone.loud", terms=["boo"])
    bar = rule("accounts", check="barred-label", labels=["tone.loud"], options=options)
    draft: dict[str, Json] = {"text": "Well, boo", **({"account": named} if named else {})}
    expected = [("accounts", "warning", "text", 6, 9, "boo")] if told else []
    assert check([sound, bar], draft, accounts=(HOTEL, PERSON)) == expected


def of(what: str) -> Rule:
    return rule("accounts", check=what)


@pytest.mark.parametrize("what", ["look-alike", "author", "platform", "language", "approver"])
def test_silent_without_an_accounts_file(what: str) -> None:
    draft: dict[str, Json] = {"text": "a @b", "account": "acme", "author": "x", "platforms": ["x"], "lang": "en"}
    assert check(of(what), draft) == []


@pytest.mark.parametrize("what", ["author", "platform", "language", "approver"])
def test_silent_for_drafts_that_name_no_account(what: str) -> None:
    draft: dict[str, Json] = {"text": "a", "author": "x", "platforms": ["tiktok"], "lang": "de"}
    assert check(of(what), draft, accounts=BOTH) == []


@pytest.mark.parametrize(
    ("mention", "handle"),
    [
        ("@nordvik_hote1s", "@nordvik_hotels"),
        ("@nоrdvik_hotels", "@nordvik_hotels"),
        ("@nordvikhotels", "@nordvik_hotels"),
        ("@nordvik_hotel", "@nordvik_hotels"),
        ("@nordvik_hotesl", "@nordvik_hotels"),
        ("@nordvik.hote.ls", "@nordvik.hotels"),
        ("＠toumesol", "@tournesol"),
        ("@tournesoll", "@tournesol"),
        ("@nordvik@evil.example", "@nordvik@social.example"),
    ],
)
def test_mentions_that_look_like_ours(mention: str, handle: str) -> None:
    tell = rule("accounts", message="{handle}", check="look-alike")
    text = f"Ask {mention}. Now"
    assert check(tell, text, accounts=BOTH) == [("accounts", "warning", "text", 4, 4 + len(mention), mention)]
    assert messages(tell, text, accounts=BOTH) == [handle]


@pytest.mark.parametrize(
    "text",
    [
        "@nordvik_hotels @NORDVIK.hotels @nordvik @nordvik@social.example @tournesol",
        "@acme @north @turne jo@nordvikhotels.example x@tournesoll",
    ],
)
def test_mentions_that_are_ours_or_nothing_like_it(text: str) -> None:
    assert check(of("look-alike"), text, accounts=BOTH) == []


def test_short_handles_have_no_near_ones_and_years_are_no_slip() -> None:
    short = Account("Acme", {"x": "acme", "instagram": "festival2026"})
    assert check(of("look-alike"), "@acmes @acne @festival2025", accounts=[short]) == []


def test_a_handle_is_that_of_the_platform() -> None:
    """`nordvik_hotels` is the hotel on X and the bakery on Instagram."""
    tell = rule("accounts", message="{account}: {value}, not {authors}", check="author")
    draft: dict[str, Json] = {"text": "a", "account": "nordvik_hotels", "author": "Bob"}
    assert messages(tell, {**draft, "platforms": ["x"]}, accounts=BOTH) == ["Nordvik Hotels: Bob, not Ana, Léa"]
    assert messages(tell, {**draft, "platforms": ["instagram"]}, accounts=BOTH) == []


def test_authors() -> None:
    draft: dict[str, Json] = {"text": "a", "account": "Nordvik Hotels"}
    assert check(of("author"), {**draft, "author": "Bob"}, accounts=BOTH) == [
        ("accounts", "warning", "author", 0, 0, "")
    ]
    for author in ("Ana", "@ana", "LEA", "Le\u0301a"):
        assert check(of("author"), {**draft, "author": author}, accounts=BOTH) == []


def test_platforms() -> None:
    tell = rule("accounts", message="{value}", check="platform")
    draft: dict[str, Json] = {"text": "a", "account": "Tournesol", "platforms": ["x", "tiktok", "mastodon"]}
    assert messages(tell, draft, accounts=BOTH) == ["tiktok", "mastodon"]


def test_languages() -> None:
    draft: dict[str, Json] = {"text": "a", "account": "Nordvik Hotels"}
    assert check(of("language"), {**draft, "lang": "de"}, accounts=BOTH) == [("accounts", "warning", "lang", 0, 0, "")]
    assert check(of("language"), {**draft, "lang": "pt"}, accounts=BOTH) == []
    assert check(of("language"), {**draft, "account": "Tournesol", "lang": "de"}, accounts=BOTH) == []


def test_barred_topics() -> None:
    topics = [
        rule("keywords", None, name="p", label="topic.politics.parties", terms=["party"]),
        rule("keywords", None, name="r", label="topic.religion", terms=["church"]),
        rule("keywords", None, name="s", label="topic.sport", terms=["match"]),
        rule("accounts", message="{match} {topic} {account}", check="barred-topic"),
    ]
    draft: dict[str, Json] = {"text": "match, party, church", "account": "Nordvik Hotels"}
    assert check(topics, draft, accounts=BOTH) == [
        ("accounts", "warning", "text", 7, 12, "party"),
        ("accounts", "warning", "text", 14, 20, "church"),
    ]
    assert messages(topics, draft, accounts=BOTH)[0] == "party politics.parties Nordvik Hotels"
    only = Account("Club", {"x": "club"}, allowed_topics=("sport",))
    assert check(topics, {**draft, "account": "Club"}, accounts=[only]) == [
        ("accounts", "warning", "text", 7, 12, "party"),
        ("accounts", "warning", "text", 14, 20, "church"),
    ]


def test_a_barred_topic_is_told_of_once_a_field() -> None:
    rules = [
        rule("keywords", None, name="p", label="topic.politics", terms=["party", "vote", "senate"]),
        rule("accounts", check="barred-topic"),
    ]
    draft: dict[str, Json] = {"text": "a vote, a party", "title": "The senate", "account": "Nordvik Hotels"}
    assert sorted(found[2:] for found in check(rules, draft, accounts=BOTH)) == [
        ("text", 2, 6, "vote"),
        ("title", 4, 10, "senate"),
    ]


def test_approval() -> None:
    tell = rule("accounts", message="{value} of {approvers}", check="approver")
    draft: dict[str, Json] = {"text": "a", "account": "Nordvik Hotels"}
    assert messages(tell, draft, accounts=BOTH) == ["nobody of Jo Berg, mia"]
    assert messages(tell, {**draft, "approved_by": ["Ana", "Bo"]}, accounts=BOTH) == ["Ana, Bo of Jo Berg, mia"]
    assert messages(tell, {**draft, "approved_by": ["Ana", "Mia"]}, accounts=BOTH) == []
    assert messages(tell, {**draft, "account": "Tournesol"}, accounts=BOTH) == []


def test_tones_that_the_account_bars_once_a_field() -> None:
    joke = rule("keywords", None, name="joke", label="tone.joking", terms=["lol", "haha"])
    plain = Account("Nordvik", {"x": "nordvik"}, barred_tones=("joking",))
    draft: dict[str, Json] = {"text": "lol haha", "title": "haha", "account": "Nordvik"}
    told = [joke, rule("accounts", name="tone", message="{tone} {account}", check="barred-tone")]
    assert check(told, draft, accounts=[plain]) == [
        ("tone", "warning", "text", 0, 3, "lol"),
        ("tone", "warning", "title", 0, 4, "haha"),
    ]
    assert messages(told, draft, accounts=[plain]) == ["joking Nordvik", "joking Nordvik"]
    assert check(told, draft, accounts=[plain._replace(barred_tones=("tone.hostile",))]) == []
    assert check(told, {**draft, "account": None}, accounts=[plain]) == []


def test_handles_of_ambassadors_are_known() -> None:
    paid = Account("Nordvik", {"x": "nordvik"}, ambassadors=("@lindarunner",))
    assert check(of("look-alike"), "@lindarunner @lindaruner", accounts=[paid]) == [
        ("accounts", "warning", "text", 13, 24, "@lindaruner")
    ]
