from pathlib import Path

import pytest

from readtheroom.api.packs import Proof, prove
from readtheroom.errors import PolicyError
from tests.office import put

ADAPTS = "rules:\n  - {id: haste, severity: error}\n"
COMBINES = """\
rules:
  - id: acme/shouts
    kind: combination
    severity: info
    message: m
    why: w
    options: {all: [crisis.violence]}
    examples: {flag: [a shooting], pass: [a market]}
"""
NONE = Proof(1, 0, (), ("haste",))


@pytest.fixture(autouse=True)
def _packs(office: Path) -> None:
    put(
        office,
        {
            "team/readtheroom.yaml": "extends: [../house.yaml, packs/adapts, packs/more.yaml]\nrules: {haste: off}\n",
            "team/packs/adapts/a.yaml": ADAPTS,
            "team/packs/more.yaml": COMBINES,
        },
    )


def test_a_pack_is_proven_on_top_of_those_before_it(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office / "team")
    assert prove(["packs/adapts"]) == NONE
    assert prove(["packs/more.yaml"]) == Proof(1, 2, (), ())
    assert prove(["packs/more.yaml", "./packs/adapts/"]) == Proof(2, 2, (), ("haste",))
    assert prove(["../house.yaml"]) == Proof(4, 2, (), ("haste", "doubt", "violence"))


def test_a_file_of_a_pack_is_proven_where_the_pack_stands() -> None:
    assert prove(["team/packs/adapts/a.yaml"], "team/readtheroom.yaml") == NONE


def test_a_pack_that_no_config_extends_stands_alone(office: Path) -> None:
    lack = "^team/packs/adapts/a.yaml:2:5: rule 'haste' needs the key `kind`"
    with pytest.raises(PolicyError, match=lack):
        prove(["team/packs/adapts"])
    put(office, {"house.yaml": "rules: 1\n"})  # which is of the config, and not asked about
    assert [fault.message for fault in prove(["team/packs/more.yaml"]).faults] == [
        "rule 'acme/shouts': example 'a shooting' must be flagged, but passes"
    ]


def test_what_the_pack_spoils_below_it_is_told(office: Path) -> None:
    spoilt = "rules:\n  - {id: rival, options: {terms: [Initech]}}\n"
    put(office, {"team/packs/adapts/a.yaml": spoilt})
    [fault] = prove(["team/packs/adapts"], "team/readtheroom.yaml").faults
    assert (Path(fault.path).name, fault.line) == ("house.yaml", 8)


def test_a_faulty_rule_without_examples_is_no_proof(office: Path) -> None:
    put(office, {"bad.yaml": "rules: [{id: a, kind: pattern, label: a, why: w, options: {pattern: '('}}]\n"})
    with pytest.raises(PolicyError, match=r"^bad\.yaml:1: rule 'a': pattern '\(' is not valid"):
        prove(["bad.yaml"])
    put(office, {"readtheroom.yaml": "extends: bad.yaml\n"})
    with pytest.raises(PolicyError, match=r"^bad\.yaml:1: rule 'a': pattern '\(' is not valid"):
        prove([])


def test_a_broken_config_is_told(office: Path) -> None:
    put(office, {"readtheroom.yaml": "extnds: []\n"})
    with pytest.raises(PolicyError, match=r"^readtheroom\.yaml:1:1: unknown key `extnds`"):
        prove(["house.yaml"])
