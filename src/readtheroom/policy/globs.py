"""Patterns for files, as in .gitignore."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@lru_cache(maxsize=4096)
def matches(patterns: tuple[str, ...], path: str) -> bool:
    """Whether `path` (relative, with `/`) is named by the patterns; the last that fits decides, `!` takes back.

    A path above the patterns' folder is not. Raises ValueError for what is no pattern.
    """
    return not path.startswith("../") and _spec(patterns).match_file(path)


@cache
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  slow to import, and many policies have no overrides

    return GitIgnoreSpec.from_lines(patterns)
