from collections.abc import Callable
from pathlib import Path

import pytest

from readtheroom.errors import PolicyError
from readtheroom.policy.load import load_policy
from readtheroom.policy.packs import MAX_ENTRIES, Pack, builtin_names, find, home, rule_files

Write = Callable[[dict[str, str]], None]

ONE = "rules:\n- {id: one, kind: probe, severity: error, message: m, why: w, options: {limit: 1}}\n"


def fault(extends: str) -> str:
    Path("readtheroom.yaml").write_text(f"extends: {extends}\n", encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load_policy("readtheroom.yaml")
    return str(caught.value)


def test_the_built_in_packs_are_where_the_package_says() -> None:
    assert "core" in builtin_names()
    assert find("core", "anywhere") == Pack("core", str(Path(home(), "core")))


@pytest.mark.parametrize(
    ("entry", "pack"),
    [
        ("pack", Pack("pack", "team/pack")),
        ("./pack/", Pack("pack", "team/pack")),
        ("pack/a.yaml", Pack("a", "team/pack/a.yaml")),
        ("../team/pack", Pack("pack", "team/pack")),
    ],
)
def test_folders_and_files_are_relative_to_the_config(write: Write, entry: str, pack: Pack) -> None:
    write({"team/pack/a.yaml": ONE})
    assert find(entry, "team") == pack
    assert pack.folder == "team/pack"


def test_rule_files_are_sorted_and_hidden_ones_passed_over(write: Write) -> None:
    names = ["b.yaml", "a.yml", "z/c.YAML", "d/e.yaml", "pack.yaml", "words.txt", ".x.yaml", ".git/y.yaml"]
    write({f"pack/{name}": "" for name in names})
    Path("pack/folder.yaml").mkdir()
    assert [path.removeprefix("pack/") for path in rule_files(Pack("pack", "pack"))] == [
        "a.yml",
        "b.yaml",
        "pack.yaml",
        "d/e.yaml",
        "z/c.YAML",
    ]


def test_pack_yaml_names_the_pack(write: Write) -> None:
    write({"p/a.yaml": ONE, "p/pack.yaml": "name: acme\nversion: '1'\n", "readtheroom.yaml": "extends: p/"})
    assert [rule.pack for rule in load_policy("readtheroom.yaml").rules] == ["acme"]


def test_a_pack_of_a_package(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"site/acme_rules/__init__.py": "1 / 0", "site/acme_rules/strict/a.yaml": ONE})
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    Path("readtheroom.yaml").write_text("extends: ['package:acme_rules/strict']\n", encoding="utf-8")
    [rule] = load_policy("readtheroom.yaml").rules
    assert (rule.pack, rule.path) == ("package:acme_rules/strict", str(tmp_path / "site/acme_rules/strict/a.yaml"))
    assert fault("package:acme_rules/none") == "readtheroom.yaml:1:10: package 'acme_rules' has no 'none'"
    assert fault("package:acme_rules/../x").startswith("readtheroom.yaml:1:10: 'package:acme_rules/../x' is no package")


@pytest.mark.parametrize(
    ("extends", "said"),
    [
        ("[croe]", "readtheroom.yaml:1:11: no pack is called 'croe' – did you mean 'core'?"),
        ("./none", "readtheroom.yaml:1:10: no pack at none: a path is relative to the config's folder"),
        ("none.yaml", "readtheroom.yaml:1:10: no pack at none.yaml: a path is relative to the config's folder"),
        ("empty/", "readtheroom.yaml:1:10: pack 'empty' holds no rule files: empty"),
        ("named/", "readtheroom.yaml:1:10: pack 'named' holds no rule files: named"),
        ("loose/", "loose/b.yaml:1:1: a rule file needs the key `rules`"),
        ("odd/", "odd/pack.yaml:1:1: unknown key `nmae` in a pack – did you mean 'name'?"),
        ('"a\\0b"', "readtheroom.yaml:1:10: no pack is called 'a\\x00b'; known: "),
        ("package:no_such_package", "readtheroom.yaml:1:10: no package is called 'no_such_package': install it where"),
        (
            "package:a.b",
            "readtheroom.yaml:1:10: 'package:a.b' is no package: write package:NAME, or package:NAME/folder",
        ),
        ("[1]", "readtheroom.yaml:1:11: item 1 of `extends` must be text; not 1: put it in quotes"),
        ("[]", "readtheroom.yaml: no rule is left to check with: turn one on"),
    ],
)
def test_a_pack_that_cannot_be_had(write: Write, extends: str, said: str) -> None:
    write(
        {
            "empty/readme.md": "",
            "named/pack.yaml": "name: n",
            "loose/a.yaml": ONE,
            "loose/b.yaml": "{}",
            "odd/a.yaml": ONE,
            "odd/pack.yaml": "nmae: n",
        }
    )
    [found] = fault(extends).splitlines()
    assert found.startswith(said)


def test_a_folder_that_is_no_pack_ends_the_search(write: Write) -> None:
    write({"big/a.yaml": ONE})
    for number in range(MAX_ENTRIES):
        Path(f"big/{number}").touch()
    assert f"big holds more than {MAX_ENTRIES} files: name the folder of the rules alone" in fault("big/")
