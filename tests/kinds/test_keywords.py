from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.errors import PolicyError
from readtheroom.model import Json, Rule
from readtheroom.text.normalise import fold
from tests.kinds.check import check, judge, labels, rule


def of(*terms: str) -> Rule:
    return rule("keywords", terms=list(terms))


def test_whole_words_prefixes_and_phrases() -> None:
    text = "Globex, GLOBEXES initechs and an umbrella\n corp; preinitech umbrellacorp"
    assert check(of("globex", "Initech*", "umbrella corp"), text) == [
        ("keywords", "warning", "text", 0, 6, "Globex"),
        ("keywords", "warning", "text", 17, 25, "initechs"),
        ("keywords", "warning", "text", 33, 47, "umbrella\n corp"),
    ]


@pytest.mark.parametrize(
    ("term", "text", "match"),
    [
        ("café", "Un cafe\u0301 noir", "cafe\u0301"),
        ("cafe", "UN CAFÉ", "CAFÉ"),
        ("strasse", "die Straße", "Straße"),
        ("straße", "DIE STRASSE", "STRASSE"),
        ("λόγος", "ΛΟΓΟΣ", "ΛΟΓΟΣ"),
        ("ΛΟΓΟΣ", "ο λογος του", "λογος"),
        ("istanbul", "İstanbul’da", "İstanbul"),
        ("sale", "ｓａｌｅ", "ｓａｌｅ"),
        ("bomb", "b\u200bo\u2060mb", "b\u200bo\u2060mb"),
        ("bomb", "bоmb", "bоmb"),
        ("地震", "昨日地震があった", "地震"),
        ("🔥", "so 🔥!", "🔥"),
        ("❤", "we ❤\ufe0f you", "❤"),
        ("won't", "we won’t go", "won’t"),
        ("-50%", "only –50% today", "–50%"),
        ("wow!", "WOW！", "WOW！"),
        ("#aurora", "new ＃Aurora dress", "＃Aurora"),
        ("!!", "what！！", "！！"),
        ("«oui»", 'elle dit "oui"', '"oui"'),
        ("state of emergency", "state-of-emergency", "state-of-emergency"),
    ],
)
def test_spelling_does_not_matter(term: str, text: str, match: str) -> None:
    start = text.index(match)
    assert check(of(term), text) == [("keywords", "warning", "text", start, start + len(match), match)]


def test_inside_split_hashtags() -> None:
    assert check(of("blast", "lahore blast"), "#LahoreBlast #lahoreblast #blasting") == [
        ("keywords", "warning", "text", 1, 12, "LahoreBlast"),
        ("keywords", "warning", "text", 14, 25, "lahoreblast"),
    ]


def test_not_inside_links_and_mentions() -> None:
    assert check(of("blast"), "https://example.com/blast @blast example.com/blast blast") == [
        ("keywords", "warning", "text", 51, 56, "blast")
    ]


def test_an_exception_of_another_language_excepts_nothing() -> None:
    dead = rule("keywords", terms={"fr": ["trouvée morte"]}, unless={"it": ["morte a"], "fr": ["morte de rire"]})
    assert len(check(dead, {"text": "Trouvée morte à midi", "lang": "fr"})) == 1
    assert check(dead, {"text": "Trouvée morte de rire", "lang": "fr"}) == []
    everywhere = rule("keywords", terms=["anzac"], unless={"en": ["anzac biscuits"]})
    assert check(everywhere, {"text": "Anzac biscuits", "lang": "fr"}) == []


def test_unless() -> None:
    stadium = rule("keywords", terms=["Globex"], unless=["Globex Stadium", "not *"[:3] + " globex"])
    assert check(stadium, "Globex, Globex  Stadium, not Globex") == [("keywords", "warning", "text", 0, 6, "Globex")]
    assert check(stadium, {"text": "Globex", "title": "Globex Stadium"}) == [
        ("keywords", "warning", "text", 0, 6, "Globex")
    ]


def test_case_sensitive() -> None:
    us = rule("keywords", terms=["US", "New York*", "Big* Apple"], case_sensitive=True)
    assert check(us, "us US new york New  Yorkers #NewYork Bigger Apple bigger apple") == [
        ("keywords", "warning", "text", 3, 5, "US"),
        ("keywords", "warning", "text", 15, 27, "New  Yorkers"),
        ("keywords", "warning", "text", 29, 36, "NewYork"),
        ("keywords", "warning", "text", 37, 49, "Bigger Apple"),
    ]


