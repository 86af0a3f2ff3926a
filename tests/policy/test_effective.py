from collections.abc import Callable
from pathlib import Path

from readtheroom.model import Json
from readtheroom.policy.effective import effective
from readtheroom.policy.load import load_policy
from tests.policy.samples import CONFIG, PACK

Write = Callable[[dict[str, str]], None]


def show(write: Write, config: str, path: str) -> dict[str, Json]:
    write({"pack/a.yaml": PACK, "readtheroom.yaml": config})
    return effective(load_policy("readtheroom.yaml"), path)


def test_what_holds_for_a_file(write: Write) -> None:
    shown = show(write, CONFIG, "drafts/a.md")
    assert shown["overrides"] == [{"files": ["drafts/**", "!drafts/old/**"]}]
    assert shown["room"] == {
        "sources": [],
        "when_unavailable": "warn",
        "window": "48h",
        "max_age": "6h",
        "budget": 5.0,
    }
    assert shown["rules"] == {
        "one": "off",
        "spare": {
            "kind": "probe",
            "severity": "warning",
            "confidence": "high",
            "platforms": ["x"],
            "options": {"limit": 3},
            "pack": "pack",
            "from": "pack/a.yaml:4",
        },
        "tone": "off",
        "two": {
            "kind": "probe",
            "severity": "info",
            "confidence": "high",
            "options": {"limit": 2},
            "pack": "pack",
            "from": "pack/a.yaml:3",
        },
    }


def test_what_is_shown_can_be_written_again(write: Write) -> None:
    """Every key but those about files and rules is a key of the config."""
    room = "room: {sources: [{kind: probe-feed, url: 'https://a.example'}], window: 90m}"
    shown = show(write, f"extends: pack/\naudience: [US]\n{room}\n", "a.md")
    assert {key: value for key, value in shown.items() if key not in {"rules", "overrides"}} == {
        "config": "readtheroom.yaml",
        "extends": ["pack/"],
        "audience": ["US"],
        "accounts": None,
        "room": {
            "sources": [{"kind": "probe-feed", "url": "https://a.example"}],
            "when_unavailable": "warn",
            "window": "90m",
            "max_age": "6h",
            "budget": 5.0,
        },
        "drafts": {"columns": {}, "preset": None, "platforms": [], "timezone": "UTC", "day_first": False},
        "languages": [],
        "holds": {"folder": "holds", "propose": []},
        "audit": None,
        "approvals": {"from": ["draft", "records"], "folder": "approvals"},
        "allow": [],
        "root": False,
        "fail_on": "error",
    }


def test_when_a_hold_is_proposed_is_shown(write: Write) -> None:
    shown = show(write, "extends: pack/\nholds: {folder: stops, propose: {labels: crisis, until: 90m}}\n", "a.md")
    entry = {"labels": ["crisis"], "regions": [], "sources": 1, "until": "90m"}
    assert shown["holds"] == {"folder": "stops", "propose": [entry]}


def test_a_long_list_is_told_by_its_length(tmp_path: Path) -> None:
    terms = "".join(f"          - word{number}\n" for number in range(21))
    (tmp_path / "rules.yaml").write_text(
        "rules:\n  - id: long\n    kind: keywords\n    label: long\n    why: So.\n    options:\n      terms:\n"
        f"        en:\n{terms}      unless: [a word]\n",
        encoding="utf-8",
    )
    (tmp_path / "readtheroom.yaml").write_text("extends: [rules.yaml]\n", encoding="utf-8")
    rules = effective(load_policy(str(tmp_path / "readtheroom.yaml")), "draft.txt")["rules"]
    assert isinstance(rules, dict)
    assert isinstance(rules["long"], dict)
    assert rules["long"]["options"] == {"terms": {"en": "21 items"}, "unless": ["a word"]}


def test_how_long_an_answer_is_fresh_may_be_told_in_seconds(write: Write) -> None:
    source = "{kind: probe-feed, url: 'https://a.example', fresh_for: 90s}"
    shown = show(write, f"extends: pack/\nroom: {{sources: [{source}]}}\n", "a.md")
    assert isinstance(shown["room"], dict)
    assert shown["room"]["sources"] == [{"kind": "probe-feed", "fresh_for": "90s", "url": "https://a.example"}]
