import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.office import BOTH, put


@pytest.mark.usefixtures("office")
def test_the_rules_of_the_current_folder(here: Run) -> None:
    assert here("rules") == (
        0,
        (
            "doubt     info    keywords          Sounds unsure: {match}\n"
            "haste     warning keywords          Presses people: {match}\n"
            "rival     error   keywords          Names a rival: {match}\n"
            "violence  label   keywords          crisis.violence\n"
            "4 rules; `readtheroom explain RULE` tells more\n"
        ),
        "",
    )


@pytest.mark.parametrize(
    ("args", "ids"),
    [
        (["keywords"], ["doubt", "haste", "rival", "violence"]),
        (["TREND"], ["trend"]),
        (["crisis"], ["violence"]),
        (["house", "ri"], ["rival", "violence"]),
        (["--severity", "error"], ["rival", "trend"]),
        (["--severity", "label"], ["violence"]),
        (["nothing"], []),
    ],
)
def test_filters(office: Path, here: Run, args: list[str], ids: list[str]) -> None:
    put(office, {"readtheroom.yaml": BOTH})
    assert [rule["id"] for rule in json.loads(here("rules", "--format", "json", *args).out)] == ids
    assert here("rules", *args).out.splitlines()[-1].startswith(f"{len(ids)} rule")


@pytest.mark.usefixtures("office")
def test_as_json(here: Run) -> None:
    (rule,) = json.loads(here("rules", "--format", "json", "rival").out)
    assert rule == {
        "id": "rival",
        "kind": "keywords",
        "severity": "error",
        "label": None,
        "why": "Legal asked for it.",
        "pack": "house",
        "path": "house.yaml",
        "line": 2,
    }


def test_a_config_that_is_named(office: Path, here: Run) -> None:
    put(office, {"other.yaml": "extends: [gate.yaml]\n"})
    assert here("rules", "--config", "other.yaml").out.splitlines()[-1].startswith("1 rule;")


def test_what_rules_say_cannot_drive_a_terminal(office: Path, here: Run) -> None:
    put(office, {"gate.yaml": 'rules: [{id: x, kind: keywords, label: x, why: "a\\e[31m", options: {terms: [a]}}]\n'})
    put(office, {"readtheroom.yaml": 'extends: [gate.yaml]\nrules: {x: {severity: info, message: "\\e[2J"}}\n'})
    assert "\x1b" not in here("rules").out + here("explain", "x").out
