"""What an approval is given for: a change to anything that would be published is another post, any other is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readtheroom.model import Json
from readtheroom.policy.published import changes, digest, parts, published
from tests.kinds.check import post

DRAFT: dict[str, Json] = {
    "text": "Doors open at nine.",
    "title": "Tonight",
    "first_comment": "Bring a coat.",
    "media": [{"file": "door.png", "alt": "A door"}, "hall.png"],
    "poll": ["Yes", "No"],
    "thread": ["One", {"text": "Two", "media": [{"file": "two.png", "alt": "Two"}], "poll": ["a", "b"]}],
    "platforms": ["x", "mastodon"],
    "account": "Nordvik",
}
PUBLISHED = [
    ("text", "text"),
    ("title", "title"),
    ("first_comment", "first_comment"),
    ("account", "account"),
    ("media/0/file", "media"),
    ("media/0/alt", "media[0].alt"),
    ("media/1", "media"),
    ("poll/1", "poll[1]"),
    ("thread/0", "thread[0]"),
    ("thread/1/text", "thread[1]"),
    ("thread/1/media/0/file", "media of the thread"),
    ("thread/1/media/0/alt", "thread[1].media[0].alt"),
    ("thread/1/poll/0", "thread[1].poll[0]"),
]
OTHER: dict[str, list[Json]] = {
    "id": ["a", 7],
    "author": ["ana", "bo"],
    "audience": ["US", ["FR", "US"]],
    "lang": ["en", "fr"],
    "scheduled_at": ["2026-07-20T15:00:00Z", "2026-08-01T15:00:00Z"],
    "approved_by": ["joan", ["joan", "ben"]],
    "allow": [[{"rule": "x", "reason": "ours"}]],
    "x-note": ["Ask Ben about the coat", 3],
    "platforms": [["mastodon", "x"], ["x", "mastodon", "x"]],
}


def whole(draft: dict[str, Json]) -> dict[str, Json]:
    return published(post(draft))


def changed(value: Json, path: list[str], to: str) -> Json:
    """The value with another text at a path."""
    if not path:
        return to
    if isinstance(value, list):
        return [changed(each, path[1:], to) if n == int(path[0]) else each for n, each in enumerate(value)]
    assert isinstance(value, dict)
    return {**value, path[0]: changed(value[path[0]], path[1:], to)}


@given(st.sampled_from(PUBLISHED), st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20))
def test_a_change_to_what_is_published_is_another_post_and_says_what(where: tuple[str, str], to: str) -> None:
    other = changed(DRAFT, where[0].split("/"), to)
    assert isinstance(other, dict)
    if other == DRAFT:
        return
    before, now = whole(DRAFT), whole(other)
    assert digest(before) != digest(now)
    assert changes(parts(before), parts(now)) == (where[1],)


@given(st.sampled_from(sorted(DRAFT.keys() - {"text"})))
def test_so_is_what_is_left_out(key: str) -> None:
    assert digest(whole({k: v for k, v in DRAFT.items() if k != key})) != digest(whole(DRAFT))


@given(st.sampled_from([("thread", 0), ("thread", 1), ("poll", 0), ("media", 0), ("platforms", 0)]))
def test_and_what_is_one_less_of_several(where: tuple[str, int]) -> None:
    key, at = where
    some = DRAFT[key]
    assert isinstance(some, list)
    assert digest(whole({**DRAFT, key: some[:at] + some[at + 1 :]})) != digest(whole(DRAFT))


@given(st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in OTHER.items()}))
def test_a_change_elsewhere_is_none(more: dict[str, Json]) -> None:
    assert digest(whole({**DRAFT, **more})) == digest(whole(DRAFT))


def test_texts_do_not_run_into_each_other() -> None:
    assert digest(whole({"text": "a", "title": "b"})) != digest(whole({"text": "b", "title": "a"}))
    assert digest(whole({"poll": ["a b"]})) != digest(whole({"poll": ["a", "b"]}))


def test_the_hash_stays_what_it_is() -> None:
    """Records are kept for years: another way to hash would void them all."""
    simple: dict[str, Json] = {"text": "Doors open at nine.", "platforms": ["x"], "account": "Nordvik"}
    assert digest(whole(simple)) == "674ebef8c9c3b53019312e2c6cf7aa8128f169bf98fd9e8e669d0fc07cbf0a23"
