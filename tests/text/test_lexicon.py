from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.protocols import Hit
from readtheroom.spans import Span
from readtheroom.text.lexicon import LexiconBuilder
from readtheroom.text.tokens import Token, has_space, tokens
from readtheroom.text.wording import Wording


def find(text: str, *terms: str) -> list[tuple[str, str]]:
    builder = LexiconBuilder()
    for term in terms:
        builder.add(term)
    return [(terms[hit.term], text[hit.span.start : hit.span.end]) for hit in builder.build().find(Wording(text))]


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("fire, Fires, campfire", ["fire"], [("fire", "fire")]),
        ("fire, Fires, campfire", ["fire*"], [("fire*", "fire"), ("fire*", "Fires")]),
        ("mass  shooting", ["mass shooting"], [("mass shooting", "mass  shooting")]),
        ("mass\n\tshooting", ["mass shooting"], [("mass shooting", "mass\n\tshooting")]),
        ("mass-shooting", ["mass shooting"], [("mass shooting", "mass-shooting")]),
        ("mass – shooting, mass, shooting, massshooting", ["mass shooting"], []),
        ("up to date", ["up-to-date"], []),
        ("up-to-date up–to–date", ["up-to-date"], [("up-to-date", "up-to-date"), ("up-to-date", "up–to–date")]),
        ("mass shootings", ["mass shoot*"], [("mass shoot*", "mass shootings")]),
        ("killing it softly", ["kill* it soft*"], [("kill* it soft*", "killing it softly")]),
        ("won’t WON'T wont", ["won't"], [("won't", "won’t"), ("won't", "WON'T")]),
        ("new york", ["new york", "york news", "york"], [("new york", "new york"), ("york", "york")]),
        ("a a a", ["a a"], [("a a", "a a"), ("a a", "a a")]),
        ("昨日地震があった", ["地震"], [("地震", "地震")]),
        ("नमस्ते दुनिया", ["नमस्ते दुनिया", "नमस्ते*"], [("नमस्ते*", "नमस्ते"), ("नमस्ते दुनिया", "नमस्ते दुनिया")]),
        ("Now ½ price", ["½ price", "½"], [("½", "½"), ("½ price", "½ price")]),
        ("we ❤\ufe0f 👍🏽", ["❤", "👍"], [("❤", "❤"), ("👍", "👍")]),
        ("👨\u200d👩\u200d👧", ["👨‍👩‍👧"], [("👨‍👩‍👧", "👨\u200d👩\u200d👧")]),
        (":) :-) ;)", [":)", ":-)"], [(":)", ":)"), (":-)", ":-)")]),
        ("100% sure, 100 %", ["100%"], [("100%", "100%")]),
        ("C++ c + +", ["c++"], [("c++", "C++")]),
        ("Acme™ 5*", ["™", "*"], [("™", "™"), ("*", "*")]),
    ],
)  # fmt: skip
def test_find(text: str, terms: list[str], expected: list[tuple[str, str]]) -> None:
    assert find(text, *terms) == expected


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("", "has no visible character"),
        (" \u200b", "has no visible character"),
        ("ab*", "needs at least 3 letters before *"),
        ("foo*bar", "may have a * only at the end of a word"),
        ("foo*!", "may have a * only at the end of a word"),
        ("x" * 201, "is longer than 200 characters"),
    ],
)
def test_terms_that_cannot_match(term: str, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("*", r"\*")):
        LexiconBuilder().add(term)


def test_numbers_and_languages() -> None:
    builder = LexiconBuilder()
    assert [builder.add("feu", "fr"), builder.add("fire"), builder.add("feu", "fr"), builder.add("fuego", "es")] == [
        0,
        1,
        2,
        3,
    ]
    assert builder.state.languages == ("es", "fr")
    assert builder.build().find(Wording("Feu!")) == [Hit(0, Span(0, 3)), Hit(2, Span(0, 3))]


def test_nothing_is_found_without_terms() -> None:
    assert LexiconBuilder().build().find(Wording("fire 🔥")) == []


def test_parts_of_a_hashtag_are_words_with_space_between() -> None:
    builder = LexiconBuilder()
    for term in ("mass shooting", "shoot*", "mass-shooting"):
        builder.add(term)
    parts = [Token("mass", 1, 5), Token("shooting", 5, 13)]
    assert builder.build().match("#MassShooting", parts) == [Hit(0, Span(1, 13)), Hit(1, Span(5, 13))]


WORDS = [
    "fire",
    "fires",
    "FIRE",
    "firе",
    "mass",
    "straße",
    "strasse",
    "地",
    "震",
    "🔥",
    "❤\ufe0f",
    "-",
    "–",
    "'",
    "’",
    "!",
    "！",
    "λόγος",
    "cafe\u0301",
    "नमस्ते",
    "½",
]
TERMS = [
    "fire",
    "fire*",
    "mass fire",
    "fire-mass",
    "mass fire* !",
    "strasse",
    "地震",
    "🔥",
    "🔥🔥",
    "❤",
    "'fire",
    "fire!",
    "-",
    "λογος",
    "café mass",
    "fire mass fire",
    "नमस्ते fire",
    "½ fire",
    "fire ½",
]
TEXTS = st.lists(st.sampled_from([*WORDS, " ", " ", "  ", "\n", "\u200b", "x"]), max_size=14).map("".join)


def slowly(text: str, terms: list[str]) -> list[Hit]:
    """Each term tried at each token, step by step: what the lexicon must find, said another way."""
    stream = tokens(text)
    found = []
    for number, term in enumerate(terms):
        steps = [token for token in tokens(term) if token.folded != "*"]
        for at in range(len(stream)):
            end = _end(text, stream, at, term, steps)
            if end:
                found.append(Hit(number, Span(stream[at].start, end)))
    return sorted(found, key=lambda hit: (hit.span, hit.term))


def _end(text: str, stream: list[Token], at: int, term: str, steps: list[Token]) -> int:
    for n, step in enumerate(steps):
        if n and has_space(term, steps[n - 1].end, step.start):
            hyphen = stream[at + 1 : at + 2]
            if (
                len(stream) > at + 2
                and hyphen[0].folded == "-"
                and not _gap(text, stream, at)
                and not _gap(text, stream, at + 1)
            ):
                at += 1
            elif not _gap(text, stream, at):
                return 0
        elif n and _gap(text, stream, at):
            return 0
        at += bool(n)
        if at >= len(stream):
            return 0
        starred = term[step.end : step.end + 1] == "*"
        if not (stream[at].folded.startswith(step.folded) if starred else stream[at].folded == step.folded):
            return 0
    return stream[at].end


def _gap(text: str, stream: list[Token], at: int) -> bool:
    return at + 1 < len(stream) and has_space(text, stream[at].end, stream[at + 1].start)


@given(TEXTS, st.lists(st.sampled_from(TERMS), max_size=6))
def test_it_finds_what_a_slow_search_finds(text: str, terms: list[str]) -> None:
    builder = LexiconBuilder()
    for term in terms:
        builder.add(term)
    assert builder.build().find(Wording(text)) == slowly(text, terms)
