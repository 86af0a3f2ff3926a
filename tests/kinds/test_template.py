from __future__ import annotations

import pytest

from readtheroom.errors import PolicyError
from readtheroom.model import Account, Rule
from tests.kinds.check import check, judge, rule

FIELDS = rule("template", checks=["merge-fields"])
NAMED = rule("template", checks=["bracketed"], names={"en": ["first name", "insert*"], "fr": ["prénom"]})


@pytest.mark.parametrize(
    "field",
    [
        "{{first_name}}",
        "{{ contact.firstname }}",
        '{{ name | default: "you" }}',
        "{{{name}}}",
        "{first_name}",
        "{user.name}",
        "{firstName}",
        "{PRENOM}",
        "{NOM CLIENT}",
        "{ΟΝΟΜΑ}",
        "*|FNAME|*",
        "%%first name%%",
        "%FIRST_NAME%",
        "%%name%%",
        "[[name]]",
        "[first_name]",
        "<<Prénom>>",
        "<%= name %>",
        "${name}",
        "#{name}",
        "{% if vip %}",
        "{Hello|Hi}",
        "__NAME__",
        "__FIRST_NAME__",
        "%s",
        "%1$s",
        "[object Object]",
    ],
)
def test_merge_fields_of_many_tools(field: str) -> None:
    start, end = 4, 4 + len(field)
    assert check(FIELDS, f"Hi, {field}! Όλα καλά;") == [("template", "warning", "text", start, end, field)]


@pytest.mark.parametrize(
    "text",
    [
        "50% off, 100%sure, 20 %s'attendent, 5%-10%",
        "{acoustic} :-} :{ {} {} <3 <b> a<b>c {A} {Live}",
        "[VIDEO] [1/2] [sic] snake_case_name __init__ **bold** __bold__",
        "$5 ${ $} #{ {{ }} [[ ]] << >>",
        "https://example.com/__ID__",
    ],
)
def test_what_is_no_merge_field(text: str) -> None:
    assert check(FIELDS, text) == []


def test_names_in_any_brackets() -> None:
    text = "[FIRST NAME] <first_name> (insert link here) {Prenom} [Prénom] [First names] [reinsert]"
    assert check(NAMED, text) == [
        ("template", "warning", "text", 0, 12, "[FIRST NAME]"),
        ("template", "warning", "text", 13, 25, "<first_name>"),
        ("template", "warning", "text", 26, 44, "(insert link here)"),
        ("template", "warning", "text", 45, 53, "{Prenom}"),
        ("template", "warning", "text", 54, 62, "[Prénom]"),
    ]


def test_capitals_drop_accents() -> None:
    greek = rule("template", checks=["bracketed"], names={"el": ["όνομα"]})
    assert check(greek, "Αγαπητή [ΟΝΟΜΑ], καλημέρα") == [("template", "warning", "text", 8, 15, "[ΟΝΟΜΑ]")]


def test_a_field_is_told_once() -> None:
    both = rule("template", checks=["merge-fields", "bracketed"], names=["name"])
    assert check(both, "Hi {{name}} [[name]]") == [
        ("template", "warning", "text", 3, 11, "{{name}}"),
        ("template", "warning", "text", 12, 20, "[[name]]"),
    ]


def test_figures_left_blank() -> None:
    blanks = rule("template", checks=["blanks"])
    assert check(blanks, "XX% off, $XX, XX.XX.XXXX at XX:XX, xx €") == [
        ("template", "warning", "text", 0, 3, "XX%"),
        ("template", "warning", "text", 9, 12, "$XX"),
        ("template", "warning", "text", 14, 24, "XX.XX.XXXX"),
        ("template", "warning", "text", 28, 33, "XX:XX"),
        ("template", "warning", "text", 35, 39, "xx €"),
    ]
    assert check(blanks, "Size XXL, chapter XX, love xxx, MAXXXX%, https://example.com/XX:XX") == []


def test_runs_of_asterisks_and_underscores() -> None:
    runs = rule("template", checks=["asterisks"])
    assert check(runs, "With **** tonight, see you on ____ at noon") == [
        ("template", "warning", "text", 5, 9, "****"),
        ("template", "warning", "text", 30, 34, "____"),
    ]
    assert check(runs, "f****** *** NEWS *** I love ____\n________\n____ a") == []


def test_a_text_that_is_nothing_but_mash() -> None:
    only = rule("template", checks=["mash-only"])
    assert check(only, " asdfghjkl dfghjklm ") == [("template", "warning", "text", 1, 19, "asdfghjkl dfghjklm")]
    assert check(only, "Menu asdfghjkl") == []
    assert check(rule("template", checks=["mash"]), "asdfghjkl") == []


