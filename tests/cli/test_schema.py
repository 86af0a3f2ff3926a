import json

import pytest
from jsonschema import Draft202012Validator

from readtheroom.cli.schema import SCHEMAS
from readtheroom.policy.document import parse_yaml
from readtheroom.spans import FileText
from tests.cli.conftest import Run
from tests.office import CONFIG, ROOM

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
