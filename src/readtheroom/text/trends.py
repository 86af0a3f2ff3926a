"""The names of trends."""

from __future__ import annotations

from readtheroom.text.tokens import words


def trend_key(term: str) -> str:
    """`#LahoreBlast`, `Lahore Blast` and `lahore_blast` are one trend."""
    return "".join(words(term.replace("_", " ")))
