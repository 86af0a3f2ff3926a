import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from readtheroom import registry
from readtheroom.api import files as files_module
from readtheroom.api.files import Found, endings, find, reader_name
from readtheroom.errors import DraftError, PluginError
from tests.office import put

FORMATS = ", ".join(endings())


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty current folder, the top of a repository."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def files(*names: str) -> None:
    put(Path(), dict.fromkeys(names, "x"))


def ignore(lines: str, path: str = ".gitignore") -> None:
    put(Path(), {path: lines})


def found(*paths: str) -> list[str]:
    return [path.replace(os.sep, "/") for path in find(paths).files]


def faults(*paths: str) -> list[str]:
    with pytest.raises(DraftError) as caught:
        find(paths)
    return [str(fault) for fault in caught.value.faults]


# --- formats ---


@pytest.mark.parametrize(
    ("path", "reader"),
    [
        *(("a.md", "markdown"), ("a.markdown", "markdown"), ("A.MD", "markdown"), ("a.txt", "text")),
        *(("a.json", "json"), ("a.jsonl", "jsonl"), ("a.ndjson", "jsonl"), ("a.csv", "csv"), ("a.tweet", "tweet")),
        ("tweets.js", "x-archive"),
        *(("a.yaml", "yaml"), ("a.yml", "yaml"), ("a.b/c.md", "markdown")),
        *(("a.docx", None), ("a", None), ("md", None), (".md", None), ("a.md/b", None), ("a.", None)),
    ],
)
def test_the_ending_of_its_name_tells_the_format(path: str, reader: str | None) -> None:
    assert reader_name(path) == reader


