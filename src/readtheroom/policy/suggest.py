"""Did you mean?"""

from __future__ import annotations

from collections.abc import Iterable

SHOWN = 12
"""A list of known names longer than this is cut short in messages."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """What to append to a message about an unknown `word`: a guess, else the known names, else nothing."""
    names = sorted(set(known))
    guess = closest(word, names)
    if guess:
        return f" – did you mean {guess!r}?"
    return f"; known: {listed(names)}" if names else ""


def closest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name that `word` most likely stands for, or None if none is as alike as `cutoff` (1: the same)."""
    from difflib import get_close_matches  # noqa: PLC0415  slow to import, and only needed for a fault

    folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold()[:200], folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def listed(names: Iterable[str]) -> str:
    """Names for a message, with commas, cut short where there are many."""
    every = list(names)
    return ", ".join(every[:SHOWN]) + (f" … ({len(every)} in all)" if len(every) > SHOWN else "")
