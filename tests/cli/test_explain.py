from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.office import BOTH, GUARD, RULES, put

RULE = """\
rules:
  - id: rival
    kind: keywords
    label: rival.named
    severity: error
    confidence: medium
    message: "Names a rival: {match}"
    why: >-
      Legal asked for it in the policy of 2026, section 3, since a comparison by name is an invitation to be taken
      to court.
    advice: Say what we do better.
    options: {terms: [a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, Globex], unless: [Globex Stadium]}
    examples:
      flag: [Better than Globex!, {title: Globex}]
      pass: [See you at Globex Stadium]
    references: [policy.example/3]
"""


def section(out: str, title: str) -> list[str]:
    _, _, rest = out.partition(f"\n{title}\n")
    return rest.partition("\n\n")[0].rstrip("\n").split("\n")


@pytest.fixture
def out(office: Path, here: Run) -> str:
    put(office, {"house.yaml": RULE})
    done = here("explain", "rival")
    assert (done.code, done.err) == (0, "")
    return done.out


def test_all_about_a_rule(out: str) -> None:
    assert out.startswith("rival  (keywords; severity error, confidence medium; label rival.named)\n")
    assert section(out, "Why") == [
        "  Legal asked for it in the policy of 2026, section 3, since a comparison by name is an invitation",
        "  to be taken to court.",
    ]
    assert section(out, "What it says") == ["  Names a rival: {match}"]
    assert section(out, "What to do") == ["  Say what we do better."]
    assert section(out, "Placeholders that `kind: keywords` fills") == [
        "  {match}: The words that are pointed at.",
        "  {label}: What the rule says about them.",
    ]
    assert section(out, "References") == ["  policy.example/3"]
    assert section(out, "Where it comes from") == ["  pack house, house.yaml:2"]


def test_long_options_are_cut(out: str) -> None:
    terms = ", ".join(f'"a{number}"' for number in range(1, 13))
    assert section(out, "Options") == [f"  terms: [{terms}] … and 1 more", '  unless: ["Globex Stadium"]']


def test_examples_that_are_no_text_alone(out: str) -> None:
    assert section(out, "Examples (✗ flagged, ✓ passed)") == [
        "  ✗ Better than Globex!",
        '  ✗ {"title": "Globex"}',
        "  ✓ See you at Globex Stadium",
    ]


def test_options_that_the_kind_knows(out: str) -> None:
    known = section(out, "Options that `kind: keywords` knows")
    assert [line for line in known if line.startswith("  terms: ")] != []
    assert [line for line in known if line.endswith(": ")] == []


def test_the_room_of_an_example(office: Path, here: Run) -> None:
    example = '{text: "#Brookvale", room: [{term: "#Brookvale", reason: Shooting in Brookvale}, {term: pancakes}]}'
    gate = (office / "gate.yaml").read_text() + f"    examples: {{flag: [{example}]}}\n"
    put(office, {"readtheroom.yaml": BOTH, "gate.yaml": gate})
    assert section(here("explain", "trend").out, "Examples (✗ flagged, ✓ passed)") == [
        "  ✗ #Brookvale   [in the room: #Brookvale: Shooting in Brookvale; pancakes: no reason known]"
    ]


def test_what_is_held_in_an_example(office: Path, here: Run) -> None:
    example = "{text: Doors open at nine, holds: [{reason: Shooting in Brookvale}]}"
    stop = GUARD.replace(
        "{check: standing}", f"{{check: standing}}\n    examples: {{flag: [{example}], pass: [Doors]}}"
    )
    put(office, {"house.yaml": RULES + stop})
    assert section(here("explain", "stop").out, "Examples (✗ flagged, ✓ passed)") == [
        "  ✗ Doors open at nine   [on hold: Shooting in Brookvale]",
        "  ✓ Doors",
    ]
    assert here("test", "house.yaml").code == 0


def test_a_rule_that_is_off_can_be_looked_at(office: Path, here: Run) -> None:
    put(office, {"house.yaml": RULE, "readtheroom.yaml": f"{BOTH}rules: {{rival: off}}\n"})
    assert here("explain", "rival").out.startswith("rival  (keywords; label rival.named; off here)\n")


@pytest.mark.usefixtures("office")
def test_a_rule_that_is_not_there(here: Run) -> None:
    assert here("explain", "rivals") == (
        2,
        "",
        "readtheroom: no rule is called 'rivals' – did you mean 'rival'?\n",
    )


SOURCES = 'room: {sources: [google-trends, x-counts, {kind: gdelt, url: "https://gdelt.example/doc"}]}\n'
SENDS = " – sends the hashtags of drafts"


def test_who_is_asked_for_a_rule_that_reads_the_room(office: Path, here: Run) -> None:
    put(office, {"readtheroom.yaml": BOTH + SOURCES})
    asked = ["  google-trends", f"  x-counts{SENDS}", f"  gdelt (gdelt.example){SENDS}"]
    assert section(here("explain", "trend").out, "Sources that are asked") == asked
    assert "Sources that are asked" not in here("explain", "rival").out
    head = "kind: combination, why: x, message: x"
    grave = f"  - {{id: grave, {head}, label: grave, options: {{any: [room.crisis]}}}}\n"
    both = f"  - {{id: both, {head}, severity: error, options: {{all: [grave]}}}}\n"
    put(office, {"both.yaml": f"rules:\n{grave}{both}", "readtheroom.yaml": "extends: [both.yaml]\n" + SOURCES})
    for name in ("grave", "both"):
        assert section(here("explain", name).out, "Sources that are asked") == asked


def test_where_nobody_is_asked_it_is_said(office: Path, here: Run) -> None:
    put(office, {"readtheroom.yaml": BOTH})
    (line,) = section(here("explain", "trend").out, "Sources that are asked")
    assert line.startswith("  no source is configured")
