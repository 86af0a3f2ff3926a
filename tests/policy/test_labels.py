from collections.abc import Callable

import pytest

from readtheroom.errors import PolicyError
from readtheroom.policy.load import load_packs_in_place, load_policy

Write = Callable[[dict[str, str]], None]

RULES = """\
rules:
  - {id: sells, kind: keywords, label: tone.promotional, why: w, options: {terms: [sale]}}
  - {id: brand, kind: keywords, label: acme.brand-b, why: w, options: {terms: [b]}}
  - {id: burns, kind: keywords, label: crisis.fire, severity: off, why: w, message: m, options: {terms: [fire]}}
  - {id: trend, kind: trending-hashtag, severity: error, why: w, message: m, options: {sensitive: [SENSITIVE]}}
  - id: both
    kind: combination
    label: acme.both
    why: w
    options:
      all: [LABEL]
"""


def faults(write: Write, label: str, sensitive: str = "crisis", config: str = "") -> list[str]:
    pack = RULES.replace("LABEL", label).replace("SENSITIVE", sensitive)
    write({"a.yaml": pack, "readtheroom.yaml": f"extends: a.yaml\n{config}"})
    try:
        load_policy("readtheroom.yaml")
    except PolicyError as error:
        return list(map(str, error.faults))
    return []


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("tone.promotinal", "tone.promotional"),
        ("tnoe.promotional", "tone.promotional"),
        ("tone-promotional", "tone.promotional"),
        ("crisi", "crisis"),
        ("crisis.fires", "crisis.fire"),
        ("room.crisis.fier", "room.crisis.fire"),
        ("trend.crisis.fires", "trend.crisis.fire"),
        ("trend.sensitiv", "trend.sensitive"),
    ],
)
def test_a_slip_in_a_label_is_told_where_it_stands(write: Write, slip: str, meant: str) -> None:
    said = f"no rule gives the label {slip!r} – did you mean {meant!r}?"
    assert faults(write, slip) == [f"a.yaml:11:13: {said}"]
    assert faults(write, f"{{any: [tone, {{none: [{slip}]}}]}}") == [f"a.yaml:11:34: {said}"]


@pytest.mark.parametrize(
    "label",
    [
        *("tone", "tone.promotional", "crisis.fire", "room.crisis", "trend.crisis.fire", "trend", "trend.related"),
        *("acme.both", "acme.brand-a", "acme.brand-b2", "tone.promotional-fr", "topic.politics", "room.topic.sport"),
    ],
)
def test_what_somebody_may_give_is_no_slip(write: Write, label: str) -> None:
    assert [each for each in faults(write, label) if "circle" not in each] == []


def test_other_options_name_labels_too(write: Write) -> None:
    assert faults(write, "tone", "crisis.fires") == [
        "a.yaml:5:100: no rule gives the label 'crisis.fires' – did you mean 'crisis.fire'?"
    ]


def test_the_config_may_slip_as_well(write: Write) -> None:
    assert faults(write, "tone", config="rules: {both: {options: {at: tone.promotionl}}}\n") == [
        "readtheroom.yaml:2:30: no rule gives the label 'tone.promotionl' – did you mean 'tone.promotional'?"
    ]


def test_a_pack_alone_is_checked_by_itself(write: Write) -> None:
    write({"a.yaml": RULES.replace("LABEL", "crisi").replace("SENSITIVE", "crisis")})
    with pytest.raises(PolicyError, match=r"^a\.yaml:11:13: no rule gives the label 'crisi'"):
        load_packs_in_place(["a.yaml"], None)
