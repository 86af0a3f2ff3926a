from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.model import Post
from readtheroom.protocols import ReadOptions
from readtheroom.readers import x_archive
from readtheroom.readers._file import PathFile
from readtheroom.spans import Place

Read = Callable[..., list[Post]]
Faults = Callable[..., list[str]]
Texts = Callable[[Post], list[tuple[str, str, Place]]]
Strays = Callable[..., list[tuple[int, str, str]]]
LETTERS = st.text(st.sampled_from("ab é😀&<>\"'\n\\;"), min_size=1).map(lambda text: "x" + text + "y")
LONG = "Fri Jul 20 16:00:00 +0000 2012"

TWEETS = """\
window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "entities" : {
        "urls" : [ { "url" : "https://t.co/k1", "expanded_url" : "https://shop.example/kettles" } ],
        "media" : [ { "url" : "https://t.co/m1" } ]
      },
      "extended_entities" : { "media" : [ { "ext_alt_text" : "A kettle \\u0026 a cup" }, { "type" : "photo" } ] },
      "id_str" : "7",
      "id" : "7",
      "created_at" : "Fri Jul 20 18:00:00 +0200 2012",
      "full_text" : "Tea &amp; toast\\nat https://t.co/k1 &lt;3 https://t.co/m1",
      "lang" : "en"
    }
  },
  { "tweet" : { "id_str" : "8", "created_at" : "Sat Jul 21 09:30:00 +0000 2012", "full_text" : "RT @finch: Ours" } },
  { "tweet" : { "created_at" : "Sat Jul 21 09:30:00 +0000 2012", "full_text" : "See https://t.co/zz" } }
]
"""
NOTES = """\
window.YTD.note_tweet.part0 = [
  { "noteTweet" : { "noteTweetId" : "9", "createdAt" : "2012-07-20T16:00:00.000Z",
    "core" : { "text" : "Long &amp; winding: https://t.co/a",
               "urls" : [ { "shortUrl" : "https://t.co/a", "expandedUrl" : "https://shop.example/a" } ] } } }
]"""

BROKEN = (
    "window.YTD.tweets.part0 = [\n4, {},\n"
    ' {"tweet": []},\n {"tweet": {"full_text": 5}},\n {"noteTweet": {"core": {}}},\n'
    ' {"tweet": {"full_text": "A"}},\n {"tweet": {"full_text": "A", "created_at": "soon"}},\n'
    ' {"noteTweet": {}},\n {"tweet": {"full_text": 5, "created_at": "2012-07-20T16:00:00Z"}},\n {"a" 1}]'
)


def archive(tweets: list[object], indent: int | None = 2, *, escaped: bool = True, kind: str = "tweets") -> str:
    return f"window.YTD.{kind}.part0 = " + json.dumps(tweets, ensure_ascii=escaped, indent=indent)


def tweet(text: str, **more: object) -> dict[str, object]:
    return {"tweet": {"id_str": "1", "created_at": LONG, "full_text": text, **more}}


def test_what_was_said(read: Read, texts: Texts) -> None:
    first, last = read(x_archive, TWEETS, "tweets.js")
    assert texts(first) == [
        ("text", "Tea & toast\nat https://shop.example/kettles <3", Place(12, 22)),
        ("media[0].alt", "A kettle & a cup", Place(8, 63)),
    ]
    text = first.fields[0]
    at = text.text.index
    assert [text.origin.place(n).column for n in (at("&"), at(" toast"), at("\n"), at("https"), at("kettles"))] == [
        *(26, 31, 37, 42, 42)
    ]
    assert [text.origin.place(n).column for n in (at(" <"), at("<"), at("3"), at("3") + 1)] == [57, 58, 62, 63]
    assert (first.id, first.line, first.platforms, first.account, first.lang) == ("7", 2, ("x",), None, None)
    assert first.scheduled_at == datetime(2012, 7, 20, 16, tzinfo=UTC)
    assert first.keys["scheduled_at"].place(0) == Place(11, 23)
    assert first.media == ("",)
    assert (last.id, last.line, texts(last)) == ("tweets.js#3", 17, [("text", "See https://t.co/zz", Place(17, 81))])


def test_notes(read: Read, texts: Texts) -> None:
    (note,) = read(x_archive, NOTES, "note-tweet.js")
    assert texts(note) == [("text", "Long & winding: https://shop.example/a", Place(3, 26))]
    assert (note.id, note.line, note.platforms) == ("9", 2, ("x",))
    assert note.scheduled_at == datetime(2012, 7, 20, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "source",
    [
        archive([tweet("A")]),
        archive([tweet("A")], None),
        archive([tweet("A")], kind="tweet"),
        archive([tweet("A")], kind="community_tweet") + ";\n",
        archive([tweet("A")["tweet"]], kind="tweet"),
        archive([], kind="tweets") + "\n" + archive([tweet("A")]).replace("part0", "part1"),
        "\n window.YTD.tweets.part12=[" + json.dumps(tweet("A")) + "]",
        archive([tweet("A")]).replace("\n", "\r\n"),
        archive([{"tweet": {"id": "1", "created_at": LONG, "text": "A"}}]),
    ],
)
def test_every_form_that_an_archive_has_had(read: Read, source: str) -> None:
    assert [(post.id, [field.text for field in post.fields]) for post in read(x_archive, source)] == [("1", ["A"])]


