"""The hashtags of drafts, for sources that ask about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from readtheroom.api.drafts import Draft
from readtheroom.errors import DraftError
from readtheroom.model import Post
from readtheroom.protocols import DraftFile
from readtheroom.text.entities import hashtags

MOST_TAGS = 200
"""No source asks about more."""


class Reads(Protocol):
    """What turns files into posts."""

    def read(self, file: DraftFile, reader: str | None = None) -> Iterator[Post]: ...


def tags_in(post: Post) -> tuple[str, ...]:
    """The different hashtags of a post, without their sign."""
    return tuple(dict.fromkeys(tag.value for field in post.fields for tag in hashtags(field.text)))


def tags_of(linter: Reads, drafts: Sequence[Draft]) -> tuple[str, ...] | None:
    """The different hashtags of drafts, without their sign; None if they cannot be read twice, as standard input."""
    if not all(draft.is_kept for draft in drafts):
        return None
    tags: dict[str, None] = {}
    for file, reader in drafts:
        try:
            for post in linter.read(file, reader):
                tags.update(dict.fromkeys(tags_in(post)))
                if len(tags) > MOST_TAGS:
                    return tuple(tags)[:MOST_TAGS]
        except DraftError:  # told of when the drafts are judged
            continue
    return tuple(tags)
