import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from readtheroom.cli.schema import OUTPUTS, SCHEMAS
from readtheroom.model import Json
from readtheroom.policy.document import parse_yaml
from readtheroom.spans import FileText
from tests.cli.conftest import Run
from tests.office import BOTH, CONFIG, DURING, GUARD, ROOM, RULES, put

GOOD = {
    "config": CONFIG,
    "room": ROOM,
    "draft": "text: Doors open at nine.",
    "hold": "reason: Fire\nstart: 2026-03-01T10:00:00Z\nscope: {region: US}",
    "approval": f"by: Joan\nat: 2026-03-01T10:00:00Z\nhash: '{'0' * 64}'",
    "accounts": "accounts: [{name: main, handles: {x: main}}]",
    "rules": "rules: [{id: x, kind: keywords, label: x, why: y, options: {terms: [z]}}]",
}


@pytest.mark.parametrize("what", sorted(GOOD))
def test_a_schema_for_editors(here: Run, what: str) -> None:
    done = here("schema", what)
    assert (done.code, done.err) == (0, "")
    schema = json.loads(done.out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    written = parse_yaml(what, FileText(GOOD[what])).plain()
    assert isinstance(written, dict)
    assert list(validator.iter_errors(written)) == []
    assert list(validator.iter_errors({**written, "typo": 1})) != []


def test_each_has_one() -> None:
    assert sorted(SCHEMAS) == sorted(GOOD)


def test_another_is_not_known(here: Run) -> None:
    done = here("schema", "rule")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("readtheroom: argument what: invalid choice: 'rule'")


@pytest.mark.parametrize("what", sorted(OUTPUTS))
def test_a_schema_for_programs(here: Run, what: str) -> None:
    schema = json.loads(here("schema", what).out)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:readtheroom:schema:{what}"
    assert list(Draft202012Validator(schema).iter_errors({})) != []


HOLD = "reason: Fire\nstart: 2026-03-01T08:00:00Z\n"
QUEUE = """\
id,text,scheduled_at,platforms
tag,Off to #Lindental,2026-03-01T13:00:00Z,mastodon
rival,Globex perhaps,2026-03-01T14:00:00Z,mastodon
"""


@pytest.fixture
def busy(office: Path) -> Path:
    """All that an output may have: findings with headlines, suppressed ones, skips, a hold without end, a proposal."""
    allow = "[{rule: rival, reason: An old joke., by: Ada, until: 2190-01-01}]"
    put(office, {"readtheroom.yaml": f"{BOTH}holds: {{propose: {{labels: crisis}}}}\n", "house.yaml": RULES + GUARD})
    put(office, {"q/a.csv": QUEUE, "q/b.md": f"---\nallow: {allow}\n---\nGlobex, really?\n", "holds/x.yaml": HOLD})
    put(office, {"holds/x.yaml": HOLD.replace("08:00:00Z", "08:00:00Z\nscope: {platform: x}")})
    return office


def strictly(plain: dict[str, Json]) -> dict[str, Json]:
    """An object of a schema, but with no key that it does not tell of."""
    return {"additionalProperties": False, **plain} if "properties" in plain else plain


def validator(here: Run, what: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(here("schema", what).out, object_hook=strictly))


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("more", [(), ("--labels", "--statistics")])
def test_what_lint_tells_is_as_its_schema_has_it(here: Run, more: tuple[str, ...]) -> None:
    done = here("lint", "q", "--room", "room.yaml", "--at", DURING, "--format", "json", *more)
    told = json.loads(done.out)
    validator(here, "report").validate(told)
    assert [len(told[key]) for key in ("posts", "proposals")] == [4, 1]


def test_what_recheck_tells_is_as_its_schema_has_it(here: Run, busy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READTHEROOM_CACHE_DIR", str(busy / "kept"))
    put(busy, {"ear.py": "import sys\nopen('heard', 'a').write(sys.stdin.read() + '\\n')\n"})
    told = []
    for room in ("none.yaml", "room.yaml", "none.yaml"):
        put(busy, {"none.yaml": "observations: []\n", "q/c.txt": room, "q/d.csv": "text,scheduled_at\nTea,soon\n"})
        tell = ("--room", room, "--at", DURING, "--format", "json", "--exec", f"{sys.executable} ear.py")
        told.append(json.loads(here("recheck", "q", *tell).out))
        (busy / "q/b.md").unlink(missing_ok=True)
    for each in told:
        validator(here, "recheck").validate(each)
    assert [(len(each["holds"]), len(each["proposals"]), len(each["not_read"])) for each in told] == [
        *[(1, 0, 1), (1, 1, 1), (1, 0, 1)]
    ]
    heard = [json.loads(line) for line in (busy / "heard").read_text("utf-8").splitlines()]
    for each in heard:
        validator(here, "change").validate(each)
    assert {each["change"] for each in heard} == {"new", "unsafe", "safe", "gone"}
