from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readtheroom.policy.origins import Cut, Gathered, Here, through, within
from readtheroom.spans import FileText, MappedOrigin, Place, Run

LETTERS = st.text(st.sampled_from("ab\r\n\t\u2028é😀"), max_size=30)


@given(LETTERS, st.data())
def test_a_cut_text_knows_where_its_characters_were(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    slices = list(zip(ends[::2], ends[1::2], strict=False))
    cut = Cut(FileText(text), slices)
    assert cut.text == "".join(text[a:b].replace("\r\n", "\n").replace("\r", "\n") for a, b in slices)
    sources = [run.source + at for run in cut.runs for at in range(run.length)]
    assert [text[at].replace("\r", "\n") for at in sources] == list(cut.text)
    assert sources == sorted(set(sources))
    start = data.draw(st.integers(0, len(cut.text)))
    whole, part = cut.origin(), cut.origin(start)
    assert [part.place(at) for at in range(len(cut.text) - start)] == [
        whole.place(start + at) for at in range(len(cut.text) - start)
    ]


def test_runs_of_a_part() -> None:
    runs = [Run(0, 10, 3), Run(3, 20, 0), Run(4, 25, 2)]
    assert within(runs, 1, 5) == [Run(0, 11, 2), Run(2, 20, 0), Run(3, 25, 1)]
    assert within(runs, 2, 2) == [Run(0, 12, 0)]
    assert within(runs, 9, 9) == [Run(0, 27, 0)]
    assert within([], 0, 4) == []


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=8), st.data())
def test_runs_of_a_text_in_a_text(parts: list[tuple[int, int]], data: st.DataObject) -> None:
    inner, length, source = [], 0, 0
    for gap, size in parts:
        inner.append(Run(length, source + gap, size))
        length, source = length + size, source + gap + size
    start = data.draw(st.integers(0, length - 1))
    end = data.draw(st.integers(start + 1, length))
    runs = through([Run(0, start, end - start), Run(end - start, start, 0)], inner)
    file = FileText("." * (source + 1))
    middle, found = MappedOrigin(file, inner), MappedOrigin(file, runs)
    assert [found.place(at) for at in range(end - start)] == [middle.place(start + at) for at in range(end - start)]
    assert found.place(end - start) == middle.place(start)


def test_what_was_gathered_comes_before_the_rest() -> None:
    file = FileText("a\nbc\nd")
    gathered = Gathered({("media", 0): Here(file, 3).origin()}, Here(file, 5))
    assert [gathered.place(*keys) for keys in [("media", 0, "alt"), ("media", 1), ()]] == [
        Place(2, 2),
        Place(3, 1),
        Place(3, 1),
    ]
    assert (gathered.origin("media", 0).place(4), gathered.spelling("media")) == (Place(2, 2), None)
