from collections.abc import Callable
from pathlib import Path

import pytest

from readtheroom.errors import PolicyError
from readtheroom.model import Example, Json, Rule
from readtheroom.policy.load import load_policy

Write = Callable[[dict[str, str]], None]

FULL = """\
rules:
  - id: acme/one
    kind: probe
    label: crisis.fire
    severity: warning
    confidence: low
    message: "Says {match}"
    why: Because.
    advice: Do not.
    options: {terms: [a, b*], limit: 2}
    examples:
      flag: [{text: Better than Globex!, match: Globex}]
      pass:
        - Hello
        - text: Hi
          room: [{term: "#x", reason: Why}]
    references: [https://acme.example/policy]
    fields: [text, title]
    platforms: [Twitter, mastodon]
    tags: [legal]
"""
ONE = "rules:\n  - {id: one, kind: probe, severity: error, message: m, why: w, options: {limit: 1}}\n"


def one(**changed: str | None) -> str:
    keys: dict[str, str | None] = {
        "id": "one",
        "kind": "probe",
        "severity": "error",
        "message": "m",
        "why": "w",
        "options": "{limit: 1}",
        **changed,
    }
    return "rules:\n- " + "\n  ".join(f"{key}: {value}" for key, value in keys.items() if value is not None) + "\n"


def rules(write: Write, files: dict[str, str], config: str = "") -> tuple[Rule, ...]:
    write({f"pack/{name}": text for name, text in files.items()} | {"readtheroom.yaml": f"extends: pack/\n{config}"})
    return load_policy("readtheroom.yaml").rules


def faults(write: Write, files: dict[str, str], config: str = "") -> list[str]:
    with pytest.raises(PolicyError) as caught:
        rules(write, files, config)
    return str(caught.value).splitlines()


def test_every_key_of_a_rule_arrives(write: Write) -> None:
    seen_at = "2026-01-15T12:00:00+00:00"
    seen: dict[str, Json] = {"source": "example", "observed_at": seen_at, "term": "#x", "reasons": [{"title": "Why"}]}
    assert rules(write, {"a.yaml": FULL}) == (
        Rule(
            id="acme/one",
            kind="probe",
            label="crisis.fire",
            severity="warning",
            confidence="low",
            message="Says {match}",
            why="Because.",
            advice="Do not.",
            options={"terms": ["a", "b*"], "limit": 2},
            flag=(Example({"text": "Better than Globex!"}, (), "Globex", 12, "pack/a.yaml"),),
            passes=(
                Example({"text": "Hello"}, (), None, 14, "pack/a.yaml"),
                Example({"text": "Hi"}, (seen,), None, 15, "pack/a.yaml"),
            ),
            references=("https://acme.example/policy",),
            fields=("text", "title"),
            platforms=("x", "mastodon"),
            tags=("legal",),
            pack="pack",
            path="pack/a.yaml",
            line=2,
        ),
    )


