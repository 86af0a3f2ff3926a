from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from readtheroom.api.given import post
from readtheroom.errors import DraftError, UsageError
from readtheroom.model import Post
from readtheroom.protocols import ReadOptions
from readtheroom.spans import Place

OPTIONS = ReadOptions()


def fields(made: Post) -> list[tuple[str, str]]:
    return [(field.name, field.text) for field in made.fields]


def test_a_text_alone() -> None:
    made = post("Doors open\nat nine.", OPTIONS)
    assert (made.id, made.path, made.line) == ("post", "", 1)
    assert fields(made) == [("text", "Doors open\nat nine.")]
    assert made.fields[0].origin.place(11) == Place(2, 1)


def test_a_mapping_has_the_keys_of_a_draft_file() -> None:
    made = post(
        {
            "id": 7,
            "text": "Doors open at nine.",
            "title": "Doors",
            "media": [{"file": "door.jpg", "alt": "A door"}],
            "platforms": ("X", "mastodon"),
            "audience": "us",
            "thread": ("one", {"text": "two", "poll": ("yes", "no")}),
            "scheduled_at": datetime(2026, 3, 1, 9, tzinfo=UTC),
            "allow": [{"rule": "rival", "reason": "They agreed", "until": date(2026, 12, 31)}],
        },
        OPTIONS,
    )
    assert (made.id, made.platforms, made.audience) == ("7", ("x", "mastodon"), ("US",))
    assert made.scheduled_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert made.allow[0].until == datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert fields(made) == [
        ("text", "Doors open at nine."),
        ("title", "Doors"),
        ("media[0].alt", "A door"),
        ("thread[0]", "one"),
        ("thread[1]", "two"),
        ("thread[1].poll[0]", "yes"),
        ("thread[1].poll[1]", "no"),
    ]
    assert all(field.origin.place(1) == Place(1, 2) for field in made.fields)


def test_a_time_without_an_offset_is_local_by_config() -> None:
    naive = datetime(2026, 7, 1, 9)
    made = post({"text": "x", "scheduled_at": naive}, ReadOptions(timezone="Europe/Athens"))
    assert made.scheduled_at == datetime(2026, 7, 1, 6, tzinfo=UTC)


def test_a_post_is_taken_as_it_is() -> None:
    made = post("x", OPTIONS)
    assert post(made, OPTIONS) is made


def test_every_fault_of_a_mapping_is_told_in_a_line_without_a_place() -> None:
    with pytest.raises(DraftError) as caught:
        post({"txt": "x", "scheduled_at": "soon", "media": "a.jpg"}, OPTIONS, "post 3")
    assert str(caught.value).splitlines() == [
        "post 3: unknown key 'txt' – did you mean 'text'?",
        "post 3: media must be a list, not text",
        "post 3: 'soon' is no date and time: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00",
    ]


@pytest.mark.parametrize("value", [b"x", {1}, object()])
def test_what_no_file_can_hold_is_a_fault(value: object) -> None:
    with pytest.raises(DraftError, match=r"^post: .*text"):
        post({"text": value}, OPTIONS)  # type: ignore[dict-item]  # what is refused


@pytest.mark.parametrize(("value", "kind"), [(7, "int"), (None, "NoneType"), (["x"], "list"), (b"x", "bytes")])
def test_what_is_no_draft_at_all(value: object, kind: str) -> None:
    with pytest.raises(UsageError) as caught:
        post(value, OPTIONS)  # type: ignore[arg-type]  # what is refused
    assert str(caught.value) == f"a draft is a text, a mapping or a Post, not {kind}"


class Guests:
    """Knows nobody but Ada."""

    def stranger(self, named: str, platforms: Sequence[str]) -> str | None:
        return None if named == "ada" else f"{named} is unknown on {', '.join(platforms)}"


def test_accounts_that_nobody_knows() -> None:
    knows = ReadOptions(accounts=Guests())
    draft = {"id": "7", "text": "x", "account": "bob", "platforms": ["x"]}
    for given in (draft, post(draft, OPTIONS)):
        with pytest.raises(DraftError) as caught:
            post(given, knows, "post 7")
        assert [fault.message for fault in caught.value.faults] == ["bob is unknown on x"]
    assert post({**draft, "account": "ada"}, knows).account == "ada"