def test_minimum_counts_different_terms() -> None:
    two = rule("keywords", terms=["sun", "moon"], minimum=2)
    assert check(two, "sun sun sun") == []
    assert check(two, {"text": "sun", "title": "moon"}) == [
        ("keywords", "warning", "text", 0, 3, "sun"),
        ("keywords", "warning", "title", 0, 4, "moon"),
    ]


def test_terms_of_a_language() -> None:
    french = rule("keywords", terms={"fr": ["pain"], "any": ["brot"]})
    assert check(french, {"text": "pain brot", "lang": "fr"}) == [
        ("keywords", "warning", "text", 0, 4, "pain"),
        ("keywords", "warning", "text", 5, 9, "brot"),
    ]
    assert check(french, {"text": "pain #pain brot", "lang": "en-GB"}) == [
        ("keywords", "warning", "text", 6, 10, "pain"),
        ("keywords", "warning", "text", 11, 15, "brot"),
    ]


def test_the_longest_of_overlapping_terms_is_told() -> None:
    assert check(of("new", "new york", "york", "york times"), "New York Times") == [
        ("keywords", "warning", "text", 0, 8, "New York"),
        ("keywords", "warning", "text", 4, 14, "York Times"),
    ]


def test_fields_and_platforms_of_a_rule() -> None:
    draft: dict[str, Json] = {"text": "sun", "title": "sun", "thread": ["sun"], "platforms": ["x"]}
    narrow = rule("keywords", terms=["sun"], fields=("title", "thread"))
    assert check(narrow, draft) == [
        ("keywords", "warning", "title", 0, 3, "sun"),
        ("keywords", "warning", "thread[0]", 0, 3, "sun"),
    ]
    assert check(rule("keywords", terms=["sun"], platforms=("bluesky",)), draft) == []


def test_a_rule_without_severity_only_labels() -> None:
    label = rule("keywords", None, label="topic.sky", terms=["sun"])
    assert (check(label, "Sun"), labels(label, "Sun")) == ([], [("topic.sky", "Sun")])


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (["ab*"], "term 'ab*' needs at least 3 letters before *"),
        (["foo*bar"], "term 'foo*bar' may have a * only at the end of a word"),
        (["x" * 201], f"term '{'x' * 201}' is longer than 200 characters"),
        ([" "], "term ' ' has no visible character"),
        ([], "has no terms: give it `terms` or a `lexicon`"),
    ],
)
def test_terms_that_cannot_match_are_faults(terms: Sequence[str], said: str) -> None:
    with pytest.raises(PolicyError) as caught:
        judge(of(*terms), "a")
    assert said in str(caught.value)


WORDS = st.sampled_from(
    ["pain", "Straße", "ΛΟΓΟΣ", "cafe\u0301", "地震", "🔥", "ｓａｌｅ", "#FireSale", "@fire", "fire", "-", "\u200b"]
)


@given(st.lists(WORDS, max_size=8).map(" ".join).filter(lambda text: text.strip(" \u200b")))
def test_what_is_found_folds_to_the_term(text: str) -> None:
    found = check(of("pain", "strasse", "λογος", "café", "地震", "🔥", "sale", "fire"), text)
    for _, _, _, start, end, match in found:
        assert text[start:end] == match
        assert fold(match) in {"pain", "strasse", "λογοσ", "cafe", "地震", "🔥", "sale", "fire"}
    assert len(found) == sum(1 for word in text.split() if word not in {"@fire", "-", "\u200b"}) + text.count("#")


def test_work_grows_with_the_text_and_not_with_its_square() -> None:
    """Each of these once took minutes."""
    assert check(of("blast"), "#" + "a" * 100_000) == []
    stadium = rule("keywords", terms={"fr": ["Globex"]}, unless=["Globex Stadium"])
    assert check(stadium, {"text": "Globex Stadium " * 20_000, "lang": "fr"}) == []
    assert check(stadium, {"text": "Globex #x " * 20_000, "lang": "en"}) == []
    assert len(check(of("blast"), "blast @x " * 20_000)) == 20_000
