from __future__ import annotations

import pytest

from readtheroom.policy.codeowners import owners

TEXT = """\
# who reads what
*            @acme/all
/drafts/     @joan ben@acme.example   # both
/drafts/*    @li
docs/x\\ y.md @bo
*.csv
[Section] @zoe
^[Optional][2] @zoe
"""


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.md", ("@acme/all",)),
        ("drafts/a.md", ("@li",)),
        ("drafts/b/a.md", ("@joan", "ben@acme.example")),
        ("docs/x y.md", ("@bo",)),
        ("drafts/queue.csv", ()),
        ("other/drafts/a.md", ("@acme/all",)),
    ],
)
def test_the_last_line_that_fits_decides(path: str, found: tuple[str, ...]) -> None:
    assert owners(TEXT, path) == found


def test_nobody_owns_anything_where_nothing_is_said() -> None:
    assert owners("", "a.md") == ()
