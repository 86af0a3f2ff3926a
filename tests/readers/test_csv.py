from __future__ import annotations

import csv as stdlib_csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.errors import DraftError, UsageError
from readtheroom.model import Allow, Field, Post
from readtheroom.protocols import ReadOptions
from readtheroom.readers import csv
from readtheroom.spans import Place

Read = Callable[..., list[Post]]
Faults = Callable[..., list[str]]
Texts = Callable[[Post], list[tuple[str, str, Place]]]
LETTERS = st.text(st.sampled_from("ab é😀\",;|'\n\t\u2028"), max_size=12).map(lambda text: f"x{text}y")
NOON = datetime(2027, 3, 4, 12, tzinfo=UTC)


def test_keys_of_drafts_as_columns(read: Read, texts: Texts) -> None:
    source = (
        'ID,Text,Platforms,Audience,scheduled_at,media[0].file,media[0].alt,media[1].alt,poll,thread,"Notes, mine"\r\n'
        'a,"Pots,\r\n""new"" ones","X, ig","us, fr",2027-03-04 12:00,p.png,A pot,A lid,Red||Blue,Second|| Third ,-\r\n'
        ",,,,,,,,,,\r\n"
        "\r\n"
        "b,Pans\r\n"
    )
    first, second = read(csv, source, "q.csv")
    assert texts(first) == [
        ("text", 'Pots,\n"new" ones', Place(2, 4)),
        ("media[0].alt", "A pot", Place(3, 55)),
        ("media[1].alt", "A lid", Place(3, 61)),
        ("poll[0]", "Red", Place(3, 67)),
        ("poll[1]", "Blue", Place(3, 72)),
        ("thread[0]", "Second", Place(3, 77)),
        ("thread[1]", "Third", Place(3, 86)),
    ]
    body = first.fields[0].origin
    assert [body.place(at) for at in (4, 5, 6, 7, 10, 11)] == [
        Place(2, 8),
        Place(2, 9),
        Place(3, 1),
        Place(3, 3),
        Place(3, 6),
        Place(3, 8),
    ]
    assert (first.id, first.line, first.platforms, first.audience, first.scheduled_at, first.media) == (
        "a",
        2,
        ("x", "instagram"),
        ("US", "FR"),
        NOON,
        ("p.png", ""),
    )
    assert first.keys["scheduled_at"].place(0) == Place(3, 32)
    assert first.keys["platforms"].place(0) == Place(3, 16)
    assert (second.id, second.line, texts(second)) == ("b", 6, [("text", "Pans", Place(6, 3))])


@pytest.mark.parametrize(
    ("path", "source"), [("a.csv", "text;lang\nHi, you;en\n"), ("a.tsv", "text\tlang\nHi, you\ten\n")]
)
def test_other_separators(read: Read, path: str, source: str) -> None:
    (post,) = read(csv, source, path)
    assert (post.fields[0].text, post.lang) == ("Hi, you", "en")


PRESETS = {
    "buffer": 'Text,Image URL,Tags,Posting Time\n"Pots",p.png,t,2027-03-04 12:00\n',
    "publer": (
        "Date - Intl. format or prompt,Text,Link(s) - Separated by comma for FB carousels,"
        "Media URL(s) - Separated by comma,Title - For the video,Alt text(s) - Separated by ||,"
        "Comment(s) - Separated by ||\n2027-03-04 12:00,Pots,,p.png,,A pot,\n"
    ),
    "metricool": (
        "Text,Date,Time,Draft,Facebook,Twitter/X,GBP,Picture Url 1,Alt text picture 1\n"
        "Pots,2027-03-04,12:00:00,false,true,TRUE,false,p.png,A pot\n"
    ),
    "sprout": "date,time_24hr,message_text\n03/04/2027,12:00,Pots\n",
    "highlevel": (
        "postAtSpecificTime (YYYY-MM-DD HH:mm:ss),content,link (OGmetaUrl),imageUrls,gifUrl,videoUrls\n"
        "2027-03-04 12:00:00,Pots,,p.png,,\n"
    ),
    "socialbee": "text,link,imageUrls,gifUrls,videoUrls,postAtSpecificTime\nPots,,,,p.png,2027-03-04 12:00\n",
    "hootsuite": "3/4/2027 12:00 PM,Pots,https://shop.example\n",
}


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("forced", [False, True])
def test_exports_of_publishing_tools(read: Read, preset: str, forced: bool) -> None:
    (post,) = read(csv, PRESETS[preset], preset=preset if forced else None)
    assert [(field.name, field.text) for field in post.fields if field.name == "text"] == [("text", "Pots")]
    assert [field.text for field in post.fields if field.name == "media[0].alt"] == (
        ["A pot"] if preset in {"publer", "metricool"} else []
    )
    assert (post.scheduled_at, post.media) == (NOON, () if preset in {"sprout", "hootsuite"} else ("p.png",))
    assert post.platforms == (("facebook", "x") if preset == "metricool" else ())
    assert post.fields[0].origin.place(0).line == (1 if preset == "hootsuite" else 2)