def test_keyboard_mash() -> None:
    mash = rule("template", checks=["mash"])
    assert check(mash, "Neu: vj;k;;wqxzfdh") == [("template", "warning", "text", 5, 18, "vj;k;;wqxzfdh")]
    assert check(mash, "Le menu asdfghjkl !") == [("template", "warning", "text", 8, 17, "asdfghjkl")]
    assert check(mash, "KRVL + STRMBK, out 7.03 #asdfghjkl @asdfghjkl https://example.com/asdfghjkl") == []


def test_nothing_but_links() -> None:
    only = rule("template", checks=["url-only"])
    assert check(only, " https://example.com/a\nexample.org ") == [
        ("template", "warning", "text", 1, 34, "https://example.com/a\nexample.org")
    ]
    assert check(only, {"text": "Look:", "thread": ["https://example.com"]}) == [
        ("template", "warning", "thread[0]", 0, 19, "https://example.com")
    ]
    assert check(only, {"text": "Look: example.com", "first_comment": "https://example.com"}) == []


def test_nothing_but_an_account() -> None:
    only = rule("template", checks=["account-only"])
    known = Account("Nordvik Hotels", {"x": "@nordvik_hotels"})
    for text in ("nordvik hotels", "@nordvik_hotels", "Nordvik_Hotels!"):
        assert check(only, text, accounts=[known]) == [("template", "warning", "text", 0, len(text), text)]
    assert check(only, {"text": "Tournesol", "account": "@tournesol"}) == [
        ("template", "warning", "text", 0, 9, "Tournesol")
    ]
    assert check(only, {"text": "Nordvik Hotels is open", "account": "nordvik"}, accounts=[known]) == []
    assert check(only, {"text": "…", "account": "_"}) == []


def test_a_sentence_pasted_twice() -> None:
    twice = rule("template", checks=["repeated"])
    text = "Our menu is here at last! Come by.\n😋 OUR menu is here at last "
    assert check(twice, text) == [("template", "warning", "text", 37, 61, "OUR menu is here at last")]
    assert check(twice, "Come by. Come by. Run run run run run run. Run run run run run run.") == []
    assert check(twice, {"text": "Our menu is here at last", "title": "Our menu is here at last"}) == []


def test_terms_by_language() -> None:
    notes = rule("template", terms={"any": ["lorem ipsum"], "fr": ["brouillon"]}, unless=["premier brouillon"])
    assert check(notes, {"text": "Brouillon: LOREM\nIpsum", "lang": "fr"}) == [
        ("template", "warning", "text", 0, 9, "Brouillon"),
        ("template", "warning", "text", 11, 22, "LOREM\nIpsum"),
    ]
    assert check(notes, {"text": "Brouillon", "lang": "en"}) == []
    assert check(notes, {"text": "Son premier brouillon", "lang": "fr"}) == []


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        (rule("template", checks=[]), "looks for nothing: give it `checks` or `terms`"),
        (rule("template", checks=["bracketed"]), "needs `names` for its check `bracketed`"),
        (rule("template", terms=["\u200b"]), "term '\\u200b' has no visible character"),
    ],
)
def test_faulty_rules(faulty: Rule, said: str) -> None:
    with pytest.raises(PolicyError) as caught:
        judge(faulty, "a")
    assert f"rules.yaml:7: rule 'template': {said}" in str(caught.value)


def test_each_rule_makes_its_own_checks() -> None:
    rules = [rule("template", name="a", checks=["mash"]), rule("template", "error", name="b", checks=["merge-fields"])]
    assert check(rules, "{{name}} asdfghjkl") == [
        ("b", "error", "text", 0, 8, "{{name}}"),
        ("a", "warning", "text", 9, 18, "asdfghjkl"),
    ]


def test_work_grows_with_the_text_and_not_with_its_square() -> None:
    all_checks = rule("template", checks=["merge-fields", "blanks", "asterisks", "mash", "repeated"])
    assert len(check(all_checks, "{{x}} example.com asdfghjkl " * 10_000)) == 20_000


def test_a_placeholder_inside_a_field_is_told_of_once() -> None:
    fields = rule("template", name="fields", checks=["bracketed"], names=["insert*"])
    dummy = rule("template", name="dummy", terms=["insert link", "lorem ipsum"])
    text = "Here: [insert link here], insert link, lorem ipsum"
    expected = [("fields", "[insert link here]"), ("dummy", "insert link"), ("dummy", "lorem ipsum")]
    for rules in ([fields, dummy], [dummy, fields]):
        assert [(each.rule, each.match) for each in judge(rules, text).findings] == expected
    assert [each.match for each in judge([dummy], "[insert link]").findings] == ["insert link"]
