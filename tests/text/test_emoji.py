from __future__ import annotations

import pytest

from readtheroom.text.emoji import emoji


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text 1 # * © ™ →", []),
        ("😀👍🏽", ["😀", "👍🏽"]),
        ("👨\u200d👩\u200d👧 ❤️\u200d🔥", ["👨\u200d👩\u200d👧", "❤️\u200d🔥"]),
        ("🇬🇷🇫🇷", ["🇬🇷", "🇫🇷"]),
        ("1️⃣ #⃣", ["1️⃣", "#⃣"]),
        ("🏴\U000e0067\U000e0062\U000e007f", ["🏴\U000e0067\U000e0062\U000e007f"]),
        ("©️ ™️", ["©️", "™️"]),
        ("☺ ⚽", ["☺", "⚽"]),
        ("👍\u200d x", ["👍"]),
    ],
)
def test_sequences_are_whole(text: str, expected: list[str]) -> None:
    assert emoji().findall(text) == expected
