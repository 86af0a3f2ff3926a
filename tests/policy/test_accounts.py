from collections.abc import Callable

import pytest

from readtheroom.errors import PolicyError
from readtheroom.model import Account
from readtheroom.policy.accounts import read_accounts
from readtheroom.policy.reading import Reading

Write = Callable[[dict[str, str]], None]

FULL = """\
accounts:
  - name: acme
    handles: {twitter: acme, mastodon: "@acme@social.example"}
    authors: [ana]
    approvers: [li, bo]
    languages: [en, fr]
    regions: [US, FR-75]
    allowed_topics: [topic.sports]
    barred_topics: [topic.politics]
    approvals_needed: 2
    owner: joan
    barred_tones: [joking]
    campaign_tags: ["#AcmeDays"]
    ambassadors: ["@runner"]
    scars: [grounding*]
    block_list: ["@troll"]
  - name: acme-help
    handles: {x: acme_help}
block_list: [tabloid.example]
"""


def accounts(write: Write, text: str) -> tuple[Account, ...]:
    write({"accounts.yaml": text})
    reading = Reading()
    found = read_accounts("accounts.yaml", reading)
    if reading.faults:
        raise PolicyError(reading.faults)
    return found


@pytest.mark.parametrize(
    ("more", "voices"),
    [
        ("", ["brand", "brand"]),
        ("    voice: personal\n", ["brand", "personal"]),
        ('    ambassadors: ["@ACME"]\n', ["personal", "brand"]),
    ],
)
def test_the_house_speaks_unless_one_person_does(write: Write, more: str, voices: list[str]) -> None:
    text = "accounts:\n  - {name: one, handles: {x: acme}}\n  - name: two\n    handles: {x: two}\n" + more
    assert [each.voice for each in accounts(write, text)] == voices


def test_an_ambassador_may_be_told_to_speak_for_the_house(write: Write) -> None:
    one = "  - {name: one, handles: {x: acme}, ambassadors: ['@two']}\n"
    two = "  - {name: two, handles: {x: two}, voice: brand}\n"
    assert [each.voice for each in accounts(write, f"accounts:\n{one}{two}")] == ["brand", "brand"]


def test_every_key_arrives(write: Write) -> None:
    assert accounts(write, FULL) == (
        Account(
            "acme",
            {"x": "acme", "mastodon": "@acme@social.example"},
            ("ana",),
            ("li", "bo"),
            ("en", "fr"),
            ("US", "FR-75"),
            ("topic.sports",),
            ("topic.politics",),
            2,
            "joan",
            ("joking",),
            ("#AcmeDays",),
            ("@runner",),
            ("grounding*",),
            ("@troll", "tabloid.example"),
        ),
        Account("acme-help", {"x": "acme_help"}, block_list=("tabloid.example",)),
    )


def entry(name: str, handles: str) -> str:
    return f"- {{name: {name}, handles: {handles}}}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (entry("a", "{x: a}") + entry("A", "{x: b}"), "3:10: account 'A' is given twice, first on line 2"),
        (
            entry("a", "{x: a}") + entry("b", "{twitter: '@A'}"),
            "3:32: handle '@A' on twitter is given twice, first on line 2",
        ),
        (entry("a", "{mastodn: a}"), "2:23: no platform is called 'mastodn' – did you mean 'mastodon'?"),
        (entry("a", "{}"), "2:22: `handles` needs 1 key or more"),
        ("- {name: a}\n", "2:3: item 1 of `accounts` needs the key `handles`"),
        ("- {nmae: a, handles: {x: a}}\n", "2:3: item 1 of `accounts` needs the key `name`|2:4: unknown key `nmae`"),
        ("- {name: a, handles: {x: a}, block_list: [troll]}\n", "2:43: item 1 of `block_list`"),
        ("- {name: a, handles: {x: a}, ambasadors: ['@b']}\n", "2:30: unknown key `ambasadors`"),
        ("- {name: a, handles: {x: a}, ambassadors: [b]}\n", "2:44: item 1 of `ambassadors`"),
        (" []\n", "2:2: `accounts` needs 1 item or more"),
    ],
)
def test_a_faulty_file(write: Write, text: str, said: str) -> None:
    with pytest.raises(PolicyError) as caught:
        accounts(write, f"accounts:\n{text}")
    starts = [f"accounts.yaml:{start}" for start in said.split("|")]
    found = str(caught.value).splitlines()
    assert [fault[: len(start)] for fault, start in zip(found, starts, strict=True)] == starts


def test_one_handle_on_two_platforms_is_no_double(write: Write) -> None:
    assert len(accounts(write, "accounts:\n" + entry("a", "{x: a, bluesky: a}"))) == 1
