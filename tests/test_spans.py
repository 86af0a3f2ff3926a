from hypothesis import given
from hypothesis import strategies as st

from readtheroom.spans import FileText, MappedOrigin, Place, Run, Span, verbatim

TEXTS = st.text(st.sampled_from("ab\r\n\u2028é😀"), max_size=40)


def naive(text: str, offset: int) -> tuple[int, int]:
    """Line and column as a person counts them, one character after the other."""
    line, column = 1, 1
    for at in range(offset):
        pair = text[at : at + 2]
        if pair[0] == "\n" or (pair[0] == "\r" and pair != "\r\n"):
            line, column = line + 1, 1
        else:
            column += 1
    return line, column


@given(TEXTS, st.data())
def test_a_place_is_where_a_person_counts_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert FileText(text).place(offset) == naive(text, offset)


@given(TEXTS, st.integers(1, 1000), st.integers(1, 1000), st.data())
def test_a_part_of_a_file_counts_from_where_it_starts(
    text: str, first_line: int, first_column: int, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = naive(text, offset)
    first = (line + first_line - 1, column + (first_column - 1 if line == 1 else 0))
    assert FileText(text, first_line, first_column).place(offset) == first


def test_every_line_end_of_a_mix() -> None:
    text = "a\r\nb\rc\nd\n\re"
    assert [FileText(text).place(text.index(char)) for char in "abcde"] == [(1, 1), (2, 1), (3, 1), (4, 1), (6, 1)]


@given(TEXTS, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6), st.data())
def test_a_mapped_text_stands_where_its_runs_say(
    between: str, pieces: list[tuple[int, int]], data: st.DataObject
) -> None:
    """A field made of pieces of its file, each with something unpublished before it."""
    file = field = ""
    runs: list[Run] = []
    sources: list[int] = []
    for skipped, length in pieces:
        file += (between * 3)[:skipped] + "#"
        runs.append(Run(len(field), len(file), length))
        sources += range(len(file), len(file) + length)
        file += "x\ny\r\nz"[:length].ljust(length, "w")
        field += file[len(file) - length :]
    origin = MappedOrigin(FileText(file), runs)
    if field:
        offset = data.draw(st.integers(0, len(field) - 1))
        assert origin.place(offset) == naive(file, sources[offset])
    end = runs[-1].source + runs[-1].length if runs else 0
    assert origin.place(len(field) + data.draw(st.integers(0, 9))) == naive(file, end)


def test_what_lies_between_runs_is_at_the_end_of_the_run_before() -> None:
    origin = MappedOrigin(FileText("'it''s'"), [Run(0, 1, 2), Run(3, 5, 1)])
    assert [origin.place(offset).column for offset in range(4)] == [2, 3, 4, 6]


def test_an_origin_without_runs_is_at_the_start() -> None:
    assert MappedOrigin(FileText("abc"), []).place(2) == Place(1, 1)


@given(TEXTS, st.data())
def test_a_text_of_its_own_is_at_its_own_places(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert verbatim(text).place(offset) == naive(text, offset)


SPANS = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda pair: Span(min(pair), max(pair)))


@given(SPANS, SPANS)
def test_overlapping_spans_share_a_character(one: Span, other: Span) -> None:
    shared = set(range(*one)) & set(range(*other))
    assert one.overlaps(other) == other.overlaps(one)
    if one.start < one.end and other.start < other.end:
        assert one.overlaps(other) == bool(shared)
        assert one.covers(other) == (set(range(*other)) <= set(range(*one)))