def test_no_two_readers_share_an_ending() -> None:
    readers = registry.own("readers")
    assert ".md" in endings()
    assert len(endings()) == sum(len(registry.load("readers", name).SUFFIXES) for name in readers)


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A reader of a third party for .odt, and one that is none."""
    points = "[readtheroom.readers]\nodt = files_odt\nzzz = files_zzz\n"
    about = {"odd-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: odd\nVersion: 1\n"}
    modules = {"files_odt.py": 'SUFFIXES = (".odt", ".md")\n', "files_zzz.py": ""}
    put(tmp_path / ".site", {**about, "odd-1.dist-info/entry_points.txt": points, **modules})
    monkeypatch.syspath_prepend(str(tmp_path / ".site"))
    forget()
    yield
    forget()


def forget() -> None:
    for cached in (registry.names, registry.load, files_module._reader_for):
        cached.cache_clear()
    for name in ("files_odt", "files_zzz"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("plugins")
def test_readers_of_others_come_after_our_own() -> None:
    assert (reader_name("a.odt"), reader_name("a.md")) == ("odt", "markdown")


@pytest.mark.usefixtures("plugins")
def test_a_reader_that_names_no_endings_is_told() -> None:
    with pytest.raises(PluginError, match=r"^reader 'zzz' has no SUFFIXES: ask its author, or remove it$"):
        reader_name("a.docx")


# --- what is named ---


def test_files_keep_their_order_and_come_once() -> None:
    files("b.md", "a.md", "d/c.md")
    assert found("b.md", "d", "a.md", "./b.md", "d/c.md", "d/../a.md") == ["b.md", "d/c.md", "a.md"]


def test_every_path_that_leads_nowhere_is_told() -> None:
    files("a.md", "logo.png", "notes")
    os.symlink("nowhere.md", "link.md")
    assert faults("none.md", "a.md", "logo.png", "drafts/*.md", "notes", "link.md", "none.md", "a.md/b.md") == [
        "none.md: no such file",
        f"logo.png: not a draft by its ending; drafts end in {FORMATS}",
        "drafts/*.md: matches no file",
        f"notes: not a draft by its ending; drafts end in {FORMATS}",
        "link.md: no such file",
        "a.md/b.md: no such file",
    ]


def test_nothing_is_found_in_nothing() -> None:
    os.mkdir("empty")
    assert find([]) == find(["empty"]) == Found((), ())


def test_a_name_that_looks_like_a_glob_is_a_name() -> None:
    files("a[1].md", "a1.md")
    assert found("a[1].md") == ["a[1].md"]


def test_a_hidden_file_may_be_named() -> None:
    files(".drafts/a.md", ".b.md")
    assert found(".b.md", ".drafts/a.md", ".drafts") == [".b.md", ".drafts/a.md"]


# --- folders ---


def test_a_folder_gives_what_readers_know_sorted_and_not_hidden() -> None:
    files("d/b.md", "d/a.txt", "d/c/z.csv", "d/c/y/x.json", "d/b/1.yaml", "d/logo.png", "d/.x.md", "d/.h/a.md")
    expected = ["d/a.txt", "d/b.md", "d/b/1.yaml", "d/c/z.csv", "d/c/y/x.json"]
    assert found("d") == found("d/") == found("./d") == expected
    assert found(".") == expected


def test_the_current_folder_is_not_named() -> None:
    files("a.md", "b/c.md")
    assert found(".") == ["a.md", "b/c.md"]


def test_an_absolute_folder_gives_absolute_paths(tmp_path: Path) -> None:
    files("d/a.md")
    assert find([str(tmp_path / "d")]).files == (str(tmp_path / "d" / "a.md"),)


def test_links_to_files_are_followed_and_links_to_folders_are_not() -> None:
    files("d/a.md", "e/b.md")
    os.symlink("../e/b.md", "d/link.md")
    os.symlink("../e", "d/loop")
    os.symlink(".", "d/self")
    assert found("d") == ["d/a.md", "d/link.md"]


def test_a_folder_is_as_deep_as_it_likes(tmp_path: Path) -> None:
    deep = "/".join(["a"] * 1500)
    here = os.getcwd()
    for _ in range(1500):
        os.mkdir("a")
        os.chdir("a")
    files("x.md")
    os.chdir(here)
    try:
        assert found("a") == [f"{deep}/x.md"]
    finally:
        remove_chain(tmp_path)


def remove_chain(top: Path) -> None:
    """What pytest cannot: a chain of folders that is deeper than its recursion."""
    os.chdir(top)
    depth = 0
    while os.path.isdir("a"):
        os.chdir("a")
        depth += 1
    os.unlink("x.md")
    for _ in range(depth):
        os.chdir("..")
        os.rmdir("a")


def test_what_is_no_draft_is_passed_over_unless_it_is_named() -> None:
    files("d/a.yaml", "d/config.yaml")
    config = "d/config.yaml"

    def no_draft(path: str) -> bool:
        return path == os.path.normpath(config)

    assert find(["d"], no_draft).files == find(["d/*"], no_draft).files == (os.path.join("d", "a.yaml"),)
    assert find([config], no_draft).files == (config,)


# --- globs ---


def test_a_glob_gives_what_a_folder_would() -> None:
    files("d/b.md", "d/a.md", "d/logo.png", "d/e/c.md", "d/.h.md", "d/old.md")
    ignore("old.md\n")
    assert found("d/*") == ["d/a.md", "d/b.md", "d/e/c.md"]
    assert found("d/*.md") == ["d/a.md", "d/b.md"]
    assert found("**/*.md") == ["d/a.md", "d/b.md", "d/e/c.md"]


# --- ignore files ---


def test_gitignore_counts_from_its_folder() -> None:
    files("d/a.md", "d/b.md", "d/e/b.md", "d/e/c.md", "b.md")
    ignore("/b.md\n", "d/.gitignore")
    assert found(".") == ["b.md", "d/a.md", "d/e/b.md", "d/e/c.md"]


def test_an_ignored_folder_is_not_looked_into() -> None:
    files("build/a.md", "src/build/b.md", "build.md")
    ignore("build/\n!b.md\n")
    assert found(".") == ["build.md"]


def test_the_nearest_ignore_file_has_the_last_word() -> None:
    files("a.tmp.md", "d/b.tmp.md", "d/keep.tmp.md", "d/e/keep.tmp.md")
    ignore("*.tmp.md\n")
    ignore("!keep.tmp.md\n", "d/.gitignore")
    ignore("keep.*\n", "d/e/.gitignore")
    assert found(".") == ["d/keep.tmp.md"]


def test_ignore_files_above_count_up_to_the_repository(tmp_path: Path) -> None:
    files("d/e/a.md", "d/e/b.md", "d/e/c.md")
    put(tmp_path.parent, {".gitignore": "*.md\n"})
    ignore("a.md\n")
    ignore("b.md\n", "d/.readtheroomignore")
    try:
        assert found("d/e") == ["d/e/c.md"]
        os.chdir("d/e")
        assert found(".") == ["c.md"]
    finally:
        (tmp_path.parent / ".gitignore").unlink()


def test_our_own_ignore_file_has_the_last_word() -> None:
    files("a.md", "b.md")
    ignore("a.md\n")
    ignore("!a.md\nb.md\n", ".readtheroomignore")
    assert found(".") == ["a.md"]


def test_what_is_named_is_read_whatever_git_ignores() -> None:
    files("build/a.md", "build/old/b.md")
    ignore("build/\n")
    ignore("old/\n", "build/.gitignore")
    assert found("build/old/b.md") == ["build/old/b.md"]
    assert found("build") == ["build/a.md"]


@pytest.mark.parametrize("place", [".readtheroomignore", "d/.readtheroomignore"])
def test_our_own_ignore_file_counts_for_what_is_named_and_that_is_told(place: str) -> None:
    files("d/a.md", "d/old/b.md", "d/old/c.md")
    ignore("old/\n", place)
    assert find(["d/a.md", "d/old/b.md"]) == Found(("d/a.md",), ("d/old/b.md",))
    assert find(["d/old", "d/old/"]) == Found((), ("d/old",))
    assert find(["d"]).ignored == ()


def test_a_pattern_that_cannot_be_read_has_its_line() -> None:
    files("d/a.md", "e/a.md")
    ignore("# old\n\n!\n*.tmp\n[z-a]\n", "d/.readtheroomignore")
    ignore(b"\xff".decode("latin-1"), "e/.gitignore")
    assert faults("d", "none.md", "d/a.md") == [
        f"{os.path.abspath('d/.readtheroomignore')}:3:1: '!' is no pattern for files: write one like drafts/old/**",
        f"{os.path.abspath('d/.readtheroomignore')}:5:1: '[z-a]' is no pattern for files: write one like drafts/old/**",
        "none.md: no such file",
    ]


def test_ignore_files_are_read_anew_for_each_search() -> None:
    files("a.md", "b.md")
    ignore("a.md\n")
    assert found(".") == ["b.md"]
    ignore("b.md\n")
    assert found(".") == ["a.md"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="modes do not bind this user")
def test_a_folder_that_cannot_be_looked_into_is_a_fault() -> None:
    os.mkdir("d", mode=0)
    assert faults("d") == ["d: cannot be looked into: Permission denied"]
