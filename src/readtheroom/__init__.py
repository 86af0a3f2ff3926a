"""A linter for posts that have not been published yet: it judges drafts against policy and against the room."""

__version__ = "0.1.0"