@pytest.mark.parametrize(
    "tweets",
    [[], [tweet("RT @finch: Ours")], [tweet(" https://t.co/m", entities={"media": [{"url": "https://t.co/m"}]})]],
)
def test_what_says_nothing_is_no_post(read: Read, tweets: list[object]) -> None:
    assert read(x_archive, archive(tweets)) == []


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "https://a.example/ b", "", None, 5, "https://" + "a" * 5000]
)
def test_a_link_that_leads_nowhere_stays(read: Read, target: object) -> None:
    entities = {"urls": [{"url": "https://t.co/a", "expanded_url": target}, 5, {"url": 4}]}
    (post,) = read(x_archive, archive([tweet("Go https://t.co/a now", entities=entities)]))
    assert post.fields[0].text == "Go https://t.co/a now"


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month(read: Read, month: int) -> None:
    name = "JanFebMarAprMayJunJulAugSepOctNovDec"[3 * month - 3 : 3 * month]
    (post,) = read(x_archive, archive([tweet("A", created_at=f"Fri {name} 05 01:02:03 -0330 2021")]))
    assert post.scheduled_at == datetime(2021, month, 5, 4, 32, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ["1:1: no posts of an X archive: such a file begins with window.YTD.tweets.part0 = ["]),
        ("\nlet a = [1]", ["2:1: no posts of an X archive: such a file begins with window.YTD.tweets.part0 = ["]),
        (
            "window.YTD.account.part0 = [ {} ]",
            ["1:1: holds `account` of an X archive, no posts: give tweets.js and note-tweet.js"],
        ),
        (
            archive([tweet("A")], None) + "\nlet b",
            ["2:1: no posts of an X archive: such a file begins with window.YTD.tweets.part0 = ["],
        ),
        (TWEETS[:-60], ["17:3: the file ends in the middle of this list: it was cut short, fetch it again"]),
        (
            BROKEN,
            [
                "2:1: an entry of this file must be a mapping, not a number",
                "2:4: a post without `full_text`: this is no file of an X archive that we know",
                "3:3: 'tweet' must be a mapping, not a list",
                "4:3: a post without 'created_at': when it went out must be known",
                "5:17: a note without `text`: this is no file of an X archive that we know",
                "6:3: a post without 'created_at': when it went out must be known",
                "7:46: 'soon' is no date and time: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00",
                "8:3: 'core' must be a mapping, not nothing",
                "9:26: text must be text, not a number",
                "10:7: not valid JSON: Expecting ':' delimiter",
            ],
        ),
    ],
)
def test_faults_are_told_at_their_place(faults: Faults, source: str, expected: list[str]) -> None:
    assert faults(x_archive, source, "a.js") == [f"a.js:{each}" for each in expected]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=4), st.booleans(), st.sampled_from([None, 1]), st.booleans())
def test_every_character_is_where_it_is_said_to_be(
    read: Read, strays: Strays, parts: list[str], escaped: bool, indent: int | None, slashes: bool
) -> None:
    """Links stand where their short form starts, which begins with the same letter."""
    written = [each.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for each in parts]
    entities = {"urls": [{"url": "https://t.co/k1", "expanded_url": "https://k.example"}]}
    tweets = [tweet(" https://t.co/k1 ".join(written), entities=entities)] * 2
    source = archive(list(tweets), indent, escaped=escaped).replace("/", "\\/" if slashes else "/")
    posts = read(x_archive, source)
    assert [field.text for post in posts for field in post.fields] == [" https://k.example ".join(parts)] * 2
    for post in posts:
        wrong = strays(post.fields[0], source, "\\&")
        assert {(char, there) for _, char, there in wrong} <= {(char, "h") for char in "ttps://k.example"}


def test_the_order_of_posts_changes_none(read: Read) -> None:
    tweets: list[object] = [tweet(f"Kettle {n}", id_str=str(n)) for n in range(20)]
    expected = {post.id: (post.scheduled_at, post.fields[0].text) for post in read(x_archive, archive(tweets))}
    tweets = tweets[7::-1] + tweets[:7:-2] + tweets[8::2]
    assert len(tweets) == 20
    assert {post.id: (post.scheduled_at, post.fields[0].text) for post in read(x_archive, archive(tweets))} == expected


