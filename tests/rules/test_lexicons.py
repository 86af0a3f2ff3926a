"""The core pack's crisis words as data: every file in order, every term alive, none that fires on harmless words."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from readtheroom.engine.engine import Engine, Settings
from readtheroom.model import Room, Rule
from readtheroom.policy.load import load_packs_in_place
from readtheroom.text.lexicon import LexiconBuilder
from readtheroom.text.normalise import fold
from readtheroom.text.terms import SHORTEST_PREFIX, Step, entry
from readtheroom.text.wording import Wording
from tests.kinds.check import NOW, post

CORE = Path(__file__).parents[2] / "rules" / "core"
LANGUAGES = ("de", "el", "en", "es", "fr", "it", "pt")
FAMILIES = ("crash", "death", "fire", "illness", "other", "quake", "violence", "war", "water")
FILES = sorted(CORE.glob("lexicons/*/crisis-*.txt"))
PERSONAL = sorted(CORE.glob("lexicons/*/tone-personal-*.txt"))
HARMLESS = Path(__file__).parent / "harmless"


class Written(NamedTuple):
    """A term as written, its tokens, and their first three letters: words that share a `prefix*` share these."""

    term: str
    steps: tuple[Step, ...]
    heads: frozenset[str]


def name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def written(path: Path) -> list[Written]:
    return [
        Written(term, steps, frozenset(folded[:SHORTEST_PREFIX] for _, folded, _ in steps))
        for term in lines(path)
        for steps in [entry(0, term)[1]]
    ]


def sort_key(term: str) -> tuple[str, str]:
    return fold(term.rstrip("*")), term


def fits(wide: Step, narrow: Step, *, first: bool) -> bool:
    """Whether whatever is `narrow` is `wide` too; white space before the first token does not count."""
    (spaced, folded, prefix), (other_spaced, other, other_prefix) = wide, narrow
    if not first and spaced != other_spaced:
        return False
    return other.startswith(folded) if prefix else folded == other and not other_prefix


def swallows(wide: Written, narrow: Written) -> bool:
    """Whether `wide` is found wherever `narrow` is."""
    if not wide.heads <= narrow.heads:
        return False
    starts = range(len(narrow.steps) - len(wide.steps) + 1)
    return any(
        all(fits(step, narrow.steps[at + n], first=n == 0) for n, step in enumerate(wide.steps)) for at in starts
    )


def meet(one: Step, two: Step) -> bool:
    """Whether a word can be both."""
    (_, a, a_prefix), (_, b, b_prefix) = one, two
    return (a_prefix and b.startswith(a)) or (b_prefix and a.startswith(b)) or a == b


def touches(one: Written, two: Written) -> bool:
    """Whether the two can stand on a common word."""
    if one.heads.isdisjoint(two.heads):
        return False
    for shift in range(1 - len(two.steps), len(one.steps)):
        common = range(max(0, shift), min(len(one.steps), len(two.steps) + shift))
        if all(meet(one.steps[at], two.steps[at - shift]) for at in common):
            return True
    return False


def test_every_language_has_every_family() -> None:
    expected = {f"{lang}-crisis-{family}{end}" for lang in LANGUAGES for family in FAMILIES for end in ("", "-unless")}
    assert {name(path) for path in FILES} == expected


def test_languages_are_served_equally() -> None:
    counts = {
        lang: sum(len(lines(CORE / f"lexicons/{lang}/crisis-{family}.txt")) for family in FAMILIES)
        for lang in LANGUAGES
    }
    assert max(counts.values()) <= 1.5 * min(counts.values()), counts


def test_a_private_person_is_heard_in_every_language() -> None:
    counts = Counter(path.stem for path in PERSONAL)
    assert {stem: n for stem, n in counts.items() if n != len(LANGUAGES)} == {}
    terms = {lang: sum(len(lines(path)) for path in PERSONAL if path.parent.name == lang) for lang in LANGUAGES}
    assert max(terms.values()) <= 1.5 * min(terms.values()), terms


@pytest.mark.parametrize("path", [*FILES, *PERSONAL], ids=name)
def test_terms_are_sorted_by_folded_form(path: Path) -> None:
    keys = [sort_key(term) for term in lines(path)]
    assert [pair for pair in pairwise(keys) if pair[0] >= pair[1]] == []


@pytest.mark.parametrize("path", [*FILES, *PERSONAL], ids=name)
def test_no_term_is_there_twice(path: Path) -> None:
    seen: dict[tuple[Step, ...], str] = {}
    assert [
        (each.term, seen[each.steps]) for each in written(path) if seen.setdefault(each.steps, each.term) != each.term
    ] == []


@pytest.mark.parametrize("path", [*FILES, *PERSONAL], ids=name)
def test_no_term_is_swallowed_by_another(path: Path) -> None:
    terms = written(path)
    assert [(one.term, two.term) for one in terms for two in terms if one is not two and swallows(two, one)] == []


@pytest.mark.parametrize("path", [*FILES, *PERSONAL], ids=name)
def test_every_term_is_found_where_it_stands(path: Path) -> None:
    builder = LexiconBuilder()
    terms = lines(path)
    numbers = [builder.add(term, path.parent.name) for term in terms]
    lexicon = builder.build()
    texts = [f"« {term.replace('*', 'x')} »" for term in terms]
    assert [
        term
        for term, number, text in zip(terms, numbers, texts, strict=True)
        if number not in {hit.term for hit in lexicon.find(Wording(text))}
    ] == []


@pytest.mark.parametrize("path", [path for path in FILES if not path.stem.endswith("-unless")], ids=name)
def test_exceptions_except_some_term_and_never_all_of_one(path: Path) -> None:
    terms = written(path)
    exceptions = written(path.with_stem(f"{path.stem}-unless"))
    assert [each.term for each in exceptions if not any(touches(each, term) for term in terms)] == []
    assert [term.term for term in terms if any(swallows(each, term) for each in exceptions)] == []


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(crisis_rules(), (), Settings())


def crisis_rules() -> list[Rule]:
    return [
        rule
        for rule in load_packs_in_place([str(CORE / "crisis.yaml")], None).rules
        if (rule.label or "").startswith("crisis.")
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_harmless_phrases_have_no_crisis_label(lang: str, engine: Engine) -> None:
    phrases = lines(HARMLESS / f"{lang}.txt")
    assert len(set(phrases)) >= 80
    scene = engine.scene(Room())
    found = {
        text: [
            (label.label, label.match) for label in engine.judge(post({"text": text, "lang": lang}), scene, NOW).labels
        ]
        for text in phrases
    }
    assert {text: said for text, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("headline", "label"),
    [
        ("Concert hall shooting, 12 dead", "crisis.violence"),
        ("Hurricane Ada storm flooding deaths", "crisis.water"),
        ("Uprising protests clashes killed", "crisis.violence"),
        ("attentat Valmont 12 morts fusillade", "crisis.violence"),
        ("accident avion PDG mort", "crisis.crash"),
        ("τρένων σύγκρουση νεκροί", "crisis.crash"),
        ("κορονοϊός νεκροί κοιμητήριο τάφοι", "crisis.illness"),
        ("terremoto Montechiaro morti dispersi crolli", "crisis.quake"),
        ("school shooting children killed", "crisis.violence"),
        ("explosión refinería muertos heridos", "crisis.fire"),
        ("Zugunglück Lindental viele Tote", "crisis.crash"),
        ("acidente avião mortos", "crisis.crash"),
    ],
)
def test_headlines_without_a_language_are_labelled(headline: str, label: str, engine: Engine) -> None:
    said = {each.label for each in engine.judge(post({"text": headline}), engine.scene(Room()), NOW).labels}
    assert label in said
