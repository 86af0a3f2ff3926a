"""CODEOWNERS, as GitHub and GitLab read it: patterns as in .gitignore, then owners; the last that fits decides.

https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
"""

from __future__ import annotations

import re
from typing import Final

from readtheroom.policy.globs import matches

PLACES: Final = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where it may lie, from the top of the repository; the first counts."""

_SECTION = re.compile(r"\^?\[[^\]]*\](?:\[\d+\])?")
_WORD = re.compile(r"(?:\\.|\S)+")


def owners(text: str, path: str) -> tuple[str, ...]:
    """The owners of a file (`path` from the top, with `/`), as they are written: `@name`, `@team/name`, an e-mail."""
    found: tuple[str, ...] = ()
    for line in text.splitlines():
        words = _WORD.findall(line.partition(" #")[0].strip())
        if not words or words[0].startswith("#") or _SECTION.match(line.strip()):
            continue
        pattern = words[0].replace("\\ ", " ")
        if matches((pattern,), path) and not _is_too_deep(pattern, path):
            found = tuple(words[1:])
    return found


def _is_too_deep(pattern: str, path: str) -> bool:
    """`docs/*` owns the files of `docs/`, not those below."""
    return pattern.endswith("/*") and path.count("/") > pattern.lstrip("/").count("/")
