from __future__ import annotations

import pytest

from readtheroom.policy.draft import KEYS
from readtheroom.policy.exports import LINK, PRESETS, ROLES, plain_header, recognised


@pytest.mark.parametrize(
    ("header", "plain"),
    [
        ("Date - Intl. format or prompt", "date"),
        ("postAtSpecificTime (YYYY-MM-DD HH:mm:ss)", "postatspecifictime"),
        ("Alt text(s) - Separated by ||", "alt text(s)"),
        (" Twitter/X ", "twitter/x"),
    ],
)
def test_headers_are_compared_without_their_explanations(header: str, plain: str) -> None:
    assert plain_header(header) == plain


def test_every_format_is_known_by_its_own_columns() -> None:
    for name, preset in PRESETS.items():
        assert recognised([column.upper() for column in (*preset.marks, "Notes")]) == (name if preset.marks else None)
    assert recognised(["text", "scheduled_at", "platforms"]) is None


def test_columns_are_what_drafts_have() -> None:
    assert {role.key for preset in PRESETS.values() for role in preset.columns.values()} <= ROLES | {LINK}
    assert ROLES - {"alt", "comments"} == KEYS
