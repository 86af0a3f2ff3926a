"""The patterns of the core pack."""

from __future__ import annotations

from readtheroom.policy.load import load_policy

SHORT = 40
"""Characters: nobody writes many posts that are shorter, so that these may be searched."""


def test_ordinary_posts_are_not_searched() -> None:
    patterns = [rule for rule in load_policy().rules if rule.kind == "pattern"]
    assert len(patterns) > 20
    assert [rule.id for rule in patterns if not _is_seldom(rule.options)] == []


def _is_seldom(options: object) -> bool:
    assert isinstance(options, dict)
    return bool(options.get("needs") or options.get("words") or options.get("longest", SHORT + 1) <= SHORT)