def test_without_a_header_any_row_may_have_a_link(read: Read) -> None:
    posts = read(csv, "2027-03-04 12:00,Pots\n2027-03-04 12:00,Pans,https://shop.example\n")
    assert [post.fields[0].text for post in posts] == ["Pots", "Pans"]


def test_what_metricool_and_publer_publish_besides(read: Read, texts: Texts) -> None:
    metricool = (
        "Text,Date,Time,Draft,Picture Url 2,Youtube Video Title,First Comment Text,Twitter/X Poll Option 2,"
        "LinkedIn Poll Option 1\nPots,,,,q.png,A film,Hi,Blue,Green\n"
    )
    (post,) = read(csv, metricool)
    assert texts(post) == [
        ("text", "Pots", Place(2, 1)),
        ("title[2]", "A film", Place(2, 15)),
        ("first_comment", "Hi", Place(2, 22)),
        ("poll[1]", "Blue", Place(2, 25)),
        ("poll[4]", "Green", Place(2, 30)),
    ]
    assert (post.media, post.scheduled_at) == (("q.png",), None)
    publer = 'Date,Text,Media URL(s),Alt text(s),Comment(s)\n,Pots,"a.png, b.png",||Lid,One || Two\n'
    (post,) = read(csv, publer)
    assert texts(post) == [
        ("text", "Pots", Place(2, 2)),
        ("first_comment", "One", Place(2, 28)),
        ("first_comment[1]", "Two", Place(2, 35)),
        ("media[1].alt", "Lid", Place(2, 24)),
    ]
    assert post.media == ("a.png", "b.png")


OWN = {
    "platforms": '"x, mastodon"',
    "account": "@pots",
    "title": "New pots",
    "first_comment": "Hello",
    "alt": "A pot||A lid",
    "poll[1]": "Blue",
    "audience": "fr",
    "lang": "en",
}


@pytest.mark.parametrize("preset", [name for name in PRESETS if name != "hootsuite"])
@pytest.mark.parametrize("forced", [False, True])
def test_an_export_may_have_columns_of_ones_own(read: Read, preset: str, forced: bool) -> None:
    head, row = PRESETS[preset].splitlines()
    own = {key: value for key, value in OWN.items() if not (key == "alt" and "lt text" in head)}
    source = f"{head},{','.join(own)}\n{row},{','.join(own.values())}\n"
    (post,) = read(csv, source, preset=preset if forced else None)
    fields = {field.name: (field.text, field.origin.place(0).line) for field in post.fields}
    alts = {"media[0].alt": ("A pot", 2)} | ({"media[1].alt": ("A lid", 2)} if "alt" in own else {})
    expected = {"title": "New pots", "first_comment": "Hello", "poll[1]": "Blue"}
    assert fields == {"text": ("Pots", 2), **{key: (text, 2) for key, text in expected.items()}, **alts}
    assert (post.account, post.audience, post.lang, post.scheduled_at) == ("@pots", ("FR",), "en", NOON)
    assert post.platforms == (("facebook", "x", "mastodon") if preset == "metricool" else ("x", "mastodon"))


def test_what_an_export_has_several_of_joins_ones_own(read: Read, texts: Texts) -> None:
    source = "title,platforms,Text,Date,Time,Draft,Bluesky,Document title,First Comment Text,first_comment\n"
    (post,) = read(csv, source + "Mine,x,Pots,,,,true,Theirs,One,Two\n")
    assert texts(post) == [
        ("text", "Pots", Place(2, 8)),
        ("title", "Theirs", Place(2, 21)),
        ("title[1]", "Mine", Place(2, 1)),
        ("first_comment", "One", Place(2, 28)),
        ("first_comment[1]", "Two", Place(2, 32)),
    ]
    assert post.platforms == ("bluesky", "x")


