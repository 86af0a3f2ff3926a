from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType

import pytest

from readtheroom.model import Post
from readtheroom.readers import tweet
from readtheroom.spans import Place

Read = Callable[..., list[Post]]
Faults = Callable[..., list[str]]
Texts = Callable[[Post], list[tuple[str, str, Place]]]

THREAD = """---
schedule: 2027-03-04 10:00
reply: https://x.example/1
media:
  - url: pot.png
    alt: A pot
account: "@bo"
---

New pots
are here

---

---
poll: [Red, 'Blue']
media:
  - file: lid.png
    alt: A lid
---
Which lid?

---
Last one:

( )  Yes
() No
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_thread(read: Read, texts: Texts, end: str) -> None:
    (post,) = read(tweet, THREAD.replace("\n", end), "pots.tweet")
    assert texts(post) == [
        ("text", "New pots\nare here", Place(10, 1)),
        ("media[0].alt", "A pot", Place(6, 10)),
        ("thread[0]", "Which lid?", Place(21, 1)),
        ("thread[0].media[0].alt", "A lid", Place(19, 10)),
        ("thread[0].poll[0]", "Red", Place(16, 8)),
        ("thread[0].poll[1]", "Blue", Place(16, 14)),
        ("thread[1]", "Last one:", Place(24, 1)),
        ("thread[1].poll[0]", "Yes", Place(26, 6)),
        ("thread[1].poll[1]", "No", Place(27, 4)),
    ]
    assert post.fields[0].origin.place(9) == Place(11, 1)
    assert (post.id, post.platforms, post.account, post.media) == ("pots.tweet", ("x",), "@bo", ("pot.png",))
    assert post.scheduled_at == datetime(2027, 3, 4, 10, tzinfo=UTC)
    assert post.keys["scheduled_at"].place(0) == Place(2, 11)


@pytest.mark.parametrize("key", ["thread-delimiter", "threadDelimiter"])
def test_another_delimiter(read: Read, texts: Texts, key: str) -> None:
    (post,) = read(tweet, f'---\n{key}: "(***)"\n---\nOne\n---\n(***)\nTwo\n(***)\nThree')
    assert texts(post) == [
        ("text", "One\n---", Place(4, 1)),
        ("thread[0]", "Two", Place(7, 1)),
        ("thread[1]", "Three", Place(9, 1)),
    ]


def test_plain_text_and_a_poll_alone(read: Read, texts: Texts) -> None:
    assert texts(read(tweet, "Tea -- or coffee?\n")[0]) == [("text", "Tea -- or coffee?", Place(1, 1))]
    assert texts(read(tweet, "( ) Tea\n( ) Coffee")[0]) == [
        ("poll[0]", "Tea", Place(1, 5)),
        ("poll[1]", "Coffee", Place(2, 5)),
    ]


def test_a_retweet_without_words_publishes_nothing(read: Read) -> None:
    assert read(tweet, "---\nretweet: https://x.example/1\n---\n") == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("\n", "draft:1:1: there is nothing to publish"),
        ("A\n---\n---\nlang: en\n---\nB", "draft:4:7: 'lang' belongs into the front matter at the head of the file"),
        ("---\nshedule: a\nscheduledat: b\n---\nA", "draft:3:14: unknown key 'scheduledat' – did you mean 'sched"),
        ("---\nschedule: soon\n---\nA", "draft:2:11: 'soon' is no date and time"),
        ("A\n---\n---\nmedia: x\n---\nB", "draft:4:8: thread[0].media must be a list, not text"),
        ("---\nmedia: [a\n", "draft:1:1: front matter is never closed"),
    ],
)
def test_faults_are_told_at_their_place(faults: Faults, source: str, expected: str) -> None:
    assert [fault[: len(expected)] for fault in faults(tweet, source)] == [expected]


def test_sample(sample: Callable[[ModuleType, str], list[Post]], texts: Texts) -> None:
    (post,) = sample(tweet, "twitter_together_thread.tweet")
    assert texts(post) == [
        ("text", "Our Aurora dress is back in stock today #Aurora", Place(7, 1)),
        ("media[0].alt", "A white cotton summer dress on a hanger", Place(4, 10)),
        ("thread[0]", "Which colour should come next?", Place(11, 1)),
        ("thread[0].poll[0]", "Sky", Place(13, 5)),
        ("thread[0].poll[1]", "Sand", Place(14, 5)),
    ]
