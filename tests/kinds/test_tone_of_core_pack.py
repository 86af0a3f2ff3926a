"""The tones of the core pack: rare on ordinary posts, and kept apart where help, sympathy and selling meet."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from readtheroom.engine.engine import Engine
from readtheroom.model import Room
from readtheroom.policy.load import load_policy
from tests.kinds.check import NOW, post

ORDINARY = Path(__file__).parents[3] / "shared" / "corpus" / "ordinary_8lang_dev.csv.gz"
LANGUAGES = {"english": "en", "french": "fr", "german": "de", "italian": "it", "portuguese": "pt", "spanish": "es"}
MOST = {
    "tone.promotional": 0.03,
    "tone.joking": 0.15,
    "tone.celebratory": 0.05,
    "tone.condolence": 0.02,
    "tone.service": 0.02,
    "tone.apology": 0.01,
    "tone.hostile": 0.03,
    "tone.profane": 0.08,
    "tone.personal": 0.01,
}
"""The share of ordinary posts that a label may stand on; people swear and laugh, but hardly sell."""


@cache
def engine() -> Engine:
    """The tone rules of the core pack."""
    return Engine([rule for rule in load_policy().rules if rule.kind == "tone"])


def tones(text: str, lang: str) -> set[str]:
    """The tones of a post."""
    result = engine().judge(post({"text": text, "lang": lang}), engine().scene(Room()), NOW)
    return {label.label for label in result.labels if label.label.startswith("tone.")}


def ordinary() -> Iterator[tuple[str, str]]:
    """Language and text of every fifth ordinary post in the languages of the pack."""
    with gzip.open(ORDINARY, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if number % 5 == 0 and row["lang"] in LANGUAGES and row["text"].strip():
                yield LANGUAGES[row["lang"]], row["text"]


@pytest.mark.skipif(not ORDINARY.exists(), reason="the corpus of ordinary posts is not part of the project")
def test_tones_are_rare_on_ordinary_posts() -> None:
    seen: Counter[str] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for lang, text in ordinary():
        seen[lang] += 1
        found.update((lang, tone) for tone in tones(text, lang))
    assert set(seen) == set(LANGUAGES.values())
    assert {key: n / seen[key[0]] for key, n in found.items() if n / seen[key[0]] > MOST[key[1]]} == {}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Our condolences to all of Norwood. Tonight 15% off quilts, code WARM15"),
        ("fr", "Nos pensées vont aux victimes. -20 % sur tout le site ce soir"),
        ("el", "Οι σκέψεις μας στις οικογένειες. Σήμερα 20% έκπτωση σε όλα"),
        ("es", "Nuestro pésame a las familias. Hoy 20 % de descuento en todo"),
        ("de", "Unsere Gedanken sind bei den Opfern. Heute 20 % Rabatt auf alles"),
        ("it", "Siamo vicini alle famiglie. Oggi sconto del 20% su tutto"),
        ("pt", "Nossos sentimentos às famílias. Hoje 20% de desconto em tudo"),
    ],
)
def test_sympathy_that_sells_is_both(lang: str, text: str) -> None:
    assert tones(text, lang) == {"tone.condolence", "tone.promotional"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Free phone charging in all our branches for everyone without power"),
        ("fr", "Recharge de téléphone gratuite dans nos boutiques, pour tous ceux qui sont sans courant"),
        ("el", "Δωρεάν φόρτιση κινητών στα καταστήματά μας για όσους δεν έχουν ρεύμα"),
        ("es", "Carga gratis de móviles en nuestras tiendas para quienes no tienen luz"),
        ("de", "Handys laden kostenlos in unseren Filialen, für alle ohne Strom"),
        ("it", "Ricarica gratis dei telefoni nei nostri negozi per chi è senza corrente"),
        ("pt", "Carregue seu celular grátis nas nossas lojas, para quem está sem luz"),
    ],
)
def test_help_is_service_and_sells_nothing(lang: str, text: str) -> None:
    assert tones(text, lang) == {"tone.service"}