def test_two_columns_for_one_thing_need_not_agree_as_long_as_one_is_blank(read: Read, faults: Faults) -> None:
    head = "message_text,date,time_24hr,text,scheduled_at,media[0].alt,alt\n"
    first, second = read(csv, head + "Pots,03/04/2027,12:00,,,A pot,\n,,,Pans,2027-03-04 12:00,,A pan\n")
    assert [(field.name, field.text) for field in (*first.fields, *second.fields)] == [
        ("text", "Pots"),
        ("media[0].alt", "A pot"),
        ("text", "Pans"),
        ("media[0].alt", "A pan"),
    ]
    assert first.scheduled_at == second.scheduled_at == NOON
    assert faults(csv, head + 'Pots,03/04/2027,12:00,"Pans",2027-03-04 12:00,A pot,A pan\n') == [
        "draft:2:24: another column of this row holds `text` too: keep one of them",
        "draft:2:30: another column of this row holds `scheduled_at` too: keep one of them",
        "draft:2:53: another column of this row holds `media[0].alt` too: keep one of them",
    ]


def test_a_column_of_a_list_that_is_not_understood_is_told(faults: Faults) -> None:
    known = (
        "media[0], media[0].file, media[0].alt, poll[0], thread[0], "
        "thread[0].text, title[0], first_comment[0], allow[0].rule, allow[0].reason, allow[0].by, allow[0].until, "
        "allow[0].covers"
    )
    for name in ("thread[0].media[0].alt", "Poll[one]", "media[0].text"):
        assert faults(csv, f"text,{name}\nPots,a\n") == [
            f"draft:1: unknown column {name!r}; of lists there are {known}"
        ]


def test_a_cell_of_allows(read: Read) -> None:
    source = (
        'id,allow,text\r\na,"[{rule: joking, reason: it\'s\r\n our ""style""},\r\n {""rule"": ""tone"", by: Ada, '
        'until: 2027-12-31}]",Pots\r\nb,,Pans\r\nc,[],Lids\r\n'
    )
    first, second, third = read(csv, source, "q.csv")
    assert first.allow == (
        Allow("joking", 'it\'s our "style"', "", None, Place(2, 5)),
        Allow("tone", "", "Ada", datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC), Place(4, 2)),
    )
    assert first.keys["allow"].place(0) == Place(2, 4)
    assert first.fields[0].origin.place(0) == Place(4, 53)
    assert (second.allow, third.allow) == ((), ())


def test_allows_in_columns_join_those_of_a_cell(read: Read) -> None:
    head = "text;allow[0].rule;Allow[0].Reason;allow[3].rule;allow[3].by;allow\n"
    first, second = read(csv, head + "Pots;joking;Ours;tone;Ada;[{rule: cta}]\nPans;;;tone;;\n")
    assert first.allow == (
        Allow("cta", "", "", None, Place(2, 28)),
        Allow("joking", "Ours", "", None, Place(2, 6)),
        Allow("tone", "", "Ada", None, Place(2, 18)),
    )
    assert second.allow == (Allow("tone", "", "", None, Place(3, 8)),)


def test_a_column_of_the_config_may_hold_allows(read: Read) -> None:
    columns = {"text": "Tweet", "allow": "Accepted", "allow[0].rule": "Rule", "allow[0].reason": "Why"}
    (post,) = read(csv, "Tweet,Accepted,Rule,Why\nPots,[{rule: cta}],tone,Ours\n", columns=columns)
    assert [(allow.rule, allow.reason) for allow in post.allow] == [("cta", ""), ("tone", "Ours")]


