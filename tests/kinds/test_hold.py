"""Which posts a hold stops."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.api.linter import Linter
from readtheroom.findings import Evidence, PostResult, Skip
from readtheroom.model import Account, Hold, HoldScope, Json, Room
from tests.kinds.check import NOW, check, judge, rule

HOUR = timedelta(hours=1)
SPARES: list[Json] = ["tone.condolence", "tone.service"]
UNLESS: list[Json] = ["tone.promotional"]
HOLD = rule(
    "hold",
    "error",
    message="{since}, {until}: {reason} ({owner}){more} {file}",
    check="standing",
    spares=SPARES,
    unless=UNLESS,
)
RULES = [
    HOLD,
    rule("keywords", None, name="sell", label="tone.promotional", terms=["buy"]),
    rule("keywords", None, name="grieve", label="tone.condolence", terms=["condolences"]),
    rule("keywords", None, name="inform", label="tone.service", terms=["closed"]),
    rule("keywords", None, name="joke", label="tone.joking", terms=["lol"]),
]
MAIN = Account("Finch & Alder", {"x": "finchalder", "mastodon": "@finch@social.example"})
OTHER = Account("Alder Kids", {"x": "alderkids"})


STRANGE = "the hold “Fire in town” is for posts with topic.tea, and no rule of this policy tells which they are"


def held(*scope: HoldScope, **more: object) -> Hold:
    """A hold that stands."""
    made = Hold("fire", "Fire in town", NOW - HOUR, NOW + HOUR, "Ada", scope or (HoldScope(),), "holds/fire.yaml")
    return made._replace(**more)  # type: ignore[arg-type]  # of any type, by name


def stopped(draft: str | dict[str, Json], *holds: Hold, accounts: tuple[Account, ...] = ()) -> bool:
    return bool(check(RULES, draft, Room(holds=holds), accounts))


def test_a_finding_says_who_why_and_until_when() -> None:
    result = judge(RULES, "Doors open at nine", Room(holds=(held(),)))
    (found,) = result.findings
    assert (result.verdict, found.rule, found.severity, found.field) == ("block", "hold", "error", "scheduled_at")
    about = "since 2026-07-20 11:00 UTC, until 2026-07-20 13:00 UTC"
    assert found.message == "2026-07-20 11:00 UTC, until 2026-07-20 13:00 UTC: Fire in town (Ada) holds/fire.yaml"
    assert found.evidence == (Evidence("Fire in town", source=f"Ada, holds/fire.yaml, {about}"),)


def test_it_points_at_the_time_of_the_post() -> None:
    draft: dict[str, Json] = {"text": "Doors open at nine", "scheduled_at": "2026-07-20T12:30:00Z"}
    (found,) = judge(RULES, draft, Room(holds=(held(),))).findings
    assert (found.place.line, found.place.column) == (1, 49)


def test_without_end_or_owner_it_says_so() -> None:
    (found,) = judge(RULES, "Doors", Room(holds=(held(end=None, owner=""),))).findings
    assert found.message == "2026-07-20 11:00 UTC, with no end: Fire in town (nobody answers for it) holds/fire.yaml"
    assert found.evidence[0].source == "holds/fire.yaml, since 2026-07-20 11:00 UTC, with no end"


def test_several_holds_are_one_finding_the_oldest_first() -> None:
    older = held(path="holds/old.yaml", start=NOW - 2 * HOUR, reason="Flood")
    (found,) = judge(RULES, "Doors", Room(holds=(held(), older))).findings
    assert "Flood (Ada), and 1 more holds/old.yaml" in found.message
    assert [each.title for each in found.evidence] == ["Flood", "Fire in town"]


def test_one_file_that_is_known_twice_counts_once() -> None:
    saved, now = held(reason="as saved"), held(reason="as it is")
    (found,) = judge(RULES, "Doors", Room(holds=(saved, now))).findings
    assert [each.title for each in found.evidence] == ["as saved"]
    assert stopped("Doors", held(end=NOW), held())


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-07-20T10:59:59Z", False),
        ("2026-07-20T11:00:00Z", True),
        ("2026-07-20T14:59:59+02:00", True),
        ("2026-07-20T13:00:00Z", False),
    ],
)
def test_the_posts_own_time_decides(at: str, expected: bool) -> None:
    assert stopped({"text": "Doors", "scheduled_at": at}, held()) == expected


def test_one_that_has_ended_or_is_to_come_stops_nothing() -> None:
    assert not stopped("Doors", held(end=NOW), held(start=NOW + HOUR, end=None))


# --- what goes on ---


@pytest.mark.parametrize(
    ("text", "everything", "expected"),
    [
        ("our condolences", False, False),
        ("we are closed", False, False),
        ("our condolences. buy quilts", False, True),
        ("our condolences", True, True),
        ("we are closed", True, True),
    ],
)
def test_what_helps_goes_on_unless_it_sells_or_all_is_held(text: str, everything: bool, expected: bool) -> None:
    assert stopped(text, held(HoldScope(everything=everything))) == expected


def test_a_scope_that_names_them_means_them() -> None:
    assert stopped("we are closed", held(HoldScope(labels=("tone.service",))))
    assert not stopped("we are closed", held(HoldScope(labels=("tone",))))
    assert stopped("we are closed", held(HoldScope(labels=("tone",), everything=True)))


def test_an_offer_in_another_text_of_the_post_counts() -> None:
    assert stopped({"text": "our condolences", "first_comment": "buy quilts"}, held())


SAMPLES = """\
en Our condolences to everyone in Brookvale.
en Ferries are suspended until further notice.
en We apologise for this morning's post.
fr Nos condoléances aux familles.
fr En raison de la tempête, nos magasins sont fermés aujourd'hui.
fr Toutes nos excuses pour ce message.
el Θερμά συλλυπητήρια στις οικογένειες.
el Λόγω καπνού αναστέλλονται οι αναχωρήσεις.
el Ζητάμε συγγνώμη για την ανάρτηση.
es Nuestro más sentido pésame a las familias.
es Las clases quedan suspendidas hasta nuevo aviso.
es Pedimos disculpas por el mensaje.
de Unsere Gedanken sind bei den Familien.
de Der Fährverkehr ist bis auf Weiteres eingestellt.
de Wir entschuldigen uns für den Beitrag.
it Sentite condoglianze ai familiari.
it A causa della neve i corsi sono sospesi fino a nuovo avviso.
it Ci scusiamo per il messaggio.
pt Nossas condolências às famílias.
pt As aulas estão suspensas até novo aviso.
pt Pedimos desculpas pela mensagem.
"""
"""A condolence, a service notice and an apology in each language of the core pack."""


@pytest.fixture(scope="module")
def core() -> Linter:
    return Linter.from_path(None, Room(holds=(held(),)), NOW)


@pytest.fixture(scope="module")
def core_all() -> Linter:
    return Linter.from_path(None, Room(holds=(held(HoldScope(everything=True)),)), NOW)


def is_held(result: PostResult) -> bool:
    return "hold" in [each.rule for each in result.findings]


@pytest.mark.parametrize(("lang", "text"), [line.split(" ", 1) for line in SAMPLES.splitlines()])
def test_the_core_pack_lets_them_go_on_in_every_language(core: Linter, core_all: Linter, lang: str, text: str) -> None:
    assert not is_held(core.lint({"text": text, "lang": lang}))
    assert is_held(core_all.lint({"text": text, "lang": lang}))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Our condolences to Brookvale. 15% off quilts, shop now!"),
        ("fr", "Nos condoléances aux familles. -20 % sur tout, commandez vite !"),
        ("el", "Θερμά συλλυπητήρια. Έκπτωση 20% σε όλα, αγοράστε τώρα!"),
        ("es", "Nuestro más sentido pésame. 20 % de descuento, ¡compra ya!"),
        ("de", "Unsere Gedanken sind bei den Familien. 20 % Rabatt, jetzt kaufen!"),
        ("it", "Sentite condoglianze. Sconto del 20%, acquista ora!"),
        ("pt", "Nossas condolências. 20% de desconto, compre já!"),
    ],
)
def test_sympathy_that_sells_is_held_in_every_language(core: Linter, lang: str, text: str) -> None:
    assert is_held(core.lint({"text": text, "lang": lang}))


def test_no_allow_silences_it(core: Linter) -> None:
    allow: Json = [{"rule": "hold", "reason": "we must", "by": "Ada"}]
    result = core.lint({"text": "The linen dresses are back.", "allow": allow})
    assert (result.verdict, [each.rule for each in result.findings]) == ("block", ["allow-unused", "hold"])


# --- whom it means ---


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (["US"], True),
        (["us"], True),
        (["US-NY"], True),
        (["FR", "US"], True),
        (["FR"], False),
        ([], True),
        (["USA"], False),
    ],
)
def test_a_region(audience: list[str], expected: bool) -> None:
    assert stopped({"text": "Doors", "audience": [*audience]}, held(HoldScope(("US",)))) == expected


def test_a_part_of_a_region() -> None:
    york = held(HoldScope(("US-NY",)))
    assert stopped({"text": "Doors", "audience": "US"}, york)
    assert not stopped({"text": "Doors", "audience": "US-CA"}, york)


@pytest.mark.parametrize(
    ("platforms", "expected"), [(["x"], True), (["mastodon", "twitter"], True), (["mastodon"], False), ([], True)]
)
def test_a_platform(platforms: list[str], expected: bool) -> None:
    assert stopped({"text": "Doors", "platforms": [*platforms]}, held(HoldScope(platforms=("x", "tiktok")))) == expected


@pytest.mark.parametrize(("text", "expected"), [("buy it", True), ("lol", False), ("buy, lol", True), ("Doors", False)])
def test_a_label(text: str, expected: bool) -> None:
    assert stopped(text, held(HoldScope(labels=("tone.promotional", "crisis")))) == expected


@pytest.mark.parametrize("named", ["Finch & Alder", "@finchalder", "finch@social.example"])
@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("finch & alder", True),
        ("@finchalder", True),
        ("finch@social.example", True),
        ("alderkids", False),
        (None, True),
    ],
)
def test_an_account_by_any_of_its_names(named: str, account: str | None, expected: bool) -> None:
    draft: dict[str, Json] = {"text": "Doors", "account": account}
    assert stopped(draft, held(HoldScope(accounts=(named,))), accounts=(MAIN, OTHER)) == expected


@pytest.mark.parametrize(("account", "expected"), [("@Finch", True), ("finch", True), ("alder", False)])
def test_an_account_where_none_are_known(account: str, expected: bool) -> None:
    assert stopped({"text": "Doors", "account": account}, held(HoldScope(accounts=("finch",)))) == expected


def test_within_a_scope_each_must_fit_and_of_several_one() -> None:
    both = HoldScope(("US",), ("x",))
    assert stopped({"text": "Doors", "audience": "US", "platforms": "x"}, held(both))
    assert not stopped({"text": "Doors", "audience": "FR", "platforms": "x"}, held(both))
    assert not stopped({"text": "Doors", "audience": "US", "platforms": "mastodon"}, held(both))
    assert stopped({"text": "Doors", "audience": "FR", "platforms": "x"}, held(both, HoldScope(("FR",))))


SCOPES = st.builds(
    HoldScope,
    st.sampled_from([(), ("US",), ("FR",)]),
    st.sampled_from([(), ("x",), ("mastodon",)]),
    st.sampled_from([(), ("tone.promotional",), ("tone",)]),
    st.just(()),
    st.booleans(),
)
HOLDS = st.builds(
    lambda number, start, scope: held(
        *scope, id=f"h{number}", path=f"h{number}", start=NOW + start * HOUR / 2, reason="r"
    ),
    st.integers(0, 30),
    st.integers(-2, 1),
    st.lists(SCOPES, min_size=1, max_size=2),
)
DRAFT: dict[str, Json] = {"text": "our condolences", "audience": "US", "platforms": "x"}


@given(st.lists(HOLDS, max_size=6, unique_by=lambda hold: hold.path), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_holds_changes_nothing(holds: list[Hold], chance: Random, sells: bool) -> None:
    draft = DRAFT | ({"first_comment": "buy"} if sells else {})
    shuffled = sorted(holds, key=lambda _: chance.random())
    one, other = (judge(RULES, draft, Room(holds=tuple(each))) for each in (holds, shuffled))
    assert (one.verdict, one.findings) == (other.verdict, other.findings)
    alone = any(check(RULES, draft, Room(holds=(hold,))) for hold in holds)
    assert (one.verdict == "block") == alone


# --- holds themselves ---

LACKING = [rule("hold", name=each, message="{reason}", check=each) for each in ("no-end", "no-owner")]


def test_what_a_hold_lacks_is_told_of_its_own_file_alone() -> None:
    bare = held(end=None, owner="", path="draft.json")
    assert [each[0] for each in check(LACKING, "Doors", Room(holds=(bare,)))] == ["no-end", "no-owner"]
    assert check(LACKING, "Doors", Room(holds=(held(path="draft.json"),))) == []
    assert check(LACKING, "Doors", Room(holds=(held(end=None, owner=""),))) == []


def told(text: str, *holds: Hold) -> PostResult:
    return judge(RULES, {"text": text, "platforms": ["x"]}, Room(holds=holds))


def test_whom_a_label_means_that_no_rule_puts_nobody_can_tell() -> None:
    """It is told, and such a post is unknown; not one that is spared, stopped all the same, or not meant."""
    tea = HoldScope(labels=("topic.tea",))
    unsure = told("Doors open at nine.", held(tea))
    assert (unsure.verdict, unsure.findings) == ("unknown", ())
    assert unsure.skipped == (Skip("hold", STRANGE, required=True),)
    assert told("Buy it", held(HoldScope(labels=("topic.tea", "tone.promotional")))).verdict == "block"
    assert told("Buy it", held(HoldScope(labels=("tone.joking", "topic")))).verdict == "unknown"
    for text, scopes in (
        ("Our condolences", (tea,)),
        ("Doors open at nine.", (tea, HoldScope())),
        ("Doors open at nine.", (HoldScope(platforms=("mastodon",), labels=("topic.tea",)),)),
        ("Doors open at nine.", (HoldScope(labels=("tone",)),)),
    ):
        assert told(text, held(*scopes)).skipped == ()
