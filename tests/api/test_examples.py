from pathlib import Path

import pytest

from readtheroom.api.examples import failures
from readtheroom.errors import PolicyError
from readtheroom.policy.load import load_packs_in_place
from tests.office import GATE, RULES, put

FLAG, PASS = 2, 3
"""Lines below a rule's id where its examples stand."""

GATED = GATE + RULES.removeprefix("rules:\n")


def failed(folder: Path, rule: str, flag: str, passes: str, pack: str = RULES) -> list[tuple[int, str]]:
    """What is said of examples of a rule: how far below its id, and the message."""
    start = f"  - id: {rule}\n"
    put(
        folder, {"house.yaml": pack.replace(start, f"{start}    examples:\n      flag: {flag}\n      pass: {passes}\n")}
    )
    above = pack.partition(start)[0].count("\n") + 1
    said = list(failures(load_packs_in_place([str(folder / "house.yaml")], None).rules))
    assert {fault.path for fault in said} <= {str(folder / "house.yaml")}
    return [(fault.line - above, fault.message) for fault in said]


def test_examples_that_hold_say_nothing(tmp_path: Path) -> None:
    flag = '["Do hurry", {text: "Hurry!", match: Hurry}, {text: x, title: Now hurry}]'
    assert failed(tmp_path, "haste", flag, '["Take your time", {text: "No rush", platforms: [x]}]') == []


UNTIMED = "'soon' is no date and time: write 2026-07-20 15:00, or 2026-07-20T15:00:00+02:00"
EMPTY = "there is nothing to publish: a draft needs `text`, or another text that readers will see"


@pytest.mark.parametrize(
    ("flag", "passes", "line", "message"),
    [
        ('["Slowly"]', "[]", FLAG, "example 'Slowly' must be flagged, but passes"),
        ("[]", '["Do hurry"]', PASS, "example 'Do hurry' must pass, but is flagged at 'hurry'"),
        (
            '[{text: "Do hurry", match: Do}]',
            "[]",
            FLAG,
            "example 'Do hurry' must be flagged at 'Do', but is at 'hurry'",
        ),
        ('[{text: "hurry", scheduled_at: soon}]', "[]", FLAG, f"example 'hurry' is no draft: {UNTIMED}"),
        ("[]", "[{platforms: x, author: ada}]", PASS, f"example '' is no draft: {EMPTY}"),
    ],
)
def test_each_failure_has_its_place(tmp_path: Path, flag: str, passes: str, line: int, message: str) -> None:
    assert failed(tmp_path, "haste", flag, passes) == [(line, f"rule 'haste': {message}")]


def test_an_example_may_have_options_of_its_own(tmp_path: Path) -> None:
    flag = '[{text: "Do rush", match: rush, options: {terms: [rush]}}, {text: "Do rush"}]'
    said = failed(tmp_path, "haste", flag, '[{text: "Do hurry", options: {terms: [rush]}}]')
    assert said == [(FLAG, "rule 'haste': example 'Do rush' must be flagged, but passes")]


def test_the_options_of_an_example_fit_the_kind(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        failed(tmp_path, "haste", '[{text: "Do rush", options: {termz: [rush]}}]', "[]")
    assert "unknown key `termz` in `options` of an example of rule 'haste' – did you mean 'terms'?" in str(caught.value)


def test_all_failures_are_told(tmp_path: Path) -> None:
    said = failed(tmp_path, "haste", '["Slowly", "Gently"]', '["hurry"]')
    assert [line for line, _ in said] == [FLAG, FLAG, PASS]


def test_a_rule_that_only_labels_is_proved_by_its_label(tmp_path: Path) -> None:
    assert failed(tmp_path, "violence", '[{text: "A shooting", match: shooting}]', '["A shot"]') == []
    assert failed(tmp_path, "violence", '["A shot"]', "[]") == [
        (FLAG, "rule 'violence': example 'A shot' must be flagged, but passes")
    ]


def test_a_rule_that_only_remarks_is_proved_by_its_remark(tmp_path: Path) -> None:
    assert failed(tmp_path, "doubt", '["Perhaps"]', '["Surely"]') == []
    assert failed(tmp_path, "doubt", "[]", '["Perhaps"]') == [
        (PASS, "rule 'doubt': example 'Perhaps' must pass, but is flagged at 'Perhaps'")
    ]


def test_an_example_brings_its_room_and_remarks_do_not_count_for_a_grave_rule(tmp_path: Path) -> None:
    grave = '{text: "#Lindental", room: [{term: "#Lindental", reason: Shooting in Lindental}]}'
    harmless = '{text: "#Lindental", room: [{term: "#Lindental", reason: Spring in Lindental}]}'
    assert failed(tmp_path, "trend", f"[{grave}]", f"[{harmless}, '#Lindental']", GATED) == []
    assert failed(tmp_path, "trend", f"[{harmless}]", "[]", GATED) == [
        (FLAG, "rule 'trend': example '#Lindental' must be flagged, but passes")
    ]


def test_a_room_that_cannot_be(tmp_path: Path) -> None:
    flag = '[{text: "#L", room: [{term: "#L", observed_at: "1850-01-01T00:00:00Z"}]}]'
    assert failed(tmp_path, "trend", flag, "[]", GATED) == [
        (FLAG, "rule 'trend': example '#L' has no room: the year 1850 is not between 1970 and 2200")
    ]
