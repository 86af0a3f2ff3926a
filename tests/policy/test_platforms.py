from __future__ import annotations

import pytest

from readtheroom.policy.platforms import PLATFORMS, known_platform, platform


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("twitter", "x"),
        (" Twitter/X ", "x"),
        ("FB", "facebook"),
        ("ig", "instagram"),
        ("YT", "youtube"),
        ("gbp", "google-business"),
        ("Email", "email"),
        ("poster and social", "poster and social"),
        *((name, name) for name in PLATFORMS),
    ],
)
def test_names_and_what_people_call_them(written: str, name: str) -> None:
    assert platform(written) == name


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("Instgram", "no platform is called 'Instgram' – did you mean 'instagram'?"),
        ("twiter", "no platform is called 'twiter' – did you mean 'x'?"),
        ("n" * 41, f"'{'n' * 40}'… is no name of a platform; known: bluesky, facebook, "),
    ],
)
def test_misspellings_are_faults(written: str, message: str) -> None:
    with pytest.raises(ValueError, match="platform") as caught:
        platform(written)
    assert str(caught.value).startswith(message)


def test_what_we_do_not_know_has_no_name() -> None:
    assert (known_platform("Linkedin-Page"), known_platform("newsletter")) == ("linkedin", None)
