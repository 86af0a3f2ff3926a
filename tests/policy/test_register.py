from __future__ import annotations

import pytest

from readtheroom.model import Account
from readtheroom.policy.register import Register

HOTEL = Account(
    "Nordvik Hotels",
    {"x": "@nordvik_hotels", "instagram": "nordvik.hotels", "mastodon": "@nordvik@social.example"},
)
BAKERY = Account("Tournesol", {"x": "tournesol", "instagram": "nordvik_hotels"})
KNOWN = Register((HOTEL, BAKERY), "accounts.yaml")


@pytest.mark.parametrize(
    "named", ["nordvik hotels", "@Nordvik_Hotels", "nordvik_hotels", " nordvik.hotels ", "nordvik@social.example"]
)
def test_known_by_name_and_by_handle(named: str) -> None:
    assert KNOWN.stranger(named, ()) is None
    assert KNOWN.find(named, ()) == HOTEL


def test_a_handle_is_that_of_the_platform() -> None:
    """`nordvik_hotels` is the hotel on X and the bakery on Instagram."""
    assert KNOWN.find("nordvik_hotels", ("x",)) == HOTEL
    assert KNOWN.find("nordvik_hotels", ("instagram",)) == BAKERY


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("nordvik_hotel", " – did you mean @nordvik_hotels?"),
        ("nordvik_hote1s", " – did you mean @nordvik_hotels?"),
        ("nоrdvik_hotels", " – did you mean @nordvik_hotels? “о” is cyrillic small letter o"),
        ("Turnesol", " – did you mean @tournesol?"),
        ("Nordvik Hotel", " – did you mean Nordvik Hotels?"),
        ("qqqq", ": correct the draft, or add the account there"),
    ],
)
def test_a_stranger_and_who_was_meant(named: str, said: str) -> None:
    assert KNOWN.stranger(named, ()) == f"“{named}” is no account in accounts.yaml{said}"


def test_where_no_account_is_known_none_is_a_stranger() -> None:
    assert Register(()).stranger("acme", ("x",)) is None
