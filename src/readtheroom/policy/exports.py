"""The CSV forms of publishing tools: which column is what.

Headers are compared in lower case, without what follows " - " or " (". Sources: Buffer help article 926, SocialBee
help article 80, Sprout support article 115005864203, HighLevel's help pages on the CSV import, headers that
Publer and Metricool offer for download, Hootsuite's classic bulk upload (no header).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

ROLES = frozenset({
    "id", "text", "title", "first_comment", "comments", "account", "author", "lang", "scheduled_at",
    "platforms", "audience", "approved_by", "media", "alt", "poll", "thread", "allow",
})  # fmt: skip
"""What a column may be: a key of drafts; `comments`, `alt`, `poll` and `thread` hold several texts with || between."""


LINK = "link"
"""What a tool publishes beside the text. No key of drafts: only tools, or the config, say which column it is."""

ALLOW_PARTS = ("rule", "reason", "by", "until", "covers")


class Role(NamedTuple):
    """What a column is: the `key` of a draft, or `allow.rule` …

    `at` counts from 0, for the second picture, the third option …; `platform`: a yes/no column.
    """

    key: str
    at: int = 0
    platform: str = ""


_OF_LISTS: Mapping[str, str] = {
    "media[]": "media",
    "media[].file": "media",
    "media[].alt": "alt",
    "poll[]": "poll",
    "thread[]": "thread",
    "thread[].text": "thread",
    "title[]": "title",
    "first_comment[]": "first_comment",
    **{f"allow[].{part}": f"allow.{part}" for part in ALLOW_PARTS},
}
LISTS = tuple(name.replace("[]", "[0]") for name in _OF_LISTS)
"""How columns are called that hold one of several."""

_INDEX = re.compile(r"\[(\d{1,2})\]")


class Preset(NamedTuple):
    """An export format. `marks` are the headers by which it is known; none: it has no header."""

    marks: frozenset[str]
    columns: Mapping[str, Role]


_BEE: Mapping[str, Role] = {
    "link": Role(LINK),
    "imageurls": Role("media"),
    "gifurl": Role("media", 10),
    "gifurls": Role("media", 10),
    "videourls": Role("media", 20),
    "postatspecifictime": Role("scheduled_at"),
}
_NETWORKS = {
    "facebook": "facebook",
    "twitter/x": "x",
    "twitter": "x",
    "linkedin": "linkedin",
    "gbp": "google-business",
    "instagram": "instagram",
    "pinterest": "pinterest",
    "tiktok": "tiktok",
    "youtube": "youtube",
    "threads": "threads",
    "bluesky": "bluesky",
}
_TITLES = (
    "document title",
    "pinterest pin title",
    "youtube video title",
    "facebook title",
    "tiktok title",
    "linkedin poll question",
)
_METRICOOL: Mapping[str, Role] = {
    "text": Role("text"),
    "date": Role("scheduled_at"),
    "time": Role("scheduled_at", 1),
    "first comment text": Role("first_comment"),
    **{name: Role("platforms", platform=platform) for name, platform in _NETWORKS.items()},
    **{title: Role("title", at) for at, title in enumerate(_TITLES)},
    **{f"picture url {n}": Role("media", n - 1) for n in range(1, 11)},
    **{f"alt text picture {n}": Role("alt", n - 1) for n in range(1, 11)},
    **{f"twitter/x poll option {n}": Role("poll", n - 1) for n in range(1, 5)},
    **{f"linkedin poll option {n}": Role("poll", n + 3) for n in range(1, 5)},
}

PRESETS: Mapping[str, Preset] = {
    "publer": Preset(
        frozenset({"text", "media url(s)"}),
        {
            "date": Role("scheduled_at"),
            "text": Role("text"),
            "link(s)": Role(LINK),
            "media url(s)": Role("media"),
            "title": Role("title"),
            "alt text(s)": Role("alt"),
            "comment(s)": Role("comments"),
        },
    ),
    "metricool": Preset(frozenset({"text", "date", "time", "draft"}), _METRICOOL),
    "sprout": Preset(
        frozenset({"date", "time_24hr", "message_text"}),
        {"date": Role("scheduled_at"), "time_24hr": Role("scheduled_at", 1), "message_text": Role("text")},
    ),
    "highlevel": Preset(frozenset({"postatspecifictime", "content"}), {"content": Role("text"), **_BEE}),
    "socialbee": Preset(frozenset({"text", "postatspecifictime"}), {"text": Role("text"), **_BEE}),
    "buffer": Preset(
        frozenset({"text", "posting time"}),
        {"text": Role("text"), "image url": Role("media"), "posting time": Role("scheduled_at")},
    ),
    "hootsuite": Preset(frozenset(), {"0": Role("scheduled_at"), "1": Role("text"), "2": Role(LINK)}),
}


def role_of(header: str) -> Role | None:
    """What a column is by its own name: a key of a draft, or one of several (`media[0].alt`); None if neither."""
    key = header.strip().casefold()
    if key in ROLES:
        return Role(key)
    index = _INDEX.search(key)
    name = _OF_LISTS.get(_INDEX.sub("[]", key, count=1))
    return Role(name, int(index[1])) if index and name else None


def plain_header(header: str) -> str:
    """A header as presets name it."""
    return header.split(" - ", maxsplit=1)[0].split(" (", maxsplit=1)[0].strip().casefold()


def recognised(headers: list[str]) -> str | None:
    """The name of the export format that has these headers, or None."""
    names = {plain_header(header) for header in headers}
    return next((name for name, preset in PRESETS.items() if preset.marks and preset.marks <= names), None)
