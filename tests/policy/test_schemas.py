from collections.abc import Callable

import jsonschema
import pytest
import yaml

from readtheroom.errors import PluginError, PolicyError
from readtheroom.model import Json
from readtheroom.policy import schemas
from readtheroom.policy.load import load_policy

Write = Callable[[dict[str, str]], None]

ONE = "rules: [{id: one, kind: probe, severity: error, message: m, why: w, options: {limit: 1}}]"


def accepts(schema: dict[str, Json], text: str) -> bool:
    return jsonschema.Draft202012Validator(schema).is_valid(yaml.safe_load(text))


@pytest.mark.parametrize("name", ["config", "rules", "draft", "room", "accounts"])
def test_each_is_valid_and_says_what_it_is(plugins: None, name: str) -> None:
    schema = getattr(schemas, f"{name}_schema")()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:readtheroom:schema:{name}"
    assert schema["title"] == f"readtheroom {name}"
    assert schema["description"]


@pytest.mark.parametrize(
    "rule",
    [
        "{id: one, kind: probe, severity: error, message: m, why: w, options: {limit: 1}}",
        "{id: one, kind: probe, label: tone.joking, why: w, options: {deep: [{name: a}]}}",
        "{id: one, kind: probe, label: tone.joking, why: w, options: {deep: [{nmae: a, list: b}]}}",
        "{id: one, kind: probe, label: tone.joking, why: w, options: {deep: [3]}}",
        "{id: one, kind: prob, label: tone.joking, why: w}",
        "{id: one, kind: probe, label: tone.joking, why: w, options: {limit: 0}}",
        "{id: one, kind: probe, label: tone.joking, why: w, options: {limt: 1}}",
        "{id: one, kind: probe, label: tone.joking, options: {limit: 1}}",
        "{id: one, kind: probe, why: w, options: {limit: 1}}",
        "{id: one, kind: probe, severity: error, why: w, options: {limit: 1}}",
        "{id: ONE, kind: probe, label: tone.joking, why: w, options: {limit: 1}}",
        "{id: one, kind: probe, label: tone.joking, why: w, options: {limit: 1}, examples: {flag: [{txt: a}]}}",
        "{id: one, kind: probe, label: tone.joking, why: w, options: {limit: 1}, examples: {flag: [a, {text: b}]}}",
        "{kind: probe}",
        "a",
    ],
)
def test_editors_and_the_loader_agree_on_rules(write: Write, rule: str) -> None:
    text = f"rules: [{rule}]"
    write({"pack/a.yaml": text, "pack/b": "word", "readtheroom.yaml": "extends: pack/"})
    assert accepts(schemas.rules_schema(), text) == loads("readtheroom.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "audience: [US, FR]",
        "audience: us",
        "room: {sources: [{kind: probe-feed, url: 'https://a.example'}], window: 7d}",
        "room: {sources: [{kind: probe-feed, ulr: 'https://a.example'}]}",
        "room: {sources: [{kind: probe-feed}]}",
        "room: {sources: [{url: 'https://a.example'}]}",
        "room: {sources: [probe-fed]}",
        "room: {window: 7 days}",
        "rules: {one: {severity: info, options: {limit: 2}}}",
        "rules: {one: eror}",
        "rules: {One: error}",
        "overrides: [{files: [a], rules: {one: info}}]",
        "overrides: [{files: [a]}]",
        "fail_on: none",
        "extend: [core]",
    ],
)
def test_editors_and_the_loader_agree_on_configs(write: Write, text: str) -> None:
    extended = f"{text}\nextends: pack/\n"
    write({"pack/a.yaml": ONE, "readtheroom.yaml": extended})
    assert accepts(schemas.config_schema(), extended) == loads("readtheroom.yaml")


def loads(path: str) -> bool:
    try:
        load_policy(path)
    except PolicyError:
        return False
    return True


def test_kinds_and_sources_of_others_are_offered(plugins: None) -> None:
    rule = node(schemas.rules_schema(), "properties", "rules", "items", "properties", "kind", "enum")
    source = node(schemas.config_schema(), "properties", "room", "properties", "sources", "items", "anyOf", 0, "enum")
    assert isinstance(rule, list)
    assert isinstance(source, list)
    assert {"keywords", "probe"} <= set(rule)
    assert {"file", "probe-feed"} <= set(source)


@pytest.mark.parametrize("schema", [schemas.rules_schema, schemas.config_schema])
def test_a_broken_plug_in_is_told(broken_plugins: None, schema: Callable[[], dict[str, Json]]) -> None:
    with pytest.raises(PluginError, match="probe-"):
        schema()


def node(schema: Json, *path: str | int) -> Json:
    for step in path:
        schema = schema[step]  # type: ignore[index]
    return schema
