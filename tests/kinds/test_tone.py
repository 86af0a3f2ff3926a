"""Weighted cues: what counts, how often, and what the evidence says."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.engine.engine import Engine
from readtheroom.errors import PolicyError
from readtheroom.findings import Label, Match
from readtheroom.kinds import tone
from readtheroom.model import Json, Room, Rule
from readtheroom.protocols import Setup
from readtheroom.text.lexicon import LexiconBuilder
from tests.kinds.check import NOW, judge, labels, post, rule

Cue = dict[str, Json]

OFFER: Cue = {"name": "offer words", "weight": 0.6, "terms": {"en": ["sale", "free shipping"], "fr": ["promo"]}}
FREE: Cue = {"name": "free", "weight": 0.4, "terms": ["free"]}
LINK: Cue = {"name": "shop link", "weight": 0.3, "signal": "link"}
PRICE: Cue = {"name": "price", "weight": 0.7, "signal": "price"}
HELP: Cue = {"name": "help", "weight": -0.6, "terms": ["free buses"]}


def toned(*cues: Cue, threshold: float = 1.0, severity: str | None = None) -> Rule:
    """A rule with these cues."""
    return rule(
        "tone",
        "info" if severity else None,
        label="tone.promotional",
        message="{cues} make {score}",
        cues=[*cues],
        threshold=threshold,
    )


def evidence(one: Rule, text: str, lang: str = "en") -> list[str]:
    """What the rule shows for a post; nothing where it does not match."""
    found = judge(one._replace(severity="info"), {"text": text, "lang": lang}).findings
    return [each.title for finding in found for each in finding.evidence]


def test_cues_add_up_to_the_threshold_and_the_label_stands_at_the_heaviest() -> None:
    one = toned(OFFER, FREE)
    assert judge(one, {"text": "It is free! Our sale is on.", "lang": "en"}).labels == (
        Label("tone.promotional", "tone", "text", 16, 20, "sale"),
    )


def test_less_than_the_threshold_is_nothing() -> None:
    assert labels(toned(OFFER, FREE), {"text": "Our sale is on.", "lang": "en"}) == []


def test_evidence_tells_each_cue_and_the_sum() -> None:
    assert evidence(toned(FREE, OFFER, PRICE), "Sale: free mug, $5") == [
        "price +0.7: “$5”",
        "offer words +0.6: “Sale”",
        "free +0.4: “free”",
        "sum 1.7, needs 1.0",
    ]


def test_message_may_tell_score_and_cues() -> None:
    found = judge(toned(OFFER, FREE, severity="info"), {"text": "free sale", "lang": "en"}).findings
    assert [each.message for each in found] == ["offer words, free make 1.0"]


def test_tenths_add_up_as_people_add_them() -> None:
    cues: list[Cue] = [{"name": word, "weight": 0.1, "terms": [word]} for word in ("one", "two", "three")]
    assert evidence(toned(*cues, threshold=0.3), "one two three")[-1] == "sum 0.3, needs 0.3"


def test_a_cue_counts_once_unless_it_may_more_often() -> None:
    twice: Cue = {**OFFER, "most": 2}
    assert evidence(toned(OFFER), "sale, free shipping") == []
    assert evidence(toned(twice), "sale, free shipping") == [
        "offer words +1.2: “sale”, “free shipping”",
        "sum 1.2, needs 1.0",
    ]


def test_a_word_said_twice_is_no_stronger() -> None:
    assert evidence(toned({**OFFER, "most": 2}), "sale sale sale") == []


def test_a_longer_phrase_says_what_the_word_means() -> None:
    one = toned(FREE, HELP, threshold=0.4)
    assert evidence(one, "free mugs") == ["free +0.4: “free”", "sum 0.4, needs 0.4"]
    assert evidence(one, "free buses") == []


def test_negative_cues_argue_against() -> None:
    one = toned(OFFER, FREE, HELP)
    assert evidence(one, "Sale, free mugs") != []
    assert evidence(one, "Sale, free mugs, and free buses") == []


def test_a_negative_signal_argues_against_too() -> None:
    against: Cue = {"name": "link", "weight": -0.5, "signal": "link"}
    one = toned({"name": "sale", "weight": 1.0, "terms": ["sale"]}, against)
    assert evidence(one, "sale now") != []
    assert evidence(one, "sale now https://example.com/a") == []


def test_a_term_does_not_count_in_the_phrases_that_it_is_not_meant_in() -> None:
    one = toned({**OFFER, "unless": ["sale of stamps"], "weight": 1.0})
    assert labels(one, {"text": "The sale of stamps ended.", "lang": "en"}) == []
    assert labels(one, {"text": "The sale of stamps; the sale of ours.", "lang": "en"}) == [
        ("tone.promotional", "sale")
    ]


def test_an_exception_of_another_language_excepts_nothing() -> None:
    cue: dict[str, Json] = {"name": "gift", "weight": 1.0, "terms": {"de": ["gift"]}, "unless": {"en": ["gift für"]}}
    one = toned(cue)
    assert labels(one, {"text": "Ein Gift für alle", "lang": "de"}) == [("tone.promotional", "Gift")]
    everywhere = toned({**cue, "terms": ["gift"]})
    assert labels(everywhere, {"text": "Ein Gift für alle", "lang": "de"}) == []


def test_unless_holds_for_its_own_cue_only() -> None:
    other: Cue = {"name": "goods", "weight": 1.0, "terms": ["stamps"]}
    one = toned({**OFFER, "unless": ["sale of stamps"]}, other)
    assert labels(one, {"text": "The sale of stamps", "lang": "en"}) == [("tone.promotional", "stamps")]


def test_terms_of_another_language_do_not_count_in_hashtags_either() -> None:
    one = toned(OFFER, threshold=0.5)
    assert labels(one, {"text": "promo", "lang": "fr"}) == [("tone.promotional", "promo")]
    assert labels(one, {"text": "promo #promo #PromoParis", "lang": "en"}) == []


def test_terms_count_in_hashtags() -> None:
    assert labels(toned(OFFER, threshold=0.5), {"text": "#SpringSale", "lang": "en"}) == [("tone.promotional", "Sale")]


def test_fields_are_read_together_and_the_label_stands_once() -> None:
    draft: dict[str, Json] = {"text": "Sale", "first_comment": "It is free", "lang": "en"}
    assert judge(toned(OFFER, FREE), draft).labels == (Label("tone.promotional", "tone", "text", 0, 4, "Sale"),)


def test_signals_alone_can_suffice() -> None:
    assert evidence(toned(LINK, PRICE), "Gyros $5 https://example.com/menu") == [
        "price +0.7: “$5”",
        "shop link +0.3: “https://example.com/menu”",
        "sum 1.0, needs 1.0",
    ]


def test_signals_add_to_words_where_a_rule_has_some() -> None:
    one = toned(LINK, PRICE, {"name": "mug", "weight": 0.1, "terms": ["mug"]})
    assert labels(one, {"text": "Gyros $5 https://example.com/menu", "lang": "en"}) == []
    assert labels(one, {"text": "A mug $5 https://example.com/menu", "lang": "en"}) == [("tone.promotional", "$5")]


def test_a_signal_counts_once_unless_it_may_more_often() -> None:
    assert evidence(toned(PRICE), "$5, $6, $7") == []
    assert evidence(toned({**PRICE, "most": 2}), "$5, $6, $7") == ["price +1.4: “$5”, “$6”", "sum 1.4, needs 1.0"]


def test_rules_do_not_share_cues() -> None:
    selling = toned(OFFER, FREE)
    joking = rule(
        "tone", None, name="joking", label="tone.joking", cues=[{"name": "wink", "weight": 1, "terms": [";)"]}]
    )
    assert labels((selling, joking), {"text": "sale ;)", "lang": "en"}) == [("tone.joking", ";)")]
    assert labels((joking, selling), {"text": "free sale", "lang": "en"}) == [("tone.promotional", "sale")]


WORDS = ("sale", "free shipping", "free", "free buses", "$5", "https://example.com/a", "bread")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_the_order_of_cues_does_not_matter(words: list[str]) -> None:
    cues = [OFFER, FREE, LINK, PRICE, HELP]
    text = "; ".join(words)
    forward, backward = toned(*cues), toned(*reversed(cues))
    assert _sum(forward, text) == _sum(backward, text)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_the_label_stands_on_words_of_the_post(words: list[str]) -> None:
    text = "; ".join(words)
    for each in _matches(toned(OFFER, FREE, LINK, PRICE, HELP), text):
        assert text[each.span.start : each.span.end] in {*WORDS}


def _sum(one: Rule, text: str) -> list[str]:
    return [match.facts["score"] for match in _matches(one, text)]


def _matches(one: Rule, text: str) -> list[Match]:
    engine = Engine([one._replace(severity="info")])
    case = engine._case(post({"text": text, "lang": "en"}), engine.scene(Room()), NOW)
    return [match for checker in engine._stages["text"].checkers for match in checker.check(case)]


@pytest.mark.parametrize(
    ("cue", "message"),
    [
        ({"name": "empty", "weight": 1.0}, "cue 'empty' has no terms and no signal"),
        (
            {"name": "both", "weight": 1.0, "terms": ["sale"], "signal": "link"},
            "cue 'both' has both terms and a signal: make two cues of it",
        ),
        ({"name": "short", "weight": 1.0, "terms": ["sale", "of*"]}, "term 'of*' needs at least 3 letters before *"),
    ],
)
def test_a_cue_that_cannot_work_is_a_fault_of_its_rule(cue: Cue, message: str) -> None:
    with pytest.raises(PolicyError) as raised:
        tone.compile([toned(cue)], Setup(LexiconBuilder(), ()))
    assert [str(each) for each in raised.value.faults] == [f"rules.yaml:7: rule 'tone': {message}"]


def test_all_faults_are_told_at_once() -> None:
    empty: Cue = {"name": "empty", "weight": 1.0}
    with pytest.raises(PolicyError) as raised:
        tone.compile([toned(empty), toned(empty, empty)], Setup(LexiconBuilder(), ()))
    assert len(raised.value.faults) == 3


def test_an_unknown_signal_is_told_when_the_rule_is_read() -> None:
    cue: Cue = {"name": "n", "weight": 1, "signal": "prise"}
    options: Cue = {"cues": [cue]}
    text = json.dumps({"rules": [{"id": "x", "kind": "tone", "label": "a", "why": "W.", "options": options}]})
    with pytest.raises(PolicyError, match="did you mean 'price'"):
        judge(text, "x")
