import json
from collections.abc import Callable

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.errors import PluginError, PolicyError
from readtheroom.model import Json
from readtheroom.policy import schemas
from readtheroom.policy.config_schema import ACCOUNTS, CONFIG
from readtheroom.policy.document import parse_yaml
from readtheroom.policy.draft_schema import DRAFT, ROOM
from readtheroom.policy.keywords import Schema
from readtheroom.policy.load import load_policy
from readtheroom.policy.rule_schema import RULE
from readtheroom.policy.schema import check
from readtheroom.spans import FileText

Write = Callable[[dict[str, str]], None]

ONE = "rules: [{id: one, kind: probe, severity: error, message: m, why: w, options: {limit: 1}}]"


def accepts(schema: dict[str, Json], text: str) -> bool:
    return jsonschema.Draft202012Validator(schema).is_valid(yaml.safe_load(text))


@pytest.mark.parametrize("name", ["config", "rules", "draft", "room", "accounts", "hold", "approval"])
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
        "holds: stops",
        "holds: {folder: stops, propose: {labels: crisis.war, regions: US}}",
        "holds: {propose: [{labels: [crisis.war]}, {labels: crisis, sources: 2, until: 2d}]}",
        "holds: {propose: [{regions: US}]}",
        "holds: {propose: {labels: []}}",
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


# --- what is checked accepts what jsonschema accepts ---

SAMPLES: list[tuple[Schema, str]] = [
    (
        RULE,
        """{id: acme/one, kind: keywords, label: a.b, severity: off, confidence: low, message: "{match}", why: w,
        options: {terms: [a]}, fields: [text], platforms: [x], tags: [t], references: [r], advice: a,
        examples: {flag: [a, {text: t, match: t, room: [{term: x, reason: y, rank: 1}]}], pass: [{poll: [a, b]}]}}""",
    ),
    (
        CONFIG,
        """{extends: core, audience: [US], accounts: a.yaml, languages: [en], fail_on: info,
        room: {sources: [a, {kind: b, c: 1}], when_unavailable: warn, window: 7d},
        rules: {one: off, two: {severity: info, options: {a: 1}}}, overrides: [{files: [a], rules: {one: error}}],
        drafts: {columns: {text: [a, b], title: c}, platforms: x, timezone: UTC, day_first: true}}""",
    ),
    (ACCOUNTS, "{accounts: [{name: a, handles: {x: a}, authors: [b], languages: [pt-BR], regions: [FR-75]}]}"),
    (
        ROOM,
        """{observations: [{term: "#a", kind: tag, region: US, rank: 1, volume: 0, source: s,
        observed_at: "2026-01-01T00:00:00Z", reasons: [{title: t, url: "https://a.example", source: s}]}]}""",
    ),
    (
        DRAFT,
        """{id: 1, text: a, platforms: [x], account: a, audience: US, media: [a.png, {file: b, alt: c}], poll: [a],
        thread: [a, {text: b, poll: [c]}], approved_by: [a], allow: [{rule: r, reason: s, until: "2026-12-31"}],
        x-mine: [1], title: null, lang: en}""",
    ),
]
ODD = st.sampled_from([None, False, True, 0, -1, 1.5, "", "off", "A", "a b", [], {}, ["a", 1], {"id": 1}, {"a": "b"}])


def _without_format(schema: dict[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in schema.items() if key != "format"}


@st.composite
def mutated(draw: st.DrawFn, value: object) -> object:
    """`value` with one thing in it replaced, taken away or misspelt."""
    if not isinstance(value, dict | list) or not value or draw(st.integers(0, 5)) == 0:
        return draw(ODD)
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = draw(st.sampled_from(keys))
    items = {k: value[k] for k in keys}
    what = draw(st.sampled_from(["deeper", "deeper", "deeper", "gone", "misspelt"]))
    old = items.pop(key)
    if what == "deeper":
        items[key] = draw(mutated(old))
    elif what == "misspelt":
        items[f"{key}x"] = old
    return items if isinstance(value, dict) else list(items.values())


@pytest.mark.parametrize(("schema", "text"), SAMPLES, ids=["rule", "config", "accounts", "room", "draft"])
@given(data=st.data())
def test_any_slip_is_judged_as_jsonschema_would(schema: Schema, text: str, data: st.DataObject) -> None:
    sample = parse_yaml("a.yaml", FileText(text)).plain()
    without_formats = json.loads(json.dumps(schema), object_hook=_without_format)
    validator = jsonschema.Draft202012Validator(without_formats)
    assert validator.is_valid(sample)
    value = data.draw(mutated(sample))
    written = parse_yaml("a.yaml", FileText(json.dumps(value, ensure_ascii=False)))
    assert (not list(check(written, without_formats, "a.yaml"))) == validator.is_valid(value)


def node(schema: Json, *path: str | int) -> Json:
    for step in path:
        schema = schema[step]  # type: ignore[index]  # fails where it is no mapping
    return schema
