from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.policy.reading import TERM_LIMIT, Reading

Write = Callable[[dict[str, str]], None]

WORDS = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=TERM_LIMIT)


def lexicon(write: Write, text: str) -> list[str]:
    write({"pack/a.yaml": "words/a.txt", "pack/words/a.txt": text})
    reading = Reading()
    node = reading.tree("pack/a.yaml", "pack")
    assert node is not None
    terms = reading.lexicon(node)
    assert not reading.faults
    assert reading.files == ["pack/a.yaml", "pack/words/a.txt"]
    return terms


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(WORDS.filter(lambda word: set(word) != {"#"}), min_size=1, unique=True))
def test_words_come_back_as_they_were_written(write: Write, words: list[str]) -> None:
    assert lexicon(write, "\n".join(words)) == words
    assert lexicon(write, "".join(f"  {word}\t# why\r\n# {word}\r\n\r\n" for word in words)) == words


def test_lines_end_where_editors_end_them(write: Write) -> None:
    assert lexicon(write, "a\rb\r\nc\u2028d\n") == ["a", "b", "c\u2028d"]


def test_what_cannot_be_read_is_told_once(write: Write) -> None:
    write({"a.yaml": "[a.txt, a.txt]", "a.txt": "x" * (TERM_LIMIT + 1)})
    reading = Reading()
    root = reading.tree("a.yaml")
    assert root is not None
    assert isinstance(root.value, list)
    for node in root.value:
        reading.lexicon(node)
    assert [str(fault) for fault in reading.faults] == [
        "a.txt:1: a term longer than 200 characters: write one term per line"
    ]


def test_faults_are_sorted_and_told_once() -> None:
    reading = Reading()
    for path, line in [("b", 1), ("a", 2), ("a", 10), ("b", 1)]:
        reading.fault_in(path, "m", line)
    assert [str(fault) for fault in reading.faults] == ["a:2: m", "a:10: m", "b:1: m"]
