import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.model import Json
from readtheroom.policy.document import Node, parse_yaml
from readtheroom.policy.schema import check, check_merged, unsupported
from readtheroom.policy.schemas import draft_schema, room_schema
from readtheroom.spans import FileText


def parse(text: str) -> Node:
    return parse_yaml("a.yaml", FileText(text))


def told(text: str, schema: dict[str, Json]) -> list[str]:
    return [str(fault) for fault in check(parse(text), schema, "a.yaml")]


SEVERITY: dict[str, Json] = {"properties": {"severity": {"enum": ["error", "warning", "info", False]}}}


@pytest.mark.parametrize(
    ("text", "schema", "said"),
    [
        (
            "severity: eror",
            SEVERITY,
            "1:11: `severity` must be one of error, warning, info; not 'eror' – did you mean 'error'?",
        ),
        ("severity: zzz", SEVERITY, "1:11: `severity` must be one of error, warning, info; not 'zzz'"),
        ("severity: 3", SEVERITY, "1:11: `severity` must be one of error, warning, info; not 3"),
        ("severity: on", SEVERITY, "1:11: `severity` must be one of error, warning, info; not on"),
        (
            "a: 1\nsverity: error",
            {**SEVERITY, "additionalProperties": False},
            """1:1: unknown key `a` in this file; known: severity
2:1: unknown key `sverity` in this file – did you mean 'severity'?""",
        ),
        (r'"\e[31m": 1', {"additionalProperties": False}, r"1:1: unknown key '\x1b[31m' in this file"),
        ("k" * 70 + ": 1", {"additionalProperties": False}, f"1:1: unknown key `{'k' * 59}…` in this file"),
        ("[1]", {"type": "object"}, "1:1: this file must be a mapping of keys to values; not a list"),
        ("a: 12", {"properties": {"a": {"type": "string"}}}, "1:4: `a` must be text; not 12: put it in quotes"),
        ("a: off", {"properties": {"a": {"type": "string"}}}, "1:4: `a` must be text; not off: put it in quotes"),
        ("a:", {"properties": {"a": {"type": ["string", "array"]}}}, "1:3: `a` must be text or a list; not empty"),
        ("a: 2.0", {"properties": {"a": {"type": ["integer"]}}}, "1:4: `a` must be a whole number; not 2.0"),
        (
            "a: [x, 1]",
            {"properties": {"a": {"items": {"type": "string"}}}},
            "1:8: item 2 of `a` must be text; not 1: put it in quotes",
        ),
        ("a: []", {"properties": {"a": {"minItems": 1}}}, "1:4: `a` needs 1 item or more"),
        ("a: [1, 2]", {"properties": {"a": {"maxItems": 1}}}, "1:4: `a` must not have more than 1 item"),
        ("{}", {"minProperties": 2}, "1:1: this file needs 2 keys or more"),
        ("{}", {"required": ["a", "b"]}, "1:1: this file needs the key `a`\n1:1: this file needs the key `b`"),
        ("a:\n  b: 1", {"properties": {"a": {"required": ["c"]}}}, "1:1: `a` needs the key `c`"),
        ("A: 1", {"propertyNames": {"pattern": "[a-z]"}}, "1:1: key `A` in this file must match [a-z]; not 'A'"),
        ("0", {"minimum": 1}, "1:1: this file must be at least 1; not 0"),
        ("2", {"maximum": 1}, "1:1: this file must be at most 1; not 2"),
        ("0", {"exclusiveMinimum": 0}, "1:1: this file must be more than 0; not 0"),
        ("1", {"exclusiveMaximum": 1}, "1:1: this file must be less than 1; not 1"),
        (".nan", {"minimum": 1}, "1:1: this file must be at least 1; not nan"),
        ("''", {"minLength": 1}, "1:1: this file must not be empty"),
        ("a", {"minLength": 2}, "1:1: this file needs 2 characters or more"),
        ("abc", {"maxLength": 2}, "1:1: this file must not have more than 2 characters"),
        ("1y", {"pattern": "^[0-9]+h$"}, "1:1: this file must match ^[0-9]+h$; not '1y'"),
        (
            "1y",
            {"pattern": "^[0-9]+h$", "examples": ["48h", "7h"]},
            "1:1: this file must look like 48h or 7h; not '1y'",
        ),
        ("1y", {"pattern": "h$", "patternErrorMessage": "ends with h"}, "1:1: this file ends with h; not '1y'"),
        ("b", {"const": "a"}, "1:1: this file must be 'a'; not 'b'"),
        ("2026-02-30", {"format": "date"}, "1:1: this file must be a day like 2026-12-31; not '2026-02-30'"),
        ("news", {"format": "uri"}, "1:1: this file must be an address like https://news.example/1; not 'news'"),
        ("1", {"type": "null"}, "1:1: this file must be empty; not 1"),
        ("a: 1", {"properties": {"a": False}}, "1:4: `a` is not expected here"),
    ],
)
def test_messages(text: str, schema: dict[str, Json], said: str) -> None:
    assert told(text, schema) == [f"a.yaml:{line}" for line in said.splitlines()]


