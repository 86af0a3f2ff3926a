"""The conformance cases of twitter-text, where they are at hand. They are not part of this repository."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from readtheroom.model import Entity
from readtheroom.text.entities import cashtags, hashtags
from readtheroom.text.length import V1, V2, V3, Scale, utf16, weigh
from readtheroom.text.mentions import mentions, mentions_and_lists, reply
from readtheroom.text.urls import urls
from readtheroom.text.validity import is_hashtag, is_list, is_mention, is_url

FOLDER = Path(__file__).parents[2].parent / "shared" / "corpus" / "twitter_text"


class Conformance(NamedTuple):
    file: str
    group: str
    text: str
    expected: object


def _values(find: Callable[[str], tuple[Entity, ...]]) -> Callable[[str], object]:
    return lambda text: [entity.value for entity in find(text)]


def _indices(find: Callable[[str], tuple[Entity, ...]], key: str) -> Callable[[str], object]:
    return lambda text: [{key: entity.value, "indices": list(entity.span)} for entity in find(text)]


def _lists(text: str) -> object:
    found = [(entity.span, *entity.value.partition("/")) for entity in mentions_and_lists(text)]
    return [
        {"screen_name": user, "list_slug": slash + slug, "indices": list(span)} for span, user, slash, slug in found
    ]


def _weigh(scale: Scale) -> Callable[[str], object]:
    def judge(text: str) -> object:
        found = weigh(text, scale)
        return {
            "weightedLength": found.weight,
            "valid": found.valid,
            "permillage": found.permillage,
            "displayRangeStart": 0,
            "displayRangeEnd": utf16(text) - 1,
            "validRangeStart": 0,
            "validRangeEnd": utf16(text[: found.fits]) - 1,
        }

    return judge


JUDGES: dict[tuple[str, str], Callable[[str], object]] = {
    ("extract", "mentions"): _values(mentions),
    ("extract", "mentions_with_indices"): _indices(mentions, "screen_name"),
    ("extract", "mentions_or_lists_with_indices"): _lists,
    ("extract", "replies"): reply,
    ("extract", "urls"): _values(urls),
    ("extract", "urls_with_indices"): _indices(urls, "url"),
    ("extract", "urls_with_directional_markers"): _indices(urls, "url"),
    ("extract", "tco_urls_with_params"): _values(urls),
    ("extract", "hashtags"): _values(hashtags),
    ("extract", "hashtags_from_astral"): _values(hashtags),
    ("extract", "hashtags_with_indices"): _indices(hashtags, "hashtag"),
    ("extract", "cashtags"): _values(cashtags),
    ("extract", "cashtags_with_indices"): _indices(cashtags, "cashtag"),
    ("validate", "tweets"): lambda text: weigh(text, V1).valid,
    ("validate", "usernames"): is_mention,
    ("validate", "lists"): is_list,
    ("validate", "hashtags"): is_hashtag,
    ("validate", "urls"): is_url,
    ("validate", "urls_without_protocol"): lambda text: is_url(text, scheme=False),
    ("validate", "WeightedTweetsCounterTest"): _weigh(V2),
    ("validate", "WeightedTweetsWithDiscountedEmojiCounterTest"): _weigh(V3),
    ("validate", "UnicodeDirectionalMarkerCounterTest"): _weigh(V3),
}


def _cases() -> Iterator[object]:
    if not FOLDER.is_dir():
        yield pytest.param(None, marks=pytest.mark.skip(reason="../shared/corpus/twitter_text is not here"))
        return
    for path in sorted(FOLDER.glob("*.yml")):
        for group, cases in yaml.safe_load(path.read_text("utf-8"))["tests"].items():
            for number, case in enumerate(cases):
                yield pytest.param(
                    Conformance(path.stem, group, case["text"], case["expected"]), id=f"{path.stem}-{group}-{number}"
                )


@pytest.mark.parametrize("case", list(_cases()))
def test_we_read_it_as_twitter_text_does(case: Conformance) -> None:
    assert JUDGES[case.file, case.group](case.text) == case.expected
