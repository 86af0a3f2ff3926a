from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.errors import ReadTheRoomError
from readtheroom.text.normalise import fold
from readtheroom.text.wordlist import LANGUAGES, build, costs


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    costs.cache_clear()
    yield
    costs.cache_clear()


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("en", "party"),
        ("fr", "annee"),
        ("el", "καλημερα"),
        ("es", "manana"),
        ("de", "strasse"),
        ("it", "citta"),
        ("pt", "acao"),
    ],
)
def test_every_language_has_its_folded_words(lang: str, word: str) -> None:
    table = costs(lang)
    assert 200 < table[word] < 600
    assert len(table) > 20_000


def test_words_are_folded_and_signs_left_out() -> None:
    words = [["THE"], ["don't", "Été", "x"], ["ete", "co-op", "3rd", "a"]]
    assert build("en", words) == {"the": 0, "dont": 1, "ete": 1, "a": 2}


@given(st.text("abCéÉßœñÑãç", min_size=2) | st.text("αΩάςΆΐΣ", min_size=2))
def test_words_fold_as_they_do_everywhere(word: str) -> None:
    assert build("el", [[word]]) == {fold(word): 0}


def test_an_unknown_language_is_one_clear_error() -> None:
    with pytest.raises(ReadTheRoomError, match="no word list for language 'xx'"):
        costs("xx")


def test_what_was_kept_is_the_same(tmp_path: Path) -> None:
    fresh = costs("pt")
    made = costs("pt", str(tmp_path))
    kept = tmp_path / "words-pt.txt"
    before = kept.stat().st_mtime_ns
    costs.cache_clear()
    assert costs("pt", str(tmp_path)) == made == fresh
    assert [kept] == list(tmp_path.iterdir())
    assert kept.stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "foreign"])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: str) -> None:
    fresh = costs("en", str(tmp_path))
    kept = tmp_path / "words-en.txt"
    sound = kept.read_bytes()
    kept.write_bytes(
        {"cut": sound[:-7], "changed": sound.replace(b"party", b"panty"), "empty": b"", "foreign": b"\xff\n" + sound}[
            damage
        ]
    )
    costs.cache_clear()
    assert costs("en", str(tmp_path)) == fresh
    assert kept.read_bytes() == sound


def test_nothing_is_written_where_nothing_can_be(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert "party" in costs("en", str(missing))
    assert not missing.exists()


def test_no_folder_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    costs("en")
    assert os.listdir(tmp_path) == []


def test_all_seven_languages_are_served() -> None:
    assert all(costs(lang) for lang in LANGUAGES)