def test_a_label_needs_no_message(write: Write) -> None:
    [rule] = rules(write, {"a.yaml": one(severity=None, message=None, label="tone.joking")})
    assert (rule.label, rule.severity, rule.message) == ("tone.joking", None, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (one(sverity="x"), "8:3: unknown key `sverity` in rule 'one' – did you mean 'severity'?"),
        (one(severity="eror"), "4:13: `severity` must be one of error, warning, info, off; not 'eror' – did you mean"),
        (one(severity="fatal"), "4:13: `severity` must be one of error, warning, info, off; not 'fatal'"),
        (one(kind="prob"), "3:9: no kind is called 'prob' – did you mean 'probe'?"),
        (one(kind=None), "2:3: rule 'one' needs the key `kind`: no earlier pack has a rule of that id"),
        (one(why=None), "2:3: rule 'one' needs the key `why`: the reason that its readers will see"),
        (one(severity=None, message=None), "2:3: rule 'one' needs a `severity`, or a `label` if it is for other rules"),
        (one(message=None), "4:3: rule 'one' needs the key `message`: what a finding says"),
        (one(message="'{a.b}'"), "5:12: `message` may hold placeholders of one plain word only, like {match}"),
        (one(message="'{0}'"), "5:12: `message` may hold placeholders of one plain word only, like {match}"),
        (one(message="'{{x}}'"), "5:12: `message` may hold placeholders of one plain word only, like {match}"),
        (one(message="'50 % }'"), "5:12: `message` may hold placeholders of one plain word only, like {match}"),
        (one(id="One"), "2:7: `id` must be lower-case letters, digits and hyphens, like no-competitors or acme"),
        (one(id=None), "2:3: a rule needs the key `id`"),
        (one(label="Crisis.Fire"), "8:10: `label` must look like crisis.fire; not 'Crisis.Fire'"),
        (one(options="{limt: 1}"), "7:13: unknown key `limt` in `options` of rule 'one' – did you mean 'limit'?"),
        (one(options="{limit: 0}"), "7:20: `limit` must be at least 1; not 0"),
        (one(options="{}"), "7:12: `options` of rule 'one' needs 1 key or more"),
        (one(options=None), "2:3: `options` of rule 'one' needs 1 key or more"),
        (one(platforms="[mastodn]"), "8:15: no platform is called 'mastodn' – did you mean 'mastodon'?"),
        (one(fields="[txt]"), "8:12: item 1 of `fields` must be one of text, title, first_comment, media"),
        (one(examples="{flag: [{txt: a}]}"), "8:22: unknown key `txt` in item 1 of `flag` – did you mean 'text'?"),
        (one(examples="{pass: [{text: a, match: a}]}"), "8:31: unknown key `match` in item 1 of `pass`"),
        (one(examples="{flag: [{text: a, room: [{reason: b}]}]}"), "8:38: item 1 of `room` needs the key `term`"),
        ("rule:\n- a\n", "1:1: a rule file needs the key `rules`|1:1: unknown key `rule` in a rule file"),
        ("", "1:1: a rule file must be a mapping of keys to values; not empty"),
        ("rules: []\n", "1:8: `rules` needs 1 item or more"),
        ("rules: [a]\n", "1:9: a rule must be a mapping of keys to values; not 'a'"),
        ("rules: {a: 1}\n", "1:8: `rules` must be a list; not a mapping of keys to values"),
        ("rules: [\n", "2:1: not valid YAML: while parsing a flow node, did not find expected node content"),
    ],
)  # fmt: skip
def test_a_faulty_rule(write: Write, text: str, said: str) -> None:
    found = faults(write, {"a.yaml": text})
    assert all(fault.startswith(f"pack/a.yaml:{line}") for fault, line in zip(found, said.split("|"), strict=True)), (
        found
    )


def test_an_option_that_is_written_as_a_key(write: Write) -> None:
    (told,) = faults(write, {"a.yaml": one(terms="[a]")})
    assert told.startswith("pack/a.yaml:8:3: unknown key `terms` in rule 'one'; known: advice, ")
    assert told.endswith("; what its kind asks for goes under `options`")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("probe-odd", "the OPTIONS of kind 'probe-odd' use uniqueItems, which is not supported: ask its author"),
        ("probe-bare", "kind 'probe-bare' has no OPTIONS: ask its author"),
        ("probe-broken", "kind 'probe-broken' (probe_broken) cannot be imported: division by zero"),
    ],
)
def test_a_broken_kind_is_told_where_it_is_used(broken_plugins: None, write: Write, kind: str, said: str) -> None:
    [found] = faults(write, {"a.yaml": one(kind=kind)})
    assert found.startswith(f"pack/a.yaml:3:9: {said}")


def test_an_id_twice_in_a_pack_names_both_places(write: Write) -> None:
    assert faults(write, {"a.yaml": ONE, "b/c.yml": "\n" + ONE}) == [
        "pack/b/c.yml:3:5: rule 'one' is there already, at pack/a.yaml:2: give one another id"
    ]


def test_all_faults_of_all_files_are_told_in_order(write: Write) -> None:
    found = faults(write, {"b.yaml": one(id="two", kind="prob", sverity="x"), "a.yaml": "]"}, "rules: {tow: off}\n")
    assert [line.split(" ", 1)[0] for line in found] == [
        "pack/a.yaml:1:1:",
        "pack/b.yaml:3:9:",
        "pack/b.yaml:8:3:",
        "readtheroom.yaml:2:9:",
    ]
    assert found[3].endswith("no rule is called 'tow' – did you mean 'two'?")


# --- layers ---


def test_a_later_pack_overrides_key_by_key(write: Write) -> None:
    write(
        {
            "base.yaml": one(options="{limit: 1, terms: [a]}", tags="[x]", advice="Once."),
            "more.yaml": "rules:\n- {id: one, severity: info, options: {terms: [b]}, tags: [y, z]}\n",
            "readtheroom.yaml": "extends: [base.yaml, more.yaml]\n",
        }
    )
    [rule] = load_policy("readtheroom.yaml").rules
    assert (rule.severity, rule.options, rule.tags) == ("info", {"limit": 1, "terms": ["b"]}, ("y", "z"))
    assert (rule.message, rule.advice, rule.pack, rule.path, rule.line) == ("m", "Once.", "base", "more.yaml", 2)


