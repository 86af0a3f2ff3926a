from __future__ import annotations

import pytest

from readtheroom.errors import PolicyError
from readtheroom.model import Account, Json
from tests.kinds.check import check, rule

FERRY = Account("Nordvik", {"x": "nordvik"}, scars=("Blue Heron", "échou*"))
BANK = Account("Lindental Bank", {"x": "lindental"}, scars=("vault",))
OWN = rule("own-scar")


def found(text: str, account: str | None = "Nordvik") -> list[str]:
    draft: dict[str, Json] = {"text": text, **({"account": account} if account else {})}
    return [each[-1] for each in check(OWN, draft, accounts=(FERRY, BANK))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The blue heron is back", ["blue heron"]),
        ("#BlueHeron", ["BlueHeron"]),
        ("Il s'est echoué ici", ["echoué"]),
        ("A blue herring in the vault", []),
    ],
)
def test_words_of_its_own_past(text: str, words: list[str]) -> None:
    assert found(text) == words


def test_those_of_others_do_not_count() -> None:
    assert found("In the vault", "Lindental Bank") == ["vault"]
    assert found("Blue heron", "Lindental Bank") == []
    assert found("Blue heron in the vault", None) == []


def test_one_that_cannot_match_is_a_fault() -> None:
    broken = Account("Nordvik", {"x": "nordvik"}, scars=("a*",))
    with pytest.raises(PolicyError, match=r"the scar 'a\*' of account 'Nordvik'"):
        check(OWN, "Anything", accounts=[broken])
