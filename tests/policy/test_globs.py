import pytest

from readtheroom.policy.globs import matches


@pytest.mark.parametrize(
    ("patterns", "path", "expected"),
    [
        (("drafts/**",), "drafts/a/b.md", True),
        (("drafts/",), "drafts/b.md", True),
        (("*.md",), "a/b.md", True),
        (("/*.md",), "a/b.md", False),
        (("*.md", "!b.md"), "a/b.md", False),
        (("**",), "../b.md", False),
        ((), "b.md", False),
    ],
)
def test_as_in_gitignore(patterns: tuple[str, ...], path: str, expected: bool) -> None:
    assert matches(patterns, path) is expected


@pytest.mark.parametrize("pattern", ["!", "\\"])
def test_no_pattern(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        matches((pattern,), "x")
