"""By what a post is known again: what of it would be published, and where it stands."""

from __future__ import annotations

import json
import os
from hashlib import sha256

from readtheroom.model import Post


def content_hash(post: Post) -> str:
    """SHA-256, in hex, of its texts, media, platforms, account and audience; its file, id and time may change."""
    fields = [[field.name, field.text] for field in post.fields]
    where = [sorted(post.platforms), post.account, sorted(post.audience), list(post.media)]
    return sha256(json.dumps([fields, *where]).encode()).hexdigest()


def place_of(post: Post) -> str:
    """The absolute path of its file; "" if it has none."""
    return os.path.abspath(post.path) if post.path else ""
