"""The shapes of drafts and of room snapshots, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readtheroom.policy.hold_schema import KEPT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readtheroom.model import Json

_TEXT: dict[str, Json] = {"type": ["string", "null"]}
_TEXTS: dict[str, Json] = {"type": ["string", "array", "null"], "items": _TEXT}
_WORDS: dict[str, Json] = {
    "anyOf": [{"type": ["string", "null"]}, {"type": "array", "items": {"type": "string", "minLength": 1}}]
}
_MEDIA: dict[str, Json] = {
    "type": ["array", "null"],
    "description": "Pictures and films, each a file name, or a file with its alt text.",
    "items": {
        "anyOf": [
            {"type": "string", "minLength": 1},
            {
                "type": "object",
                "properties": {
                    "file": {"type": "string", "minLength": 1, "description": "Path or URL."},
                    "alt": {
                        **_TEXT,
                        "description": "What it shows, for those who cannot see it; published, so checked.",
                    },
                },
                "additionalProperties": False,
            },
        ]
    },
}
_POLL: dict[str, Json] = {
    "type": ["array", "null"],
    "description": "The options of a poll.",
    "items": {"type": "string", "minLength": 1},
}
_ALLOW: dict[str, Json] = {
    "type": ["array", "null"],
    "description": "Findings that somebody accepts. An entry without reason, expired or of no use is a finding.",
    "items": {
        "type": "object",
        "properties": {
            "rule": {"type": "string", "minLength": 1, "description": "The id of the rule."},
            "reason": {**_TEXT, "description": "Why the finding is accepted."},
            "by": {**_TEXT, "description": "Who accepts it."},
            "covers": {
                **_WORDS,
                "description": "Labels of what is grave in the room and known to whoever accepts it: crisis.fire. "
                "When a trend turns grave for another reason, the allow no longer counts.",
            },
            "until": {**_TEXT, "description": "Last day (2026-12-31), or a time with an offset."},
        },
        "required": ["rule"],
        "additionalProperties": False,
    },
}

DRAFT_KEYS: Mapping[str, Json] = {
    "id": {"type": ["string", "integer", "null"], "description": "Names the post in reports; else its place does."},
    "text": {**_TEXT, "description": "The body of the post."},
    "platforms": {**_WORDS, "description": "Where it will be published: x, mastodon, instagram …"},
    "account": {**_TEXT, "description": "The account that publishes: its name or handle in the accounts file."},
    "author": {**_TEXT, "description": "Who wrote it."},
    "audience": {**_WORDS, "description": "Regions whose room is read, as ISO 3166 codes: US, FR, FR-75."},
    "lang": {**_TEXT, "description": "Language of the text, as in BCP 47: en, pt-BR. Without it, it is detected."},
    "scheduled_at": {
        **_TEXT,
        "description": "When it goes out: 2026-07-20T15:00:00+02:00; without an offset, in the configured time zone.",
    },
    "title": {**_TEXTS, "description": "Headline, where a platform has one."},
    "first_comment": {**_TEXTS, "description": "Text published as the first comment."},
    "media": _MEDIA,
    "poll": _POLL,
    "thread": {
        "type": ["array", "null"],
        "description": "The parts that follow, in order: texts, or texts with media and a poll.",
        "items": {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "properties": {
                        "text": {**_TEXT, "description": "The part's text."},
                        "media": _MEDIA,
                        "poll": _POLL,
                    },
                    "additionalProperties": False,
                },
            ]
        },
    },
    "approved_by": {
        **_WORDS,
        "description": "Who approved this very text: a line that `readtheroom approve --print` prints.",
    },
    "allow": _ALLOW,
}

DRAFT: Mapping[str, Json] = {
    "type": "object",
    "properties": dict(DRAFT_KEYS),
    "patternProperties": {"^x-": {"description": "Yours to use; not read."}},
    "additionalProperties": False,
}

OBSERVATION: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "term": {"type": "string", "minLength": 1, "description": "The tag (with #), phrase or headline as it trends."},
        "kind": {
            "enum": ["tag", "query", "topic", "headline"],
            "description": "What the term is; without it, tag if it starts with #, else topic.",
        },
        "region": {
            "type": ["string", "null"],
            "description": "ISO 3166 code of where it trends; without it, everywhere.",
        },
        "rank": {"type": ["integer", "null"], "minimum": 1, "description": "Place in the list, from 1."},
        "volume": {
            "type": ["integer", "null"],
            "minimum": 0,
            "description": "Posts or searches, as the source counts.",
        },
        "source": {"type": ["string", "null"], "description": "Who said so."},
        "observed_at": {"type": "string", "format": "date-time", "description": "When it was seen, with its offset."},
        "labels": {
            "type": ["array", "null"],
            "description": "What the source knows it to be, whatever its words: crisis.quake.",
            "items": {"type": "string", "minLength": 1},
        },
        "reasons": {
            "type": ["array", "null"],
            "description": "Why people talk about it.",
            "items": {
                "type": "object",
                "properties": {
                    "title": {"type": "string", "minLength": 1, "description": "The headline."},
                    "url": {"type": ["string", "null"], "format": "uri"},
                    "source": {"type": ["string", "null"], "description": "Who published it."},
                    "published_at": {"type": ["string", "null"], "format": "date-time"},
                },
                "required": ["title"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["term", "observed_at"],
    "additionalProperties": False,
}

GAP: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "source": {"type": "string", "minLength": 1, "description": "Who could not be asked."},
        "reason": {"type": "string", "minLength": 1, "description": "Why."},
        "note": {"type": "boolean", "description": "Something was found all the same. Default: false."},
        "region": {"type": ["string", "null"], "description": "The only one it would have told of; without it, any."},
        "required": {"type": "boolean", "description": "Whether the policy asks for it. Default: true."},
    },
    "required": ["source", "reason"],
    "additionalProperties": False,
}

ROOM: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "observations": {"type": "array", "description": "What was seen.", "items": dict(OBSERVATION)},
        "gaps": {"type": "array", "description": "What could not be looked up.", "items": dict(GAP)},
        "holds": {"type": "array", "description": "What was held.", "items": dict(KEPT)},
        "looked_up": {"type": "boolean", "description": "Whether anybody answered at all. Default: true."},
    },
    "required": ["observations"],
    "additionalProperties": False,
}
