import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readtheroom.errors import PolicyError
from readtheroom.policy.load import load_packs_in_place, load_policy
from readtheroom.policy.values import Config, Policy
from tests.policy.samples import CONFIG, PACK

Write = Callable[[dict[str, str]], None]


def load(write: Write, config: str = CONFIG, folder: str = "") -> Policy:
    write({f"{folder}pack/a.yaml": PACK, f"{folder}readtheroom.yaml": config})
    return load_policy(f"{folder}readtheroom.yaml")


def brief(policy: Policy, *profile: int) -> dict[str, tuple[str | None, object]]:
    return {rule.id: (rule.severity, rule.options["limit"]) for rule in policy.rules_for(profile)}


def test_rules_that_are_off_are_not_there(write: Write) -> None:
    policy = load(write)
    assert brief(policy) == {"one": ("error", 1), "two": ("info", 2)}
    assert [setting.rule.id for setting in policy.settings if setting.off] == ["spare", "tone"]


def test_rules_come_in_the_order_of_the_packs(write: Write) -> None:
    assert [rule.id for rule in load(write, "extends: pack/").rules] == ["one", "two", "tone"]


def test_turning_off_a_label_needs_no_message(write: Write) -> None:
    assert "tone" not in brief(load(write))
    with pytest.raises(PolicyError) as caught:
        load(write, "extends: pack/\nrules: {tone: info}")
    assert str(caught.value) == "readtheroom.yaml:2:9: rule 'tone' needs the key `message`: what a finding says"


def test_an_override_of_options_joins_them_and_moves_the_place(write: Write) -> None:
    policy = load(write, "extends: pack/\nrules:\n  one: {options: {limit: 5}}\n  two: {severity: info}")
    [one, two, *_] = policy.rules
    assert (one.options, one.pack, one.path, one.line) == ({"limit": 5, "terms": ["a"]}, "pack", "readtheroom.yaml", 3)
    assert (two.path, two.line) == ("pack/a.yaml", 3)


# --- overrides by file ---


@pytest.mark.parametrize(
    ("path", "profile"),
    [
        ("readme.md", ()),
        ("drafts/a.md", (0,)),
        ("drafts/x/y.csv", (0, 1)),
        ("drafts/old/a.md", ()),
        ("b.csv", (1,)),
        ("../b.csv", ()),
        ("", ()),
    ],
)
@pytest.mark.parametrize("folder", ["", "team/"])
def test_profiles_by_path(write: Write, folder: str, path: str, profile: tuple[int, ...]) -> None:
    policy = load(write, folder=folder)
    assert policy.profile(path and folder + path) == profile
    assert policy.profile(path and str(Path.cwd() / folder / path)) == profile


def test_the_last_override_wins(write: Write) -> None:
    policy = load(write)
    assert brief(policy, 0) == {"two": ("info", 2), "spare": ("warning", 3)}
    assert brief(policy, 1) == {"one": ("info", 9), "two": ("info", 2)}
    assert brief(policy, 0, 1) == {"one": ("info", 9), "two": ("info", 2), "spare": ("warning", 3)}
    assert {rule.id: rule.platforms for rule in policy.rules_for((0,))} == {"two": (), "spare": ("x",)}


def test_an_override_that_leaves_nothing_is_no_pass(write: Write) -> None:
    policy = load(write, "extends: pack/\noverrides: [{files: [a], rules: {one: off, two: off, tone: off}}]")
    with pytest.raises(PolicyError) as caught:
        policy.rules_for(policy.profile("a"))
    assert str(caught.value) == "readtheroom.yaml: no rule is left to check with: turn one on"


def test_without_overrides_pathspec_is_not_needed(write: Write) -> None:
    assert load(write, "extends: pack/").profile("anything") == ()


SETTINGS = st.sampled_from(["off", "info", "warning", "error", "{options: {limit: 7}}", "{options: {terms: [z]}}"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.dictionaries(st.sampled_from(["one", "two", "spare"]), SETTINGS))
def test_a_setting_and_an_override_for_every_file_say_the_same(write: Write, chosen: dict[str, str]) -> None:
    said = "{" + ", ".join(f"{rule}: {value}" for rule, value in chosen.items()) + "}"
    plain = load(write, f"extends: pack/\nrules: {said}")
    overridden = load(write, f"extends: pack/\noverrides: [{{files: ['**'], rules: {said}}}]")
    assert brief(overridden, 0) == brief(plain)


# --- as a whole ---


def test_a_policy_is_plain_and_can_be_kept(write: Write) -> None:
    policy = load(write)
    assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301  our own


def test_every_file_read_is_named(write: Write) -> None:
    write({"pack/pack.yaml": "name: p", "accounts.yaml": "accounts: [{name: a, handles: {x: a}}]"})
    policy = load(write, "extends: pack/\naccounts: accounts.yaml")
    assert policy.files == ("readtheroom.yaml", "pack/pack.yaml", "pack/a.yaml", "accounts.yaml")
    assert [account.name for account in policy.accounts] == ["a"]


def test_faults_of_all_files_come_together_in_order(write: Write) -> None:
    write({"pack/b.yaml": "rules: [{id: three, kind: prob}]", "accounts.yaml": "accounts: []"})
    with pytest.raises(PolicyError) as caught:
        load(write, "extends: [pack/, core2]\naccounts: accounts.yaml\nrules: {one: eror, tow: off}\nfail_no: error\n")
    assert [(fault.path, fault.line) for fault in caught.value.faults] == [
        ("accounts.yaml", 1),
        ("pack/b.yaml", 1),
        ("readtheroom.yaml", 1),
        ("readtheroom.yaml", 3),
        ("readtheroom.yaml", 3),
        ("readtheroom.yaml", 4),
    ]


def test_packs_alone_are_as_they_come(write: Write) -> None:
    load(write, folder="team/")
    assert [(rule.id, rule.severity) for rule in load_packs_in_place(["team/pack"], None).rules] == [
        ("one", "error"),
        ("two", "warning"),
        ("tone", None),
    ]
    assert load_packs_in_place(["team/pack/a.yaml"], None).rules[0].path == "team/pack/a.yaml"
    with pytest.raises(PolicyError, match=r"^readtheroom: no pack is called 'croe' – did you mean 'core'\?$"):
        load_packs_in_place(["croe"], None)


def test_without_a_config_the_core_pack_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    policy = load_policy()
    assert policy.config == Config()
    assert {rule.pack for rule in policy.rules} == {"core"}
    assert policy.profile("anything.md") == ()
