import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.text.inflection import MOST_FORMS, Form, inflected
from readtheroom.text.tokens import words


def forms(name: str) -> set[str]:
    return {" ".join(form.words) for form in inflected(words(name))}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Αλέξανδρος", "Αλέξανδρε"),
        ("Αλέξανδρος", "Αλεξάνδρου"),
        ("Αλεξάνδρου", "Αλέξανδρος"),
        ("Θεσσαλονίκη", "Θεσσαλονίκης"),
        ("Θεσσαλονίκης", "Θεσσαλονίκη"),
        ("Αλεξανδρούπολη", "Αλεξανδρουπόλεως"),
        ("Λάρισα", "Λάρισας"),
        ("Βόλος", "Βόλο"),
        ("Άργος", "Άργους"),
        ("Χανιά", "Χανίων"),
        ("Τέμπη", "Τεμπών"),
        ("Σέρρες", "Σερρών"),
        ("Δελφοί", "Δελφούς"),
        ("Δρυοχώρι", "Δρυοχωρίου"),
        ("Νέστορας Βλαχάκης", "Νέστορα Βλαχάκη"),
        ("Άγιος Νικόλαος Κρήτης", "Αγίου Νικολάου Κρήτης"),
        ("Festival Θεσσαλονίκης", "festival Θεσσαλονίκη"),
        ("Brookvale", "Brookvales"),
        ("Hanno Seiler", "Hanno Seilers"),
        ("Müller", "Müllers"),
    ],
)
def test_another_case(name: str, other: str) -> None:
    assert " ".join(words(other)) in forms(name)


@pytest.mark.parametrize("name", ["", "Κως", "Tannfels", "Felix", "Lenz", "Groß", "2026", "Москва", "東京"])
def test_names_without_one(name: str) -> None:
    assert forms(name) == set()


def test_its_language_is_told() -> None:
    assert list(inflected(["brookvale"])) == [Form(("brookvales",), "de")]
    assert list(inflected(["λαρισα"])) == [Form(("λαρισασ",), "el"), Form(("λαρισων",), "el")]


@given(st.lists(st.text("αβγικοςυηωε", min_size=1, max_size=9), min_size=1, max_size=6))
def test_they_are_few_and_all_are_others(name: list[str]) -> None:
    folded = words(" ".join(name))
    found = list(inflected(folded))
    assert len(found) < MOST_FORMS
    assert tuple(folded) not in {form.words for form in found}
    assert {len(form.words) for form in found} <= {len(folded)}
