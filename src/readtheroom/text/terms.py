"""Terms as written, taken apart: what a lexicon looks up, and what must stand around it.

A term is whole words, a phrase over any white space (a hyphen will do), or signs and emoji; `word*` is any word that
begins so.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from readtheroom.text.tokens import has_space, is_word, tokens

SHORTEST_PREFIX = 3
"""Letters before a `*`: less would match half of the dictionary."""

LONGEST_TERM = 200
"""Code points."""

Step: TypeAlias = tuple[bool, str, bool]
"""A token of a term: whether white space stands before it, what it is, and whether it is only a beginning."""


class Entry(NamedTuple):
    """A term. `at`: which of its `steps` is looked up: the longest word, since most phrases begin with one that stands
    in every text. `words` and `signs`: what else of it must be among those of a text."""

    number: int
    steps: tuple[Step, ...]
    at: int
    words: frozenset[str]
    signs: frozenset[str]


def entry(number: int, term: str) -> Entry:
    """The term of that number. Raises ValueError, with a reason, for one that cannot match."""
    steps = tuple(_steps(term))
    return _entry(number, steps, max(range(len(steps)), key=lambda at: _weight(steps[at])))


def _entry(number: int, steps: tuple[Step, ...], at: int) -> Entry:
    others = {folded for n, (_, folded, prefix) in enumerate(steps) if n != at and not prefix}
    words = frozenset(filter(is_word, others))
    return Entry(number, steps, at, words, frozenset(others - words))


def pack(some: Entry) -> str:
    """An entry as one string: it is unpacked only if a text has its word."""
    number, steps, at, *_ = some
    return "\t".join([str(number), str(at), *(f"{spaced:d}{prefix:d}{folded}" for spaced, folded, prefix in steps)])


def unpack(packed: str) -> Entry:
    """What `pack` was given."""
    number, at, *steps = packed.split("\t")
    return _entry(int(number), tuple((step[0] == "1", step[2:], step[1] == "1") for step in steps), int(at))


def _steps(term: str) -> list[Step]:
    if len(term) > LONGEST_TERM:
        raise ValueError(f"is longer than {LONGEST_TERM} characters")
    steps: list[Step] = []
    end = 0
    for token in tokens(term):
        spaced = bool(steps) and has_space(term, end, token.start)
        if steps and steps[-1][2] and not spaced:
            raise ValueError("may have a * only at the end of a word")
        if token.folded == "*" and steps and not spaced and is_word(steps[-1][1]):
            steps[-1] = _prefix(steps[-1])
        else:
            steps.append((spaced, token.folded, False))
        end = token.end
    if not steps:
        raise ValueError("has no visible character")
    return steps


def _weight(step: Step) -> tuple[bool, int]:
    """How well a token can be looked up: words before signs, long ones before short ones."""
    return is_word(step[1]), len(step[1])


def _prefix(step: Step) -> Step:
    spaced, folded, _ = step
    if len(folded) < SHORTEST_PREFIX:
        raise ValueError(f"needs at least {SHORTEST_PREFIX} letters before *")
    return (spaced, folded, True)