def test_a_kind_is_for_good(write: Write) -> None:
    write(
        {
            "base.yaml": ONE,
            "more.yaml": "rules:\n- {id: one, kind: keywords}\n",
            "readtheroom.yaml": "extends: [base.yaml, more.yaml]\n",
        }
    )
    with pytest.raises(PolicyError) as caught:
        load_policy("readtheroom.yaml")
    assert str(caught.value) == ("more.yaml:2:19: rule 'one' is of kind 'probe' already: give this one another id")


# --- lexicons ---


def test_lexicons_become_terms(write: Write) -> None:
    write(
        {
            "pack/words/en.txt": "# Fire\n## more\n#\n#tag # c\n  big  fire\t# c\nc# d\nbig  fire\n\n",
            "pack/fr.txt": "\ufefffeu\r\n",
        }
    )
    options = "{lexicon: {en: words/en.txt, fr: fr.txt}, deep: [{list: fr.txt, name: fr.txt}]}"
    [rule] = rules(write, {"a.yaml": one(options=options)})
    assert rule.options == {
        "lexicon": {"en": ["#tag", "big  fire", "c# d"], "fr": ["feu"]},
        "deep": [{"list": ["feu"], "name": "fr.txt"}],
    }
    assert load_policy("readtheroom.yaml").files == (
        "readtheroom.yaml",
        "pack/a.yaml",
        "pack/words/en.txt",
        "pack/fr.txt",
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none.txt", "pack/a.yaml:7:22: no such lexicon: pack/none.txt"),
        ("../secret.txt", "pack/a.yaml:7:22: lexicon '../secret.txt' lies outside pack: move it there"),
        ("/etc/hosts", "pack/a.yaml:7:22: lexicon '/etc/hosts' lies outside pack: move it there"),
        ("link.txt", "pack/a.yaml:7:22: lexicon 'link.txt' lies outside pack: move it there"),
        ('"a\\0b"', "pack/a.yaml:7:22: lexicon 'a\\x00b' lies outside pack: move it there"),
        ("empty.txt", "pack/empty.txt: holds no terms: write one per line"),
        ("long.txt", "pack/long.txt:2: a term longer than 200 characters: write one term per line"),
        ("binary.txt", "pack/binary.txt:2: a binary file, not text"),
    ],
)
def test_a_faulty_lexicon(write: Write, tmp_path: Path, name: str, said: str) -> None:
    write(
        {
            "secret.txt": "x\n",
            "pack/empty.txt": "# none\n",
            "pack/long.txt": "a\n" + "x" * 201,
            "pack/binary.txt": "a\n\0",
        }
    )
    (tmp_path / "pack/link.txt").symlink_to(tmp_path / "secret.txt")
    assert faults(write, {"a.yaml": one(options=f"{{lexicon: {name}}}")}) == [said]


SAYS = """\
rules:
  - {id: one, kind: keywords, severity: info, why: w, message: "Says {mach}", options: {terms: [a]}}
  - id: two
    kind: combination
    severity: info
    why: w
    message: "{because} and {match}, {label}"
    advice: Fill {{first_name}}, or {becaus}, or {x9}
    options: {all: [a]}
"""


def test_a_placeholder_that_nothing_fills_is_told_where_it_stands(write: Write) -> None:
    config = "extends: a.yaml\nrules: {two: {message: 'now {rhyme}'}}\n"
    write({"a.yaml": SAYS, "readtheroom.yaml": config})
    with pytest.raises(PolicyError) as caught:
        load_policy("readtheroom.yaml")
    assert list(map(str, caught.value.faults)) == [
        "a.yaml:2:64: `message`: nothing fills {mach} – did you mean 'match'?",
        "a.yaml:8:13: `advice`: nothing fills {becaus} – did you mean 'because'?",
        "a.yaml:8:13: `advice`: nothing fills {x9}; known: because, label, match",
        "readtheroom.yaml:2:24: `message`: nothing fills {rhyme}; known: because, label, match",
    ]


def test_a_kind_that_declares_no_facts_is_not_checked(write: Write) -> None:
    [rule] = rules(write, {"a.yaml": one(message="'Says {anything}'")})
    assert rule.message == "Says {anything}"
