"""A publishing tool that asks first: what readtheroom blocks is not published, what it cannot judge waits.

    python publish.py drafts/aurora.md drafts/harmless.md

Exits 0 if everything went out, 1 if anything was held back, 2 if there is something wrong with the policy or a draft.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import readtheroom


def main(paths: Sequence[str]) -> int:
    """Publish the drafts in `paths`, each only if it may go out."""
    try:
        linter = readtheroom.Linter.from_config("readtheroom.yaml")
        held = [result for path in paths for result in linter.lint_file(path) if not publish(result)]
    except readtheroom.ReadTheRoomError as error:
        print(error, file=sys.stderr)
        return 2
    return 1 if held else 0


def publish(result: readtheroom.PostResult) -> bool:
    """Send one post to its platforms, unless its verdict forbids that; says which."""
    if result.verdict in {"block", "unknown"}:
        print(f"held       {result.post.id}")
        print(*(f"           {reason}" for reason in reasons(result)), sep="\n")
        return False
    print(f"published  {result.post.id}")  # here your tool would call the platform
    return True


def reasons(result: readtheroom.PostResult) -> Iterator[str]:
    """Why a post is held, for the person who wrote it."""
    for finding in result.findings:
        if finding.severity == "error":
            yield finding.message
    for skip in result.skipped:
        if skip.required:
            yield f"not checked: {skip.reason}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
