from hypothesis import given
from hypothesis import strategies as st

from readtheroom.policy.suggest import closest, did_you_mean, listed


def test_a_slip_gets_a_guess() -> None:
    assert did_you_mean("eror", ["error", "info", "warning"]) == " – did you mean 'error'?"


def test_case_is_no_difference() -> None:
    assert did_you_mean("ERROR", ["error", "info"]) == " – did you mean 'error'?"


def test_a_stranger_gets_the_list() -> None:
    assert did_you_mean("zzz", ["warning", "error", "info"]) == "; known: error, info, warning"


def test_nothing_known_says_nothing() -> None:
    assert did_you_mean("zzz", []) == ""


def test_long_lists_are_cut() -> None:
    assert listed([f"n{n}" for n in range(14)]) == "n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11 … (14 in all)"


@given(st.lists(st.text(min_size=1), min_size=1), st.data())
def test_a_known_name_is_its_own_best_guess(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    guess = closest(name, names)
    assert guess is not None or len(name) > 200
    assert guess is None or guess.casefold() == name.casefold()
