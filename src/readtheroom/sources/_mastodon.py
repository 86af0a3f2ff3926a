"""What answers of Mastodon have in common: seven days of use, newest first, all of it as text.

Format: https://docs.joinmastodon.org/entities/Tag/ and /entities/Trends_Link/.
"""

from __future__ import annotations

from statistics import median
from typing import Final

from readtheroom.model import Json
from readtheroom.sources._json import Item
from readtheroom.sources._values import count

INSTANCE: Final = "https://mastodon.social"
SOURCE: Final = "Mastodon"


def days(item: Item, key: str) -> list[int]:
    """`uses` or `accounts` a day, newest first; empty if there is no history, or nothing of that kind in it."""
    history: Json = item.get("history")
    numbers = [count(day.get(key)) for day in history if isinstance(day, dict)] if isinstance(history, list) else []
    return [number or 0 for number in numbers[:7]] if any(number is not None for number in numbers) else []


def rise(by_day: list[int]) -> float:
    """How many times more than usual: the better of the two newest days (the newest has only begun) to the median of
    the others."""
    return max(by_day[:2], default=0) / max(1, median(by_day[2:] or [0]))