def test_posts_come_before_the_file_is_read_to_its_end() -> None:
    class Endless:
        path = "-"
        beside: Sequence[str] = ()

        def text(self) -> str:
            raise AssertionError("an archive is not read whole")

        def lines(self) -> Iterator[str]:
            raise AssertionError("nor line by line")

        def blocks(self) -> Iterator[str]:
            yield "window.YTD.tweets.part0 = ["
            while True:
                yield json.dumps(tweet("again")) + ",\n"

    posts = x_archive.read(Endless(), ReadOptions())
    assert [next(posts).line for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("tweets.js", b"window.YTD.tweets.part0 = [", True),
        ("tweets-part12.js", b"\xef\xbb\xbf\n window.YTD.tweets.part12 = [", True),
        ("note-tweet.js", b"window.YTD.note_tweet.part0 = [", True),
        ("tweet.js", b"", True),
        ("tweet.js", b"export const tweet = 1", False),
        ("like.js", b"window.YTD.like.part0 = [", False),
        ("my-tweets.js", b"window.YTD.tweets.part0 = [", False),
    ],
)
def test_which_files_a_folder_gives(tmp_path: Path, name: str, content: bytes, expected: bool) -> None:
    (tmp_path / name).write_bytes(content)
    assert x_archive.is_draft(str(tmp_path / name)) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x_archive_tweets.js", [("Dresses & jackets are back in stock #Aurora", Place(16, 22))]),
        (
            "x_archive_note-tweet.js",
            [("The full body of a post longer than 280 characters; tweets.js holds only its start.", Place(3, 26))],
        ),
    ],
)
def test_samples(sample: Callable[[ModuleType, str], list[Post]], name: str, expected: list[tuple[str, Place]]) -> None:
    posts = sample(x_archive, name)
    assert [(field.text, field.origin.place(0)) for post in posts for field in post.fields] == expected


BODY = "A chair &amp; a table, and why we built them as we did: https://t.co/k1 then a long story"
CHAIRS = {"shortUrl": "https://t.co/k1", "expandedUrl": "https://shop.example/chairs"}
EXPANDED = {"urls": [{"url": "https://t.co/k1", "expanded_url": "https://shop.example/chairs"}]}


def note(text: str, created: str = "2012-07-20T16:00:00.000Z") -> dict[str, object]:
    return {"noteTweet": {"noteTweetId": "9", "createdAt": created, "core": {"text": text, "urls": [CHAIRS]}}}


@pytest.mark.parametrize(
    ("text", "created", "kept"),
    [
        ("A chair &amp; a table, and why we… https://t.co/self", LONG, False),
        ("A chair &amp; a table, and why we built them as we did: https://t.co/k1 then…", LONG, False),
        ("A chair &amp; a table, and why", "Fri Jul 20 16:00:04 +0000 2012", False),
        (BODY, LONG, False),
        ("A chair &amp; a table, and why we…", "Fri Jul 20 16:01:00 +0000 2012", True),
        ("A chair and no table…", LONG, True),
        ("…", LONG, True),
    ],
)
def test_what_a_longer_post_begins_with_is_no_post_of_its_own(
    tmp_path: Path, text: str, created: str, *, kept: bool
) -> None:
    tweets, notes = tmp_path / "tweets.js", tmp_path / "note-tweet.js"
    tweets.write_text(archive([tweet(text, created_at=created, entities=EXPANDED)]), "utf-8")
    notes.write_text(archive([note(BODY)], kind="note_tweet"), "utf-8")
    both = [str(notes), str(tweets)]
    assert len(list(x_archive.read(PathFile(str(tweets), both), ReadOptions()))) == kept
    assert len(list(x_archive.read(PathFile(str(notes), both), ReadOptions()))) == 1
    assert len(list(x_archive.read(PathFile(str(tweets)), ReadOptions()))) == 1


def test_the_pictures_of_a_longer_post_are_judged_still(tmp_path: Path) -> None:
    tweets, notes = tmp_path / "tweets.js", tmp_path / "note-tweet.js"
    media = {"media": [{"ext_alt_text": "A chair"}]}
    tweets.write_text(archive([tweet("A chair &amp; a…", extended_entities=media)]), "utf-8")
    notes.write_text(archive([note(BODY), 5, {"noteTweet": {}}], kind="note_tweet"), "utf-8")
    (post,) = x_archive.read(PathFile(str(tweets), [str(notes)]), ReadOptions())
    assert [(field.name, field.text) for field in post.fields] == [("media[0].alt", "A chair")]


@pytest.mark.parametrize("notes", ["let a", archive([note(BODY)], kind="note_tweet")[:200], None])
def test_notes_that_cannot_be_read_leave_the_others_as_they_are(tmp_path: Path, notes: str | None) -> None:
    tweets, beside = tmp_path / "tweets.js", tmp_path / "note-tweet.js"
    tweets.write_text(archive([tweet("A chair &amp; a…")]), "utf-8")
    if notes is not None:
        beside.write_text(notes, "utf-8")
    assert len(list(x_archive.read(PathFile(str(tweets), [str(beside)]), ReadOptions()))) == 1
