import json
import os
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.office import put


@pytest.fixture(autouse=True)
def _empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


WRITTEN = [".pre-commit-config.yaml", "accounts.yaml", "readtheroom.yaml"]


def test_a_first_config_works_as_it_is(here: Run) -> None:
    done = here("init")
    assert (done.code, done.err, sorted(os.listdir())) == (0, "", WRITTEN)
    put(Path(), {"drafts/a.md": "Doors open at nine.\n"})
    shown = here("lint", ".", "--show-files")
    assert (shown.out, shown.err) == ("drafts/a.md\n", "")
    assert here("lint", "drafts", "--offline").err == ""


def test_its_sources_are_sent_nothing_of_a_draft(here: Run) -> None:
    here("init")
    told = json.loads(here("sources", "--offline", "--format", "json").out)["sources"]
    assert len(told) == 6
    assert not any(each["asks_about_drafts"] for each in told)


def test_every_key_that_is_commented_out_would_work(here: Run) -> None:
    here("init")
    config = Path("readtheroom.yaml").read_text("utf-8")
    opened = config.replace("\n#  ", "\n  ").replace("rules: {}", "rules:").replace("overrides: []", "overrides:")
    assert opened.count("\n  ") > config.count("\n  ")
    put(Path(), {"readtheroom.yaml": opened})
    accounts = Path("accounts.yaml").read_text("utf-8")
    put(Path(), {"accounts.yaml": re.sub(r"^    # ([^]]+\])", r"    \1 #", accounts, flags=re.MULTILINE)})
    done = here("lint", "--text", "Doors open at nine.", "--offline")
    assert done.err == ""


def test_in_a_folder_that_is_not_there_yet(here: Run) -> None:
    assert here("init", "new/desk").code == 0
    assert sorted(os.listdir("new/desk")) == WRITTEN


def test_nothing_is_overwritten(here: Run) -> None:
    put(Path(), {"accounts.yaml": "mine", ".pre-commit-config.yaml": "mine"})
    done = here("init")
    lines = done.out.splitlines()
    assert (done.code, lines[:3]) == (
        0,
        ["written  ./readtheroom.yaml", "kept     ./accounts.yaml", "kept     ./.pre-commit-config.yaml"],
    )
    assert "      - id: readtheroom" in lines
    assert [Path(name).read_text() for name in WRITTEN[:2]] == ["mine", "mine"]
    assert here("init").out.count("kept") == 3


def test_where_nothing_can_be_written(here: Run) -> None:
    put(Path(), {"file": ""})
    done = here("init", "file")
    assert (done.code, done.out, done.err) == (2, "", "readtheroom: file: File exists\n")
