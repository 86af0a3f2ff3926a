"""What a team has said already, judged by the room of each day."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.office import BOTH, put

HISTORY = """\
{"term": "#Lindental", "observed_at": "2026-03-01T09:00:00Z", "reasons": [{"title": "Shooting in Lindental"}]}
{"term": "#Lindental", "observed_at": "2026-06-01T09:00:00Z", "reasons": [{"title": "Spring in Lindental"}]}
"""
TWEETS = """\
window.YTD.tweets.part0 = [
  { "tweet" : { "id" : "1", "created_at" : "Sun Mar 01 10:00:00 +0000 2026", "full_text" : "T &amp; #Lindental" } },
  { "tweet" : { "id_str" : "2", "created_at" : "Mon Jun 01 10:00:00 +0000 2026", "full_text" : "More #Lindental" } },
  { "tweet" : { "id_str" : "3", "created_at" : "Mon Jun 01 10:00:00 +0000 2026", "full_text" : "RT @a: Globex" } }
]
"""
NOTE = '{"type": "Note", "id": "m", "published": "%s", "content": "<p>So \\u0023<b>Lindental</b></p>"}'
OUTBOX = '{"@context": "a", "orderedItems": [\n {"type": "Create", "object": %s}]}' % (NOTE % "2026-03-01T10:00:00Z")
POSTS = '[{"timestamp": 1772359200, "data": [{"post": "Caf\\u00c3\\u00a9 #Lindental"}]}]'

ARCHIVE = {
    "archive/x/data/tweets.js": TWEETS,
    "archive/x/data/account.js": "window.YTD.account.part0 = [",
    "archive/x/data/like.js": "window.YTD.like.part0 = [",
    "archive/x/data/README.txt": "Better than Globex!",
    "archive/mastodon/outbox.json": OUTBOX,
    "archive/mastodon/actor.json": "{",
    "archive/facebook/your_facebook_activity/posts/your_posts_1.json": POSTS,
    "archive/facebook/your_facebook_activity/messages/message_1.json": "{",
}


@pytest.fixture(autouse=True)
def _desk(office: Path) -> None:
    put(office, {"readtheroom.yaml": BOTH, "history.jsonl": HISTORY, **ARCHIVE})


def test_each_post_is_judged_by_the_room_of_its_day(tool: Run) -> None:
    done = tool("lint", "archive", "--room", "history.jsonl", "--format", "json")
    assert (done.code, done.err) == (1, "")
    posts = json.loads(done.out)["posts"]
    assert [(post["path"], post["id"], post["verdict"]) for post in posts] == [
        (
            "archive/facebook/your_facebook_activity/posts/your_posts_1.json",
            "archive/facebook/your_facebook_activity/posts/your_posts_1.json#1",
            "block",
        ),
        ("archive/mastodon/outbox.json", "m", "block"),
        ("archive/x/data/tweets.js", "1", "block"),
        ("archive/x/data/tweets.js", "2", "pass"),
    ]
    places = {post["path"].rpartition("/")[2]: post["findings"][0] for post in posts[:3]}
    assert {name: (each["rule"], each["line"], each["column"]) for name, each in places.items()} == {
        "your_posts_1.json": ("trend", 1, 63),
        "outbox.json": ("trend", 2, 114),
        "tweets.js": ("trend", 2, 101),
    }


def test_a_longer_post_is_judged_once_and_whole(tool: Run) -> None:
    beginning = {
        "id": "5",
        "created_at": "Sun Mar 01 10:00:00 +0000 2026",
        "full_text": "We wrote a story… https://t.co/5",
    }
    whole = {
        "noteTweetId": "6",
        "createdAt": "2026-03-01T10:00:01.000Z",
        "core": {"text": "We wrote a story on #Lindental"},
    }
    put(
        Path("long"),
        {
            "tweets.js": "window.YTD.tweets.part0 = " + json.dumps([{"tweet": beginning}]),
            "note-tweet.js": "window.YTD.note_tweet.part0 = " + json.dumps([{"noteTweet": whole}]),
        },
    )
    for named in (["long"], ["long/tweets.js", "long/note-tweet.js"]):
        done = tool("lint", *named, "--room", "history.jsonl", "--format", "json")
        assert [(post["id"], post["verdict"]) for post in json.loads(done.out)["posts"]] == [("6", "block")], done.err
    alone = tool("lint", "long/tweets.js", "--room", "history.jsonl", "--format", "json")
    assert [post["id"] for post in json.loads(alone.out)["posts"]] == ["5"]


def test_all_that_is_wrong_with_an_archive_is_told_in_one_run(here: Run) -> None:
    files = {
        "cut.js": TWEETS[:250],
        "app.js": "let a",
        "actor.json": '{"@context": "a"}',
        "likes.json": '[{"$type": "app.bsky.feed.like"}]',
    }
    put(Path(), files)
    done = here("lint", "archive/x/data/like.js", *files)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        "archive/x/data/like.js:1:1: holds `like` of an X archive, no posts: give tweets.js and note-tweet.js",
        "cut.js:3:3: the file ends in the middle of this list: it was cut short, fetch it again",
        "app.js:1:1: no posts of an X archive: such a file begins with window.YTD.tweets.part0 = [",
        "actor.json:1:1: holds no posts: those of a Mastodon archive are in its outbox.json",
        "likes.json:1:1: holds no posts of Bluesky (app.bsky.feed.post), but app.bsky.feed.like: leave it out",
    ]
