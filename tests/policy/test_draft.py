from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.errors import DraftError, Fault
from readtheroom.model import Json, Post
from readtheroom.policy.draft import KEYS, build, build_each
from readtheroom.policy.draft_schema import DRAFT_KEYS
from readtheroom.policy.draft_values import MAX_FAULTS, MAX_FIELD
from readtheroom.policy.origins import Here
from readtheroom.protocols import ReadOptions
from readtheroom.spans import FileText

HERE = Here(FileText("draft"))


def post_of(data: dict[str, Json], **options: object) -> Post:
    read = ReadOptions(**options)  # type: ignore[arg-type]  # of any type, by name
    return build(data, HERE, path="d.yaml", line=3, id_default="d.yaml#1", options=read)


def faults_of(data: dict[str, Json], **options: object) -> list[str]:
    with pytest.raises(DraftError) as caught:
        post_of(data, **options)
    return [fault.message for fault in caught.value.faults]


def test_the_keys_are_those_of_the_schema() -> None:
    assert set(DRAFT_KEYS) == KEYS


def test_every_published_text_is_a_field_in_reading_order() -> None:
    part: dict[str, Json] = {"text": "Second", "media": [{"alt": "B"}], "poll": ["x", "y"]}
    post = post_of(
        {
            "thread": [part, "Third"],
            "poll": ["Sky", "Sand"],
            "media": ["a.jpg", {"file": "b.jpg", "alt": "A dress"}, {"alt": "C"}],
            "first_comment": "Link below",
            "title": "Drop",
            "text": "First",
        }
    )
    assert [(field.name, field.text) for field in post.fields] == [
        ("text", "First"),
        ("title", "Drop"),
        ("first_comment", "Link below"),
        ("media[1].alt", "A dress"),
        ("media[2].alt", "C"),
        ("poll[0]", "Sky"),
        ("poll[1]", "Sand"),
        ("thread[0]", "Second"),
        ("thread[0].media[0].alt", "B"),
        ("thread[0].poll[0]", "x"),
        ("thread[0].poll[1]", "y"),
        ("thread[1]", "Third"),
    ]
    assert post.media == ("a.jpg", "b.jpg", "")


def test_the_other_keys_are_tidied() -> None:
    post = post_of(
        {
            "id": 12,
            "text": "Hello",
            "platforms": ["Twitter/X", "IG", "x", "newsletter"],
            "account": " @shop ",
            "author": "",
            "audience": "us",
            "lang": "pt-BR",
            "scheduled_at": "2026-07-20T15:00:00+02:00",
            "approved_by": ["Ann", " "],
            "x-ticket": 7,
        }
    )
    assert post._replace(fields=(), keys={}) == Post(
        "12",
        "d.yaml",
        3,
        (),
        ("x", "instagram", "newsletter"),
        "@shop",
        None,
        ("US",),
        "pt",
        datetime(2026, 7, 20, 15, tzinfo=timezone(timedelta(hours=2))),
        (),
        ("Ann",),
    )
    assert list(post.keys) == [
        "id", "platforms", "account", "author", "audience", "lang", "scheduled_at", "approved_by",
    ]  # fmt: skip


def test_a_draft_without_id_and_platforms_takes_the_defaults() -> None:
    post = post_of({"text": "Hello", "id": None, "title": "  "}, platforms=("mastodon",))
    assert (post.id, post.platforms, [field.name for field in post.fields]) == ("d.yaml#1", ("mastodon",), ["text"])
    assert dict(post.keys) == {}


def test_all_faults_of_a_draft_are_told_together() -> None:
    assert faults_of(
        {
            "txet": "Hello",
            "text": ["a"],
            "platforms": ["instgram"],
            "audience": [1],
            "lang": "english",
            "scheduled_at": "tomorrow",
            "media": [{"fiel": "a"}, 3],
            "thread": [{"txt": "a"}],
            "poll": "a",
            "allow": [{"reason": "b", "until": "soon"}, "c"],
        }
    ) == [
        "unknown key 'txet' – did you mean 'text'?",
        "text must be text, not a list",
        "unknown key 'fiel' – did you mean 'file'?",
        "media[1] must be a file, or a mapping with `file` and `alt`",
        "poll must be a list, not text",
        "unknown key 'txt' – did you mean 'text'?",
        "no platform is called 'instgram' – did you mean 'instagram'?",
        "audience[0] must be text, not a number",
        "'english' is no language code: write en, fr, pt-BR …",
        "'tomorrow' is no date and time: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00",
        "allow[0] names no `rule`",
        "'soon' is no date and time: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00",
        "allow[1] must be a mapping with `rule` and `reason`, not text",
    ]


