from __future__ import annotations

from collections.abc import Callable

import pytest

from readtheroom.model import Post
from readtheroom.readers import yaml
from readtheroom.spans import Place

Read = Callable[..., list[Post]]
Faults = Callable[..., list[str]]
SEVERAL = "- text: One\n  id: a\n- text: |\n    Two\n    lines\n"


def test_one_draft(read: Read) -> None:
    (post,) = read(yaml, "platforms: [x]\ntext: >-\n  Hello\n  you\nthread: [Bye]\n", "d.yaml")
    assert (post.id, post.line, [(field.name, field.text) for field in post.fields]) == (
        "d.yaml",
        1,
        [("text", "Hello you"), ("thread[0]", "Bye")],
    )
    assert post.fields[0].origin.place(6) == Place(4, 3)


@pytest.mark.parametrize("shift", ["", "drafts:\n", "posts:\n"])
def test_several_drafts(read: Read, shift: str) -> None:
    posts = read(yaml, shift + SEVERAL, "d.yml")
    first = bool(shift)
    assert [(post.id, post.line, post.fields[0].text) for post in posts] == [
        ("a", 1 + first, "One"),
        ("d.yml#2", 3 + first, "Two\nlines\n"),
    ]
    assert posts[1].fields[0].origin.place(4) == Place(5 + first, 5)


def test_what_yaml_takes_for_something_else_is_text_as_written(read: Read) -> None:
    (post,) = read(yaml, "text: 2026\ntitle: yes\nfirst_comment: 1.50\npoll: [NO, true]\nid: 007\n")
    assert [field.text for field in post.fields] == ["2026", "yes", "1.50", "NO", "true"]
    assert post.id == "007"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ["draft:1:1: holds no draft: there must be a mapping with `text`, not nothing"]),
        ("just words", ["draft:1:1: holds no draft: there must be a mapping with `text`, not text"]),
        (
            "extends: [core]\nrules: {}\n",
            ["draft:1:1: is a config file of readtheroom (it has 'extends'), not a draft: leave it out"],
        ),
        (
            "accounts: []",
            ["draft:1:1: is an accounts file of readtheroom (it has 'accounts'), not a draft: leave it out"],
        ),
        (
            "extends: [core]",
            ["draft:1:1: is a config file of readtheroom (it has 'extends'), not a draft: leave it out"],
        ),
        ("drafts: {}", ["draft:1:1: `drafts` must be a list of drafts"]),
        ("drafts: []\nlang: en", ["draft:2:1: beside `drafts` nothing may stand: put it into each draft"]),
        ("- text: A\n- B", ["draft:2:3: a draft must be a mapping with `text`, not text"]),
        (
            "- text: A\n  scheduled_at: 2026-02-30 10:00\n- txet: B\n",
            [
                (
                    "draft:2:17: '2026-02-30 10:00' is no date and time: "
                    "write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00"
                ),
                "draft:3:9: unknown key 'txet' – did you mean 'text'?",
            ],
        ),
        ("text: {a: b}", ["draft:1:1: text must be text, not a mapping"]),
        ("text: 'a", ["draft:1:9: not valid YAML: while scanning a quoted scalar, found unexpected end of stream"]),
    ],
)
def test_faults_are_told_at_their_place(faults: Faults, source: str, expected: list[str]) -> None:
    assert faults(yaml, source)[: len(expected)] == expected


def test_an_alias_bomb_is_a_fault(faults: Faults) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    (fault,) = faults(yaml, "\n".join(lines))
    assert "too large once its aliases are expanded" in fault


def test_lines_are_those_of_an_editor_and_not_of_yaml(faults: Faults) -> None:
    assert faults(yaml, "id: a\ntext: \u2028text") == [
        "draft:2:12: not valid YAML: while scanning a simple key, could not find expected ':'"
    ]
