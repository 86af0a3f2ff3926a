import os
from pathlib import Path

import pytest

from readtheroom.api.archives import strangers
from readtheroom.api.files import find
from tests.office import put

POSTS = "window.YTD.tweets.part0 = []"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def found(*paths: str) -> list[str]:
    return [path.replace(os.sep, "/") for path in find(paths).files]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {
                "Your archive.html": "",
                "assets/js/main.js": "let a",
                "data/README.txt": "What is in here",
                "data/account.js": "window.YTD.account.part0 = []",
                "data/like.js": "window.YTD.like.part0 = []",
                "data/manifest.js": "window.__THAR_CONFIG = {}",
                "data/note-tweet.js": POSTS.replace("tweets", "note_tweet"),
                "data/tweet-headers.js": "window.YTD.tweet_headers.part0 = []",
                "data/tweets-part1.js": POSTS.replace("part0", "part1"),
                "data/tweets.js": POSTS,
                "data/tweets_media/1.jpg": "",
            },
            ["data/note-tweet.js", "data/tweets-part1.js", "data/tweets.js"],
        ),
        (
            dict.fromkeys(["outbox.json", "actor.json", "likes.json", "bookmarks.json", "avatar.png"], "{}"),
            ["outbox.json"],
        ),
        (
            dict.fromkeys(
                ["app.bsky.feed.post/3k.json", "app.bsky.feed.like/3k.json", "app.bsky.actor.profile/self.json"], "{}"
            ),
            ["app.bsky.feed.post/3k.json"],
        ),
        (
            dict.fromkeys(
                [
                    "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json",
                    "your_facebook_activity/posts/your_uncategorized_photos.json",
                    "your_facebook_activity/posts/album/0.json",
                    "your_facebook_activity/messages/inbox/finch_1/message_1.json",
                    "your_facebook_activity/events/no-data.txt",
                    "personal_information/profile_information/profile_information.json",
                    "connections/friends/your_friends.json",
                ],
                "{}",
            ),
            ["your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"],
        ),
        (
            dict.fromkeys(["posts/your_posts_1.json", "posts/your_photos.json", "posts/album/0.json"], "{}"),
            ["posts/your_posts_1.json"],
        ),
        (
            dict.fromkeys(
                [
                    "your_instagram_activity/media/posts_1.json",
                    "your_instagram_activity/media/posts_2.json",
                    "your_instagram_activity/media/profile_photos.json",
                    "your_instagram_activity/media/reels.json",
                    "your_instagram_activity/comments/post_comments_1.json",
                    "logged_information/link_history/link_history.json",
                ],
                "[]",
            ),
            [f"your_instagram_activity/media/{name}.json" for name in ("posts_1", "posts_2", "reels")],
        ),
        (
            {
                **dict.fromkeys(["tweet.js", "src/tweets.js"], "export const a = 1"),
                **dict.fromkeys(["actor.json", "files/a.json", "README.txt", "a.b.c/d.json", "likes.json"], "{}"),
            },
            ["README.txt", "actor.json", "likes.json", "a.b.c/d.json", "files/a.json"],
        ),
    ],
    ids=["x", "mastodon", "bluesky", "facebook", "old facebook", "instagram", "none"],
)
def test_a_folder_gives_the_posts_of_an_archive_and_nothing_else_of_it(
    files: dict[str, str], expected: list[str]
) -> None:
    put(Path(), files)
    assert found(".") == expected
    assert sorted(found("**")) == sorted(expected)


def test_part_of_an_archive_may_be_given() -> None:
    names = [f"your_facebook_activity/{name}.json" for name in ("posts/your_posts_1", "comments/comments")]
    put(Path(), dict.fromkeys(names, "[]"))
    assert (found("your_facebook_activity"), found("your_facebook_activity/comments")) == ([names[0]], [])


def test_what_is_named_is_read_whatever_lies_beside_it() -> None:
    put(Path(), dict.fromkeys(["outbox.json", "likes.json", "account.js"], "{}"))
    assert found("likes.json", "account.js") == ["likes.json", "account.js"]


def test_drafts_beside_an_archive_stay_drafts() -> None:
    assert strangers("/team", ["outbox.json", "tweets.js", "posts_1.json", "draft.json", "drafts", "a.md"]) == set()