@pytest.mark.parametrize("data", [{}, {"text": ""}, {"text": " \n"}, {"media": ["a.jpg"]}, {"poll": []}])
def test_a_draft_that_publishes_nothing_is_a_fault(data: dict[str, Json]) -> None:
    assert faults_of(data) == [
        "there is nothing to publish: a draft needs `text`, or another text that readers will see"
    ]


def test_texts_that_cannot_be_are_faults() -> None:
    assert faults_of({"text": "a" * (MAX_FIELD + 1)}) == ["text holds 1,048,577 characters, more than 1,048,576"]
    assert faults_of({"text": "a\ud83d"}) == ["text holds half of a surrogate pair (\\ud800 to \\udfff), no character"]
    assert len(post_of({"text": "a" * MAX_FIELD}).fields[0].text) == MAX_FIELD
    half: Json = "\ud800"
    assert len(faults_of({"text": "a", "id": half, "media": [half, {"file": half}], "platforms": half})) == 4


def test_allows_hold_to_the_end_of_their_day() -> None:
    entry: Json = {"rule": "a/b", "reason": "agreed", "by": "Ann", "until": "2026-12-31"}
    first, second = post_of({"text": "a", "allow": [entry, {"rule": "c"}]}, timezone="Europe/Paris").allow
    assert (first.rule, first.reason, first.by) == ("a/b", "agreed", "Ann")
    assert first.until is not None
    assert first.until.astimezone(UTC) == datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)
    assert (second.rule, second.reason, second.by, second.until) == ("c", "", "", None)


VALUES = st.recursive(
    st.sampled_from(["", " ", "a", "x", "en", "2026-12-31", "2026-12-31 10:00", "\ud800", None, True, 7, 1e300]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["alt", "file", "text", "poll", "rule", "until"]), inner),
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*sorted(KEYS), "x-mine", "odd"]), VALUES))
def test_any_data_is_a_post_or_faults(data: dict[str, Json]) -> None:
    faults: tuple[Fault, ...] = ()
    try:
        post = post_of(data)
    except DraftError as error:
        faults = error.faults
    else:
        assert post.fields
        assert all(type(field.text) is str and field.text.strip() for field in post.fields)
        assert len({field.name for field in post.fields}) == len(post.fields)
        assert all(type(word) is str and word for word in (post.id, *post.platforms, *post.audience, *post.approved_by))
        "".join([field.text for field in post.fields] + [post.id, *post.media]).encode()
    assert len({fault.message for fault in faults}) <= MAX_FAULTS
    assert all(fault.message.isprintable() for fault in faults)


def test_after_a_faulty_record_the_rest_is_only_checked() -> None:
    made: list[str] = []

    def make(name: str) -> Post:
        made.append(name)
        return post_of({"text": name})

    posts = build_each(iter(["a", "b", "", "c", " "]), make)
    got = [next(posts).fields[0].text, next(posts).fields[0].text]
    with pytest.raises(DraftError) as caught:
        next(posts)
    assert (got, made, len(caught.value.faults)) == (["a", "b"], ["a", "b", "", "c", " "], 2)


def test_a_hostile_draft_is_told_in_bounded_time() -> None:
    keys: dict[str, Json] = {f"texf{n}": 1 for n in range(200_000)}
    assert len(faults_of({**keys, "text": "a"})) == MAX_FAULTS
    assert faults_of({"text": "a", "platforms": ["instgram"] * 200_000}) == [
        "platforms holds 200,000 entries, more than 100"
    ]
    assert len(faults_of({"text": "a", "allow": [{"rul": "b"}] * 200_000})) == MAX_FAULTS


def test_faults_are_bounded() -> None:
    with pytest.raises(DraftError) as caught:
        list(build_each(iter(lambda: "", None), lambda _: post_of({})))
    assert len(caught.value.faults) == MAX_FAULTS


def test_a_stream_that_breaks_off_keeps_the_faults_before() -> None:
    def broken() -> object:
        yield {"text": ""}
        raise DraftError([])

    with pytest.raises(DraftError) as caught:
        list(build_each(cast("list[dict[str, Json]]", broken()), post_of))
    assert len(caught.value.faults) == 1
