"""What lies in an archive that a platform handed out, beside the files that hold posts.

Such files end as drafts do and are none: profiles, likes, messages, settings. They are known by name, and by what lies
beside them, so that no draft is ever taken for one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Final

_SIGNS: Final = ("account.js", "outbox.json", "app.bsky.", "posts_", "your_")
"""How names begin by which an archive is known: most folders have none, and cost no more than a look."""

_META: Final = r"your_(?:facebook|instagram)_activity|your_activity_across_facebook"
_META_OTHERS: Final = (
    r"(?:ads|personal|logged|security_and_login)_information|connections|files|preferences"
    r"|apps_and_websites_off_of_(?:facebook|instagram)"
)
_META_POSTS: Final = r"your_posts(?:_\d+|__.*)\.json|posts_\d+\.json|(?:reels|stories|igtv_videos)\.json"
"""In a folder of that name, or below it, all that is to be read."""

_BESIDE: Final = (
    ((r"tweets?\.js", r"account\.js"), r"README\.txt"),
    ((r"outbox\.json",), r"(?:actor|likes|bookmarks)\.json"),
    (
        (r"app\.bsky\.feed\.post",),
        r"(?!app\.bsky\.feed\.post$)[a-z0-9-]+(?:\.[a-zA-Z0-9-]+){2,}(?<!\.json)",
    ),
    ((_META,), _META_OTHERS),
    (
        (r"your_posts(?:_\d+|__.*)\.json",),
        r"album|your_(?:photos|videos|uncategorized_photos)\.json|other_people's_posts_to_your_timeline\.json",
    ),
    ((r"posts_\d+\.json",), r"(?:archived_posts|profile_photos|recently_deleted_content|other_content)\.json"),
)
"""Where all of the first lie, files and folders that are called like the second are of that archive, and no posts."""


def strangers(folder: str, names: Iterable[str]) -> frozenset[str]:
    """Which of the `names` of a folder (absolute) are of an archive and lead to no posts."""
    every = frozenset(names)
    if "your_" not in folder and not any(name.startswith(_SIGNS) for name in every):
        return frozenset()
    found = {
        name for marks, others in _BESIDE if all(_like(mark, every) for mark in marks) for name in _like(others, every)
    }
    if _like(_META, folder.split(os.sep)):
        found |= {name for name in every if "." in name} - set(_like(_META_POSTS, every))
    return frozenset(found)


def _like(pattern: str, names: Iterable[str]) -> list[str]:
    shape = re.compile(pattern)
    return [name for name in names if shape.fullmatch(name)]
