"""Rules of the core pack that look for slips: hardly ever heard on ordinary posts, in any language."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from readtheroom.engine.engine import Engine
from readtheroom.model import Room
from readtheroom.policy.load import load_policy
from tests.kinds.check import NOW, post

ORDINARY = Path(__file__).parents[3] / "shared" / "corpus" / "ordinary_8lang_dev.csv.gz"
MOST = {"template": 0.002, "hashtag-reading": 0.003}
"""The share of ordinary posts of a language that all rules of a kind together may flag; tags that swear are some."""


@pytest.mark.parametrize("kind", MOST)
@pytest.mark.skipif(not ORDINARY.exists(), reason="the corpus of ordinary posts is not part of the project")
def test_hardly_heard_on_ordinary_posts(kind: str) -> None:
    engine = Engine([rule for rule in load_policy().rules if rule.kind == kind])
    scene = engine.scene(Room())
    seen: Counter[str] = Counter()
    flagged: Counter[str] = Counter()
    with gzip.open(ORDINARY, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            seen[row["lang"]] += 1
            if row["text"].strip():
                draft = post({"text": row["text"], "platforms": ["x"]})
                flagged[row["lang"]] += bool(engine.judge(draft, scene, NOW).findings)
    assert len(seen) == 8
    assert {lang: found / seen[lang] for lang, found in flagged.items() if found / seen[lang] > MOST[kind]} == {}
