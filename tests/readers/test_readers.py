"""Laws that hold for every reader."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Post
from readtheroom.protocols import ReadOptions
from readtheroom.readers import csv, json, jsonl, markdown, text, tweet, x_archive, yaml
from readtheroom.readers._file import TextFile

READERS = [csv, json, jsonl, markdown, text, tweet, x_archive, yaml]
PIECES = [
    "text", "title", "media", "alt", "file", "poll", "thread", "allow", "rule", "until", "posts", "value", "content",
    "platforms", "x", "date", "versions", "scheduled_at", "2026-12-31", "10:00", "body", "<p>", "&amp;", "---", "||",
    "()", "<!--", "-->", "readtheroom-allow:", "because", "*a", "&a", "null", *"{}[],:|>'\\\" é😀\n\r\u2028\ufeff\x85",
    '{"orderedItems": [', '{"type": "Create", "object": {"type": "Note", "content": "',
    '{"$type": "app.bsky.feed.post", "text": "',
    '[{"timestamp": 1, "data": [{"post": "', '[{"media": [{"creation_timestamp": 1, "title": "', "\\u00c3\\u00a9",
    'window.YTD.tweets.part0 = [',
    '{"tweet": {"full_text": "', '"}}', '", "created_at": "2025-12-06T18:20:30Z"}}', ", ",
    "1", ": ", "- ", "\n  ", "\r\n", "( ) a\n", "\\u00e9", "\\ud83d", "é: 1\n", '{"text": "', '"}', "text: ", "text,",
    "text,allow\n", '"[{rule: a}]"', "[{rule: a}]",
]  # fmt: skip


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__.rpartition(".")[2])
@settings(deadline=None, max_examples=150)
@given(written=st.lists(st.sampled_from(PIECES), max_size=25).map("".join), day_first=st.booleans())
def test_any_text_is_read_or_refused_with_its_place(reader: ModuleType, written: str, day_first: bool) -> None:
    lines = written.count("\n") + written.count("\r") + 1
    faults: tuple[Fault, ...] = ()
    posts: list[Post] = []
    try:
        posts = list(reader.read(TextFile(written, "draft"), ReadOptions(day_first=day_first)))
    except DraftError as error:
        faults = error.faults
    for fault in faults:
        assert fault.path == "draft"
        assert 0 <= fault.line <= lines + 1
        assert fault.message.isprintable()
    for post in posts:
        assert post.fields
        for field in post.fields:
            assert field.text.strip()
            places = [field.origin.place(at) for at in range(len(field.text) + 1)]
            assert places == sorted(places)
            assert 1 <= post.line <= places[0].line <= places[-1].line <= lines
        for origin in post.keys.values():
            assert 1 <= origin.place(0).line <= lines


NONE = "draft: holds no draft: add one, or leave the file out"
EMPTY = [
    *((csv, source) for source in ("", "\n", "text,lang\n", "\ufefftext\r\n\r\n , \r\n")),
    *((jsonl, source) for source in ("", "\n", " \r\n\n")),
    *((json, source) for source in ("[]", '{"drafts": []}', '{"posts": []}', '{"versions": []}')),
    *((yaml, source) for source in ("[]", "drafts: []")),
]


@pytest.mark.parametrize(("reader", "source"), EMPTY)
def test_a_file_without_a_draft_does_not_pass(reader: ModuleType, source: str) -> None:
    with pytest.raises(DraftError) as caught:
        list(reader.read(TextFile(source, "draft"), ReadOptions()))
    assert str(caught.value) == NONE


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__.rpartition(".")[2])
def test_an_empty_file_is_a_fault_in_every_format(reader: ModuleType) -> None:
    with pytest.raises(DraftError):
        list(reader.read(TextFile("", "draft"), ReadOptions()))


def test_no_two_readers_claim_a_suffix() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.SUFFIXES]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)
