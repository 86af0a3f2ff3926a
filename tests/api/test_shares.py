from __future__ import annotations

from pathlib import Path

import pytest

from readtheroom.api.drafts import Draft
from readtheroom.api.shares import MOST_DRAFTS, PARCEL, Parcel, parcels
from readtheroom.readers._file import PathFile, TextFile

TEXT = Draft(TextFile("Good morning", "text"), "text")


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    (tmp_path / "a.txt").write_text("A" * (PARCEL // 4), "utf-8")
    return Draft(PathFile(str(tmp_path / "a.txt")))


@pytest.fixture
def big(tmp_path: Path) -> Draft:
    (tmp_path / "b.jsonl").write_text("B" * (PARCEL + 1), "utf-8")
    return Draft(PathFile(str(tmp_path / "b.jsonl")))


def test_small_drafts_go_together(draft: Draft) -> None:
    assert list(parcels([])) == []
    assert list(parcels([draft, TEXT])) == [Parcel((draft, TEXT))]
    assert list(parcels([draft] * 9)) == [Parcel((draft,) * 4), Parcel((draft,) * 4), Parcel((draft,))]
    assert [len(each.drafts) for each in parcels([TEXT] * (MOST_DRAFTS + 3))] == [MOST_DRAFTS, 3]


def test_a_big_file_is_for_all(draft: Draft, big: Draft) -> None:
    assert list(parcels([draft, big, big, TEXT])) == [
        Parcel((draft,)),
        Parcel((big,), shared=True),
        Parcel((big,), shared=True),
        Parcel((TEXT,)),
    ]


def test_what_is_not_there_is_told_by_whoever_reads_it() -> None:
    gone = [Draft(PathFile("no/such.txt")), Draft(PathFile("a\0b.txt"))]
    assert list(parcels(gone)) == [Parcel(tuple(gone))]