BRANCHES: dict[str, Json] = {
    "anyOf": [
        {"enum": ["off", "error"]},
        {"type": "object", "properties": {"severity": {"type": "string"}, "by": {"type": "string"}}},
        {"type": "array", "items": {"type": "string"}},
    ]
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("error", []),
        ("[a]", []),
        ("eror", ["a.yaml:1:1: this file must be one of off, error; not 'eror' – did you mean 'error'?"]),
        (
            "{severity: 1, by: 2}",
            [
                "a.yaml:1:12: `severity` must be text; not 1: put it in quotes",
                "a.yaml:1:19: `by` must be text; not 2: put it in quotes",
            ],
        ),
        ("7", ["a.yaml:1:1: this file must be text, a mapping of keys to values or a list; not 7: put it in quotes"]),
    ],
)
def test_of_several_forms_the_meant_one_is_explained(text: str, said: list[str]) -> None:
    assert told(text, BRANCHES) == said


def test_one_of_wants_exactly_one() -> None:
    schema: dict[str, Json] = {"oneOf": [{"minimum": 1}, {"minimum": 5}]}
    assert told("3", schema) == []
    assert told("7", schema) == ["a.yaml:1:1: this file can be read in more than one way: say less"]
    assert told("0", schema) == ["a.yaml:1:1: this file must be at least 1; not 0"]


def test_definitions_recur() -> None:
    schema: dict[str, Json] = {
        "$ref": "#/$defs/tree",
        "$defs": {"tree": {"type": "array", "items": {"$ref": "#/$defs/tree"}}},
    }
    assert told("[[], [[]]]", schema) == []
    assert told("[[], [[a]]]", schema) == [
        "a.yaml:1:8: item 1 of item 1 of item 2 of this file must be a list; not 'a'"
    ]


def test_a_merged_tree_names_each_file() -> None:
    one, two = parse("a: 1"), parse("\nb: 2")
    assert isinstance(one.value, dict)
    assert isinstance(two.value, dict)
    merged = Node({**one.value, **two.value}, one.file, 0, 0)
    schema: dict[str, Json] = {"additionalProperties": {"type": "string"}}
    faults = check_merged(merged, schema, lambda node: "1.yaml" if node.file is one.file else "2.yaml", "it")
    assert [(fault.path, fault.line) for fault in faults] == [("1.yaml", 1), ("2.yaml", 2)]


def test_keywords_that_would_be_ignored_are_found() -> None:
    schema: dict[str, Json] = {
        "properties": {"a": {"anyOf": [{"uniqueItems": True}]}, "if": {"items": {"not": {}}}},
        "$defs": {"x": {"additionalProperties": {"contains": 1}}},
        "default": {"else": 1},
    }
    assert unsupported(schema) == {"uniqueItems", "not", "contains"}
    assert unsupported(draft_schema()) == unsupported(room_schema()) == set()


@pytest.mark.parametrize("schema", [draft_schema(), room_schema()], ids=["draft", "room"])
def test_schemas_are_valid(schema: dict[str, Json]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


# --- the interpreter agrees with a full implementation ---

WORDS = st.sampled_from(["", "a", "ab", "x-a", "x", "#a", "2026-01-02T03:04:05Z", "#/$defs", "tag", "text"])
SCALARS = st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from([0.5, -1.5]) | WORDS
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"])


def keywords(inner: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {},
        optional={
            "type": TYPES | st.lists(TYPES, min_size=1, unique=True),
            "enum": st.lists(TREES, min_size=1, max_size=3),
            "const": SCALARS,
            "minLength": st.integers(0, 2),
            "maxLength": st.integers(0, 2),
            "pattern": st.sampled_from(["^a", "b$", "x-"]),
            "minimum": st.integers(-1, 2),
            "maximum": st.integers(-1, 2),
            "exclusiveMinimum": st.integers(-1, 2),
            "exclusiveMaximum": st.integers(-1, 2),
            "items": inner,
            "minItems": st.integers(0, 2),
            "maxItems": st.integers(0, 2),
            "minProperties": st.integers(0, 2),
            "required": st.lists(WORDS, max_size=2, unique=True),
            "propertyNames": inner,
            "properties": st.dictionaries(WORDS, inner, max_size=3),
            "patternProperties": st.dictionaries(st.sampled_from(["^x-", "a"]), inner, max_size=2),
            "additionalProperties": inner,
            "anyOf": st.lists(inner, min_size=1, max_size=3),
            "oneOf": st.lists(inner, min_size=1, max_size=3),
            "allOf": st.lists(inner, min_size=1, max_size=2),
        },
    )


SCHEMAS = st.recursive(st.booleans() | st.just({"type": "string"}), keywords, max_leaves=5)


def built(value: object) -> Node:
    """A tree without a file behind it."""
    if isinstance(value, dict):
        return Node({key: built(item) for key, item in value.items()}, FileText(""), 0, 0)
    if isinstance(value, list):
        return Node([built(item) for item in value], FileText(""), 0, 0)
    assert value is None or isinstance(value, bool | int | float | str)
    return Node(value, FileText(""), 0, 0)


@given(SCHEMAS.filter(lambda schema: isinstance(schema, dict)), TREES)
def test_any_schema_accepts_what_jsonschema_accepts(schema: dict[str, Json], value: object) -> None:
    ours = list(check(built(value), schema, "a.yaml"))
    assert (not ours) == jsonschema.Draft202012Validator(schema).is_valid(value)


@given(TREES)
def test_values_written_as_yaml_get_the_same_faults(value: object) -> None:
    schema: dict[str, Json] = {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}}
    node = parse(yaml.safe_dump(value, allow_unicode=True))
    assert [fault.message for fault in check(node, schema, "a")] == [
        fault.message for fault in check(built(node.plain()), schema, "a")
    ]