ALLOWED = "allow must be a list like [{rule: ID, reason: WHY}]"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            '"[{rule: a\n  reason: b}]"',
            [f"draft:3:9: {ALLOWED}: not valid YAML: while parsing a flow mapping, did not find expected ',' or '}}'"],
        ),
        ("joking", [f"draft:2:6: {ALLOWED}, not text"]),
        ('" {rule: a, reason: b}"', [f"draft:2:8: {ALLOWED}, not a mapping"]),
        ("[joking]", ["draft:2:7: allow[0] must be a mapping with `rule` and `reason`, not text"]),
        ('"[{reason: b},\n{rule: [a]}, {rule: a, rul: 3}]"', [
            "draft:2:8: allow[0] names no `rule`",
            "draft:3:2: allow[1].rule must be text, not a list",
            "draft:3:1: allow[1] names no `rule`",
            "draft:3:29: unknown key 'rul' – did you mean 'rule'?",
        ]),
        ('"[{rule: a, until: soon}]"', [
            "draft:2:25: 'soon' is no date and time: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00"
        ]),
        ('"[{by: !tool a}]"', [
            f"draft:2:13: {ALLOWED}: tag !tool is not supported: write a plain value"
        ]),
        ('"[&a [x, x, x, x, x, x, x, x, x], &b [*a, *a, *a, *a, *a, *a], &c [*b, *b, *b, *b, *b], [*c, *c, *c, *c]]"', [
            f"draft:2:21: {ALLOWED}: too large once its aliases are expanded"
        ]),
        ("[" * 300 + "]" * 300, [f"draft:2:47: {ALLOWED}: nested deeper than 40"]),
        ("[" * 3000 + "]" * 3000, [f"draft:2: {ALLOWED}: nested deeper than 40"]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_cell_of_allows_is_told_where_it_is(faults: Faults, cell: str, expected: list[str]) -> None:
    assert faults(csv, f"text,allow\nPots,{cell}\n") == expected


def test_no_fault_of_a_row_hides_another(faults: Faults) -> None:
    source = "text,lang,allow,allow[0].reason,alt,alt[0],media[0].alt\nPots,english,joking,Ours,A,B,C\n"
    assert faults(csv, source.replace("alt[0],", "title,")) == [
        "draft:2:30: another column of this row holds `media[0].alt` too: keep one of them",
        f"draft:2:14: {ALLOWED}, not text",
        "draft:2:6: 'english' is no language code: write en, fr, pt-BR …",
        "draft:2:21: allow[0] names no `rule`",
    ]


def test_a_misspelt_column_beside_an_export_is_told(faults: Faults) -> None:
    assert faults(csv, "Text,Posting Time,platfroms\nPots,,x\n") == [
        "draft:1: unknown column 'platfroms' – did you mean 'platforms'?"
    ]


LINKED = {
    "hootsuite": "3/4/2027 12:00 PM,Pots, https://shop.example/pots \n3/4/2027 12:00 PM,Pans,\n",
    "publer": "Date,Text,Link(s) - Separated by comma,Media URL(s)\n,Pots,https://shop.example/pots,\n,Pans,,\n",
    "highlevel": "postAtSpecificTime,content,link (OGmetaUrl)\n,Pots,https://shop.example/pots\n,Pans,\n",
    "socialbee": "text,link,postAtSpecificTime\nPots,https://shop.example/pots,\nPans,,\n",
}


@pytest.mark.parametrize("preset", LINKED)
def test_the_link_that_an_export_adds_is_published(
    read: Read, strays: Callable[[Field, str], list[tuple[int, str, str]]], preset: str
) -> None:
    first, second = read(csv, LINKED[preset])
    assert [(field.name, field.text) for field in first.fields] == [
        ("text", "Pots"),
        ("link", "https://shop.example/pots"),
    ]
    assert [stray for field in first.fields for stray in strays(field, LINKED[preset])] == []
    assert [field.text for field in second.fields] == ["Pans"]


def test_links_of_a_carousel(read: Read, texts: Texts) -> None:
    source = 'Date,Text,Link(s),Media URL(s)\n,,"https://shop.example/a,b , http://shop.example/{{id}}",\n'
    (post,) = read(csv, source)
    assert texts(post) == [
        ("link", "https://shop.example/a,b", Place(2, 4)),
        ("link[1]", "http://shop.example/{{id}}", Place(2, 31)),
    ]


def test_a_link_of_ones_own_is_read_if_the_config_says_so(read: Read, texts: Texts) -> None:
    source = "text,link\nPots,https://shop.example\n"
    (post,) = read(csv, source)
    assert texts(post) == [("text", "Pots", Place(2, 1))]
    (post,) = read(csv, source, columns={"link": "Link"})
    assert texts(post) == [("text", "Pots", Place(2, 1)), ("link", "https://shop.example", Place(2, 6))]


def test_columns_of_the_config(read: Read, texts: Texts) -> None:
    source = 'Day,Hour,Tweet 1,Tweet 2,Where,lang\n04.03.2027,12:00,Pots,Pans,"x,fb",de\n'
    columns = {"text": ["tweet 1", "Tweet 2"], "scheduled_at": ["Day", "Hour"], "platforms": "Where"}
    (post,) = read(csv, source, columns=columns, day_first=True)
    assert texts(post) == [("text", "Pots", Place(2, 18)), ("thread[0]", "Pans", Place(2, 23))]
    assert (post.scheduled_at, post.platforms, post.lang) == (NOON, ("x", "facebook"), "de")


@pytest.mark.parametrize(
    ("written", "day_first", "expected"),
    [
        ("3/4/2027 0:05", False, datetime(2027, 3, 4, 0, 5, tzinfo=UTC)),
        ("03/04/2027 12:30 am", True, datetime(2027, 4, 3, 0, 30, tzinfo=UTC)),
        ("2027-03-04T12:00+02:00", True, datetime(2027, 3, 4, 10, tzinfo=UTC)),
    ],
)
def test_dates_of_spreadsheets(read: Read, written: str, day_first: bool, expected: datetime) -> None:
    (post,) = read(csv, f"text,scheduled_at\nPots,{written}\n", day_first=day_first)
    assert post.scheduled_at == expected


ACCEPTED = "write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00"


DAY_FIRST = "there is no month 25: where the day comes first, say so in the config with `drafts: {day_first: true}`"
WORDS = f"is a time in words, which can be read in more ways than one: {ACCEPTED}"


@pytest.mark.parametrize(
    ("written", "day_first", "expected"),
    [
        ("25/12/2026 09:30", False, f": {DAY_FIRST}"),
        ("25.12.2026 9:30 PM", False, f": {DAY_FIRST}"),
        ("25-12-2026", False, f": {DAY_FIRST}"),
        (
            "12/25/2026 09:30",
            True,
            ": there is no month 25: where the month comes first, take `day_first` out of `drafts` in the config",
        ),
        ("25/13/2026 09:30", False, f" is no date and time: {ACCEPTED}"),
        ("next Monday at 9am", False, f" {WORDS}"),
    ],
)
def test_a_date_that_cannot_be_is_told_with_the_way_out(
    faults: Faults, written: str, day_first: bool, expected: str
) -> None:
    said = [f"draft:2:6: '{written}'{expected}"]
    assert faults(csv, f"text,scheduled_at\nPots,{written}\n", day_first=day_first) == said


def test_the_way_out_is_told_for_exports_too(faults: Faults) -> None:
    hootsuite = "25/12/2026 09:30,Pots,\n12/25/2026 09:30,Pans,\n"
    assert faults(csv, hootsuite) == [f"draft:1:1: '25/12/2026 09:30': {DAY_FIRST}"]
    publer = "Date - Intl. format or prompt,Text,Media URL(s)\n,Lids,\nnext Monday at 9am,Pots,\n"
    assert faults(csv, publer, day_first=True) == [f"draft:3:1: 'next Monday at 9am' {WORDS}"]


@pytest.mark.parametrize(
    ("source", "options", "expected"),
    [
        (
            "Texts,When\nPots,x\n",
            {},
            ["draft:1: unknown column 'Texts' – did you mean 'text'?"],
        ),
        (
            "Body,When\nPots,x\n",
            {},
            [
                (
                    "draft:1: no column is called text, nor does `columns` in the config name one; "
                    "the columns are Body, When"
                )
            ],
        ),
        ("text,TEXT\nPots,x\n", {}, ["draft:1: column 'TEXT' is there twice"]),
        (
            "Caption,When\nPots,x\n",
            {"columns": {"text": "Captoin"}},
            [
                (
                    "draft:1: no column 'Captoin', which `columns` names for text; "
                    "the columns are Caption, When – did you mean 'Caption'?"
                )
            ],
        ),
        (
            "Tweet,When\nPots,x\n",
            {"preset": "sprout"},
            ["draft:1: no column of sprout holds the text; the columns are Tweet, When – did you mean 'Tweet'?"],
        ),
        (
            "text,scheduled_at\nPots,13/13/2027 10:00\nPans, and,2027-03-04 10:00\n,2027-03-04 10:00\n",
            {},
            [
                (
                    "draft:2:6: '13/13/2027 10:00' is no date and time: "
                    "write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00"
                ),
                "draft:3: 3 cells where the first row has 2: a text with ',' needs quotes",
                "draft:4:1: there is nothing to publish: a draft needs `text`, or another text that readers will see",
            ],
        ),
        (
            'text\n"a"b\n',
            {},
            ["draft:2: not valid CSV: text after a closing quote; a quote within a cell is written twice"],
        ),
        ('text\nPots\n"a\n\n', {}, ["draft:3: not valid CSV: a quote is never closed"]),
        (
            "text\n" + "a" * 200_000,
            {},
            ["draft:2: not valid CSV: a cell of more than 131,072 characters; is a quote never closed?"],
        ),
    ],
)
def test_faults_are_told_at_their_place(
    faults: Faults, source: str, options: dict[str, object], expected: list[str]
) -> None:
    assert faults(csv, source, **options) == expected


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"preset": "bufer"}, "no CSV preset is called 'bufer' – did you mean 'buffer'?"),
        ({"columns": {"texts": "a"}}, "columns: 'texts' is no key of a draft – did you mean 'text'?"),
    ],
)
def test_options_that_cannot_be_are_named(read: Read, options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(csv, "text\nPots\n", **options)
    assert str(caught.value) == message


def test_a_record_without_end_is_not_held() -> None:
    class Endless:
        path = "e.csv"
        beside: Sequence[str] = ()

        def text(self) -> str:
            raise AssertionError("a stream is not read whole")

        def blocks(self) -> Iterator[str]:
            return self.lines()

        def lines(self) -> Iterator[str]:
            yield "text\n"
            yield '"\n'
            while True:
                yield 'x","' * 10_000 + "\n"

    with pytest.raises(DraftError, match=r"^e.csv:\d+: a record that does not end: is a quote never closed\?"):
        list(csv.read(Endless(), ReadOptions()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    LETTERS, LETTERS, st.sampled_from(["\n", "\r\n"]), st.sampled_from([stdlib_csv.QUOTE_ALL, stdlib_csv.QUOTE_MINIMAL])
)
def test_every_character_is_where_it_is_said_to_be(
    read: Read,
    strays: Callable[[Field, str], list[tuple[int, str, str]]],
    one: str,
    two: str,
    end: str,
    quoting: int,
) -> None:
    stream = io.StringIO(newline="")
    writer = stdlib_csv.writer(stream, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]  # one of its constants
    writer.writerows([["title", "id", "text"], [one.replace("\n", end), '"', two], ["", "", one]])
    posts = read(csv, stream.getvalue())
    assert [field.text for post in posts for field in post.fields] == [two, one, one]
    assert [stray for post in posts for field in post.fields for stray in strays(field, stream.getvalue())] == []


def test_samples(sample: Callable[[ModuleType, str], list[Post]], texts: Texts) -> None:
    aurora = "Our Aurora dress is back in stock today #Aurora"
    weekend = "Good morning! What is everyone up to this weekend?"
    shop = "https://shop.example/aurora"
    link = f"{aurora} {shop}"
    expected = {
        "buffer.csv": [[("text", link, Place(2, 2))], [("text", weekend, Place(3, 2))]],
        "hootsuite.csv": [
            [("text", aurora, Place(1, 19)), ("link", shop, Place(1, 68))],
            [("text", weekend, Place(2, 19))],
        ],
        "sprout.csv": [[("text", link, Place(2, 19))], [("text", weekend, Place(3, 19))]],
        "socialbee.csv": [[("text", aurora, Place(2, 2)), ("link", shop, Place(2, 51))]],
        "metricool.csv": [[("text", aurora, Place(2, 1)), ("media[0].alt", "White dress on a hanger", Place(2, 143))]],
        "publer.csv": [
            [
                ("text", aurora, Place(2, 19)),
                ("first_comment", "First comment", Place(2, 203)),
                ("first_comment[1]", "Second comment", Place(2, 218)),
                ("media[0].alt", "White dress on a hanger", Place(2, 160)),
                ("media[1].alt", "Back of the dress", Place(2, 185)),
                ("link", shop, Place(2, 68)),
            ]
        ],
    }
    posts = {name: sample(csv, name) for name in expected}
    assert {name: [texts(post) for post in found] for name, found in posts.items()} == expected
    assert {found[0].scheduled_at for found in posts.values()} == {datetime(2026, 12, 1, 9, 30, tzinfo=UTC)}
    assert posts["metricool.csv"][0].platforms == ("facebook", "x", "instagram")
