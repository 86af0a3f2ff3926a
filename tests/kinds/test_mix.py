from __future__ import annotations

import pytest

from readtheroom.errors import PolicyError
from tests.kinds.calendar import at, said
from tests.kinds.check import rule

SELLS = rule("keywords", None, label="tone.promotional", terms=["order"])
DAYS = ("01 12:00", "02 12:00", "03 12:00", "04 12:00", "05 12:00")


def test_the_post_with_which_an_account_sells_too_much() -> None:
    share = [SELLS, rule("mix", message="{problem}", max_share=0.3, window="7d")]
    texts = ["Order now", "Bread", "Butter", "Jam", "Order again"]
    drafts = [at(*each) for each in zip(DAYS, texts, strict=True)]
    told = {"05 12:00": ["2 of 5 posts on x within 7 days are promotional, at most 30%"]}
    assert said(share, drafts) == told
    assert said(share, drafts[:4]) == said(share, [*drafts[:4], at("08 12:01", "Order again")]) == {}
    assert said(share, [*drafts[1:], at("06 12:00", account="alder", text="Order")]) == {}


def test_posts_are_of_three_sorts() -> None:
    talk = rule("mix", message="{problem}", of="conversational", max_share=0.5, at_least=1)
    for text in ("How are you?", "@alder thanks", "Τι κάνετε;", "¿Quién viene?", "Wer kommt?!"):
        assert list(said([SELLS, talk], [at(DAYS[0], text)])) == [DAYS[0]]
    for text in ("How we are; and who", "See shop.example/?a=b", "Order now?"):
        assert said([SELLS, talk], [at(DAYS[0], text)]) == {}


def test_too_little_is_told_once() -> None:
    talk = rule("mix", message="{problem}", of="conversational", min_share=0.3, window="31d", at_least=2)
    drafts = [at(day, text) for day, text in zip(DAYS, ("Who?", "A", "B", "C", "D"), strict=True)]
    assert said(talk, drafts) == {"04 12:00": ["1 of 4 posts on x within 31 days are conversational, at least 30%"]}


def test_a_rule_without_a_share_is_faulty() -> None:
    with pytest.raises(PolicyError, match="rule 'mix': say `max_share` or `min_share`"):
        said(rule("mix", window="7d"), [])
