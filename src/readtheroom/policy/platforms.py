"""The names of platforms, and what people call them."""

from __future__ import annotations

from functools import lru_cache

from readtheroom.policy.suggest import closest

PLATFORMS = (
    "bluesky",
    "facebook",
    "google-business",
    "instagram",
    "linkedin",
    "mastodon",
    "pinterest",
    "reddit",
    "snapchat",
    "telegram",
    "threads",
    "tiktok",
    "tumblr",
    "whatsapp",
    "x",
    "youtube",
)

_ALIASES = {
    "bsky": "bluesky",
    "facebook-page": "facebook",
    "fb": "facebook",
    "gbp": "google-business",
    "gmb": "google-business",
    "google": "google-business",
    "google business profile": "google-business",
    "google my business": "google-business",
    "ig": "instagram",
    "insta": "instagram",
    "instagram-standalone": "instagram",
    "li": "linkedin",
    "linkedin-page": "linkedin",
    "tik tok": "tiktok",
    "twitter": "x",
    "twitter/x": "x",
    "x (twitter)": "x",
    "x/twitter": "x",
    "yt": "youtube",
}
_KNOWN = {**{name: name for name in PLATFORMS}, **_ALIASES}


def known_platform(name: str) -> str | None:
    """Our name of a platform that we know, by any of its names."""
    return _KNOWN.get(name) or _KNOWN.get(name.strip().casefold())


@lru_cache(4096)
def platform(name: str) -> str:
    """Our name of a platform; a platform that we have not heard of (a newsletter, a forum) keeps its own.

    Raises ValueError, with a guess, for what looks like a misspelling of one that we know, and for over-long names.
    """
    known = known_platform(name)
    if known:
        return known
    folded = name.strip().casefold()
    near = closest(folded, _KNOWN, 0.8)
    if near:
        raise ValueError(f"no platform is called {name[:40]!r} – did you mean {_KNOWN[near]!r}?")
    if len(folded) > 40:
        raise ValueError(f"{name[:40]!r}… is no name of a platform; known: {', '.join(PLATFORMS)}")
    return folded
