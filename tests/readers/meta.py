"""Entries of the exports of Facebook and Instagram, their text damaged as theirs is."""

from __future__ import annotations


def damaged(text: str) -> str:
    """UTF-8 that was taken for Latin-1."""
    return text.encode().decode("latin-1")


def facebook(text: str, at: int = 1342800000) -> dict[str, object]:
    """A post of Facebook's."""
    return {"timestamp": at, "data": [{"post": damaged(text)}]}


def instagram(title: str, at: int = 1342800000) -> dict[str, object]:
    """A post of Instagram's."""
    return {"media": [{"title": damaged(title), "creation_timestamp": at}]}
