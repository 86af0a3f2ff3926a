from __future__ import annotations

import pytest

from readtheroom.model import Account, Json
from tests.kinds.check import check, messages, rule

MAIN = Account(
    "Nordvik", {"x": "nordvik"}, block_list=("@Troll", "@bad@inst.example", "tabloid.example", "@sly.example")
)
OTHER = Account("Nordvik Help", {"x": "nordvikhelp"}, block_list=("tabloid.example",))
BLOCKED = rule("block-list", "error", message="{target}")


def found(text: str, account: str | None = "Nordvik") -> list[str]:
    draft: dict[str, Json] = {"text": text, **({"account": account} if account else {})}
    return [each[-1] for each in check(BLOCKED, draft, accounts=(MAIN, OTHER))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@troll no.", ["@troll"]),
        (".@TROLL no.", [".@TROLL"[1:]]),
        ("＠troll, no", ["＠troll"]),
        ("@ana @troll @bo no", ["@troll"]),
        ("@bad@inst.example no", ["@bad@inst.example"]),
        ("Look! RT @troll: lies", ["@troll"]),
        ("No: https://x.com/Troll/status/1?s=20", ["https://x.com/Troll/status/1?s=20"]),
        ("No: https://mobile.inst.example/@bad/123 https://inst.example/@bad/1", ["https://inst.example/@bad/1"]),
        ("https://bsky.app/profile/sly.example/post/3", ["https://bsky.app/profile/sly.example/post/3"]),
        ("https://amp.tabloid.example/a?b", ["https://amp.tabloid.example/a?b"]),
        ("HTTPS://user@Tabloid.Example:443/", ["HTTPS://user@Tabloid.Example:443/"]),
    ],
)
def test_who_is_answered_or_quoted(text: str, words: list[str]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, @troll",
        "@trolls no",
        "@ana no",
        "https://x.com/ana/status/troll",
        "https://nottabloid.example/",
        "https://news.example/tabloid.example",
        "@bad no",
    ],
)
def test_who_is_not(text: str) -> None:
    assert found(text) == []


def test_each_account_has_its_own_list_and_without_one_those_count_whom_all_block() -> None:
    assert found("@troll no", "Nordvik Help") == []
    assert found("@troll no", None) == []
    assert found("https://tabloid.example/", None) == ["https://tabloid.example/"]
    assert check(BLOCKED, "@troll https://tabloid.example/") == []


def test_the_entry_is_named() -> None:
    assert messages(BLOCKED, {"text": "@TROLL", "account": "Nordvik"}, accounts=[MAIN]) == ["@troll"]
